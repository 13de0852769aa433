package response

import (
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// WeibullCDF weighs the spend of i periods ago by the product of the Weibull survival
// e^(-(j/scale)^shape) over j = 1 … i: 1 for this period, falling after it. Not
// normalised.
//
// Robyn's adstock_weibull of type "cdf" (transformation.R), which takes its scale as a
// share q of the window: scale = round(1 + (window-1)·q). Read 2026-11-22.
type WeibullCDF struct {
	Shape  float64 `json:"shape"`  // above 0
	Scale  float64 `json:"scale"`  // periods, above 0
	Window int     `json:"window"` // periods
}

// WeibullPDF weighs the spend of i periods ago by the Weibull density at i+1, scaled so
// that the least weight of the window is 0 and the greatest is 1: the effect may peak
// late. Not normalised to a sum.
//
// Robyn's adstock_weibull of type "pdf" (transformation.R), with a scale as for
// [WeibullCDF]. Read 2026-11-22.
type WeibullPDF struct {
	Shape  float64 `json:"shape"`  // above 0
	Scale  float64 `json:"scale"`  // periods, above 0
	Window int     `json:"window"` // periods
}

// Apply carries the spend on. Faults are "response.adstock" and "response.spend".
func (w WeibullCDF) Apply(spend []float64) ([]float64, error) {
	if err := checkWeibull(w.Shape, w.Scale, w.Window, spend); err != nil {
		return nil, err
	}
	weights := make([]float64, w.Window)
	weights[0] = 1
	for j := 1; j < w.Window; j++ {
		weights[j] = weights[j-1] * math.Exp(-math.Pow(float64(j)/w.Scale, w.Shape))
	}
	return convolve(spend, weights), nil
}

// Apply carries the spend on. Faults are "response.adstock" and "response.spend".
func (w WeibullPDF) Apply(spend []float64) ([]float64, error) {
	if err := checkWeibull(w.Shape, w.Scale, w.Window, spend); err != nil {
		return nil, err
	}
	weights := make([]float64, w.Window)
	for i := range weights {
		z := float64(i+1) / w.Scale
		weights[i] = finite(w.Shape / w.Scale * math.Pow(z, w.Shape-1) * math.Exp(-math.Pow(z, w.Shape)))
	}
	low, high := slices.Min(weights), slices.Max(weights)
	for i := range weights {
		if high > low {
			weights[i] = (weights[i] - low) / (high - low)
		} else {
			weights[i] = 0
		}
	}
	if high == low {
		weights[0] = 1
	}
	return convolve(spend, weights), nil
}

func checkWeibull(shape, scale float64, window int, spend []float64) error {
	faults := checkShare("shape", shape, shape > 0 && shape <= maxShape, "above 0 and at most 1000")
	faults = append(faults, checkShare("scale", scale, scale > 0 && scale <= maxWindow, "above 0 and at most 10000 periods")...)
	return byline.Faults(append(append(faults, checkWindow(window)...), checkSpend(spend)...))
}
