package lift

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// TimePlacebo is an effect looked for before the campaign, where there can be none.
type TimePlacebo struct {
	Method PanelMethod `json:"method"`
	Start  string      `json:"start"` // the period that was taken for the start
	ATT    float64     `json:"att"`
	// Real is the estimate at the true start, and Share the size of ATT as a share of its
	// size, nil where Real is 0.
	Real        float64          `json:"real"`
	Share       *float64         `json:"share,omitempty"`
	WouldChange []byline.Finding `json:"would_change"`
}

// PlaceboInTime estimates an effect at a start before the true one, from the periods
// before the true start alone: Abadie, Diamond and Hainmueller, AJPS 59 (2015). The method
// "" is [PanelSynthetic]. Predictors are not used. A result far from 0 says that the
// comparison drifts by itself.
//
// Faults are those of [PanelOptions], "panel.method" and "placebo.start" for a start that does not lie
// before the true one. With fewer than [MinPrePeriods] before it it refuses with
// "panel.few_pre_periods", and as [SyntheticControl] does where the real estimate is refused.
func PlaceboInTime(p *Panel, start int, method PanelMethod, opts *PanelOptions) (TimePlacebo, error) {
	if method == "" {
		method = PanelSynthetic
	}
	if err := byline.Faults(p.made()); err != nil {
		return TimePlacebo{}, err
	}
	o, err := p.checked(opts, method)
	faults := append(byline.Nest("", err), methodFaults(method, "method")...)
	if start < 1 || start >= p.data.Start {
		faults = append(faults, fault("start", "placebo.start", "the placebo's start must lie before the true one"))
	}
	if err := byline.Faults(faults); err != nil {
		return TimePlacebo{}, err
	}
	if start < MinPrePeriods {
		return TimePlacebo{}, refusal("panel.few_pre_periods", "too few periods before the placebo's start", float64(start), MinPrePeriods)
	}
	o.Predictors = nil
	c := p.comparison(o)
	real := c.fit(method, o.Zeta)
	if _, err := real.accept(c, o); err != nil {
		return TimePlacebo{}, err
	}
	early := c.between(0, c.start)
	early.start = start
	t := TimePlacebo{
		Method: method, Start: p.data.Periods[start],
		ATT: early.fit(method, o.Zeta).att(), Real: real.att(),
	}
	if share := math.Abs(t.ATT / t.Real); isFinite(share) {
		t.Share = &share
	}
	t.WouldChange = t.findings()
	return t, nil
}

// findings: "placebo.drift" where the effect before the campaign is more than half of the
// real one, else "placebo.calm".
func (t TimePlacebo) findings() []byline.Finding {
	if math.Abs(t.ATT) > math.Abs(t.Real)/2 {
		return []byline.Finding{finding("placebo.drift", byline.Warning, "att", fmt.Sprintf(
			"before the campaign the comparison shows %s, after its start %s: it drifts by itself", brief(t.ATT), brief(t.Real)))}
	}
	return []byline.Finding{finding("placebo.calm", byline.Info, "att", fmt.Sprintf(
		"an effect that small (%s) would not be told from drift", brief(math.Abs(t.ATT))))}
}

// Explain says the result in plain English. The wording may change.
func (t TimePlacebo) Explain() string {
	return fmt.Sprintf("Had the campaign started in %s, before it did, the same method would have found %s per period, against %s for the real start.",
		t.Start, brief(t.ATT), brief(t.Real))
}
