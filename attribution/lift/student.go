package lift

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// manyDegrees is where gonum's incomplete beta function begins to lose digits (1e-12 at
// 2000 degrees of freedom, 1e-8 at 1e7) and Hill's expansion is exact to the last ones
// (G. W. Hill, Communications of the ACM 13, 1970, algorithms 395 and 396).
const manyDegrees = 1000

// tTail is the chance of a t value of at least t, above 0, on one side.
func tTail(t, df float64) float64 {
	if df <= manyDegrees {
		return distuv.StudentsT{Sigma: 1, Nu: df}.CDF(-math.Abs(t))
	}
	a := df - 0.5
	w := math.Sqrt(a * math.Log1p(t*t/df))
	if w > 60 {
		return 0 // below the smallest float64, and the expansion ends here
	}
	return math.Erfc(hill(w, a)/math.Sqrt2) / 2
}

// tQuantile is the t value that is passed with the chance tail, below one half.
func tQuantile(tail, df float64) float64 {
	if df <= manyDegrees {
		// gonum's inverse keeps 4 digits of a tail of 1e-12; Newton's steps bring the rest.
		student := distuv.StudentsT{Sigma: 1, Nu: df}
		t := -student.Quantile(tail)
		for range 3 {
			t += (tTail(t, df) - tail) / student.Prob(t)
		}
		return t
	}
	a, z := df-0.5, -distuv.UnitNormal.Quantile(tail)
	w := z
	for range 20 {
		w -= hill(w, a) - z
	}
	return math.Sqrt(df * math.Expm1(w*w/a))
}

func hill(w, a float64) float64 {
	b, w2 := 48*a*a, w*w
	return w + w*(w2+3)/b - w*(4*w2*w2*w2+33*w2*w2+240*w2+855)/(10*b*b)
}

// noncentralTail is the chance that a t value with noncentrality delta is at least c: the
// normal chance averaged over the spread s of the sample, in the logarithm of s. The
// integrand is smooth and dies out on both sides, so the trapezoid rule converges faster
// than any power of its step. Its weights are normed by their own sum.
//
// gonum's NoncentralT sums 1000 terms at most and switches to an approximation where
// delta is above 38.
func noncentralTail(c, df, delta float64) float64 {
	weight := func(u float64) float64 { return math.Exp(df * (u - math.Expm1(2*u)/2)) }
	step := 0.1 / math.Max(1, math.Max(math.Sqrt(df), math.Abs(delta)))
	var sum, total float64
	add := func(u float64) bool {
		w := weight(u)
		total += w
		sum += w * math.Erfc((c*math.Exp(u)-delta)/math.Sqrt2) / 2
		return w > 1e-18*total
	}
	add(0)
	for i := 1.0; add(i * step); i++ {
	}
	for i := 1.0; add(-i * step); i++ {
	}
	return sum / total
}
