package response

import (
	"math"
	"slices"
)

// maxDecay is the longest carry-over that a fit tries.
const maxDecay = 0.98

// carried is a solved problem whose spends have been carried over where that was asked
// for.
type carried struct {
	problem
	q       []float64
	sum     float64
	adstock *FiniteGeometric
	raw     sample // before the carry-over
}

func (c carried) unknowns() int {
	if c.adstock != nil {
		return c.size() + 1
	}
	return c.size()
}

func (c carried) largest() float64 { return slices.Max(c.x) }

// carry solves the problem, and for a window above 1 finds the decay too: the best of a
// grid, then golden section between its neighbours.
func (p problem) carry(window int) (carried, error) {
	if window <= 1 {
		q, sum, err := p.best()
		return carried{problem: p, q: q, sum: sum, raw: p.sample}, err
	}
	const steps = 14
	var found carried
	var failed error
	at := -1
	for i := range steps + 1 {
		c, err := p.at(maxDecay*float64(i)/steps, window)
		if err != nil {
			failed = err
			continue
		}
		if at < 0 || c.sum < found.sum {
			found, at = c, i
		}
	}
	if at < 0 {
		return carried{}, failed
	}
	low, high := maxDecay*float64(max(0, at-1))/steps, maxDecay*float64(min(steps, at+1))/steps
	return found.refine(low, high), nil
}

// at solves the problem for one decay.
func (p problem) at(decay float64, window int) (carried, error) {
	c := carried{problem: p, raw: p.sample, adstock: &FiniteGeometric{Decay: decay, Window: window, Normalise: true}}
	effective, err := c.adstock.Apply(p.x)
	if err != nil {
		return carried{}, err
	}
	c.x = effective
	c.q, c.sum, err = c.best()
	return c, err
}

// moved solves for another decay, starting where c ended.
func (c carried) moved(decay float64) carried {
	a := *c.adstock
	a.Decay = decay
	effective, err := a.Apply(c.raw.x)
	if err != nil {
		return c
	}
	c.adstock, c.x = &a, effective
	c.q, c.sum = c.minimise(c.q, -1)
	return c
}

// refine finds the best decay between two by golden section.
func (c carried) refine(low, high float64) carried {
	const golden = 0.6180339887498949
	best := c
	left, right := c.moved(high-golden*(high-low)), c.moved(low+golden*(high-low))
	for range 40 {
		if left.sum <= right.sum {
			high, right = right.adstock.Decay, left
			left = c.moved(high - golden*(high-low))
		} else {
			low, left = left.adstock.Decay, right
			right = c.moved(low + golden*(high-low))
		}
		for _, tried := range []carried{left, right} {
			if tried.sum < best.sum {
				best = tried
			}
		}
		if high-low < 1e-7*math.Max(1e-2, high) {
			break
		}
	}
	return best
}
