package response

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// The range of a parameter. It is far wider than any budget, and narrow enough that no
// formula here overflows on its way.
const (
	minParameter = 1e-100
	maxParameter = 1e100
	maxShape     = 1000
)

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

// refusal says why there is no answer; have and need are in the unit of the message.
func refusal(code, message string, have, need float64) error {
	return &byline.RefusalError{Code: code, Message: message, Have: have, Need: need}
}

type parameter struct {
	name  string
	value float64
	max   float64
}

// checkParameters finds every parameter that is not a number in its range:
// "response.parameter".
func checkParameters(parameters ...parameter) error {
	var faults []*byline.FieldError
	for _, p := range parameters {
		if p.max == 0 {
			p.max = maxParameter
		}
		if !(p.value >= minParameter && p.value <= p.max) {
			faults = append(faults, fault(p.name, "response.parameter", fmt.Sprintf("must be above 0 and at most %g", p.max)))
		}
	}
	return byline.Faults(faults)
}

// spend reads a spend: nothing, less than nothing and no number are 0.
func spend(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, math.MaxFloat64)
}

// finite keeps what a formula gives within the numbers.
func finite(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return max(-math.MaxFloat64, min(v, math.MaxFloat64))
}
