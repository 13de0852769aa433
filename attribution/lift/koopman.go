package lift

import "math"

// koopman is the score interval for the ratio of two rates: all ratios that the
// chi-square test under that very ratio does not reject (Koopman, Biometrics 40, 1984).
// The control arm must have a conversion, else no upper end exists.
func koopman(treated, control Arm, z float64) (low, high float64) {
	seen := treated.rate() / control.rate()
	r := ratioScore{treated: treated, control: control}
	if treated.Conversions > 0 {
		below := seen / 2
		for r.statistic(below) < z {
			below /= 2
		}
		low = bisect(below, seen, func(v float64) bool { return r.statistic(v) > z })
	}
	over := 2*seen + 1/float64(treated.Units)
	for r.statistic(over) > -z {
		over *= 2
	}
	return low, bisect(seen, over, func(v float64) bool { return r.statistic(v) > -z })
}

type ratioScore struct{ treated, control Arm }

// statistic falls as the supposed ratio rises. The likeliest rate under a ratio is a
// root of a quadratic, written so that nothing cancels.
func (r ratioScore) statistic(supposed float64) float64 {
	off := r.treated.rate() - supposed*r.control.rate()
	if off == 0 {
		return 0
	}
	n, m := float64(r.treated.Units), float64(r.control.Units)
	x, y := float64(r.treated.Conversions), float64(r.control.Conversions)
	b := supposed*(n+y) + x + m
	root := math.Sqrt(max(0, b*b-4*(n+m)*supposed*(x+y)))
	q := min(1, 2*(x+y)/(b+root))
	p := min(1, supposed*q)
	return off / math.Sqrt(p*(1-p)/n+supposed*supposed*q*(1-q)/m)
}
