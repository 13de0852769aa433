package response

import "math"

// Tanh is ceiling · tanh(x / (ceiling · cost)): cost is the spend per unit of outcome at
// the very start. Concave. It is the same set of curves as [Logistic], whose rate is
// 2 / (ceiling · cost).
//
// PyMC-Marketing's tanh_saturation (b for ceiling, c for cost). Read 2026-11-22.
type Tanh struct {
	Ceiling float64 `json:"ceiling"` // in the unit of the outcome
	Cost    float64 `json:"cost"`    // spend per unit of outcome
}

// Family is [TanhFamily].
func (t Tanh) Family() Family { return TanhFamily }

// Check finds parameters out of range: "response.parameter".
func (t Tanh) Check() error {
	return checkParameters(parameter{"ceiling", t.Ceiling, 0}, parameter{"cost", t.Cost, 0})
}

func (t Tanh) reach() float64 { return t.Ceiling * t.Cost }

// At is the outcome at a spend.
func (t Tanh) At(x float64) float64 { return t.Ceiling * math.Tanh(finite(spend(x)/t.reach())) }

// Slope is 1/cost / cosh²(x / (ceiling · cost)).
func (t Tanh) Slope(x float64) float64 { return sech2(spend(x)/t.reach()) / t.Cost }

// SpendAt is ceiling · cost · arcosh √(1 / (cost · slope)).
func (t Tanh) SpendAt(slope float64) float64 { return archSech2(slope, 1/t.Cost, t.reach()) }

// Inflection is 0: the curve is concave.
func (t Tanh) Inflection() float64 { return 0 }

// MarshalJSON writes the parameters and the family.
func (t Tanh) MarshalJSON() ([]byte, error) {
	type plain Tanh
	return marshal(t, plain(t))
}
