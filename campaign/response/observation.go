package response

import (
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Observation is one period's spend and outcome, or one creator's.
type Observation struct {
	Spend   float64 `json:"spend"`            // at least 0
	Outcome float64 `json:"outcome"`          // may be negative: an effect net of what it is compared with
	Weight  float64 `json:"weight,omitempty"` // how much it counts; 0 is 1
}

// checkObservations finds every number that is none or out of range:
// "response.observation".
func checkObservations(observations []Observation) []*byline.FieldError {
	var faults []*byline.FieldError
	add := func(i int, name, message string) {
		faults = append(faults, fault(fmt.Sprintf("observations[%d].%s", i, name), "response.observation", message))
	}
	const large = 1e15
	for i, o := range observations {
		if !(o.Spend >= 0 && o.Spend <= large) {
			add(i, "spend", "must be a number from 0 to 1e15")
		}
		if !(math.Abs(o.Outcome) <= large) {
			add(i, "outcome", "must be a number from -1e15 to 1e15")
		}
		if !(o.Weight >= 0 && o.Weight <= large) {
			add(i, "weight", "must be a number from 0 to 1e15")
		}
	}
	return faults
}

// sample is the observations as a fit reads them.
type sample struct {
	x, y, w []float64
}

func sampleOf(observations []Observation) sample {
	var s sample
	for _, o := range observations {
		s.x, s.y = append(s.x, o.Spend), append(s.y, o.Outcome)
		if o.Weight == 0 {
			o.Weight = 1
		}
		s.w = append(s.w, o.Weight)
	}
	return s
}

// levels counts the different spends, without a spend of 0 where asked to.
func (s sample) levels(withZero bool) int {
	sorted := slices.Compact(slices.Sorted(slices.Values(s.x)))
	if !withZero && sorted[0] == 0 {
		return len(sorted) - 1
	}
	return len(sorted)
}

// peak is the greatest outcome, up or down.
func (s sample) peak() float64 { return max(slices.Max(s.y), -slices.Min(s.y)) }

// rises reports whether a straight line through the observations does.
func (s sample) rises() bool {
	var weight, x, y, rise float64
	for i, w := range s.w {
		weight, x, y = weight+w, x+w*s.x[i], y+w*s.y[i]
	}
	for i, w := range s.w {
		rise += w * (s.x[i] - x/weight) * (s.y[i] - y/weight)
	}
	return rise > 0
}

// spread is the weighted sum of squares of the outcome around its mean, and around 0.
func (s sample) spread() (aroundMean, aroundZero float64) {
	var sum, weight float64
	for i, y := range s.y {
		sum += s.w[i] * y
		weight += s.w[i]
		aroundZero += s.w[i] * y * y
	}
	mean := sum / weight
	for i, y := range s.y {
		aroundMean += s.w[i] * (y - mean) * (y - mean)
	}
	return aroundMean, aroundZero
}
