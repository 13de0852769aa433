package lift

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// TwoByTwo holds the four cells of a difference in differences: two groups, each before
// and after. Cells are taken as independent samples; where the same units stand in both
// periods, [CompareChanges] is sharper.
type TwoByTwo struct {
	TreatedBefore Sample `json:"treated_before"`
	TreatedAfter  Sample `json:"treated_after"`
	ControlBefore Sample `json:"control_before"`
	ControlAfter  Sample `json:"control_after"`
}

// Difference is the change of the treated group less the change of the control group. It
// needs the means only.
func (c TwoByTwo) Difference() float64 {
	return (c.TreatedAfter.Mean - c.TreatedBefore.Mean) - (c.ControlAfter.Mean - c.ControlBefore.Mean)
}

func (c TwoByTwo) cells() []Sample {
	return []Sample{c.TreatedBefore, c.TreatedAfter, c.ControlBefore, c.ControlAfter}
}

// Changes is a difference in differences: how much more the treated group changed than
// the control group, in the unit of the values. It is the campaign's doing only if both
// groups would have changed alike without it.
type Changes struct {
	TreatedChange float64 `json:"treated_change"`
	ControlChange float64 `json:"control_change"`
	TreatedUnits  int64   `json:"treated_units"` // of cells: in the smaller of the two
	ControlUnits  int64   `json:"control_units"`
	// Clusters is how many clusters the standard error stands on, 0 where every unit stands
	// for itself.
	Clusters         int        `json:"clusters,omitempty"`
	Difference       float64    `json:"difference"`
	StandardError    float64    `json:"standard_error"`
	T                float64    `json:"t"`
	DegreesOfFreedom float64    `json:"degrees_of_freedom"`
	PValue           float64    `json:"p_value"` // both sides
	Interval         Interval   `json:"interval"`
	Conclusion       Conclusion `json:"conclusion"`
	// Trends is nil where there are fewer than two periods before.
	Trends      *Trends          `json:"trends,omitempty"`
	WouldChange []byline.Finding `json:"would_change"`
}

// CompareCells is the difference in differences of four independent cells, with Welch's
// standard error and degrees of freedom. Nil options are the defaults; their TreatedShare
// is not looked at, because nobody drew these groups.
//
// Faults are "sample.n", "sample.finite", "sample.variance", "lift.level" and
// "options.treated_share". Refusals are "lift.too_few_units" (2 in each cell are the least)
// and "means.constant". Findings in WouldChange are "did.trends_unchecked", "did.tipping"
// and "did.level".
func CompareCells(c TwoByTwo, opts *Options) (Changes, error) {
	o, faults := opts.settled()
	names := []string{"treated_before", "treated_after", "control_before", "control_after"}
	for i, cell := range c.cells() {
		faults = append(faults, cell.faults(names[i])...)
	}
	if err := byline.Faults(faults); err != nil {
		return Changes{}, err
	}
	treated, control := min(c.TreatedBefore.N, c.TreatedAfter.N), min(c.ControlBefore.N, c.ControlAfter.N)
	if err := o.enoughUnits(treated, control, 2); err != nil {
		return Changes{}, err
	}
	se, df, err := spreadOfCells(c.cells())
	if err != nil {
		return Changes{}, err
	}
	d := Changes{
		TreatedChange: c.TreatedAfter.Mean - c.TreatedBefore.Mean, ControlChange: c.ControlAfter.Mean - c.ControlBefore.Mean,
		TreatedUnits: treated, ControlUnits: control,
	}
	d.conclude(tested(c.Difference(), se, df, o), o)
	return d, nil
}

func spreadOfCells(cells []Sample) (se, df float64, err error) {
	var sum, below float64
	for _, c := range cells {
		sum += c.Variance / float64(c.N)
	}
	if sum == 0 {
		return 0, 0, refusal("means.constant", "no value differs within any cell, so nothing says how far chance moves a mean", 0, 0)
	}
	for _, c := range cells {
		share := c.Variance / float64(c.N) / sum
		below += share * share / float64(c.N-1)
	}
	return math.Sqrt(sum), 1 / below, nil
}

func (d *Changes) conclude(w welched, o Options) {
	d.Difference, d.StandardError, d.T, d.DegreesOfFreedom = w.difference, w.se, w.t, w.df
	d.PValue, d.Interval = w.p, w.interval
	d.Conclusion = concluded(w.difference, w.p, o.Level)
	if d.Trends != nil && d.Trends.Differ && (d.Conclusion == Undecided || d.Trends.explains(d.Difference)) {
		d.Conclusion = Broken
	}
	d.WouldChange = d.Trends.findings(d.Difference, d.Conclusion == Broken)
	if d.Conclusion != Broken {
		d.WouldChange = append(d.WouldChange, w.findings("did.tipping", "did.level")...)
	}
}

// Explain says the result to a marketer, in plain English. The wording may change;
// programs read the fields.
func (d Changes) Explain() string {
	text := fmt.Sprintf("The treated group changed by %s and the control group by %s. ", brief(d.TreatedChange), brief(d.ControlChange))
	text += meanWords(d.Difference, d.PValue, d.Interval, d.Conclusion, d.WouldChange)
	if d.Conclusion == Broken {
		return text
	}
	return text + " " + d.WouldChange[0].Message + "."
}
