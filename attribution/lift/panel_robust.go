package lift

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// DonorDrop is the estimate that a comparison without one donor gives.
type DonorDrop struct {
	Unit string  `json:"unit"`
	ATT  float64 `json:"att"`
}

// PanelRobustness holds the same estimate made otherwise.
type PanelRobustness struct {
	// WithoutDonor leaves out each donor with weight, one at a time, and fits anew; the
	// heaviest first. Empty where there is only one donor.
	WithoutDonor []DonorDrop `json:"without_donor,omitempty"`
	// ShorterATT forgets the older half of the periods before the start, of which
	// ShorterPeriods stay; nil where too few would.
	ShorterATT     *float64 `json:"shorter_att,omitempty"`
	ShorterPeriods int      `json:"shorter_periods,omitempty"`
	// OtherWeights is the estimate by other weights that fit as well, on as few donors as can
	// be; nil where there are none. It is one of many, not the end of a range.
	OtherWeights *float64 `json:"other_weights,omitempty"`
	// EqualWeights is plain difference in differences against all controls.
	EqualWeights float64 `json:"equal_weights"`
}

// Range returns the lowest and the highest estimate without one donor, both 0 where there
// is none.
func (r PanelRobustness) Range() (low, high float64) {
	for i, d := range r.WithoutDonor {
		if i == 0 {
			low, high = d.ATT, d.ATT
		}
		low, high = min(low, d.ATT), max(high, d.ATT)
	}
	return low, high
}

func (p *Panel) robustness(method PanelMethod, c comparison, f panelFit, o PanelOptions) PanelRobustness {
	r := PanelRobustness{EqualWeights: c.fit(PanelEqualWeights, nil).att()}
	if len(c.donors) > 1 {
		at := map[string]int{}
		for j, u := range p.controls {
			at[p.data.Units[u]] = j
		}
		for _, d := range p.donorWeights(f.weights) {
			r.WithoutDonor = append(r.WithoutDonor, DonorDrop{Unit: d.Unit, ATT: c.without(at[d.Unit]).fit(method, o.Zeta).att()})
		}
	}
	if f.other != nil {
		other := simplexSolution{weights: f.other}
		att := c.shifted(other, f.times).att()
		if method == PanelSynthetic {
			att = panelFit{effects: c.gap(f.other), start: c.start}.att()
		}
		r.OtherWeights = &att
	}
	if kept := c.start - c.start/2; kept >= MinPrePeriods && c.donorPredictors == nil {
		att := c.between(c.start/2, len(c.treated)).fit(method, o.Zeta).att()
		r.ShorterATT, r.ShorterPeriods = &att, kept
	}
	return r
}

// findings says what would change the estimate:
//
//   - "panel.donor_range", "panel.donor_sign": how far it moves without one donor, and that its sign turns
//   - "panel.heavy_donor": one donor is more than half of the comparison
//   - "panel.one_donor": there is nothing else to compare with
//   - "panel.shorter_pre": what a shorter past gives
//   - "panel.short_past": the past is too short to try that
//   - "panel.equal_weights": what plain difference in differences gives
//   - "panel.loose_fit": the misfit is above one half
//   - "panel.not_unique": other weights may fit as well
//   - "panel.many_donors": more donors than periods before the start, so a close fit proves little
//   - "panel.level": at which level the conclusion turns
//   - "panel.no_interval": the estimate stands without an interval
func (e PanelEffect) findings() []byline.Finding {
	found := e.donorFindings()
	found = append(found, e.pastFindings()...)
	found = append(found, e.fitFindings()...)
	return append(found, e.levelFinding())
}

func finding(code string, severity byline.Severity, path, message string) byline.Finding {
	return byline.Finding{Code: code, Severity: severity, Path: path, Message: message}
}

