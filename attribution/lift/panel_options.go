package lift

import (
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// DefaultMaxMisfit is the pre-period misfit above which an estimate is refused. Two
// unrelated series of the same noise around the same level miss each other by 1.41 of
// their variation; what misses by more has another level or another trend.
const DefaultMaxMisfit = 1.5

// looseFit is the misfit from which a result carries a warning.
const looseFit = 0.5

// PanelPredictor is one characteristic of every unit on which weights are fitted: the
// mean price, the income, the outcome of one year.
type PanelPredictor struct {
	Name   string    `json:"name"`
	Values []float64 `json:"values"` // one per unit, in the table's order
	Weight float64   `json:"weight"` // its share in the distance, V of the literature; any positive scale
}

// PanelOptions tune the estimators for a [Panel]. Nil and the zero value are the
// documented defaults.
type PanelOptions struct {
	// Level is the confidence level, default [DefaultLevel].
	Level float64 `json:"level,omitzero"`
	// MaxMisfit is the largest root mean squared error before the start, as a share of the
	// standard deviation of the treated series there; default [DefaultMaxMisfit].
	// 0.5 leaves a quarter of the variance unexplained; 1 does no better than a flat line.
	MaxMisfit float64 `json:"max_misfit,omitzero"`
	// Predictors replace the outcomes before the start in the fit of the weights. Only
	// [SyntheticControl] knows them. Each is divided by its standard deviation over all units.
	Predictors []PanelPredictor `json:"predictors,omitzero"`
	// Zeta is the ridge of [SyntheticDiD]; nil is the paper's: the fourth root of treated
	// units x campaign periods, times the standard deviation of the controls' first differences.
	Zeta *float64 `json:"zeta,omitzero"`
	// StandardError says how [SyntheticDiD] finds its standard error, default PlaceboError.
	StandardError PanelErrorMethod `json:"standard_error,omitzero"`
	// Replications is the most placebo estimates that are made; where there are fewer ways to
	// choose them all are taken, and no chance is involved. Default [DefaultReplications].
	Replications int `json:"replications,omitzero"`
	// Seed chooses the placebos where there are more ways than Replications.
	Seed uint64 `json:"seed,omitzero"`
}

// DefaultReplications is the most placebo estimates that are made by default.
const DefaultReplications = 200

// mostDraws bounds what a caller may ask to be drawn or tried.
const mostDraws = 1_000_000

// checked returns the options with their defaults, and all their faults:
//
//   - "panel.not_made": a panel that does not come from [NewPanel]
//   - "panel.method": predictors with a method that does not know them
//   - "panel.misfit": a largest misfit below 0, or no number
//   - "panel.zeta": a ridge below 0, or no number
//   - "panel.replications": a negative number, or more than a million
//   - "panel.error_method": a standard error of no known kind
//   - "panel.predictor": a predictor without one finite value per unit and a positive weight
func (p *Panel) checked(opts *PanelOptions, method PanelMethod) (PanelOptions, error) {
	if faults := p.made(); faults != nil {
		return PanelOptions{}, byline.Faults(faults)
	}
	var o PanelOptions
	if opts != nil {
		o = *opts
	}
	level, faults := levelOr(o.Level)
	o.Level = level
	if o.MaxMisfit == 0 {
		o.MaxMisfit = DefaultMaxMisfit
	}
	if !isFinite(o.MaxMisfit) || o.MaxMisfit < 0 {
		faults = append(faults, fault("max_misfit", "panel.misfit", "the largest misfit is a positive share"))
	}
	if o.Zeta != nil && (!isFinite(*o.Zeta) || *o.Zeta < 0 || *o.Zeta > largestOutcome) {
		faults = append(faults, fault("zeta", "panel.zeta", "the ridge is a number of at least 0"))
	}
	if o.Replications == 0 {
		o.Replications = DefaultReplications
	}
	if o.Replications < 1 || o.Replications > mostDraws {
		faults = append(faults, fault("replications", "panel.replications", "from one to a million"))
	}
	if o.StandardError == "" {
		o.StandardError = PlaceboError
	}
	if !slices.Contains([]PanelErrorMethod{PlaceboError, JackknifeError, NoError}, o.StandardError) {
		faults = append(faults, fault("standard_error", "panel.error_method", "not a kind of standard error that is known"))
	}
	faults = append(faults, p.predictorFaults(o.Predictors, method)...)
	return o, byline.Faults(faults)
}

func (p *Panel) predictorFaults(predictors []PanelPredictor, method PanelMethod) []*byline.FieldError {
	var faults []*byline.FieldError
	if len(predictors) > 0 && method != PanelSynthetic {
		faults = append(faults, fault("predictors", "panel.method", "only the synthetic control is fitted on predictors"))
	}
	for i, predictor := range predictors {
		at := fmt.Sprintf("predictors[%d]", i)
		if len(predictor.Values) != len(p.data.Units) {
			faults = append(faults, fault(at+".values", "panel.predictor",
				fmt.Sprintf("%d values for %d units", len(predictor.Values), len(p.data.Units))))
		}
		for j, v := range predictor.Values {
			if !isFinite(v) || math.Abs(v) > largestOutcome {
				faults = append(faults, fault(fmt.Sprintf("%s.values[%d]", at, j), "panel.predictor", "not a finite number of at most 1e100"))
			}
		}
		if !isFinite(predictor.Weight) || predictor.Weight <= 0 || predictor.Weight > largestOutcome {
			faults = append(faults, fault(at+".weight", "panel.predictor", "its weight must be above 0"))
		}
	}
	return faults
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
