package lift

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// DonorWeight is the share of one control in the comparison.
type DonorWeight struct {
	Unit   string  `json:"unit"`
	Weight float64 `json:"weight"`
}

// PeriodEffect is one period: what was seen and what the comparison says would have been
// without the campaign, each as the mean of the treated units.
type PeriodEffect struct {
	Period   string  `json:"period"`
	Observed float64 `json:"observed"`
	Expected float64 `json:"expected"`
	Effect   float64 `json:"effect"` // observed less expected
	Post     bool    `json:"post"`   // from the start on
	Weight   float64 `json:"weight"` // of a period before the start, where the method weighs them; else 0
}

// PanelEffect is what a campaign changed in the units where it ran.
type PanelEffect struct {
	Method  PanelMethod    `json:"method"`
	Treated []string       `json:"treated"`
	Donors  int            `json:"donors"`  // controls that could carry weight
	Weights []DonorWeight  `json:"weights"` // those that do, the heaviest first
	Periods []PeriodEffect `json:"periods"`

	ATT   float64 `json:"att"`   // mean effect per treated unit and period of the campaign
	Total float64 `json:"total"` // ATT x treated units x periods: the whole increment
	// Relative is ATT as a share of what was expected, nil where that is not above 0.
	Relative *float64 `json:"relative,omitempty"`

	PreRMSPE  float64 `json:"pre_rmspe"`  // root mean squared error before the start
	PostRMSPE float64 `json:"post_rmspe"` // and from the start on
	Misfit    float64 `json:"misfit"`     // see PanelOptions.MaxMisfit
	Zeta      float64 `json:"zeta,omitempty"`

	// KKTSlack is the largest violation of the optimality conditions by the weights,
	// relative to the largest squared distance of a donor: rounding alone gives about 1e-15.
	KKTSlack float64 `json:"kkt_slack"`
	// Unique is false where other weights may fit as well; those of the smallest norm are taken.
	Unique bool `json:"unique"`

	// StandardError and Interval are nil where the method has none of its own; see
	// [PlaceboInSpace] and [Conformal]. A standard error of 0 says that its re-estimates do
	// not differ, and has no interval.
	StandardError *PanelError `json:"standard_error,omitempty"`
	Interval      *Interval   `json:"interval,omitempty"`

	Robustness  PanelRobustness  `json:"robustness"`
	WouldChange []byline.Finding `json:"would_change"`
}

// SyntheticControl estimates the effect by [PanelSynthetic]. Nil options are the
// documented defaults; for their faults see [PanelOptions].
//
// A comparison that misses the treated units before the start by more than MaxMisfit is
// refused with "panel.poor_fit", one for a series that never moves before the start and
// is not met with "panel.no_variation".
func SyntheticControl(p *Panel, opts *PanelOptions) (PanelEffect, error) {
	return EstimatePanel(p, PanelSynthetic, opts)
}

// FixedEffectSyntheticControl estimates the effect by [PanelFixedEffect]; refusals are
// those of [SyntheticControl].
func FixedEffectSyntheticControl(p *Panel, opts *PanelOptions) (PanelEffect, error) {
	return EstimatePanel(p, PanelFixedEffect, opts)
}

// SyntheticDiD estimates the effect by [PanelSyntheticDiD], with a standard error and a
// normal interval, which is too narrow on fewer than 20 re-estimates: a finding says so.
// Besides the refusals of [SyntheticControl], where no standard error can
// be had it is refused with "panel.few_placebos" (controls do not outnumber treated units by
// two) or "panel.no_jackknife" (one treated unit, or one donor with all weight): choose
// another [PanelErrorMethod], or NoError.
func SyntheticDiD(p *Panel, opts *PanelOptions) (PanelEffect, error) {
	return EstimatePanel(p, PanelSyntheticDiD, opts)
}

// EstimatePanel estimates the effect by any method. An unknown one is the fault
// "panel.method".
func EstimatePanel(p *Panel, method PanelMethod, opts *PanelOptions) (PanelEffect, error) {
	o, err := p.checked(opts, method)
	if err := byline.Faults(append(methodFaults(method, "method"), byline.Nest("", err)...)); err != nil {
		return PanelEffect{}, err
	}
	c := p.comparison(o)
	f := c.fit(method, o.Zeta)
	misfit, err := f.accept(c, o)
	if err != nil {
		return PanelEffect{}, err
	}
	e := p.effect(method, c, f)
	e.Misfit = misfit
	if method == PanelSyntheticDiD && o.StandardError != NoError {
		if err := e.addError(p, f, o); err != nil {
			return PanelEffect{}, err
		}
	}
	e.Robustness = p.robustness(method, c, f, o)
	e.WouldChange = e.findings()
	return e, nil
}

// accept refuses a fit that cannot carry an estimate.
func (f panelFit) accept(c comparison, o PanelOptions) (float64, error) {
	misfit, ok := f.misfit(c)
	if !ok {
		return 0, refusal("panel.no_variation",
			"the treated series does not move before the start and the comparison does not meet it, so its error has no measure", 0, 0)
	}
	if misfit > o.MaxMisfit {
		return 0, refusal("panel.poor_fit", fmt.Sprintf(
			"before the start the comparison misses by %s of the treated series' own variation, and at most %s is accepted",
			percentOf(misfit), percentOf(o.MaxMisfit)), misfit, o.MaxMisfit)
	}
	return misfit, nil
}

func (p *Panel) effect(method PanelMethod, c comparison, f panelFit) PanelEffect {
	e := PanelEffect{
		Method: method, Treated: p.names(p.treated), Donors: len(c.donors), Weights: p.donorWeights(f.weights),
		ATT: f.att(), PreRMSPE: rootMeanSquare(f.pre()), PostRMSPE: rootMeanSquare(f.effects[f.start:]),
		Zeta: f.zeta, KKTSlack: f.slack, Unique: f.unique,
	}
	e.Total = e.ATT * float64(c.units) * float64(c.post())
	expected := 0.0
	for t, effect := range f.effects {
		period := PeriodEffect{
			Period: p.data.Periods[t], Observed: c.treated[t], Expected: c.treated[t] - effect,
			Effect: effect, Post: t >= f.start,
		}
		if t < len(f.times) {
			period.Weight = f.times[t]
		}
		if period.Post {
			expected += period.Expected / float64(c.post())
		}
		e.Periods = append(e.Periods, period)
	}
	if share := e.ATT / expected; expected > 0 && isFinite(share) {
		e.Relative = &share
	}
	return e
}

func (p *Panel) names(units []int) []string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = p.data.Units[u]
	}
	return names
}

// donorWeights lists the weights above 0, the heaviest first, equals by name.
func (p *Panel) donorWeights(weights []float64) []DonorWeight {
	var listed []DonorWeight
	for j, w := range weights {
		if w > 0 {
			listed = append(listed, DonorWeight{Unit: p.data.Units[p.controls[j]], Weight: w})
		}
	}
	slices.SortFunc(listed, func(a, b DonorWeight) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Unit, b.Unit))
	})
	return listed
}
