package lift

import "math"

// fieller is the interval for the ratio of two means: all ratios that a t test of
// treated - ratio * control does not reject (Fieller, JRSS B 16, 1954). bound is the t
// quantile. ok is false where the control mean is not above 0 at the level, because then
// no interval with two ends exists, or none that means anything, and where an end would pass
// the largest float64.
func fieller(treated, control Sample, bound float64) (low, high float64, ok bool) {
	if !(control.Mean > 0) {
		return 0, 0, false
	}
	// Everything is taken relative to the control mean, so that no square overflows.
	r := treated.Mean / control.Mean
	a := treated.Variance / float64(treated.N) / control.Mean / control.Mean * bound * bound
	b := control.Variance / float64(control.N) / control.Mean / control.Mean * bound * bound
	if b >= 1 {
		return 0, 0, false
	}
	root := math.Sqrt(a*(1-b) + r*r*b)
	low, high = (r-root)/(1-b), (r+root)/(1-b)
	return low, high, isFinite(low) && isFinite(high)
}
