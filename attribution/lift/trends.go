package lift

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// Trends compares how both groups moved before the campaign: the mean slope of the
// treated units less that of the control units, per period. A slope that differs already
// then goes on, as far as anybody knows, and passes for an effect.
type Trends struct {
	Difference    float64  `json:"difference"` // per period
	StandardError float64  `json:"standard_error"`
	PValue        float64  `json:"p_value"` // both sides
	Interval      Interval `json:"interval"`
	Differ        bool     `json:"differ"`
	// Periods is how many periods lie between the middle of the time before and the middle
	// of the time after: a slope does this much to the difference in differences.
	Periods float64 `json:"periods"`
}

// compareTrends returns nil where no slope can be seen. Slopes that do not differ within
// either group leave nothing to chance.
func compareTrends(units []UnitHistory, o Options) *Trends {
	before := len(units[0].Before)
	if before < 2 {
		return nil
	}
	g := grouped(units, UnitHistory.slope)
	w, err := g.test(o)
	if err != nil {
		apart := g.treated.Mean - g.control.Mean
		if math.Abs(apart) <= g.noise {
			apart = 0
		}
		w = welched{difference: apart, interval: Interval{Low: apart, High: apart, Level: o.Level}}
		if apart == 0 {
			w.p = 1
		}
	}
	return &Trends{
		Difference: w.difference, StandardError: w.se, PValue: w.p, Interval: w.interval,
		Differ: w.p <= alpha(o.Level), Periods: float64(before+len(units[0].After)) / 2,
	}
}

// slope is the least-squares slope of the values before, per period.
func (u UnitHistory) slope() float64 {
	middle, mean := float64(len(u.Before)-1)/2, meanValue(u.Before)
	var up, across float64
	for i, v := range u.Before {
		at := float64(i) - middle
		up += at * (v - mean)
		across += at * at
	}
	return up / across
}

// explains reports whether a slope in the interval, going on, makes the whole effect.
func (t *Trends) explains(effect float64) bool {
	if effect < 0 {
		return t.Interval.Low*t.Periods <= effect
	}
	return t.Interval.High*t.Periods >= effect
}

// findings are one of "did.trends_unchecked", "did.trends_differ" and "did.trends_alike".
// What breaks the comparison blocks.
func (t *Trends) findings(effect float64, broken bool) []byline.Finding {
	if t == nil {
		return []byline.Finding{{
			Code: "did.trends_unchecked", Severity: byline.Warning, Path: "trends",
			Message: "Nothing shows that both groups moved alike before, and all of the difference may be that",
			Fix:     "Give the values of further periods before the campaign",
		}}
	}
	enough := fmt.Sprintf("a difference in slope of %s per period alone would make the whole effect", brief(effect/t.Periods))
	moved := fmt.Sprintf("(%s per period, %s)", brief(t.Difference), t.Interval.between(brief))
	f := byline.Finding{Code: "did.trends_alike", Severity: byline.Info, Path: "trends"}
	switch {
	case t.Differ && t.explains(effect):
		f.Code, f.Severity = "did.trends_differ", byline.Blocker
		f.Message = fmt.Sprintf("The groups moved apart before the campaign already %s, and %s", moved, enough)
		f.Fix = "Choose a control group that moved alike, or a synthetic one"
	case t.Differ:
		f.Code, f.Severity = "did.trends_differ", byline.Warning
		f.Message = fmt.Sprintf("The groups moved apart before the campaign already %s; had that gone on, the difference would be %s instead of %s",
			moved, brief(effect-t.Difference*t.Periods), brief(effect))
		if broken {
			f.Severity = byline.Blocker
		}
		f.Fix = "Choose a control group that moved alike, or a synthetic one"
	case t.explains(effect):
		f.Severity = byline.Warning
		f.Message = fmt.Sprintf("No sign that the groups moved apart before the campaign %s; but %s, which the time before does not rule out", moved, enough)
		f.Fix = "Give more periods before, or more units"
	default:
		f.Message = fmt.Sprintf("No sign that the groups moved apart before the campaign %s; %s, which the time before rules out", moved, enough)
	}
	return []byline.Finding{f}
}
