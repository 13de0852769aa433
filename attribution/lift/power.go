package lift

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// DefaultPower is the chance to see an effect that exists, where none is given.
const DefaultPower = 0.8

// maxDesign bounds what a design may ask for.
const maxDesign = 1e12

// Size is how many units an experiment needs.
type Size struct {
	TreatedExact float64 `json:"treated_exact"` // the root of the equation, as textbooks and other tools print it
	ControlExact float64 `json:"control_exact"`
	Treated      int64   `json:"treated"` // whole units, rounded up
	Control      int64   `json:"control"`
	// Days is how long it takes to see that many units, rounded up; 0 where the design does
	// not say how many come in a day. Run whole weeks: weekdays buy otherwise than weekends.
	Days int64 `json:"days,omitempty"`
}

// Units are both arms together.
func (s Size) Units() int64 { return s.Treated + s.Control }

// Explain says the size to a marketer, in plain English. The wording may change; programs
// read the fields.
func (s Size) Explain() string {
	text := fmt.Sprintf("%s must get the campaign and %d be held out", counted(s.Treated, "unit"), s.Control)
	if s.Days > 0 {
		text += fmt.Sprintf(": %s; run whole weeks", counted(s.Days, "day"))
	}
	return text + "."
}

// plan is what designs of every kind have in common.
type plan struct{ share, level, power, unitsPerDay float64 }

// settled fills in defaults; faults are "lift.level", "power.share", "power.power" and
// "power.units_per_day".
func (p plan) settled() (plan, []*byline.FieldError) {
	level, faults := levelOr(p.level)
	p.level = level
	if p.share == 0 {
		p.share = 0.5
	}
	if p.power == 0 {
		p.power = DefaultPower
	}
	if !isShare(p.share) {
		faults = append(faults, fault("treated_share", "power.share", "the share of treated units must be between 0 and 1"))
	}
	if !(p.power > 1-level && p.power < 1) {
		faults = append(faults, fault("power", "power.power", "the power must be between 1 less the level, which no effect at all reaches, and 1"))
	}
	if !(p.unitsPerDay >= 0 && p.unitsPerDay <= maxDesign) {
		faults = append(faults, fault("units_per_day", "power.units_per_day", "the units per day must be between 0 and 1e12"))
	}
	return p, faults
}

// size is the least number of units whose power reaches the plan's; power takes the
// units of both arms, and least is the smaller arm's first that makes sense. It refuses
// with "power.unreachable" above 1e12 units.
func (p plan) size(least float64, power func(treated, control float64) float64) (Size, error) {
	reached := func(n float64) bool { return power(n*p.share, n*(1-p.share)) >= p.power }
	low := least / min(p.share, 1-p.share)
	if low > maxDesign {
		return Size{}, refusal("power.unreachable", "the smaller arm is too small a share to be filled with fewer than 1e12 units", maxDesign, 0)
	}
	high := low
	for !reached(high) {
		if high > maxDesign {
			return Size{}, refusal("power.unreachable", "the effect is too small to be seen with fewer than 1e12 units", maxDesign, 0)
		}
		low, high = high, 2*high
	}
	n := high
	if low < high {
		n = bisect(low, high, func(n float64) bool { return !reached(n) })
	}
	s := Size{TreatedExact: n * p.share, ControlExact: n * (1 - p.share)}
	s.Treated, s.Control = int64(math.Ceil(s.TreatedExact)), int64(math.Ceil(s.ControlExact))
	if p.unitsPerDay > 0 {
		s.Days = int64(math.Ceil(min(maxDesign, float64(s.Units())/p.unitsPerDay)))
	}
	return s, nil
}

// armFault is "power.units" for arms that no design has.
func armFault(treated, control, least int64) []*byline.FieldError {
	if min(treated, control) >= least && max(treated, control) <= maxDesign {
		return nil
	}
	return []*byline.FieldError{fault("", "power.units", "each arm must have a unit at least, for means two, and 1e12 at most")}
}
