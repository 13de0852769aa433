package lift

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// PlaceboOptions tune [PlaceboInSpace]. Nil and the zero value are the documented defaults.
type PlaceboOptions struct {
	// Method is how each placebo is estimated, default [PanelSynthetic].
	Method PanelMethod `json:"method,omitzero"`
	// Panel tunes the estimates. Its Level is the level of the test; its Replications and
	// Seed choose the placebos where more than one unit is treated.
	Panel *PanelOptions `json:"panel,omitzero"`
	// KeepTreated lets the treated units be donors of the placebos, as Abadie, Diamond and
	// Hainmueller did. By default they are left out, for what was caused there would show in
	// the placebos with the sign turned.
	KeepTreated bool `json:"keep_treated,omitzero"`
	// MaxPreRatio leaves out placebos whose mean squared error before the start is more than
	// so many times that of the treated units (the paper shows 20, 5 and 2). 0 keeps all.
	MaxPreRatio float64 `json:"max_pre_ratio,omitzero"`
}

// Placebo is the estimate with other units in the place of the treated ones.
type Placebo struct {
	Units    []string `json:"units"`
	PreMSPE  float64  `json:"pre_mspe"`
	PostMSPE float64  `json:"post_mspe"`
	Ratio    float64  `json:"ratio"` // PostMSPE / PreMSPE
	ATT      float64  `json:"att"`
	LeftOut  bool     `json:"left_out,omitempty"` // by MaxPreRatio
}

// PlaceboResult says how the treated units stand among units where nothing happened.
type PlaceboResult struct {
	Method   PanelMethod `json:"method"`
	Treated  Placebo     `json:"treated"`
	Placebos []Placebo   `json:"placebos"` // the highest ratio first

	// Rank is the place of the treated units by ratio among Of, themselves included; a tie
	// counts against them. PValue is Rank/Of, and can be no smaller than Smallest, 1/Of.
	Rank     int     `json:"rank"`
	Of       int     `json:"of"`
	PValue   float64 `json:"p_value"`
	Smallest float64 `json:"smallest_p_value"`
	// EffectPValue is the same for the size of ATT in place of the ratio.
	EffectPValue float64 `json:"effect_p_value"`

	Level       float64          `json:"level"`
	Significant bool             `json:"significant"` // PValue is at most 1 - Level
	Exhaustive  bool             `json:"exhaustive"`  // every placebo was tried, none drawn by chance
	WouldChange []byline.Finding `json:"would_change"`
}

// PlaceboInSpace repeats the estimate with controls in the place of the treated units and
// ranks the ratio of the errors after and before the start: section 2.4 of Abadie, Diamond
// and Hainmueller (2010). The p value is exact where the campaign's places were drawn by
// lot, and else says how unusual the treated units are.
//
// Faults of the options are those of [PanelOptions], "panel.method" for an unknown
// method and "placebo.pre_ratio" for a MaxPreRatio that is below 1 and not 0. With fewer than two
// donors left for a placebo it refuses with "placebo.few_controls", and as
// [SyntheticControl] does where the treated units themselves are not met. Too few placebos for
// the level are no refusal: the result says so.
func PlaceboInSpace(p *Panel, opts *PlaceboOptions) (PlaceboResult, error) {
	o, panel, err := p.placeboOptions(opts)
	if err != nil {
		return PlaceboResult{}, err
	}
	if need := len(p.treated) + 2; len(p.controls) < need {
		return PlaceboResult{}, refusal("placebo.few_controls",
			"a placebo needs controls for the treated units' place and two more to compare with", float64(len(p.controls)), float64(need))
	}
	c := p.comparison(panel)
	f := c.fit(o.Method, panel.Zeta)
	if _, err := f.accept(c, panel); err != nil {
		return PlaceboResult{}, err
	}
	treated := c.placebo(f, p.names(p.treated))
	sets, all := chooseSets(len(p.controls), len(p.treated), panel.Replications, panel.Seed)
	r := PlaceboResult{Method: o.Method, Treated: treated, Level: panel.Level, Exhaustive: all}
	var also []int
	if o.KeepTreated {
		also = p.treated
	}
	for _, set := range sets {
		names := make([]string, len(set))
		for i, k := range set {
			names[i] = p.data.Units[p.controls[k]]
		}
		other := p.asIfTreated(set, also, panel)
		placebo := other.placebo(other.fit(o.Method, panel.Zeta), names)
		placebo.LeftOut = o.MaxPreRatio > 0 && placebo.PreMSPE > o.MaxPreRatio*treated.PreMSPE
		r.Placebos = append(r.Placebos, placebo)
	}
	r.rank()
	r.WouldChange = r.findings()
	return r, nil
}

