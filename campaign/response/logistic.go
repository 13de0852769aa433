package response

import "math"

// Logistic is ceiling · (1-e^(-rate·x)) / (1+e^(-rate·x)), which is ceiling ·
// tanh(rate·x/2): the upper half of an S, so 0 at 0 and concave. It is the same set of
// curves as [Tanh] in other parameters; the whole S is [Sigmoid].
//
// PyMC-Marketing's logistic_saturation (lam). Read 2026-11-22.
type Logistic struct {
	Ceiling float64 `json:"ceiling"` // in the unit of the outcome
	Rate    float64 `json:"rate"`    // per unit of spend
}

// Family is [LogisticFamily].
func (l Logistic) Family() Family { return LogisticFamily }

// Check finds parameters out of range: "response.parameter".
func (l Logistic) Check() error {
	return checkParameters(parameter{"ceiling", l.Ceiling, 0}, parameter{"rate", l.Rate, 0})
}

// At is the outcome at a spend.
func (l Logistic) At(x float64) float64 { return l.Ceiling * math.Tanh(finite(l.Rate*spend(x)/2)) }

// Slope is ceiling · rate/2 / cosh²(rate·x/2).
func (l Logistic) Slope(x float64) float64 {
	return l.Ceiling * l.Rate / 2 * sech2(l.Rate*spend(x)/2)
}

// SpendAt is 2/rate · arcosh √(ceiling · rate / (2 · slope)).
func (l Logistic) SpendAt(slope float64) float64 {
	return archSech2(slope, l.Ceiling*l.Rate/2, 2/l.Rate)
}

// Inflection is 0: the curve is concave.
func (l Logistic) Inflection() float64 { return 0 }

// MarshalJSON writes the parameters and the family.
func (l Logistic) MarshalJSON() ([]byte, error) {
	type plain Logistic
	return marshal(l, plain(l))
}

// sech2 is 1/cosh².
func sech2(z float64) float64 {
	c := math.Cosh(z)
	return 1 / c / c
}

// archSech2 solves steepest · sech2(x/reach) = slope for x of at least 0, and is 0 where
// the slope is above the steepest.
func archSech2(slope, steepest, reach float64) float64 {
	switch {
	case !(slope > 0):
		return math.MaxFloat64
	case slope >= steepest:
		return 0
	}
	return finite(reach * math.Acosh(math.Sqrt(steepest/slope)))
}
