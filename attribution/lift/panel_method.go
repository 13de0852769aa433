package lift

import (
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// PanelMethod says how the outcome without the campaign is worked out from the controls.
type PanelMethod string

// Methods for a [Panel].
const (
	// PanelSynthetic weighs the controls so that their mix follows the treated units before
	// the start, levels included: Abadie, Diamond and Hainmueller, JASA 105 (2010).
	PanelSynthetic PanelMethod = "synthetic_control"
	// PanelFixedEffect first takes from every series its own mean before the start, so that
	// only the movements have to agree. With no further correction it is what GeoLift fits
	// by default (augmented synthetic control with fixed effects and no augmentation).
	PanelFixedEffect PanelMethod = "fixed_effect_synthetic_control"
	// PanelSyntheticDiD weighs controls and periods: Arkhangelsky, Athey, Hirshberg, Imbens
	// and Wager, American Economic Review 111 (2021).
	PanelSyntheticDiD PanelMethod = "synthetic_did"
	// PanelEqualWeights is plain difference in differences: all controls and all periods
	// before the start weigh the same.
	PanelEqualWeights PanelMethod = "equal_weights"
)

func panelMethods() []PanelMethod {
	return []PanelMethod{PanelSynthetic, PanelFixedEffect, PanelSyntheticDiD, PanelEqualWeights}
}

// panelFit is an estimate without its surroundings.
type panelFit struct {
	weights []float64 // of donors
	times   []float64 // of periods before the start; nil where they weigh the same
	zeta    float64
	effects []float64 // by period, before and after the start
	slack   float64
	unique  bool
	other   []float64 // weights that fit as well; nil where unique
	start   int
}

func (f panelFit) att() float64 { return seriesMean(f.effects[f.start:]) }

func (f panelFit) pre() []float64 { return f.effects[:f.start] }

// misfit is the error before the start as a share of the treated series' own variation.
// It reports false where the series does not vary and is not met.
func (f panelFit) misfit(c comparison) (ratio float64, ok bool) {
	miss, own := f.miss(), spread(c.treated[:c.start])
	switch {
	case miss <= 1e-9*rootMeanSquare(c.treated[:c.start]):
		return 0, true
	case own <= 1e-9*miss:
		return 0, false
	}
	return miss / own, true
}

// miss is the root of the mean squared error before the start. Time weights move the
// level to the periods that they choose, so there it is taken around its own mean.
func (f panelFit) miss() float64 {
	if f.times != nil {
		return spread(f.pre())
	}
	return rootMeanSquare(f.pre())
}

// fit runs a method. zeta is nil for the method's own.
func (c comparison) fit(method PanelMethod, zeta *float64) panelFit {
	switch method {
	case PanelFixedEffect:
		return c.shifted(c.solve(true, 0), nil)
	case PanelSyntheticDiD:
		return c.fitSyntheticDiD(zeta)
	case PanelEqualWeights:
		equal := slices.Repeat([]float64{1 / float64(len(c.donors))}, len(c.donors))
		return c.shifted(simplexSolution{weights: equal, unique: true}, nil)
	default:
		s := c.solve(false, 0)
		return panelFit{weights: s.weights, slack: s.slack, unique: s.unique, other: s.other, start: c.start, effects: c.gap(s.weights)}
	}
}

// solve fits the donors' weights.
func (c comparison) solve(intercept bool, ridge float64) simplexSolution {
	if c.donorPredictors != nil {
		return solveSimplex(simplexProblem{columns: c.donorPredictors, target: c.treatedPredictors})
	}
	p := simplexProblem{target: c.treated[:c.start], ridge: ridge, intercept: intercept}
	for _, d := range c.donors {
		p.columns = append(p.columns, d[:c.start])
	}
	return solveSimplex(p)
}

// gap is the treated series less the donors' mix.
func (c comparison) gap(weights []float64) []float64 {
	gap := slices.Clone(c.treated)
	for j, w := range weights {
		if w == 0 {
			continue
		}
		for t, y := range c.donors[j] {
			gap[t] -= w * y
		}
	}
	return gap
}

// shifted takes from the gap its mean before the start, by the given weights of periods.
func (c comparison) shifted(s simplexSolution, times []float64) panelFit {
	gap := c.gap(s.weights)
	shift := 0.0
	if times == nil {
		shift = seriesMean(gap[:c.start])
	} else {
		shift = inner(times, gap[:c.start])
	}
	for t := range gap {
		gap[t] -= shift
	}
	return panelFit{weights: s.weights, times: times, slack: s.slack, unique: s.unique, other: s.other, start: c.start, effects: gap}
}

// fitSyntheticDiD follows section 2 and algorithm 1 of the paper: unit weights with an
// intercept and the ridge zeta, time weights with an intercept and a ridge of one
// millionth of the noise, which only makes them unique.
func (c comparison) fitSyntheticDiD(zeta *float64) panelFit {
	noise := c.noise()
	own := math.Pow(float64(c.units)*float64(c.post()), 0.25) * noise
	if zeta != nil {
		own = *zeta
	}
	units := c.solve(true, own*own*float64(c.start))
	times := c.solveTimes(1e-6 * noise)
	f := c.shifted(units, times.weights)
	f.zeta, f.slack, f.unique = own, max(units.slack, times.slack), units.unique && times.unique
	return f
}

// noise is the standard deviation of the donors' first differences before the start.
func (c comparison) noise() float64 {
	var steps []float64
	for _, d := range c.donors {
		for t := 1; t < c.start; t++ {
			steps = append(steps, d[t]-d[t-1])
		}
	}
	if len(steps) < 2 {
		return 0
	}
	return spread(steps) * math.Sqrt(float64(len(steps))/float64(len(steps)-1))
}

func (c comparison) solveTimes(zeta float64) simplexSolution {
	p := simplexProblem{ridge: zeta * zeta * float64(len(c.donors)), intercept: true}
	for t := range c.start {
		column := make([]float64, len(c.donors))
		for j, d := range c.donors {
			column[j] = d[t]
		}
		p.columns = append(p.columns, column)
	}
	for _, d := range c.donors {
		p.target = append(p.target, seriesMean(d[c.start:]))
	}
	return solveSimplex(p)
}

func methodFaults(m PanelMethod, path string) []*byline.FieldError {
	if slices.Contains(panelMethods(), m) {
		return nil
	}
	return []*byline.FieldError{fault(path, "panel.method", "not a method that is known")}
}