func (p *Panel) placeboOptions(opts *PlaceboOptions) (PlaceboOptions, PanelOptions, error) {
	var o PlaceboOptions
	if opts != nil {
		o = *opts
	}
	if o.Method == "" {
		o.Method = PanelSynthetic
	}
	if faults := p.made(); faults != nil {
		return o, PanelOptions{}, byline.Faults(faults)
	}
	panel, err := p.checked(o.Panel, o.Method)
	faults := byline.Nest("panel", err)
	faults = append(faults, methodFaults(o.Method, "method")...)
	if o.MaxPreRatio != 0 && !(o.MaxPreRatio >= 1 && isFinite(o.MaxPreRatio)) {
		faults = append(faults, fault("max_pre_ratio", "placebo.pre_ratio", "a placebo as good as the treated units must stay: the ratio is at least 1, or 0 for none"))
	}
	return o, panel, byline.Faults(faults)
}

// exactFit is the error before the start, as a share of the series' own size, that
// counts as none: below it a ratio would be one of rounding errors.
const exactFit = 1e-9

func (c comparison) placebo(f panelFit, names []string) Placebo {
	square := func(v float64) float64 { return v * v }
	pre := square(max(f.miss(), exactFit*rootMeanSquare(c.treated), math.SmallestNonzeroFloat32))
	post := square(rootMeanSquare(f.effects[f.start:]))
	return Placebo{Units: names, PreMSPE: pre, PostMSPE: post, Ratio: post / pre, ATT: f.att()}
}

func (r *PlaceboResult) rank() {
	slices.SortStableFunc(r.Placebos, func(a, b Placebo) int {
		return cmp.Or(cmp.Compare(b.Ratio, a.Ratio), slices.Compare(a.Units, b.Units))
	})
	r.Rank, r.Of = 1, 1
	byEffect := 1
	for _, q := range r.Placebos {
		if q.LeftOut {
			continue
		}
		r.Of++
		if q.Ratio >= r.Treated.Ratio {
			r.Rank++
		}
		if math.Abs(q.ATT) >= math.Abs(r.Treated.ATT) {
			byEffect++
		}
	}
	r.Smallest = 1 / float64(r.Of)
	r.PValue, r.EffectPValue = float64(r.Rank)/float64(r.Of), float64(byEffect)/float64(r.Of)
	r.Significant = r.PValue <= alpha(r.Level)
}

// findings says what would change the verdict:
//
//   - "placebo.too_few": no outcome whatever could have been significant at this level
//   - "placebo.level": the level at which the verdict turns
//   - "placebo.above": which units without a campaign stand out more
//   - "placebo.statistic": the ratio and the size of the effect do not agree
//   - "placebo.left_out": how many placebos were left out for their fit
//   - "placebo.exact_fit": the treated units are met exactly before the start, so the ratio says little
func (r PlaceboResult) findings() []byline.Finding {
	var found []byline.Finding
	if r.Smallest > alpha(r.Level) {
		found = append(found, finding("placebo.too_few", byline.Warning, "of", fmt.Sprintf(
			"with %d units to rank, p cannot be below %s: at a level of %s nothing could have been found", r.Of, brief(r.Smallest), percentOf(r.Level))))
	}
	found = append(found, finding("placebo.level", byline.Info, "p_value", fmt.Sprintf(
		"the treated units stand out at confidence levels up to %s and not above", upTo(r.PValue))))
	if names := r.above(); len(names) > 0 {
		found = append(found, finding("placebo.above", byline.Info, "placebos", "where nothing happened these stand out as much or more: "+listed(names)))
	}
	if effect := r.EffectPValue <= alpha(r.Level); effect != r.Significant {
		found = append(found, finding("placebo.statistic", byline.Warning, "effect_p_value", fmt.Sprintf(
			"by the ratio of errors p is %s, by the size of the effect %s: the verdict hangs on the choice", brief(r.PValue), brief(r.EffectPValue))))
	}
	if out := len(r.Placebos) + 1 - r.Of; out > 0 {
		found = append(found, finding("placebo.left_out", byline.Info, "placebos", fmt.Sprintf("%s fitted too poorly and were left out", counted(out, "placebo"))))
	}
	if r.Treated.Ratio > 0.01/exactFit/exactFit {
		found = append(found, finding("placebo.exact_fit", byline.Warning, "treated.ratio", "the treated units are met exactly before the start, so the ratio says little"))
	}
	return found
}

// above lists at most five placebos that rank above the treated units.
func (r PlaceboResult) above() []string {
	var names []string
	for _, q := range r.Placebos {
		if !q.LeftOut && q.Ratio >= r.Treated.Ratio && len(names) < 5 {
			names = append(names, listed(q.Units))
		}
	}
	return names
}

// Explain says the result in plain English. The wording may change.
func (r PlaceboResult) Explain() string {
	verdict := "Chance alone does that too often to call it an effect"
	if r.Significant {
		verdict = "Chance alone seldom does that"
	}
	text := fmt.Sprintf("Measured by how much worse the comparison became after the start, %s ranks %d of %d, against places where nothing happened (p = %s). %s at a level of %s.",
		places(r.Treated.Units), r.Rank, r.Of, brief(r.PValue), verdict, percentOf(r.Level))
	if r.Smallest > alpha(r.Level) {
		text += " There are too few places to say more: even the first rank would not have been enough."
	}
	return text
}
