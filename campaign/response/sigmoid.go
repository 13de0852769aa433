package response

import "math"

// Sigmoid is ceiling / (1 + e^(-rate·(x-middle))), the whole S with its steepest point at
// middle. At a spend of 0 it is not 0: read what it gives there as the outcome without
// spend.
//
// This is what PyMC-Marketing's older hill_saturation computes (sigma, beta, lam), though
// it is no [Hill]; its hill_saturation_sigmoid is the same less the value at 0. Most
// statistics books call this curve logistic; [Logistic] here is its upper half. Read
// 2026-11-22.
type Sigmoid struct {
	Ceiling float64 `json:"ceiling"` // in the unit of the outcome
	Rate    float64 `json:"rate"`    // per unit of spend
	Middle  float64 `json:"middle"`  // in the unit of spend
}

// Family is [SigmoidFamily].
func (s Sigmoid) Family() Family { return SigmoidFamily }

// Check finds parameters out of range: "response.parameter".
func (s Sigmoid) Check() error {
	return checkParameters(parameter{"ceiling", s.Ceiling, 0}, parameter{"rate", s.Rate, 0}, parameter{"middle", s.Middle, 0})
}

// At is the outcome at a spend.
func (s Sigmoid) At(x float64) float64 { return s.Ceiling * expit(s.Rate*(spend(x)-s.Middle)) }

// Slope is ceiling · rate · p · (1-p), where p is the share of the ceiling.
func (s Sigmoid) Slope(x float64) float64 {
	z := s.Rate * (spend(x) - s.Middle)
	return s.Ceiling * s.Rate * expit(z) * expit(-z)
}

// SpendAt solves p · (1-p) = slope / (ceiling · rate) for the larger p.
func (s Sigmoid) SpendAt(slope float64) float64 {
	if !(slope > 0) {
		return math.MaxFloat64
	}
	if slope > s.Slope(s.Middle) {
		return 0
	}
	r := min(0.25, slope/s.Ceiling/s.Rate) // rounding may take it above
	p := (1 + math.Sqrt(1-4*r)) / 2
	return finite(s.Middle + (2*math.Log(p)-math.Log(r))/s.Rate)
}

// Inflection is middle.
func (s Sigmoid) Inflection() float64 { return s.Middle }

// MarshalJSON writes the parameters and the family.
func (s Sigmoid) MarshalJSON() ([]byte, error) {
	type plain Sigmoid
	return marshal(s, plain(s))
}
