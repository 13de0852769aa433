package multitouch

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/bylinehq/byline"
)

// FirstTouch credits the first touch alone.
type FirstTouch struct{}

// Name is "first_touch".
func (FirstTouch) Name() string { return "first_touch" }

func (FirstTouch) faults() []*byline.FieldError { return nil }

func (FirstTouch) splitter(*directory) splitter {
	return splitByLength(func(parts []uint64) { parts[0] = whole })
}

// LastTouch credits the last touch alone.
type LastTouch struct{}

// Name is "last_touch".
func (LastTouch) Name() string { return "last_touch" }

func (LastTouch) faults() []*byline.FieldError { return nil }

func (LastTouch) splitter(*directory) splitter {
	return splitByLength(func(parts []uint64) { parts[len(parts)-1] = whole })
}

// LastNonDirect credits the last touch that is not direct, and the last touch where all
// are direct.
type LastNonDirect struct {
	Direct string `json:"direct"` // the name of the channel that stands for no channel
}

// Name is "last_non_direct(direct)", with the name of the direct channel.
func (m LastNonDirect) Name() string { return fmt.Sprintf("last_non_direct(%s)", m.Direct) }

// faults is "last_non_direct.direct" for a model that does not say which channel it is.
func (m LastNonDirect) faults() []*byline.FieldError {
	if m.Direct == "" {
		return []*byline.FieldError{fault("direct", "last_non_direct.direct", "name the channel that is direct")}
	}
	return nil
}

func (m LastNonDirect) splitter(d *directory) splitter {
	var parts []uint64
	direct, looked := -1, 0
	return splitter{parts: func(r *row) ([]uint64, *byline.RefusalError) {
		// A name that is counted keeps its number, so each is looked at once.
		for ; direct < 0 && looked < len(d.names); looked++ {
			if d.names[looked] == m.Direct {
				direct = looked
			}
		}
		at := len(r.ids) - 1
		for at >= 0 && int(r.ids[at]) == direct {
			at--
		}
		if at < 0 {
			at = len(r.ids) - 1
		}
		parts = slices.Grow(parts[:0], len(r.ids))[:len(r.ids)]
		clear(parts)
		parts[at] = whole
		return parts, nil
	}}
}

// Linear credits each touch alike, so that a channel touched twice has two parts.
type Linear struct{}

// Name is "linear".
func (Linear) Name() string { return "linear" }

func (Linear) faults() []*byline.FieldError { return nil }

func (Linear) splitter(*directory) splitter {
	return splitByLength(splitEvenly)
}

// LinearUnique credits each channel of a journey alike, however often it was touched. It
// is the exact Shapley value of the game SetSum, and what mta calls its Shapley model.
type LinearUnique struct{}

// Name is "linear_unique".
func (LinearUnique) Name() string { return "linear_unique" }

func (LinearUnique) faults() []*byline.FieldError { return nil }

func (LinearUnique) splitter(*directory) splitter {
	even := splitByLength(splitEvenly).byLength
	var seen idSet
	var parts []uint64
	return splitter{parts: func(r *row) ([]uint64, *byline.RefusalError) {
		distinct := seen.distinct(r.ids)
		shares := even(distinct)
		if distinct == len(r.ids) {
			return shares, nil
		}
		parts = parts[:0]
		seen.clear()
		for _, n := range r.ids {
			part := uint64(0)
			if seen.add(n) {
				part, shares = shares[0], shares[1:]
			}
			parts = append(parts, part)
		}
		return parts, nil
	}}
}

// PositionBased credits the first and the last touch with a part each and the touches
// between with the rest in equal parts. It is called U-shaped, too.
type PositionBased struct {
	// First and Last are between 0 and 1 and sum to at most 1. Both 0 stand for 0.4 each,
	// which is what most tools set.
	First float64 `json:"first,omitempty"`
	Last  float64 `json:"last,omitempty"`
	// TwoTouches says what becomes of the middle where there is none.
	TwoTouches TwoTouches `json:"two_touches,omitempty"`
}

// TwoTouches says how a journey of two touches is split by a model that has a part for
// those between. The two ways differ unless First equals Last.
type TwoTouches string

// Ways to split a journey of two touches.
const (
	// HalveMiddle gives each half of the middle's part, as DP6, fractribution and snowplow
	// do (their code was read on 2026-11-22).
	HalveMiddle TwoTouches = ""
	// Renormalize splits in the ratio of First to Last, as mta does.
	Renormalize TwoTouches = "renormalize"
)

func (m PositionBased) orDefault() PositionBased {
	if m.First == 0 && m.Last == 0 {
		m.First, m.Last = 0.4, 0.4
	}
	return m
}

// Name is "position_based(0.4,0.4)", with ",renormalize" where that is set.
func (m PositionBased) Name() string {
	m = m.orDefault()
	if m.TwoTouches != HalveMiddle {
		return fmt.Sprintf("position_based(%g,%g,%s)", m.First, m.Last, m.TwoTouches)
	}
	return fmt.Sprintf("position_based(%g,%g)", m.First, m.Last)
}