func (e PanelEffect) donorFindings() []byline.Finding {
	if e.Donors == 1 {
		return []byline.Finding{finding("panel.one_donor", byline.Warning, "weights",
			"there is one control only: anything that happened there alone is taken for an effect")}
	}
	low, high := e.Robustness.Range()
	found := []byline.Finding{finding("panel.donor_range", byline.Info, "robustness.without_donor", fmt.Sprintf(
		"without any one of its donors the effect lies between %s and %s", brief(low), brief(high)))}
	for i, d := range e.Robustness.WithoutDonor {
		if otherSign(d.ATT, e.ATT) {
			found = append(found, finding("panel.donor_sign", byline.Warning, fmt.Sprintf("robustness.without_donor[%d]", i),
				fmt.Sprintf("without %s the effect would be %s: its sign hangs on this one donor", d.Unit, brief(d.ATT))))
		}
	}
	if w := e.Weights[0]; w.Weight > 0.5 {
		found = append(found, finding("panel.heavy_donor", byline.Warning, "weights[0]", fmt.Sprintf(
			"%s is %s of the comparison; without it the effect would be %s", w.Unit, percentOf(w.Weight), brief(e.Robustness.WithoutDonor[0].ATT))))
	}
	return found
}

func (e PanelEffect) pastFindings() []byline.Finding {
	found := []byline.Finding{e.versus("panel.equal_weights", "robustness.equal_weights", e.Robustness.EqualWeights,
		"against all controls at equal weight the effect would be %s")}
	if e.Robustness.ShorterATT == nil {
		return append(found, finding("panel.short_past", byline.Info, "robustness.shorter_att",
			"the past is too short, or not what the weights are fitted on, so a shorter one was not tried"))
	}
	return append(found, e.versus("panel.shorter_pre", "robustness.shorter_att", *e.Robustness.ShorterATT,
		fmt.Sprintf("fitted on the last %d periods before the start the effect would be %%s", e.Robustness.ShorterPeriods)))
}

// versus is a warning where another way to estimate turns the sign, or moves the effect
// by more than half of itself.
func (e PanelEffect) versus(code, path string, other float64, format string) byline.Finding {
	severity := byline.Info
	if math.Abs(other-e.ATT) > math.Abs(e.ATT)/2 {
		severity = byline.Warning
	}
	return finding(code, severity, path, fmt.Sprintf(format, brief(other)))
}

func (e PanelEffect) fitFindings() []byline.Finding {
	var found []byline.Finding
	if e.Misfit > looseFit {
		found = append(found, finding("panel.loose_fit", byline.Warning, "misfit", fmt.Sprintf(
			"before the start the comparison misses by %s of the treated series' own variation", percentOf(e.Misfit))))
	}
	if other := e.Robustness.OtherWeights; other != nil {
		found = append(found, e.versus("panel.not_unique", "robustness.other_weights", *other,
			"other weights fit as well, and by those on the fewest donors the effect would be %s; the most even ones are taken"))
	}
	if pre := e.prePeriods(); e.Donors > pre {
		found = append(found, finding("panel.many_donors", byline.Info, "donors", fmt.Sprintf(
			"%d donors for %d periods before the start: a close fit proves little", e.Donors, pre)))
	}
	return found
}

func (e PanelEffect) prePeriods() int {
	pre := 0
	for _, period := range e.Periods {
		if !period.Post {
			pre++
		}
	}
	return pre
}

func (e PanelEffect) levelFinding() byline.Finding {
	if e.StandardError == nil {
		return finding("panel.no_interval", byline.Info, "interval",
			"the estimate stands alone: PlaceboInSpace and Conformal say how often chance does as much")
	}
	if e.StandardError.Value == 0 {
		return finding("panel.level", byline.Warning, "interval", "the re-estimates for the standard error do not differ at all, so there is no interval")
	}
	turn := math.Erf(math.Abs(e.ATT) / e.StandardError.Value / math.Sqrt2)
	message := fmt.Sprintf("the interval shuts out 0 at confidence levels below %s and holds it above", percentOf(turn))
	if n := e.StandardError.Estimates; n < goodEstimates {
		return finding("panel.level", byline.Warning, "interval", fmt.Sprintf("%s; it stands on %d re-estimates only, which makes it too narrow", message, n))
	}
	return finding("panel.level", byline.Info, "interval", message)
}

func otherSign(a, b float64) bool { return a < 0 && b > 0 || a > 0 && b < 0 }
