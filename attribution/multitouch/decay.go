package multitouch

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// defaultHalfLife is what Google Analytics used, and most tools after it.
const defaultHalfLife = 7 * 24 * time.Hour

// TimeDecay credits each touch by its age: one that is a half-life older has half the
// part. It needs the ages of all journeys that converted, and is refused with
// "time_decay.no_ages" where one has none.
type TimeDecay struct {
	HalfLife time.Duration `json:"half_life,omitempty"` // 7 days when 0
	// Stepwise halves at each full half-life instead of all along: 0.5^floor(age/HalfLife),
	// as DP6 does it (its code was read on 2026-11-22).
	Stepwise bool `json:"stepwise,omitempty"`
}

func (m TimeDecay) orDefault() TimeDecay {
	if m.HalfLife == 0 {
		m.HalfLife = defaultHalfLife
	}
	return m
}

// Name is "time_decay(168h0m0s)", with ",stepwise" where that is set.
func (m TimeDecay) Name() string {
	m = m.orDefault()
	if m.Stepwise {
		return fmt.Sprintf("time_decay(%s,stepwise)", m.HalfLife)
	}
	return fmt.Sprintf("time_decay(%s)", m.HalfLife)
}

// faults is "time_decay.half_life".
func (m TimeDecay) faults() []*byline.FieldError {
	if m.HalfLife < 0 {
		return []*byline.FieldError{fault("half_life", "time_decay.half_life", "the half-life must be above 0")}
	}
	return nil
}

func (m TimeDecay) splitter(*directory) splitter {
	m = m.orDefault()
	halfLife := float64(m.HalfLife)
	var weights []float64
	var parts []uint64
	return splitter{parts: func(r *row) ([]uint64, *byline.RefusalError) {
		if r.ages == nil {
			return nil, &byline.RefusalError{Code: "time_decay.no_ages", Message: "a journey that converted does not say how old its touches are"}
		}
		// Only differences of age count. Measured from the youngest touch, the weights of a
		// journey that is all old do not vanish.
		youngest := r.ages[0]
		for _, age := range r.ages {
			youngest = min(youngest, age)
		}
		weights = weights[:0]
		for _, age := range r.ages {
			halves := float64(age-youngest) / halfLife
			if m.Stepwise {
				halves = float64(age/m.HalfLife - youngest/m.HalfLife)
			}
			weights = append(weights, math.Exp2(-halves))
		}
		parts = slices.Grow(parts[:0], len(weights))[:len(weights)]
		split(weights, parts)
		return parts, nil
	}}
}

// PositionDecay credits each touch by its place: the i-th of n has the part
// i/(1+2+...+n), so that later touches have more.
type PositionDecay struct{}

// Name is "position_decay".
func (PositionDecay) Name() string { return "position_decay" }

func (PositionDecay) faults() []*byline.FieldError { return nil }

func (PositionDecay) splitter(*directory) splitter {
	return splitByLength(func(parts []uint64) {
		n := uint64(len(parts))
		sum := n * (n + 1) / 2
		left := whole
		for i := range parts {
			hi, lo := bits.Mul64(whole, uint64(i+1))
			parts[i], _ = bits.Div64(hi, lo, sum)
			left -= parts[i]
		}
		parts[n-1] += left
	})
}
