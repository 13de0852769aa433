package multitouch

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

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
