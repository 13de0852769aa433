package lift

import "math"

// newcombe is the hybrid score interval for the difference of two rates: Wilson's
// intervals of both, squared and added (Newcombe, Statistics in Medicine 17, 1998,
// method 10).
func newcombe(treated, control Arm, z float64) (low, high float64) {
	p, q := treated.rate(), control.rate()
	pLow, pHigh := wilson(treated, z)
	qLow, qHigh := wilson(control, z)
	return p - q - math.Hypot(p-pLow, qHigh-q), p - q + math.Hypot(pHigh-p, q-qLow)
}

// wilson is the score interval for one rate.
func wilson(a Arm, z float64) (low, high float64) {
	n, p := float64(a.Units), a.rate()
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n)) / (1 + z*z/n)
	low, high = max(0, middle-half), min(1, middle+half)
	if a.Conversions == 0 {
		low = 0
	}
	if a.Conversions == a.Units {
		high = 1
	}
	return low, high
}
