package response

import "math"

// Hill is ceiling · x^shape / (x^shape + half^shape): half of the ceiling at a spend of
// half. Up to a shape of 1 it is concave, above it is S-shaped.
//
// Jin and others 2017 and Meridian write slope and ec for shape and half (adstock_hill.py),
// PyMC-Marketing's hill_function slope and kappa, Robyn's saturation_hill alpha and
// gamma, where half = gamma · max(x) (transformation.R). PyMC-Marketing's older
// hill_saturation is no Hill: see [Sigmoid]. Read 2026-11-22.
type Hill struct {
	Ceiling float64 `json:"ceiling"` // in the unit of the outcome
	Half    float64 `json:"half"`    // in the unit of spend
	Shape   float64 `json:"shape"`   // at most 1000
}

// Family is [HillFamily].
func (h Hill) Family() Family { return HillFamily }

// Check finds parameters out of range: "response.parameter".
func (h Hill) Check() error {
	return checkParameters(parameter{"ceiling", h.Ceiling, 0}, parameter{"half", h.Half, 0}, parameter{"shape", h.Shape, maxShape})
}

// odds is (x/half)^shape, which is 1 at half.
func (h Hill) odds(x float64) float64 { return math.Pow(x/h.Half, h.Shape) }

// At is the outcome at a spend.
func (h Hill) At(x float64) float64 {
	u := h.odds(spend(x))
	if u > 1 {
		return finite(h.Ceiling / (1 + 1/u))
	}
	return finite(h.Ceiling * u / (1 + u))
}

// Slope is ceiling · shape/x · u/(1+u)², with u = (x/half)^shape.
func (h Hill) Slope(x float64) float64 {
	x = spend(x)
	if x == 0 {
		switch {
		case h.Shape < 1:
			return math.MaxFloat64
		case h.Shape > 1:
			return 0
		}
		return finite(h.Ceiling / h.Half)
	}
	u := h.odds(x)
	if u > 1 {
		u = 1 / u // u/(1+u)² is the same for both, and this one cannot overflow
	}
	return finite(h.Ceiling * h.Shape / x * u / ((1 + u) * (1 + u)))
}

// Inflection is half · ((shape-1)/(shape+1))^(1/shape), 0 up to a shape of 1.
func (h Hill) Inflection() float64 {
	if h.Shape <= 1 {
		return 0
	}
	return h.Half * math.Pow((h.Shape-1)/(h.Shape+1), 1/h.Shape)
}

// SpendAt solves Slope(x) = slope on the falling branch by Newton's method. In v = ln u
// the logarithm of the slope is concave, so that each step from the right of the root
// stays there.
func (h Hill) SpendAt(slope float64) float64 {
	if !(slope > 0) {
		return math.MaxFloat64
	}
	least := h.Inflection()
	if slope > h.Slope(least) {
		return 0
	}
	rise := 1 - 1/h.Shape
	target := math.Log(slope) + math.Log(h.Half) - math.Log(h.Ceiling) - math.Log(h.Shape)
	v := -target / (1 + 1/h.Shape)
	for range 100 {
		e := math.Exp(-math.Abs(v))
		over := rise*v - 2*(max(v, 0)+math.Log1p(e)) - target // max + log1p is ln(1 + e^v)
		share := 1 / (1 + e)
		if v < 0 {
			share = 1 - share
		}
		next := v - over/(rise-2*share)
		if !(next < v-1e-16*math.Abs(v)) {
			break
		}
		v = next
	}
	return max(least, finite(h.Half*math.Exp(v/h.Shape)))
}

// MarshalJSON writes the parameters and the family.
func (h Hill) MarshalJSON() ([]byte, error) {
	type plain Hill
	return marshal(h, plain(h))
}

// expit is e^v/(1 + e^v), between 0 and 1.
func expit(v float64) float64 {
	if v >= 0 {
		return 1 / (1 + math.Exp(-v))
	}
	e := math.Exp(v)
	return e / (1 + e)
}
