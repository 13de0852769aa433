package multitouch

import (
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Interval is a number, the ends between which Confidence.Level of the replicates lie,
// and their standard deviation, which is the number's standard error.
type Interval struct {
	Estimate      float64 `json:"estimate"`
	Low           float64 `json:"low"`
	High          float64 `json:"high"`
	StandardError float64 `json:"standard_error"`
}

// MoneyInterval is an Interval of an amount, to the minor unit.
type MoneyInterval struct {
	Estimate      byline.Money `json:"estimate"`
	Low           byline.Money `json:"low"`
	High          byline.Money `json:"high"`
	StandardError byline.Money `json:"standard_error"`
}

// tailSize is which of n replicates, counted from either end, is the end of an interval.
func tailSize(n int, level float64) int {
	const rounding = 1e-9
	return int(float64(n+1)*(1-level)/2 + rounding)
}

// interval sorts the replicates.
func interval(estimate float64, drawn []float64, level float64) Interval {
	slices.Sort(drawn)
	tail := max(1, tailSize(len(drawn), level))
	return Interval{Estimate: estimate, Low: drawn[tail-1], High: drawn[len(drawn)-tail], StandardError: deviation(drawn)}
}

// moneyInterval sorts the replicates.
func moneyInterval(estimate byline.Money, drawn []int64, level float64) MoneyInterval {
	slices.Sort(drawn)
	floats := make([]float64, len(drawn))
	for i, v := range drawn {
		floats[i] = float64(v)
	}
	tail := max(1, tailSize(len(drawn), level))
	amount := func(minor int64) byline.Money { return byline.Minor(minor, estimate.Currency()) }
	return MoneyInterval{
		Estimate: estimate, Low: amount(drawn[tail-1]), High: amount(drawn[len(drawn)-tail]),
		StandardError: amount(int64(math.Round(deviation(floats)))),
	}
}

func deviation(values []float64) float64 {
	n := float64(len(values))
	if n < 2 {
		return 0
	}
	mean := 0.0
	for _, v := range values {
		mean += v / n
	}
	squares := 0.0
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	return math.Sqrt(squares / (n - 1))
}

// unseenCount is the upper end of the mean of a Poisson count of which 0 were seen: at 0.95
// the 3.69 of F. Garwood's exact interval, whose lower end is 0. The rule of three, 3.00, is
// the same for an interval that leaves out nothing at its lower end.
func unseenCount(level float64) float64 { return -math.Log((1 - level) / 2) }

// unseenShare is the upper end of a share of n of which 0 were seen, by C. J. Clopper and
// E. S. Pearson: with this share, n would show none with the chance (1-level)/2.
func unseenShare(level float64, n int64) float64 {
	return -math.Expm1(math.Log((1-level)/2) / float64(n))
}
