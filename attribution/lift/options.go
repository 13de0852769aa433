package lift

import "github.com/bylinehq/byline"

// What a comparison takes at least, where the caller does not say otherwise. Fewer can
// be computed and are not worth a decision: the interval would be as wide as the rates.
const (
	DefaultMinUnits       = 20 // units in each arm
	DefaultMinConversions = 10 // conversions in both arms together
)

// Options say how arms are compared. The zero value and nil are the defaults.
type Options struct {
	// Level is the confidence level of all intervals, between 0 and 1; the conclusion is
	// drawn at 1 - Level on both sides. 0 is [DefaultLevel].
	Level float64 `json:"level,omitzero"`
	// MinUnits is how many units each arm must have; below is a refusal. 0 is
	// [DefaultMinUnits], a negative number asks for no more than the arithmetic needs.
	MinUnits int64 `json:"min_units,omitzero"`
	// MinConversions is how many conversions both arms must have together; below is a
	// refusal. 0 is [DefaultMinConversions], a negative number asks for none. Only counts
	// are held to it.
	MinConversions int64 `json:"min_conversions,omitzero"`
	// TreatedShare is the share of units that the experiment meant to treat, between 0 and
	// 1: 0.9 for a holdout of 10%. Arms of other proportions are reported as broken. 0
	// checks nothing.
	TreatedShare float64 `json:"treated_share,omitzero"`
}

// settled returns the options with defaults filled in, and their faults: "lift.level" and
// "options.treated_share".
func (o *Options) settled() (Options, []*byline.FieldError) {
	var s Options
	if o != nil {
		s = *o
	}
	level, faults := levelOr(s.Level)
	s.Level = level
	s.MinUnits = leastOr(s.MinUnits, DefaultMinUnits)
	s.MinConversions = leastOr(s.MinConversions, DefaultMinConversions)
	if s.TreatedShare != 0 && !isShare(s.TreatedShare) {
		faults = append(faults, fault("treated_share", "options.treated_share", "the share of treated units must be between 0 and 1"))
	}
	return s, faults
}

func leastOr(least, otherwise int64) int64 {
	if least == 0 {
		return otherwise
	}
	return max(0, least)
}

// enoughUnits refuses arms with fewer units than the options and the arithmetic ask for:
// "lift.too_few_units".
func (o Options) enoughUnits(treated, control, arithmetic int64) error {
	have, need := min(treated, control), max(o.MinUnits, arithmetic)
	if have < need {
		return refusal("lift.too_few_units", "too few units in the smaller arm", float64(have), float64(need))
	}
	return nil
}

func isShare(v float64) bool { return v > 0 && v < 1 }
