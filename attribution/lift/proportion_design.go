package lift

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/bylinehq/byline"
)

// PowerMethod names how the power of two proportions is approximated.
type PowerMethod string

// Ways to approximate power. Textbook tables differ by which one they use.
const (
	// NormalBothTails is the pooled z test with every rejection counted, also those on the
	// wrong side. It is the default.
	NormalBothTails PowerMethod = "normal_both_tails"
	// NormalOneTail leaves the wrong side out, as R's power.prop.test does by default.
	NormalOneTail PowerMethod = "normal_one_tail"
	// CohenH compares arcsines of square roots, with both tails (Cohen 1988), as statsmodels'
	// NormalIndPower and R's pwr package do.
	CohenH PowerMethod = "cohen_h"
)

// ProportionDesign is an experiment on two rates before it is run.
type ProportionDesign struct {
	ControlRate  float64     `json:"control_rate"`           // without the campaign, between 1e-12 and 1
	TreatedRate  float64     `json:"treated_rate,omitzero"`  // the least that is worth finding; Detectable does not read it
	TreatedShare float64     `json:"treated_share,omitzero"` // of all units; 0 is one half
	Level        float64     `json:"level,omitzero"`         // 0 is DefaultLevel; both sides
	Power        float64     `json:"power,omitzero"`         // 0 is DefaultPower; PowerAt does not read it
	Method       PowerMethod `json:"method,omitzero"`        // "" is NormalBothTails
	UnitsPerDay  float64     `json:"units_per_day,omitzero"` // 0 where nobody knows
}

// leastRate is a rate that even the largest design sees once; a rise relative to less has
// no use and may have no number.
const leastRate = 1 / maxDesign

// Effect is the least rise of a rate that a design finds with its power.
type Effect struct {
	TreatedRate float64 `json:"treated_rate"`
	Difference  float64 `json:"difference"`
	Lift        float64 `json:"lift"`    // relative: 0.25 is a quarter more
	CohenH      float64 `json:"cohen_h"` // 2 asin sqrt(treated) - 2 asin sqrt(control)
}

// Size returns how many units the design needs for its power.
//
// Faults are "power.rate", "power.no_effect", "power.method", "power.share",
// "power.power", "power.units_per_day" and "lift.level"; an effect too small to be found
// is a refusal of code "power.unreachable".
func (d ProportionDesign) Size() (Size, error) {
	p, faults := d.settled()
	if err := byline.Faults(append(faults, d.effectFaults()...)); err != nil {
		return Size{}, err
	}
	z := normalBound(p.level)
	return p.size(1, func(treated, control float64) float64 { return d.power(d.TreatedRate, treated, control, z) })
}

// PowerAt returns the chance to see the effect with given arms, 0 to 1. Faults are those
// of Size, and "power.units".
func (d ProportionDesign) PowerAt(treated, control int64) (float64, error) {
	p, faults := d.settled()
	faults = append(faults, append(d.effectFaults(), armFault(treated, control, 1)...)...)
	if err := byline.Faults(faults); err != nil {
		return 0, err
	}
	return d.power(d.TreatedRate, float64(treated), float64(control), normalBound(p.level)), nil
}

// Detectable returns the least rise that given arms find with the design's power. Faults
// are those of PowerAt but for the treated rate's; where not even a rate of 1 would be
// found it refuses with "power.unreachable".
func (d ProportionDesign) Detectable(treated, control int64) (Effect, error) {
	p, faults := d.settled()
	if err := byline.Faults(append(faults, armFault(treated, control, 1)...)); err != nil {
		return Effect{}, err
	}
	z := normalBound(p.level)
	power := func(rate float64) float64 { return d.power(rate, float64(treated), float64(control), z) }
	if power(1) < p.power {
		return Effect{}, refusal("power.unreachable", "no rise is large enough to be found with so few units", float64(treated+control), 0)
	}
	rate := bisect(d.ControlRate, 1, func(rate float64) bool { return power(rate) < p.power })
	return Effect{
		TreatedRate: rate, Difference: rate - d.ControlRate, Lift: rate/d.ControlRate - 1, CohenH: cohenH(rate, d.ControlRate),
	}, nil
}

func (d ProportionDesign) settled() (plan, []*byline.FieldError) {
	p, faults := plan{share: d.TreatedShare, level: d.Level, power: d.Power, unitsPerDay: d.UnitsPerDay}.settled()
	if !isShare(d.ControlRate) || d.ControlRate < leastRate {
		faults = append(faults, fault("control_rate", "power.rate", "the rate without the campaign must be between 1e-12 and 1"))
	}
	switch d.Method {
	case "", NormalBothTails, NormalOneTail, CohenH:
	default:
		faults = append(faults, fault("method", "power.method", "the method is normal_both_tails, normal_one_tail or cohen_h"))
	}
	return p, faults
}

func (d ProportionDesign) effectFaults() []*byline.FieldError {
	switch {
	case !isShare(d.TreatedRate):
		return []*byline.FieldError{fault("treated_rate", "power.rate", "the rate with the campaign must be between 0 and 1")}
	case d.TreatedRate == d.ControlRate:
		return []*byline.FieldError{fault("treated_rate", "power.no_effect", "equal rates leave nothing to be found")}
	}
	return nil
}

// power is the chance that the z statistic passes its bound. The pooled variance of the
// test stands on one side, the variance under the effect on the other.
func (d ProportionDesign) power(rate, treated, control, z float64) float64 {
	if d.Method == CohenH {
		shift := cohenH(rate, d.ControlRate) * math.Sqrt(treated/(treated+control)*control)
		return min(1, distuv.UnitNormal.CDF(shift-z)+distuv.UnitNormal.CDF(-shift-z))
	}
	pooled := (treated*rate + control*d.ControlRate) / (treated + control)
	bound := z * math.Sqrt(pooled*(1-pooled)*(1/treated+1/control))
	spread := math.Sqrt(rate*(1-rate)/treated + d.ControlRate*(1-d.ControlRate)/control)
	shift := math.Abs(rate - d.ControlRate)
	power := distuv.UnitNormal.CDF((shift - bound) / spread)
	if d.Method != NormalOneTail {
		power += distuv.UnitNormal.CDF((-shift - bound) / spread)
	}
	return min(1, power)
}

// cohenH is the difference of arcsines, from the sine of the difference, so that close
// rates keep their digits.
func cohenH(p, q float64) float64 {
	return 2 * math.Asin(math.Sqrt(p*(1-q))-math.Sqrt(q*(1-p)))
}
