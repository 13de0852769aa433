package multitouch

import (
	"math"
	"math/bits"
)

// lanes is how many systems of equations are solved at once: the numbers of one state
// fill one line of the cache.
type lanes [laneCount]float64

const laneCount = 8

// averages is a system of equations in which each state is the weighted average of those
// its edges lead to; fixed states, which come after all others, are given.
type averages struct {
	edges edges     // none from a state to itself, because it changes no average
	scale []float64 // by state, 1 over all its weight
	leak  []float64 // by state, what of its weight is in no other state's average
	given []float64 // by fixed state, its weight in all averages
}

// visits is the system of what share of the visits to a state comes before the first one
// to a channel, for one channel in each lane: the average of its predecessors, and 1 for
// the start, which is the fixed state.
func (g *graph) visits() *averages {
	n := len(g.states)
	all := newEdges(n+1, len(g.out.at)+n)
	for s := range n {
		at, weights := g.out.of(s)
		for i, to := range at {
			if int(to) != s {
				all.add(int(to), weights[i])
			}
		}
		all.close()
	}
	a := &averages{given: []float64{0}, leak: make([]float64, n)}
	for s, weight := range g.start {
		if weight > 0 {
			all.add(s, weight)
			a.given[0] += weight
		}
		a.leak[s] = float64(g.ends[s].journeys())
	}
	all.close()
	a.edges = all.reversed()
	a.scale = a.edges.scales(n)
	return a
}

// outcomes is the system of what is still to come at a state: the average of its
// successors. Its fixed states are a conversion and value above and below 0.
func (g *graph) outcomes() *averages {
	n := len(g.states)
	a := &averages{edges: newEdges(n, len(g.out.at)+n), leak: g.start, given: make([]float64, 3), scale: make([]float64, n)}
	for s := range n {
		at, weights := g.out.of(s)
		total := float64(g.ends[s].journeys())
		for i, to := range at {
			if int(to) != s {
				a.edges.add(int(to), weights[i])
				total += weights[i]
			}
		}
		value := g.ends[s].minor()
		for f, weight := range []float64{float64(g.ends[s].conversions), max(value, 0), max(-value, 0)} {
			if weight > 0 {
				a.edges.add(n+f, weight)
				a.given[f] += weight
			}
		}
		a.edges.close()
		a.scale[s] = 1 / total
	}
	return a
}

// scales returns 1 over the sum of the weights of the first n states.
func (e *edges) scales(n int) []float64 {
	scales := make([]float64, n)
	for s := range scales {
		total := 0.0
		_, weights := e.of(s)
		for _, w := range weights {
			total += w
		}
		scales[s] = 1 / total
	}
	return scales
}

// unknown returns 0 for all states. Sweeps lead away from it wherever something leads to a
// fixed state, and nowhere else, so that what is never reached stays 0 exactly.
func (a *averages) unknown() []lanes {
	return make([]lanes, len(a.scale), len(a.scale)+len(a.given))
}

// solve finds x, whose fixed states are given, by the method of Gauss and Seidel; where a
// bit of removed is set, a state is 0 in this lane. What leaks from all states is what
// the fixed ones give. Whatever a lane has too much or too little of it is corrected
// after each sweep, which takes out the error that would last longest: how long journeys
// go on. Every number is positive and nothing is subtracted, so what is small is as
// accurate as what is large. It reports whether that came to an end.
func (a *averages) solve(x []lanes, removed []uint8) (sweeps int, ok bool) {
	unit := ones()
	last, lastRate := 1.0, 1.0
	for sweeps < maxSweeps && !ok {
		sweeps++
		change, leaked := a.sweep(x, removed)
		rate := change / last
		slowest := max(rate, lastRate)
		last, lastRate = change, rate
		ok = change < 1e-15 || slowest < 1 && change*slowest/(1-slowest) < 1e-14
		if sweeps <= correctedSweeps && !ok {
			a.correct(x, &leaked, &unit)
		}
	}
	for s := range x {
		for l := range unit {
			x[s][l] /= unit[l]
		}
	}
	return sweeps, ok
}

// maxSweeps is after how many sweeps a system counts as not solved, and correctedSweeps
// after how many nothing is corrected, since sweeps alone converge for certain.
const (
	correctedSweeps = 500
	maxSweeps       = 20_000
)

// correct makes a lane larger or smaller, by changing the unit that it is measured in
// instead: that is, the fixed states.
func (a *averages) correct(x []lanes, leaked, unit *lanes) {
	fixed := x[len(a.scale):]
	for l := range unit {
		given := 0.0
		for f, weight := range a.given {
			given += weight * fixed[f][l]
		}
		if given == 0 || leaked[l] == 0 {
			continue
		}
		factor := leaked[l] / given
		if math.Abs(factor-1) < 1e-13 {
			continue // no more than rounding
		}
		unit[l] *= factor
		for f := range fixed {
			fixed[f][l] *= factor
		}
	}
}

// sweep returns by what part a number changed at most, and what leaked.
func (a *averages) sweep(x []lanes, removed []uint8) (change float64, leaked lanes) {
	for s, scale := range a.scale {
		sum := a.sum(x, s)
		old := &x[s]
		for gone := uint(removed[s]); gone != 0; gone &= gone - 1 {
			l := bits.TrailingZeros(gone) & 7
			leaked[l] += sum[l]
			sum[l] = 0
		}
		leak := a.leak[s]
		for l := range sum {
			v := sum[l] * scale
			leaked[l] += float64(leak * v)
			if moved, most := math.Abs(v-old[l]), max(v, old[l]); moved > change*most {
				change = moved / most
			}
			old[l] = v
		}
	}
	return change, leaked
}

// sum adds up, lane by lane, where the edges of a state lead to.
func (a *averages) sum(x []lanes, state int) lanes {
	at, weights := a.edges.of(state)
	weights = weights[:len(at)]
	var s0, s1, s2, s3, s4, s5, s6, s7 float64
	for i, t := range at {
		w, v := weights[i], &x[t]
		s0 += float64(w * v[0])
		s1 += float64(w * v[1])
		s2 += float64(w * v[2])
		s3 += float64(w * v[3])
		s4 += float64(w * v[4])
		s5 += float64(w * v[5])
		s6 += float64(w * v[6])
		s7 += float64(w * v[7])
	}
	return lanes{s0, s1, s2, s3, s4, s5, s6, s7}
}

func ones() lanes { return lanes{1, 1, 1, 1, 1, 1, 1, 1} }
