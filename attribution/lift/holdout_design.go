package lift

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// HoldoutDesign says what a holdout costs and what it finds, before it is run.
type HoldoutDesign struct {
	Size
	ControlRate float64 `json:"control_rate"`
	TreatedRate float64 `json:"treated_rate"`
	Level       float64 `json:"level"`
	Power       float64 `json:"power"`
	// Forgone is how many conversions the held-out units will not make if the effect is as
	// supposed: the price of knowing. Below 0 where the campaign is supposed to harm.
	Forgone     float64          `json:"forgone"`
	WouldChange []byline.Finding `json:"would_change"`
}

// Design says how many units the holdout needs, and how many days, to find the supposed
// effect. The share of treated units is the holdout's own. Faults are those of
// [ProportionDesign.Size], "holdout.experiment" and "holdout.treated_share"; findings in
// WouldChange are "holdout.small", "holdout.effect", "holdout.split" and "holdout.power".
func (h Holdout) Design(d ProportionDesign) (HoldoutDesign, error) {
	if err := byline.Faults(h.faults()); err != nil {
		return HoldoutDesign{}, err
	}
	d.TreatedShare = h.TreatedShare
	size, err := d.Size()
	if err != nil {
		return HoldoutDesign{}, err
	}
	p, _ := d.settled()
	return HoldoutDesign{
		WouldChange: append(tooSmall(size, d), d.otherwise()...),
		Size:        size, ControlRate: d.ControlRate, TreatedRate: d.TreatedRate, Level: p.level, Power: p.power,
		Forgone: float64(size.Control) * (d.TreatedRate - d.ControlRate),
	}, nil
}

// Explain says the design to a marketer, in plain English. The wording may change;
// programs read the fields.
func (d HoldoutDesign) Explain() string {
	text := fmt.Sprintf("To tell %s from %s in %s of such experiments, %s",
		percentOf(d.TreatedRate), percentOf(d.ControlRate), percentOf(d.Power), d.Size.Explain())
	if d.Forgone > 0 {
		text += fmt.Sprintf(" The holdout gives up about %s conversions if the effect is real.", brief(d.Forgone))
	}
	return text
}

// tooSmall warns of a design that Analyse would refuse, or decide by an exact test of less
// power than the approximation promises.
func tooSmall(s Size, d ProportionDesign) []byline.Finding {
	conversions := float64(s.Treated)*d.TreatedRate + float64(s.Control)*d.ControlRate
	if min(s.Treated, s.Control) >= DefaultMinUnits && conversions >= DefaultMinConversions {
		return nil
	}
	return []byline.Finding{{
		Code: "holdout.small", Severity: byline.Warning, Path: "control",
		Message: fmt.Sprintf("So few units are refused when the holdout is analysed: it asks for %d units in each arm and %d conversions in both together",
			DefaultMinUnits, DefaultMinConversions),
		Fix: "Take as many as that, or suppose a smaller effect",
	}}
}

// otherwise says how many units the design would need if it were another: each is
// computed as the design itself is.
func (d ProportionDesign) otherwise() []byline.Finding {
	half, even, sure := d, d, d
	half.TreatedRate = d.ControlRate + (d.TreatedRate-d.ControlRate)/2
	even.TreatedShare, sure.Power = 0.5, 0.95
	var list []byline.Finding
	for _, c := range []struct {
		code, path, supposing string
		design                ProportionDesign
	}{
		{"holdout.effect", "treated_rate", "Were the effect half as large", half},
		{"holdout.split", "control", "With arms of equal size", even},
		{"holdout.power", "power", "To miss the effect in 5% of experiments only", sure},
	} {
		message := c.supposing + ", no number of units in reach would do"
		if size, err := c.design.Size(); err == nil {
			message = fmt.Sprintf("%s, %d units would do: %d with the campaign and %d held out", c.supposing, size.Units(), size.Treated, size.Control)
		}
		list = append(list, byline.Finding{Code: c.code, Severity: byline.Info, Path: c.path, Message: message})
	}
	return list
}
