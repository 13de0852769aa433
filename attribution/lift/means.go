package lift

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// Means is what two samples say of the difference of their means, treated less control,
// in the unit of the values. Variances may differ between the arms (Welch, Biometrika 34,
// 1947).
type Means struct {
	Treated          Sample     `json:"treated"`
	Control          Sample     `json:"control"`
	Difference       float64    `json:"difference"`
	StandardError    float64    `json:"standard_error"`
	T                float64    `json:"t"`
	DegreesOfFreedom float64    `json:"degrees_of_freedom"`
	PValue           float64    `json:"p_value"` // both sides
	Interval         Interval   `json:"interval"`
	Conclusion       Conclusion `json:"conclusion"`
	// Incremental is what all treated units together brought beyond what would have come
	// anyway: the difference times their number.
	Incremental Incremental `json:"incremental"`
	// Lift has Fieller's interval. It is nil where the control mean is not above 0 at the
	// level: a ratio to it has no interval with two ends.
	Lift *RelativeLift `json:"lift,omitempty"`
	// LiftMissing says why there is no lift: "lift.control_mean_near_zero", else empty.
	LiftMissing string `json:"lift_missing,omitempty"`
	// SampleRatio is nil where the options name no share or an arm is too small for it.
	SampleRatio *SampleRatio     `json:"sample_ratio,omitempty"`
	WouldChange []byline.Finding `json:"would_change"`
}

// CompareMeans compares the means of two arms that chance drew. Nil options are the
// defaults.
//
// Faults are "sample.n", "sample.finite", "sample.variance", "lift.level" and
// "options.treated_share". Refusals are "lift.too_few_units" (2 in each arm are the least)
// and "means.constant" where no value differs within either arm. Findings in WouldChange
// are "means.tipping", "means.level" and "arm.sample_ratio".
func CompareMeans(treated, control Sample, opts *Options) (Means, error) {
	o, faults := opts.settled()
	faults = append(faults, append(treated.faults("treated"), control.faults("control")...)...)
	if err := byline.Faults(faults); err != nil {
		return Means{}, err
	}
	return compareMeans(treated, control, o)
}

// compareMeans compares sound samples under settled options.
func compareMeans(treated, control Sample, o Options) (Means, error) {
	if err := o.enoughUnits(treated.N, control.N, 2); err != nil {
		return Means{}, err
	}
	w, err := welch(treated, control, o)
	if err != nil {
		return Means{}, err
	}
	ratio := checkSampleRatio(treated.N, control.N, o.TreatedShare)
	m := Means{
		Treated: treated, Control: control, Difference: w.difference, StandardError: w.se, T: w.t, DegreesOfFreedom: w.df,
		PValue: w.p, Interval: w.interval, SampleRatio: ratio, Conclusion: ratio.or(concluded(w.difference, w.p, o.Level)),
	}
	m.relate()
	if m.WouldChange = ratio.findings(); m.Conclusion != Broken {
		m.WouldChange = w.findings("means.tipping", "means.level")
	}
	return m, nil
}

// relate puts the difference into a sum and a ratio.
func (m *Means) relate() {
	n, level := float64(m.Treated.N), m.Interval.Level
	m.Incremental = Incremental{Value: n * m.Difference, Interval: Interval{Low: n * m.Interval.Low, High: n * m.Interval.High, Level: level}}
	low, high, ok := fieller(m.Treated, m.Control, tQuantile((1-level)/2, m.DegreesOfFreedom))
	if !ok {
		m.LiftMissing = "lift.control_mean_near_zero"
		return
	}
	m.Lift = &RelativeLift{Value: m.Treated.Mean/m.Control.Mean - 1, Interval: Interval{Low: low - 1, High: high - 1, Level: level}}
}

// welched is a difference with its test.
type welched struct {
	difference, se, t, df, p float64
	interval                 Interval
}

func welch(treated, control Sample, o Options) (welched, error) {
	a, b := treated.Variance/float64(treated.N), control.Variance/float64(control.N)
	if a+b == 0 {
		return welched{}, refusal("means.constant", "no value differs within either arm, so nothing says how far chance moves a mean", 0, 0)
	}
	// Shares of the variance, not the variances, are squared: nothing overflows.
	s := a / (a + b)
	df := 1 / (s*s/float64(treated.N-1) + (1-s)*(1-s)/float64(control.N-1))
	return tested(treated.Mean-control.Mean, math.Sqrt(a+b), df, o), nil
}

func tested(difference, se, df float64, o Options) welched {
	t := difference / se
	half := tQuantile((1-o.Level)/2, df) * se
	return welched{
		difference: difference, se: se, t: t, df: df, p: min(1, 2*tTail(math.Abs(t), df)),
		interval: Interval{Low: difference - half, High: difference + half, Level: o.Level},
	}
}

// findings say how far the difference is from the border, which is exact while the
// spread stays as it is.
func (w welched) findings(tipping, level string) []byline.Finding {
	half := (w.interval.High - w.interval.Low) / 2
	message := "With the same spread, a difference further from 0 by %s would be decided"
	by := half - math.Abs(w.difference)
	if w.p <= alpha(w.interval.Level) {
		message, by = "With the same spread, a difference closer to 0 by %s would no longer be decided", -by
	}
	return []byline.Finding{
		{Code: tipping, Severity: byline.Info, Path: "difference", Message: fmt.Sprintf(message, brief(max(0, by)))},
		levelFinding(level, w.p, w.interval.Level),
	}
}

// Explain says the result to a marketer, in plain English. The wording may change;
// programs read the fields.
func (m Means) Explain() string {
	text := fmt.Sprintf("The mean of %d treated units is %s and that of %d held out is %s.", m.Treated.N, brief(m.Treated.Mean), m.Control.N, brief(m.Control.Mean))
	if m.Lift != nil && m.Conclusion != Broken {
		text += fmt.Sprintf(" That is a lift of %s (%s).", percentOf(m.Lift.Value), m.Lift.Interval.between(percentOf))
	}
	return text + " " + meanWords(m.Difference, m.PValue, m.Interval, m.Conclusion, m.WouldChange)
}

// meanWords end an explanation of means. Where the comparison is broken the first finding
// says why.
func meanWords(difference, p float64, i Interval, c Conclusion, findings []byline.Finding) string {
	if c == Broken {
		return findings[0].Message + "."
	}
	by := fmt.Sprintf("Without any effect, chance makes a difference like this or larger %s", chances(p))
	return fmt.Sprintf("The difference is %s (%s at a level of %s). %s",
		brief(difference), i.between(brief), percentOf(i.Level), verdictWords(by, c, "the mean"))
}
