package score

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Limit is a gate on a reading. A reading that is missing leaves it undetermined.
type Limit struct {
	Metric  string   `json:"metric"`
	Label   string   `json:"label,omitempty"` // for the reader; empty is Metric
	AtLeast *float64 `json:"at_least,omitempty"`
	AtMost  *float64 `json:"at_most,omitempty"`
	Unit    Unit     `json:"unit,omitempty"`
	// Sure asks that the whole interval of the reading keep to the limit. It fails only when
	// the whole interval lies outside, and is undetermined between. Without Sure, or where a
	// reading has no interval, the value alone counts.
	Sure bool `json:"sure,omitempty"`
}

// check adds "limit.metric" for a limit on nothing, and "limit.bounds" for one without
// bounds, with a bound that is no number or with bounds that no number keeps to.
func (l Limit) check(f *faults, path string) {
	if l.Metric == "" {
		f.add(path+".metric", "limit.metric", "the metric is missing")
	}
	low, high := l.bounds()
	none := l.AtLeast == nil && l.AtMost == nil
	if none || math.IsNaN(low) || math.IsNaN(high) || low > high || math.IsInf(low, 1) || math.IsInf(high, -1) {
		f.add(path, "limit.bounds", "a limit has bounds that some number keeps to")
	}
	switch l.Unit {
	case Number, Percent, Times:
	default:
		f.add(path+".unit", "rubric.unit", "not a unit this version knows")
	}
}

func (l Limit) bounds() (low, high float64) {
	low, high = math.Inf(-1), math.Inf(1)
	if l.AtLeast != nil {
		low = *l.AtLeast
	}
	if l.AtMost != nil {
		high = *l.AtMost
	}
	return low, high
}

// answer is a check of code "limit." and the metric.
func (l Limit) answer(c *Candidate) creator.Check {
	out := creator.Check{Code: "limit." + l.Metric, At: c.At}
	label := l.Label
	if label == "" {
		label = l.Metric
	}
	r, found := c.Readings.Get(l.Metric, c.Platform)
	value, known := r.Value.Value()
	if !found || !known {
		out.State, out.Reason = creator.Undetermined, fmt.Sprintf("%s: not known, as %s", label, clause(why(r, found)))
		return out
	}
	least, most := l.bounds()
	low, high, bounded := interval(r)
	if !l.Sure || !bounded {
		low, high = value, value
	}
	switch {
	case low >= least && high <= most:
		out.State = creator.Passed
	case high < least || low > most:
		out.State = creator.Failed
	default:
		out.State = creator.Undetermined
	}
	out.Reason = fmt.Sprintf("%s: %s; the limit is %s", label, l.Unit.span(value, low, high), l.words())
	if out.State == creator.Undetermined {
		out.Reason += ", which the margin reaches across"
	}
	return out
}

func (l Limit) words() string {
	switch {
	case l.AtMost == nil:
		return "at least " + l.Unit.words(*l.AtLeast)
	case l.AtLeast == nil:
		return "at most " + l.Unit.words(*l.AtMost)
	default:
		return "from " + l.Unit.words(*l.AtLeast) + " to " + l.Unit.words(*l.AtMost)
	}
}

// interval returns the bounds of a reading where they are numbers around its value.
func interval(r creator.Reading) (low, high float64, ok bool) {
	value, known := r.Value.Value()
	if !known || r.Low == nil || r.High == nil {
		return 0, 0, false
	}
	low, high = *r.Low, *r.High
	finite := !math.IsInf(low, 0) && !math.IsInf(high, 0)
	return low, high, finite && low <= value && value <= high
}

// missingWords says why a measure has no value.
func missingWords(m byline.MissingReason) string {
	switch m {
	case byline.Hidden:
		return "the account hides it"
	case byline.NotPermitted:
		return "access to it was not granted"
	case byline.BelowThreshold:
		return "the platform withholds small numbers"
	case byline.NotSupported:
		return "the platform does not offer it"
	case byline.NotFinite:
		return "it could not be computed"
	case byline.TooFew:
		return "there is too little to compute it from"
	default:
		return "nobody has collected it"
	}
}

func why(r creator.Reading, found bool) string {
	switch {
	case !found:
		return missingWords(byline.NotCollected)
	case r.Refusal != nil && r.Refusal.Message != "":
		return r.Refusal.Message
	default:
		return missingWords(r.Value.Missing())
	}
}