// faults is "position_based.weights" and "position_based.two_touches".
func (m PositionBased) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	if !(m.First >= 0 && m.Last >= 0 && m.First+m.Last <= 1+1e-12) {
		faults = append(faults, fault("first", "position_based.weights", "the parts of the first and the last touch are at least 0 and sum to at most 1"))
	}
	if m.TwoTouches != HalveMiddle && m.TwoTouches != Renormalize {
		faults = append(faults, fault("two_touches", "position_based.two_touches", "two touches halve the middle (\"\") or renormalize (\"renormalize\")"))
	}
	return faults
}

func (m PositionBased) splitter(*directory) splitter {
	m = m.orDefault()
	middle := max(0, 1-m.First-m.Last)
	two := []float64{m.First + middle/2, m.Last + middle/2}
	if m.TwoTouches == Renormalize && m.First+m.Last > 0 {
		two = []float64{m.First, m.Last}
	}
	return splitByLength(func(parts []uint64) {
		switch n := len(parts); n {
		case 1:
			parts[0] = whole
		case 2:
			split(two, parts)
		default:
			weights := slices.Repeat([]float64{middle / float64(n-2)}, n)
			weights[0], weights[n-1] = m.First, m.Last
			split(weights, parts)
		}
	})
}

// WShaped credits three anchors, the first touch, the one that made a lead and the one
// that made an opportunity, and splits the rest among the other touches. Anchors on one
// touch add up there. An anchor that a journey does not have leaves its part to the
// anchors that are there, in their ratio, and so does the rest where no touch is left.
type WShaped struct {
	// The parts are at least 0 and sum to at most 1. All 0 stand for 0.3, 0.3, 0.3 and 0.
	First       float64 `json:"first,omitempty"`
	Lead        float64 `json:"lead,omitempty"`
	Opportunity float64 `json:"opportunity,omitempty"`
	Last        float64 `json:"last,omitempty"` // the touch before the sale: above 0, the model is called full path
}

func (m WShaped) orDefault() WShaped {
	if m == (WShaped{}) {
		return WShaped{First: 0.3, Lead: 0.3, Opportunity: 0.3}
	}
	return m
}

// Name is "w_shaped(0.3,0.3,0.3,0)".
func (m WShaped) Name() string {
	m = m.orDefault()
	return fmt.Sprintf("w_shaped(%g,%g,%g,%g)", m.First, m.Lead, m.Opportunity, m.Last)
}

// faults is "w_shaped.weights".
func (m WShaped) faults() []*byline.FieldError {
	sum := m.First + m.Lead + m.Opportunity + m.Last
	if !(min(m.First, m.Lead, m.Opportunity, m.Last) >= 0 && sum <= 1+1e-12) {
		return []*byline.FieldError{fault("first", "w_shaped.weights", "the parts of the anchors are at least 0 and sum to at most 1")}
	}
	return nil
}

func (m WShaped) splitter(*directory) splitter {
	m = m.orDefault()
	s := splitByLength(func(parts []uint64) { m.split(stage{}, parts) })
	var parts []uint64
	s.parts = func(r *row) ([]uint64, *byline.RefusalError) {
		parts = slices.Grow(parts[:0], len(r.ids))[:len(r.ids)]
		m.split(r.stage, parts)
		return parts, nil
	}
	return s
}

func (m WShaped) split(s stage, parts []uint64) {
	weights := make([]float64, len(parts))
	free := len(parts)
	anchor := func(at int, part float64) {
		if at > 0 && part > 0 {
			if weights[at-1] == 0 {
				free--
			}
			weights[at-1] += part
		}
	}
	anchor(1, m.First)
	anchor(int(s.lead), m.Lead)
	anchor(int(s.opportunity), m.Opportunity)
	anchor(len(parts), m.Last)
	scaleAnchors(weights, free, max(0, 1-m.First-m.Lead-m.Opportunity-m.Last))
	split(weights, parts)
}

// scaleAnchors scales the anchors to what the rest leaves them, and splits the rest among
// the free touches.
func scaleAnchors(weights []float64, free int, rest float64) {
	anchored := 0.0
	for _, w := range weights {
		anchored += w
	}
	scale, each := 1.0, 0.0
	switch {
	case anchored == 0:
		each = 1
	case free > 0:
		scale, each = (1-rest)/anchored, rest/float64(free)
	}
	for i, w := range weights {
		if w == 0 {
			weights[i] = each
		} else {
			weights[i] = w * scale
		}
	}
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

// fill returns n copies of a value in a slice that is used again.
func fill(reused []float64, n int, value float64) []float64 {
	reused = reused[:0]
	for range n {
		reused = append(reused, value)
	}
	return reused
}

// finite reports whether a number is one.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
