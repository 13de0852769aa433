package score

import (
	"cmp"
	"math"

	"github.com/bylinehq/byline/creator"
)

// Limit is a gate on a reading. A reading that is missing leaves it undetermined unless
// IfKnown is set, so a number that nobody may hide belongs here.
type Limit struct {
	Metric  string   `json:"metric"`
	Label   string   `json:"label,omitempty"` // for the reader; empty is Metric
	AtLeast *float64 `json:"at_least,omitempty"`
	AtMost  *float64 `json:"at_most,omitempty"`
	Unit    Unit     `json:"unit,omitempty"`
	// Definition is as in [Criterion].
	Definition string `json:"definition,omitempty"`
	// Sure asks that the whole interval of the reading keep to the limit. It fails only when
	// the whole interval lies outside, and is undetermined between. A reading without an
	// interval fails by its value and never passes, for nobody knows how sure it is: leave
	// Sure out for metrics that have none. Without Sure the value alone counts.
	Sure bool `json:"sure,omitempty"`
	// IfKnown lets a creator pass of whom the reading is missing, as for a number that one of
	// the platforms never gives; the reason says that it is not known. Who may hide the
	// number passes too.
	IfKnown bool `json:"if_known,omitempty"`
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
		f.add(path+".unit", "rubric.unit", "the unit must be percent, times or nothing")
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

// gate is a limit with what never changes between two candidates.
type gate struct {
	Limit

	code, label, words string
}

func (l Limit) gate() gate {
	return gate{Limit: l, code: "limit." + l.Metric, label: cmp.Or(l.Label, l.Metric), words: l.words()}
}

// answer is a check of code "limit." and the metric, with the findings of the reading.
func (g *gate) answer(c *Candidate) creator.Check {
	out := creator.Check{Code: g.code, At: c.At}
	r, missing := lookup(c.Readings, g.Metric, c.Platform, g.Definition)
	if missing != "" {
		out.State, out.Reason = creator.Undetermined, g.label+": not known, as "+clause(missing)
		if g.IfKnown {
			out.State, out.Reason = creator.Passed, out.Reason+", and asked only where it is known"
		}
		return out
	}
	value, _ := r.Value.Value()
	low, high, bounded := interval(r)
	if !g.Sure || !bounded {
		low, high = value, value
	}
	doubt := ""
	out.State, doubt = g.judge(low, high, bounded)
	out.Findings = r.Findings
	out.Reason = g.label + ": " + g.Unit.span(value, low, high) + "; the limit is " + g.words + doubt
	return out
}

// judge says where an interval lies, and in words why that cannot be told.
func (g *gate) judge(low, high float64, bounded bool) (creator.State, string) {
	least, most := g.bounds()
	switch {
	case high < least || low > most:
		return creator.Failed, ""
	case low < least || high > most:
		return creator.Undetermined, ", which the margin reaches across"
	case g.Sure && !bounded:
		return creator.Undetermined, ", and no margin of the number is known"
	default:
		return creator.Passed, ""
	}
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
func interval(r *creator.Reading) (low, high float64, ok bool) {
	value, known := r.Value.Value()
	if !known || r.Low == nil || r.High == nil {
		return 0, 0, false
	}
	low, high = *r.Low, *r.High
	finite := !math.IsInf(low, 0) && !math.IsInf(high, 0)
	return low, high, finite && low <= value && value <= high
}
