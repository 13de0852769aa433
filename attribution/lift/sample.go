package lift

import (
	"fmt"
	"math"
	"math/big"

	"github.com/bylinehq/byline"
)

// Sample is what a comparison of means needs of one arm. Units that bought nothing are
// in it, with 0: leaving them out compares buyers, whom the campaign itself selected.
type Sample struct {
	N        int64   `json:"n"`
	Mean     float64 `json:"mean"`
	Variance float64 `json:"variance"` // with n-1 below
}

// SampleOf sums values up, one per unit. A value that is not finite is a fault of code
// "sample.finite". One value has a variance of 0, none is the zero Sample.
func SampleOf(values []float64) (Sample, error) {
	if err := byline.Faults(finiteFaults(values, "")); err != nil {
		return Sample{}, err
	}
	return sampleOf(values), nil
}

func sampleOf(values []float64) Sample {
	mean := meanValue(values)
	return Sample{N: int64(len(values)), Mean: mean, Variance: spreadOf(values, mean) / max(1, float64(len(values)-1))}
}

// SampleOfMoney is SampleOf for amounts of one currency, in minor units. Sums are exact,
// and only the mean and the variance are rounded. The zero Money counts as nothing
// bought; amounts of two currencies are a fault of code "sample.currency".
func SampleOfMoney(amounts []byline.Money) (Sample, error) {
	var currency byline.Currency
	sum, squares, minor := new(big.Int), new(big.Int), new(big.Int)
	for i, m := range amounts {
		if m.Currency() != "" && currency != "" && m.Currency() != currency {
			return Sample{}, byline.Faults([]*byline.FieldError{fault(fmt.Sprintf("[%d]", i), "sample.currency", "all amounts must be of one currency")})
		}
		if m.Currency() != "" {
			currency = m.Currency()
		}
		minor.SetInt64(m.Minor())
		sum.Add(sum, minor)
		squares.Add(squares, minor.Mul(minor, minor))
	}
	n := int64(len(amounts))
	if n == 0 {
		return Sample{}, nil
	}
	s := Sample{N: n, Mean: quotient(sum, big.NewInt(n))}
	if n > 1 {
		spread := squares.Mul(squares, big.NewInt(n))
		spread.Sub(spread, sum.Mul(sum, sum))
		s.Variance = quotient(spread, new(big.Int).Mul(big.NewInt(n), big.NewInt(n-1)))
	}
	return s, nil
}

func quotient(a, b *big.Int) float64 {
	v, _ := new(big.Rat).SetFrac(a, b).Float64()
	return v
}

// faults are "sample.n", "sample.finite" and "sample.variance".
func (s Sample) faults(path string) []*byline.FieldError {
	var faults []*byline.FieldError
	if s.N < 0 || s.N > maxUnits {
		faults = append(faults, fault(path+".n", "sample.n", "the number of units must be between 0 and 1e12"))
	}
	if !(math.Abs(s.Mean) <= maxValue) {
		faults = append(faults, fault(path+".mean", "sample.finite", "the mean must be a number between -1e50 and 1e50"))
	}
	if !(s.Variance >= 0 && s.Variance <= maxVariance) {
		faults = append(faults, fault(path+".variance", "sample.variance", "the variance must be between 0 and 1e101"))
	}
	return faults
}

// What is squared is bounded, so that nothing overflows.
const (
	maxValue    = 1e50
	maxVariance = 1e101
)

func finiteFaults(values []float64, path string) []*byline.FieldError {
	var faults []*byline.FieldError
	for i, v := range values {
		if !(math.Abs(v) <= maxValue) {
			faults = append(faults, fault(fmt.Sprintf("%s[%d]", path, i), "sample.finite", "a value must be a number between -1e50 and 1e50"))
		}
	}
	return faults
}

// rounding is how far apart arithmetic alone may bring numbers, as a share of those that
// went into them.
const rounding = 1e-14

// steady takes a spread that is no more than rounding for none.
func (s Sample) steady(noise float64) Sample {
	if math.Sqrt(s.Variance) <= noise {
		s.Variance = 0
	}
	return s
}

// largest is the size of the largest value.
func largest(values []float64) float64 {
	var size float64
	for _, v := range values {
		size = max(size, math.Abs(v))
	}
	return size
}

// meanValue is corrected once by the mean of what is left over, which takes the rounding of
// the first sum out.
func meanValue(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	n := float64(len(values))
	var sum, left float64
	for _, v := range values {
		sum += v
	}
	mean := sum / n
	for _, v := range values {
		left += v - mean
	}
	return mean + left/n
}

func spreadOf(values []float64, mean float64) float64 {
	var sum float64
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return sum
}
