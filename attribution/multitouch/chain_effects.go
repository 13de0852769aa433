package multitouch

import (
	"math"
	"slices"
)

// effects is what a chain says of each channel by its id: what would be lost without it,
// in conversions and in minor units.
type effects struct {
	conversions, values []float64
	rate                float64 // conversion rate at the start, as solved
	residual            float64 // by what part an equation is missed at most
	sweeps              int
	failed              bool
}

// eliminatedStates is up to how many states a chain of order 1 is solved by elimination,
// which takes a second or two there; a matrix of them is 18 MB. Chains of other orders are
// so where sweeps are too slow.
const eliminatedStates = 1500

func (g *graph) effects(channels int) *effects {
	e := &effects{conversions: make([]float64, channels), values: make([]float64, channels)}
	if g.order == 1 && len(g.states) <= eliminatedStates {
		e.eliminate(g)
	} else {
		e.sweep(g)
	}
	for i := range channels {
		e.failed = e.failed || !finite(e.conversions[i]) || !finite(e.values[i])
	}
	e.failed = e.failed || !finite(e.rate) || !finite(e.residual)
	return e
}

// eliminate solves a chain of order 1 directly.
func (e *effects) eliminate(g *graph) {
	n := len(g.states)
	channels := make([]int, n)
	for i := range channels {
		channels[i] = i
	}
	m := newMatrix(channels)
	copy(m.row(0)[firstChannel:], g.start)
	for s := range n {
		row := m.row(s + 1)
		row[toConversion], row[toNull], row[toValue] = float64(g.ends[s].conversions), float64(g.ends[s].nulls), g.ends[s].minor()
		next, weights := g.out.of(s)
		for i, to := range next {
			row[firstChannel+int(to)] = weights[i]
		}
	}
	solved := elimination{converted: make([]float64, n), worth: make([]float64, n), rates: make([]float64, n)}
	solved.visit(m)
	e.failed = solved.singular
	for s, state := range g.states {
		c := state.id(0, idBits(1))
		e.conversions[c], e.values[c] = solved.converted[s], solved.worth[s]
		e.residual = max(e.residual, math.Abs(solved.rates[s]/float64(g.sum.conversions)-1))
	}
	e.rate = solved.rates[0] / g.journeys()
}

// sweep solves a chain of any order for eight channels at a time. What is lost without a
// channel is what comes to it for the first time, and would have converted.
func (e *effects) sweep(g *graph) {
	n := len(g.states)
	outcomes := g.outcomes()
	none := make([]uint8, n)
	h := append(outcomes.unknown(), lanes{0: 1}, lanes{1: 1}, lanes{2: 1})
	e.solve(outcomes, h, none)
	e.residual = outcomes.residual(h, none)
	converting := 0.0
	for s := range n {
		converting += float64(g.start[s] * h[s][0])
	}
	for _, short := range g.short {
		converting += float64(short.value.conversions)
		e.addShort(short, idBits(g.order))
	}
	e.rate = converting / g.journeys()
	visits := g.visits()
	removed := make([]uint8, n)
	x := append(visits.unknown(), ones())
	for first := 0; first < len(e.conversions); first += laneCount {
		if g.mark(removed, first) {
			clear(x)
			x[n] = ones()
			e.solve(visits, x, removed)
			e.residual = max(e.residual, visits.residual(x, removed))
			e.addArrivals(visits, x, h, removed, first)
		}
	}
}

func (e *effects) solve(a *averages, x []lanes, removed []uint8) {
	sweeps, ok := a.solve(x, removed)
	e.sweeps = max(e.sweeps, sweeps)
	e.failed = e.failed || !ok
}

// mark sets the bits of the states that hold one of the eight channels from first on, and
// reports whether there is any.
func (g *graph) mark(removed []uint8, first int) (any bool) {
	size := idBits(g.order)
	for s, state := range g.states {
		removed[s] = 0
		for i := range g.order {
			if l := int(state.id(i, size)) - first; l >= 0 && l < laneCount {
				removed[s] |= 1 << l
				any = true
			}
		}
	}
	return any
}

// addArrivals adds up what comes to the removed states, by what becomes of it there.
func (e *effects) addArrivals(visits *averages, x, h []lanes, removed []uint8, first int) {
	for s, gone := range removed {
		if gone == 0 {
			continue
		}
		arrivals := visits.sum(x, s)
		for l, arrive := range arrivals {
			if gone>>l&1 != 0 {
				e.conversions[first+l] += float64(arrive * h[s][0])
				e.values[first+l] += float64(arrive * (h[s][1] - h[s][2]))
			}
		}
	}
}

// addShort adds a path that is a state of its own.
func (e *effects) addShort(short entry[exit], size uint) {
	var seen []id
	for i := range short.key.length() {
		if c := short.key.id(i, size); !slices.Contains(seen, c) {
			seen = append(seen, c)
			e.conversions[c] += float64(short.value.conversions)
			e.values[c] += short.value.minor()
		}
	}
}

// residual is by what part an equation is missed at most.
func (a *averages) residual(x []lanes, removed []uint8) float64 {
	worst := 0.0
	for s, scale := range a.scale {
		sum := a.sum(x, s)
		for l, v := range x[s] {
			average := float64(sum[l] * scale)
			if removed[s]>>l&1 == 0 && v != average {
				worst = max(worst, math.Abs(v-average)/max(v, average))
			}
		}
	}
	return worst
}
