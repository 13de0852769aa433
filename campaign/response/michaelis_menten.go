package response

import "math"

// MichaelisMenten is ceiling · x / (half + x), a [Hill] of shape 1: half of the ceiling
// at a spend of half. Concave.
//
// Robyn's mic_men (Vmax, Km) and PyMC-Marketing's michaelis_menten (alpha, lam). Read
// 2026-11-22.
type MichaelisMenten struct {
	Ceiling float64 `json:"ceiling"` // in the unit of the outcome
	Half    float64 `json:"half"`    // in the unit of spend
}

// Family is [MichaelisMentenFamily].
func (m MichaelisMenten) Family() Family { return MichaelisMentenFamily }

// Check finds parameters out of range: "response.parameter".
func (m MichaelisMenten) Check() error {
	return checkParameters(parameter{"ceiling", m.Ceiling, 0}, parameter{"half", m.Half, 0})
}

// At is the outcome at a spend.
func (m MichaelisMenten) At(x float64) float64 {
	x = spend(x)
	return finite(m.Ceiling * (x / (m.Half + x)))
}

// Slope is ceiling · half / (half + x)².
func (m MichaelisMenten) Slope(x float64) float64 {
	sum := m.Half + spend(x)
	return finite(m.Ceiling / sum * (m.Half / sum))
}

// SpendAt is √(ceiling · half / slope) - half.
func (m MichaelisMenten) SpendAt(slope float64) float64 {
	if !(slope > 0) {
		return math.MaxFloat64
	}
	return finite(max(0, math.Sqrt(m.Ceiling/slope)*math.Sqrt(m.Half)-m.Half))
}

// Inflection is 0: the curve is concave.
func (m MichaelisMenten) Inflection() float64 { return 0 }

// MarshalJSON writes the parameters and the family.
func (m MichaelisMenten) MarshalJSON() ([]byte, error) {
	type plain MichaelisMenten
	return marshal(m, plain(m))
}
