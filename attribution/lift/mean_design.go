package lift

import (
	"math"

	"github.com/bylinehq/byline"
)

// Tails names which rejections count as seeing the effect. The test has both sides
// either way.
type Tails string

// What counts as seeing the effect.
const (
	BothTails Tails = "both"   // every rejection, as statsmodels and R with strict = TRUE; the default
	OneTail   Tails = "effect" // those on the effect's side, as R's power.t.test by default
)

// MeanDesign is an experiment on two means before it is run: the t test with equal
// variances, its power exact by the noncentral t distribution.
type MeanDesign struct {
	// Effect is the difference worth finding in standard deviations of one unit's value,
	// Cohen's d. Its sign does not matter. Detectable does not read it.
	Effect       float64 `json:"effect,omitzero"`
	TreatedShare float64 `json:"treated_share,omitzero"` // of all units; 0 is one half
	Level        float64 `json:"level,omitzero"`         // 0 is DefaultLevel; both sides
	Power        float64 `json:"power,omitzero"`         // 0 is DefaultPower; PowerAt does not read it
	Tails        Tails   `json:"tails,omitzero"`         // "" is BothTails
	UnitsPerDay  float64 `json:"units_per_day,omitzero"` // 0 where nobody knows
}

// Size returns how many units the design needs for its power, 2 in the smaller arm at
// least. With CUPED, multiply them by 1 less the variance cut.
//
// Faults are "power.effect", "power.tails", "power.share", "power.power",
// "power.units_per_day" and "lift.level"; an effect too small to be found is a refusal of
// code "power.unreachable".
func (d MeanDesign) Size() (Size, error) {
	p, faults := d.settled()
	if err := byline.Faults(append(faults, d.effectFaults()...)); err != nil {
		return Size{}, err
	}
	return p.size(2, func(treated, control float64) float64 { return d.power(d.Effect, treated, control, p.level) })
}

// PowerAt returns the chance to see the effect with given arms, 0 to 1. Faults are those
// of Size, and "power.units".
func (d MeanDesign) PowerAt(treated, control int64) (float64, error) {
	p, faults := d.settled()
	faults = append(faults, append(d.effectFaults(), armFault(treated, control, 2)...)...)
	if err := byline.Faults(faults); err != nil {
		return 0, err
	}
	return d.power(d.Effect, float64(treated), float64(control), p.level), nil
}

// Detectable returns the least effect that given arms find with the design's power, in
// standard deviations. Faults are those of PowerAt but for the effect's.
func (d MeanDesign) Detectable(treated, control int64) (float64, error) {
	p, faults := d.settled()
	if err := byline.Faults(append(faults, armFault(treated, control, 2)...)); err != nil {
		return 0, err
	}
	missed := func(effect float64) bool {
		return d.power(effect, float64(treated), float64(control), p.level) < p.power
	}
	high := 1.0
	for missed(high) {
		high *= 2
	}
	return bisect(0, high, missed), nil
}

func (d MeanDesign) settled() (plan, []*byline.FieldError) {
	p, faults := plan{share: d.TreatedShare, level: d.Level, power: d.Power, unitsPerDay: d.UnitsPerDay}.settled()
	if d.Tails != "" && d.Tails != BothTails && d.Tails != OneTail {
		faults = append(faults, fault("tails", "power.tails", "tails are both or effect"))
	}
	return p, faults
}

func (d MeanDesign) effectFaults() []*byline.FieldError {
	if a := math.Abs(d.Effect); a > 0 && a <= 100 {
		return nil
	}
	return []*byline.FieldError{fault("effect", "power.effect", "the effect must not be 0 and be at most 100 standard deviations")}
}

func (d MeanDesign) power(effect, treated, control, level float64) float64 {
	df := treated + control - 2
	bound := tQuantile((1-level)/2, df)
	delta := math.Abs(effect) * math.Sqrt(treated/(treated+control)*control)
	power := noncentralTail(bound, df, delta)
	if d.Tails != OneTail {
		power += noncentralTail(bound, df, -delta)
	}
	return min(1, power)
}
