package vet

import (
	"math"
	"slices"
)

// interval is where the truth lies with a confidence; not known where there are too few
// observations.
type interval struct {
	low, high float64
	known     bool
}

func sortedCopy(values []float64) []float64 {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return sorted
}

func sortedMedian(sorted []float64) float64 { return sortedQuantile(sorted, 0.5) }

// sortedQuantile interpolates linearly between order statistics (type 7 of Hyndman and Fan).
func sortedQuantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := p * float64(len(sorted)-1)
	below := int(at)
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	part := at - float64(below)
	return sorted[below]*(1-part) + sorted[below+1]*part
}

// orderInterval bounds the median by order statistics: x(j) and x(n-j+1) where a median
// lies outside with at most the given chance, whatever the distribution is. At 5% it takes
// 6 observations. Above 500 the binomial is taken for normal.
func orderInterval(sorted []float64, chance float64) interval {
	n := len(sorted)
	j := 0
	if n > 500 {
		j = int((float64(n) - zScore(1-chance)*math.Sqrt(float64(n))) / 2)
	} else {
		term := math.Exp2(-float64(n)) // P(X = 0) of a fair coin
		for below := term; below <= chance/2; below += term {
			term *= float64(n-j) / float64(j+1)
			j++
		}
	}
	if j < 1 {
		return interval{}
	}
	return interval{low: sorted[j-1], high: sorted[n-j], known: true}
}

// trimmedMean leaves out a share at each end and bounds the rest by the winsorised
// variance (Tukey and McLaughlin 1963). A share of 0 is the mean with Student's interval.
func trimmedMean(sorted []float64, share float64) (float64, interval) {
	n := len(sorted)
	cut := int(share * float64(n))
	kept := sorted[cut : n-cut]
	mean := average(kept)
	freedom := len(kept) - 1
	if freedom < 3 {
		return mean, interval{}
	}
	wins := slices.Concat(slices.Repeat(kept[:1], cut), kept, slices.Repeat(kept[freedom:], cut))
	// The trimmed mean is less certain than the winsorised by the part that was cut.
	se := deviation(wins) / ((1 - 2*float64(cut)/float64(n)) * math.Sqrt(float64(n)))
	half := studentQuantile(freedom) * se
	return mean, interval{low: math.Max(0, mean-half), high: mean + half, known: true}
}

func average(values []float64) float64 {
	var mean float64
	for i, x := range values {
		mean += (x - mean) / float64(i+1) // never larger than the largest, so it cannot overflow
	}
	return mean
}

// deviation is the standard deviation of a sample.
func deviation(values []float64) float64 {
	mean := average(values)
	var sum float64
	for _, x := range values {
		sum += (x - mean) * (x - mean)
	}
	return math.Sqrt(sum / float64(len(values)-1))
}

// shareInterval is Wilson's interval of a share of n observations.
func shareInterval(share, n float64) interval {
	if n <= 0 {
		return interval{}
	}
	low, high := scoreInterval(share, n, Level)
	return interval{low: low, high: high, known: true}
}

// betaInterval is the middle of a Beta distribution (26.5.22 of Abramowitz and Stegun).
// Below 1 a parameter is taken for 1, and the end that it pulls to for reached, which is
// wider.
func betaInterval(a, b float64) interval {
	i := interval{low: betaQuantile(max(1, a), max(1, b), -zScore(Level)), high: betaQuantile(max(1, a), max(1, b), zScore(Level)), known: true}
	if a < 1 {
		i.low = 0
	}
	if b < 1 {
		i.high = 1
	}
	return i
}

func betaQuantile(a, b, z float64) float64 {
	u, v := 1/(2*a-1), 1/(2*b-1)
	h, spread := 2/(u+v), (z*z-3)/6
	w := z*math.Sqrt(h+spread)/h + (v-u)*(spread+5.0/6-2/(3*h))
	return a / (a + b*math.Exp(-2*w))
}

// countInterval bounds the mean of a count of rare events (Byar's approximation to the
// exact limits of the Poisson distribution).
func countInterval(events float64) interval {
	z := zScore(Level)
	limit := func(x, z float64) float64 {
		if x == 0 {
			return 0
		}
		return x * math.Pow(1-1/(9*x)+z/(3*math.Sqrt(x)), 3)
	}
	return interval{low: limit(events, -z), high: limit(events+1, z), known: true}
}

// studentQuantile is the two-sided quantile at [Level] by the expansion 26.7.5 of
// Abramowitz and Stegun, within 0.004 from 3 degrees of freedom up.
func studentQuantile(freedom int) float64 {
	z, v := zScore(Level), float64(freedom)
	s := z * z
	return z * (1 + (s+1)/(4*v) + ((5*s+16)*s+3)/(96*v*v) + (((3*s+19)*s+17)*s-15)/(384*v*v*v) +
		((((79*s+776)*s+1482)*s-1920)*s-945)/(92160*v*v*v*v))
}
