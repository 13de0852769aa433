package response

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Candidate is one family in a comparison: its fit, or why there is none.
type Candidate struct {
	Family  Family               `json:"family"`
	Fit     *Fit                 `json:"fit,omitempty"`
	Refused *byline.RefusalError `json:"refused,omitempty"`
	Behind  float64              `json:"behind"` // AICc above the best one's; 0 where refused
	Weight  float64              `json:"weight"` // Akaike's weight among those fitted: they sum to 1
}

// Compare fits several families to the same observations and orders them by AICc (Hurvich
// and Tsai 1989), the best first and the refused last. No families are all of
// [Families]; [TanhFamily] is left out of those, being [LogisticFamily] by other names.
// A difference below 2 decides nothing. Errors are the faults of [FitCurve].
func Compare(observations []Observation, options *FitOptions, families ...Family) ([]Candidate, error) {
	if len(families) == 0 {
		families = slices.DeleteFunc(Families(), func(f Family) bool { return f == TanhFamily })
	}
	var candidates []Candidate
	for _, family := range families {
		fit, err := FitCurve(observations, family, options)
		c := Candidate{Family: family}
		if refused, ok := errors.AsType[*byline.RefusalError](err); ok {
			c.Refused = refused
		} else if err != nil {
			return nil, err
		} else {
			c.Fit = &fit
		}
		candidates = append(candidates, c)
	}
	slices.SortStableFunc(candidates, func(a, b Candidate) int { return cmp.Compare(a.order(), b.order()) })
	weigh(candidates)
	return candidates, nil
}

func (c Candidate) order() float64 {
	if c.Fit == nil {
		return math.Inf(1)
	}
	return c.Fit.AICc
}

func weigh(candidates []Candidate) {
	var sum float64
	for i := range candidates {
		if c := &candidates[i]; c.Fit != nil {
			c.Behind = c.Fit.AICc - candidates[0].Fit.AICc
			c.Weight = math.Exp(-c.Behind / 2)
			sum += c.Weight
		}
	}
	for i := range candidates {
		if candidates[i].Fit != nil {
			candidates[i].Weight /= sum
		}
	}
}
