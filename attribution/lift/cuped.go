package lift

import (
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// PrePost is one unit's value before and after it could have seen the campaign. Before
// must have been measured before exposure: a value that the campaign could move takes
// the effect away with the noise.
type PrePost struct {
	Before float64 `json:"before"`
	After  float64 `json:"after"`
}

// Theta names how the slope of After on Before is estimated.
type Theta string

// Ways to estimate the slope. Both leave the difference unbiased in large samples.
const (
	// PooledTheta takes both arms as one: cov(x, y)/var(x) over all units (Deng, Xu, Kohavi
	// and Walker, WSDM 2013). It is the default.
	PooledTheta Theta = "pooled"
	// WithinArmTheta takes each arm around its own means; the adjusted difference is then
	// the coefficient of the treatment in the analysis of covariance.
	WithinArmTheta Theta = "within_arm"
)

// CUPEDOptions say how the adjustment is made. The zero value and nil are the defaults.
type CUPEDOptions struct {
	Options
	Theta Theta `json:"theta,omitzero"` // "" is PooledTheta
}

// Adjusted is a difference of means after what was known before exposure has been taken
// out: y - theta (x - mean x). Intervals are Welch's; that theta is estimated too is left
// out of them, which matters only in arms of a few dozen units.
type Adjusted struct {
	Method Theta `json:"method"`
	// Theta is the slope of the value after on the value before.
	Theta float64 `json:"theta"`
	// VarianceCut is the squared correlation of before and after: the share of the variance
	// that is taken out. 0.75 halves the standard error and asks for a quarter of the units.
	VarianceCut float64 `json:"variance_cut"`
	// Raw is the comparison without the adjustment; its findings are empty.
	Raw Means `json:"raw"`
	// CovariateDifference is the difference of the means before exposure, and CovariateP the
	// p value of Welch's test of it: after a fair draw chance alone makes it.
	CovariateDifference float64 `json:"covariate_difference"`
	CovariateP          float64 `json:"covariate_p"`

	Difference       float64          `json:"difference"`
	StandardError    float64          `json:"standard_error"`
	T                float64          `json:"t"`
	DegreesOfFreedom float64          `json:"degrees_of_freedom"`
	PValue           float64          `json:"p_value"` // both sides
	Interval         Interval         `json:"interval"`
	Conclusion       Conclusion       `json:"conclusion"`
	WouldChange      []byline.Finding `json:"would_change"`
}

// CUPED compares the means of two arms after taking out what was known before exposure.
// Nil options are the defaults.
//
// Faults are "sample.finite", "cuped.theta", "lift.level" and "options.treated_share".
// Refusals are "lift.too_few_units" (3 in each arm are the least), "cuped.constant_before"
// where the values before do not differ and there is nothing to adjust by, and
// "means.constant" where the values after do not differ, or nothing of them is left after
// the adjustment. Findings in WouldChange are "cuped.covariate_differs" and
// "arm.sample_ratio" (both say that the experiment is broken), "cuped.depends",
// "cuped.tipping" and "cuped.level".
func CUPED(treated, control []PrePost, opts *CUPEDOptions) (Adjusted, error) {
	var c CUPEDOptions
	if opts != nil {
		c = *opts
	}
	o, faults := c.settled()
	if c.Theta == "" {
		c.Theta = PooledTheta
	}
	if c.Theta != PooledTheta && c.Theta != WithinArmTheta {
		faults = append(faults, fault("theta", "cuped.theta", "theta is pooled or within_arm"))
	}
	faults = append(faults, append(prePostFaults(treated, "treated"), prePostFaults(control, "control")...)...)
	if err := byline.Faults(faults); err != nil {
		return Adjusted{}, err
	}
	if err := o.enoughUnits(int64(len(treated)), int64(len(control)), 3); err != nil {
		return Adjusted{}, err
	}
	return adjusted(newPairs(treated), newPairs(control), c.Theta, o)
}

func prePostFaults(units []PrePost, path string) []*byline.FieldError {
	var faults []*byline.FieldError
	check := func(v float64, i int, name string) {
		if !(math.Abs(v) <= maxValue) {
			faults = append(faults, fault(fmt.Sprintf("%s[%d].%s", path, i, name), "sample.finite", "a value must be a number between -1e50 and 1e50"))
		}
	}
	for i, u := range units {
		check(u.Before, i, "before")
		check(u.After, i, "after")
	}
	return faults
}

// pairs are the units of one arm in columns, with their means.
type pairs struct {
	before, after         []float64
	meanBefore, meanAfter float64
}

func newPairs(units []PrePost) pairs {
	p := pairs{before: make([]float64, len(units)), after: make([]float64, len(units))}
	for i, u := range units {
		p.before[i], p.after[i] = u.Before, u.After
	}
	p.meanBefore, p.meanAfter = meanValue(p.before), meanValue(p.after)
	return p
}

// constant compares the values themselves: a spread may be rounding.
func (p pairs) constant() bool { return slices.Min(p.before) == slices.Max(p.before) }

// moments are the sums of squares and products around given means.
type moments struct{ xx, xy, yy float64 }

func (p pairs) moments(x, y float64) moments {
	var m moments
	for i := range p.before {
		dx, dy := p.before[i]-x, p.after[i]-y
		m.xx += dx * dx
		m.xy += dx * dy
		m.yy += dy * dy
	}
	return m
}

func (m moments) plus(o moments) moments { return moments{m.xx + o.xx, m.xy + o.xy, m.yy + o.yy} }

func (p pairs) sample(theta, middle float64) Sample {
	values := make([]float64, len(p.after))
	for i := range values {
		values[i] = p.after[i] - theta*(p.before[i]-middle)
	}
	return sampleOf(values).steady(rounding * max(largest(p.after), math.Abs(theta)*largest(p.before)))
}

func adjusted(treated, control pairs, method Theta, o Options) (Adjusted, error) {
	n, m := float64(len(treated.after)), float64(len(control.after))
	x := (n*treated.meanBefore + m*control.meanBefore) / (n + m)
	y := (n*treated.meanAfter + m*control.meanAfter) / (n + m)
	sums := treated.moments(x, y).plus(control.moments(x, y))
	same := treated.constant() && control.constant()
	if method == WithinArmTheta {
		sums = treated.moments(treated.meanBefore, treated.meanAfter).plus(control.moments(control.meanBefore, control.meanAfter))
	} else {
		same = same && treated.before[0] == control.before[0]
	}
	if same || sums.xx == 0 {
		return Adjusted{}, refusal("cuped.constant_before", "the values before do not differ, so there is nothing to adjust by", 0, 0)
	}
	a := Adjusted{Method: method, Theta: sums.xy / sums.xx, VarianceCut: min(1, ratio(sums.xy/sums.xx*sums.xy, sums.yy))}
	return a, a.compare(treated, control, x, o)
}
