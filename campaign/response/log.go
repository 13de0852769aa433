package response

import "math"

// Log is scale · ln(1 + x/spread): without a ceiling, each doubling of a large spend
// brings the same again. Concave.
type Log struct {
	Scale  float64 `json:"scale"`  // in the unit of the outcome
	Spread float64 `json:"spread"` // in the unit of spend
}

// Family is [LogFamily].
func (l Log) Family() Family { return LogFamily }

// Check finds parameters out of range: "response.parameter".
func (l Log) Check() error {
	return checkParameters(parameter{"scale", l.Scale, 0}, parameter{"spread", l.Spread, 0})
}

// At is the outcome at a spend.
func (l Log) At(x float64) float64 { return finite(l.Scale * math.Log1p(finite(spend(x)/l.Spread))) }

// Slope is scale / (spread + x).
func (l Log) Slope(x float64) float64 { return finite(l.Scale / (l.Spread + spend(x))) }

// SpendAt is scale/slope - spread.
func (l Log) SpendAt(slope float64) float64 {
	if !(slope > 0) {
		return math.MaxFloat64
	}
	return finite(max(0, l.Scale/slope-l.Spread))
}

// Inflection is 0: the curve is concave.
func (l Log) Inflection() float64 { return 0 }

// MarshalJSON writes the parameters and the family.
func (l Log) MarshalJSON() ([]byte, error) {
	type plain Log
	return marshal(l, plain(l))
}
