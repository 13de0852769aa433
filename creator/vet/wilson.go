package vet

import "math"

// zScore is how many standard errors either side hold level of a normal distribution.
func zScore(level float64) float64 { return math.Sqrt2 * math.Erfinv(level) }

// scoreInterval is Wilson's interval for a share that was seen among n (Journal of the
// American Statistical Association 22, 1927). n need not be whole, as after a correction
// for a small population; it is above 0.
func scoreInterval(share, n, level float64) (low, high float64) {
	z := zScore(level)
	middle := (share + z*z/(2*n)) / (1 + z*z/n)
	half := z * math.Sqrt(share*(1-share)/n+z*z/(4*n*n)) / (1 + z*z/n)
	low, high = max(0, middle-half), min(1, middle+half)
	if share == 0 {
		low = 0
	}
	if share == 1 {
		high = 1
	}
	return low, high
}
