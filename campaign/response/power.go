package response

import "math"

// Power is scale · x^exponent with an exponent of at most 1: without a ceiling, and
// infinitely steep at 0. Concave. An exponent above 1 would promise growing returns
// without end; [Hill] has growing returns that end.
//
// PyMC-Marketing's root_saturation (alpha for exponent). Read 2026-11-22.
type Power struct {
	Scale    float64 `json:"scale"` // the outcome at a spend of 1
	Exponent float64 `json:"exponent"`
}

// Family is [PowerFamily].
func (p Power) Family() Family { return PowerFamily }

// Check finds parameters out of range: "response.parameter".
func (p Power) Check() error {
	return checkParameters(parameter{"scale", p.Scale, 0}, parameter{"exponent", p.Exponent, 1})
}

// At is the outcome at a spend.
func (p Power) At(x float64) float64 { return finite(p.Scale * math.Pow(spend(x), p.Exponent)) }

// Slope is scale · exponent · x^(exponent-1).
func (p Power) Slope(x float64) float64 {
	return finite(p.Scale * p.Exponent * math.Pow(spend(x), p.Exponent-1))
}

// SpendAt is (scale · exponent / slope)^(1/(1-exponent)).
func (p Power) SpendAt(slope float64) float64 {
	ratio := p.Scale * p.Exponent / slope
	switch {
	case !(slope > 0), p.Exponent == 1 && ratio >= 1:
		return math.MaxFloat64
	case p.Exponent == 1:
		return 0
	}
	return finite(math.Pow(ratio, 1/(1-p.Exponent)))
}

// Inflection is 0: the curve is concave.
func (p Power) Inflection() float64 { return 0 }

// MarshalJSON writes the parameters and the family.
func (p Power) MarshalJSON() ([]byte, error) {
	type plain Power
	return marshal(p, plain(p))
}
