package rank

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// Stein is the estimate of James and Stein for many means of one known standard error, in
// the form of Efron and Morris (1975) that shrinks towards the common mean.
type Stein struct {
	Centre float64 `json:"centre"` // the common mean
	// Squares is the sum of squared distances from Centre, in squared standard errors.
	Squares float64 `json:"squares"`
	// Factor is what remains of a distance from Centre: 1 - (n-3)/Squares, and 0 where that
	// is negative (the positive part).
	Factor float64   `json:"factor"`
	Values []float64 `json:"values"` // in the order given
}

// JamesStein shrinks means that have the same standard error towards their common mean. It
// needs no fitted distribution, and gives no ranking; [Averages] does. Faults are of code
// "rank.mean" and "rank.standard_error"; the refusal is "rank.too_few_creators" below 4
// means. Time is O(n).
func JamesStein(means []float64, standardError float64) (Stein, error) {
	var fields []*byline.FieldError
	for i, m := range means {
		data := Average{CreatorID: "one", Mean: m, StandardError: 1}
		fields = append(fields, data.check(fmt.Sprintf("[%d].", i))...)
	}
	common := Average{CreatorID: "one", StandardError: standardError}
	if err := byline.Faults(append(fields, common.check("")...)); err != nil {
		return Stein{}, err
	}
	if len(means) < 4 {
		return Stein{}, refusal("rank.too_few_creators", "the James-Stein estimate needs four means", float64(len(means)), 4)
	}
	s := Stein{Values: make([]float64, len(means))}
	for _, m := range means {
		s.Centre += m / float64(len(means))
	}
	for _, m := range means {
		z := (m - s.Centre) / standardError
		s.Squares += z * z
	}
	s.Squares = math.Min(s.Squares, math.MaxFloat64)
	s.Factor = math.Max(0, 1-float64(len(means)-3)/math.Max(s.Squares, math.SmallestNonzeroFloat64))
	for i, m := range means {
		s.Values[i] = s.Centre + s.Factor*(m-s.Centre)
	}
	return s, nil
}
