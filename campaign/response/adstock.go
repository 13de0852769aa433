package response

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// Adstock carries the effect of a period's spend into later periods.
type Adstock interface {
	// Apply returns the series of effective spend, as long as spend. Before the first
	// period nothing was spent. Errors are [*byline.FieldError].
	Apply(spend []float64) ([]float64, error)
}

// maxWindow bounds the periods over which a finite adstock reaches.
const maxWindow = 10_000

// convolve is y[t] = Σ weights[i]·x[t-i]. Time is O(len(x)·len(weights)).
func convolve(x, weights []float64) []float64 {
	y := make([]float64, len(x))
	for t := range y {
		for i, w := range weights[:min(t+1, len(weights))] {
			y[t] += w * x[t-i]
		}
	}
	return y
}

// normalised scales weights to a sum of 1, so that no spend is gained or lost.
func normalised(weights []float64) []float64 {
	var sum float64
	for _, w := range weights {
		sum += w
	}
	for i := range weights {
		weights[i] /= sum
	}
	return weights
}

// checkSpend finds every period whose spend is negative, no number or absurd:
// "response.spend".
func checkSpend(spend []float64) []*byline.FieldError {
	var faults []*byline.FieldError
	for i, x := range spend {
		if !(x >= 0 && x <= maxParameter) {
			faults = append(faults, fault(fmt.Sprintf("spend[%d]", i), "response.spend", "must be a number of at least 0"))
		}
	}
	return faults
}

// checkShare wants a number between low and high, "response.adstock".
func checkShare(path string, value float64, ok bool, want string) []*byline.FieldError {
	if ok && !math.IsNaN(value) && !math.IsInf(value, 0) {
		return nil
	}
	return []*byline.FieldError{fault(path, "response.adstock", "must be "+want)}
}

// checkWindow wants a reach of at least one period, "response.adstock".
func checkWindow(window int) []*byline.FieldError {
	if window >= 1 && window <= maxWindow {
		return nil
	}
	return []*byline.FieldError{fault("window", "response.adstock", fmt.Sprintf("must be from 1 to %d periods", maxWindow))}
}

// Geometric is y[t] = x[t] + decay · y[t-1], without end and not normalised: over time a
// unit of spend counts 1/(1-decay) times, which a curve fitted on it takes in.
//
// Robyn's adstock_geometric (theta). Read 2026-11-22.
type Geometric struct {
	Decay float64 `json:"decay"` // at least 0 and below 1
}

// Apply carries the spend on. Faults are "response.adstock" and "response.spend".
func (g Geometric) Apply(spend []float64) ([]float64, error) {
	faults := append(checkDecay(g.Decay), checkSpend(spend)...)
	if faults != nil {
		return nil, byline.Faults(faults)
	}
	y := make([]float64, len(spend))
	var before float64
	for t, x := range spend {
		before = x + g.Decay*before
		y[t] = before
	}
	return y, nil
}

func checkDecay(decay float64) []*byline.FieldError {
	return checkShare("decay", decay, decay >= 0 && decay < 1, "at least 0 and below 1")
}

// FiniteGeometric weighs the spend of i periods ago by decay^i over a window of periods,
// this one included.
//
// PyMC-Marketing's geometric_adstock (alpha, l_max = window; normalising is an option).
// Meridian's geometric decay (alpha, max_lag = window-1) is always normalised. Read
// 2026-11-22.
type FiniteGeometric struct {
	Decay     float64 `json:"decay"`  // at least 0 and below 1
	Window    int     `json:"window"` // periods
	Normalise bool    `json:"normalise,omitempty"`
}

// Apply carries the spend on. Faults are "response.adstock" and "response.spend".
func (g FiniteGeometric) Apply(spend []float64) ([]float64, error) {
	faults := append(append(checkDecay(g.Decay), checkWindow(g.Window)...), checkSpend(spend)...)
	if faults != nil {
		return nil, byline.Faults(faults)
	}
	return apply(spend, g.Window, g.Normalise, func(i float64) float64 { return math.Pow(g.Decay, i) }), nil
}

// apply weighs by a function of the periods ago.
func apply(spend []float64, window int, normalise bool, weight func(ago float64) float64) []float64 {
	weights := make([]float64, window)
	for i := range weights {
		weights[i] = weight(float64(i))
	}
	if normalise {
		weights = normalised(weights)
	}
	return convolve(spend, weights)
}

// Delayed weighs the spend of i periods ago by decay^((i-delay)²): the effect peaks delay
// periods after the spend.
//
// PyMC-Marketing's delayed_adstock (alpha, theta, l_max); Jin and others 2017. Read
// 2026-11-22.
type Delayed struct {
	Decay     float64 `json:"decay"`  // above 0 and below 1
	Delay     float64 `json:"delay"`  // periods, at least 0 and inside the window
	Window    int     `json:"window"` // periods
	Normalise bool    `json:"normalise,omitempty"`
}

// Apply carries the spend on. Faults are "response.adstock" and "response.spend".
func (d Delayed) Apply(spend []float64) ([]float64, error) {
	faults := checkShare("decay", d.Decay, d.Decay > 0 && d.Decay < 1, "above 0 and below 1")
	faults = append(faults, checkShare("delay", d.Delay, d.Delay >= 0 && d.Delay <= float64(d.Window-1), "inside the window")...)
	faults = append(append(faults, checkWindow(d.Window)...), checkSpend(spend)...)
	if faults != nil {
		return nil, byline.Faults(faults)
	}
	return apply(spend, d.Window, d.Normalise, func(i float64) float64 {
		return math.Pow(d.Decay, (i-d.Delay)*(i-d.Delay))
	}), nil
}

// Binomial weighs the spend of i periods ago by (1 - i/window)^(1/shape - 1), normalised:
// it ends at the window instead of fading towards it.
//
// Meridian's binomial decay (alpha = shape, max_lag = window-1). Read 2026-11-22.
type Binomial struct {
	Shape  float64 `json:"shape"`  // above 0 and at most 1
	Window int     `json:"window"` // periods
}

// Apply carries the spend on. Faults are "response.adstock" and "response.spend".
func (b Binomial) Apply(spend []float64) ([]float64, error) {
	faults := checkShare("shape", b.Shape, b.Shape > 0 && b.Shape <= 1, "above 0 and at most 1")
	faults = append(append(faults, checkWindow(b.Window)...), checkSpend(spend)...)
	if faults != nil {
		return nil, byline.Faults(faults)
	}
	return apply(spend, b.Window, true, func(i float64) float64 {
		return math.Pow(1-i/float64(b.Window), 1/b.Shape-1)
	}), nil
}
