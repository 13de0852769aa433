package multitouch

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// stage holds the places of a journey's lead and opportunity, counted from 1.
type stage struct{ lead, opportunity uint32 }

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
