package rank

import "math"

// rising returns log Γ(a+k) - log Γ(a) and its first two derivatives in a, for a > 0 and
// k >= 0. Differences of large logarithms of Γ would lose all digits that matter where a
// is large, so they are formed from Stirling's series there.
func rising(a, k float64) (value, first, second float64) {
	if k == 0 {
		return 0, 0, 0
	}
	if a < stirlingFrom {
		top, _ := math.Lgamma(a + k)
		bottom, _ := math.Lgamma(a)
		topFirst, topSecond := polygamma(a + k)
		bottomFirst, bottomSecond := polygamma(a)
		return top - bottom, topFirst - bottomFirst, topSecond - bottomSecond
	}
	grown := math.Log1p(k / a)
	top, bottom := stirling(a+k), stirling(a)
	value = (a-0.5)*grown + k*math.Log(a+k) - k + top.value - bottom.value
	first = grown + k/(2*a*(a+k)) + top.first - bottom.first
	second = -k/(a*(a+k)) - k*(2*a+k)/(2*a*a*(a+k)*(a+k)) + top.second - bottom.second
	return value, first, second
}

// stirlingFrom is where the terms of [stirling] reach a relative error of 1e-15.
const stirlingFrom = 12

type series struct{ value, first, second float64 }

// stirling is what follows (x-1/2) log x - x + log(2π)/2 in Stirling's series of log Γ, with
// its derivatives (NIST DLMF 5.11.1, read 2026-11-22).
func stirling(x float64) series {
	coefficients := [...]float64{1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156}
	var s series
	power := 1 / x
	for i, c := range coefficients {
		odd := float64(2*i + 1)
		s.value += c * power
		s.first -= odd * c * power / x
		s.second += odd * (odd + 1) * c * power / (x * x)
		power /= x * x
	}
	return s
}

// polygamma returns the first two derivatives of log Γ.
func polygamma(x float64) (first, second float64) {
	for ; x < stirlingFrom; x++ {
		first -= 1 / x
		second += 1 / (x * x)
	}
	s := stirling(x)
	first += math.Log(x) - 1/(2*x) + s.first
	second += 1/x + 1/(2*x*x) + s.second
	return first, second
}
