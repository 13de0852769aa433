package reach

import "math"

// Level is the confidence of every interval here that is not a hard bound.
const Level = 0.95

// normal95 is the two-sided quantile of [Level].
const normal95 = 1.959963984540054

// Method names how a number was found.
type Method string

// Methods. The random ones are the formulas of media planning, see [Shares].
const (
	Exact       Method = "exact"       // counted, every person once
	HyperLogLog Method = "hyperloglog" // from registers: standard error 1.04/√2^precision
	BottomK     Method = "bottom_k"    // from the sample of smallest hashes
	// BottomKAndCounts is both of them, weighed by their precision.
	BottomKAndCounts Method = "bottom_k_and_hyperloglog"

	FromJaccard Method = "given_jaccard"    // from sizes and a Jaccard index that the caller gave
	Bounds      Method = "bounds"           // no point, only what must hold
	Sainsbury   Method = "sainsbury"        // 1 - Π(1 - r)
	Sainsbury95 Method = "sainsbury_95"     // 0.95 × (1 - Π(1 - r)), as some planners use the name
	Agostini    Method = "agostini_k_1.125" // A² / (1.125 D + A)
)

// Estimate is a number with its error. Where it was counted, Low and High are the Value,
// StandardError is 0 and Level is 1.
type Estimate struct {
	Value         float64 `json:"value"`
	Low           float64 `json:"low"`
	High          float64 `json:"high"`
	Level         float64 `json:"level"`
	StandardError float64 `json:"standard_error"`
	Method        Method  `json:"method"`
}

func counted(value float64) Estimate {
	return Estimate{Value: value, Low: value, High: value, Level: 1, Method: Exact}
}

// around is an estimate with a symmetric interval that stays at or above 0.
func around(value, standardError float64, by Method) Estimate {
	reach := normal95 * standardError
	return Estimate{
		Value: value, Low: max(0, value-reach), High: value + reach,
		Level: Level, StandardError: standardError, Method: by,
	}
}

// relativeError of a HyperLogLog; the constant is Ertl's √(3 ln 2 - 1), which is 1.03896.
func relativeError(precision uint8) float64 {
	return math.Sqrt(3*math.Ln2-1) / math.Sqrt(float64(int(1)<<precision))
}

func (t tally) people() Estimate {
	value := t.estimate()
	return around(value, value*relativeError(t.precision), HyperLogLog)
}
