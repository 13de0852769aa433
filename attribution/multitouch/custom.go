package multitouch

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// Custom splits journeys by weights of the caller's own: by kind of content, by what a
// touch cost, by anything that stands in the journey but its Nulls and its Value, which Weigh
// does not see.
type Custom struct {
	Label string // what the caller calls it; part of the name
	// Weigh fills in the weight of each touch of a journey that converted. Weights are
	// finite, at least 0 and not all 0, else the model is refused with "custom.weights";
	// only their ratios count. It has to be a pure function, safe to call from several
	// goroutines, and keeps nothing of its arguments.
	Weigh func(j Journey, weights []float64)
}

// Name is "custom(label)".
func (m Custom) Name() string { return fmt.Sprintf("custom(%s)", m.Label) }

// faults is "custom.label" and "custom.weigh".
func (m Custom) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	if m.Label == "" {
		faults = append(faults, fault("label", "custom.label", "a model of your own needs a name"))
	}
	if m.Weigh == nil {
		faults = append(faults, fault("weigh", "custom.weigh", "a model of your own needs a function that weighs touches"))
	}
	return faults
}

func (m Custom) splitter(d *directory) splitter {
	var journey Journey
	var weights []float64
	var parts []uint64
	return splitter{parts: func(r *row) ([]uint64, *byline.RefusalError) {
		journey = Journey{Path: journey.Path[:0], Conversions: int64(r.conversions), Ages: r.ages, Lead: int(r.stage.lead), Opportunity: int(r.stage.opportunity)}
		for _, n := range r.ids {
			journey.Path = append(journey.Path, d.names[n])
		}
		weights = fill(weights, len(r.ids), 0)
		m.Weigh(journey, weights)
		sum := 0.0
		for _, w := range weights {
			if !(w >= 0) {
				sum = -1
				break
			}
			sum += w
		}
		if !(sum > 0) || !finite(sum) {
			return nil, &byline.RefusalError{Code: "custom.weights", Message: "the weights of a journey are not finite, at least 0 and somewhere above 0"}
		}
		parts = slices.Grow(parts[:0], len(weights))[:len(weights)]
		split(weights, parts)
		return parts, nil
	}}
}

// fill returns n copies of a value in a slice that is used again.
func fill(reused []float64, n int, value float64) []float64 {
	reused = reused[:0]
	for range n {
		reused = append(reused, value)
	}
	return reused
}
