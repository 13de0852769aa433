package multitouch

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
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
	out   []float64 // by state, what of its weight is of fixed states, or lost
	given []float64 // by fixed state, its weight in all averages
	order []int32   // of the states in a sweep, nil while they come as they are numbered
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
	a := &averages{given: []float64{0}, leak: make([]float64, n), out: g.start}
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
	a := &averages{edges: newEdges(n, len(g.out.at)+n), leak: g.start, out: make([]float64, n), given: make([]float64, 3), scale: make([]float64, n)}
	for s := range n {
		at, weights := g.out.of(s)
		total := float64(g.ends[s].journeys())
		a.out[s] = total
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
// accurate as what is large. Where sweeps come to no end and there are few states, they
// are eliminated. It reports whether x was found.
func (a *averages) solve(x []lanes, removed []uint8) (sweeps int, ok bool) {
	few := len(a.scale) <= eliminatedStates
	most := maxSweeps
	if few {
		most = fewSweeps
	}
	sweeps, ok = a.converge(x, removed, most)
	if ok || !few {
		return sweeps, ok
	}
	for l := range laneCount {
		a.eliminate(x, l, removed)
	}
	return sweeps, true
}

// converge sweeps until nothing changes, or as often as it may.
func (a *averages) converge(x []lanes, removed []uint8, most int) (sweeps int, ok bool) {
	unit := ones()
	last, lastRate := 1.0, 1.0
	var trend trend
	for sweeps < most && !ok {
		if sweeps++; sweeps == numberedSweeps && a.order == nil {
			a.order = a.edges.deepFirst(len(a.scale))
		}
		change, leaked := a.sweep(x, removed)
		rate := change / last
		slowest := max(rate, lastRate)
		last, lastRate = change, rate
		ok = change < 1e-15 || slowest < 1 && change*slowest/(1-slowest) < 1e-14
		if sweeps > helpedSweeps {
			continue
		}
		watched := sweeps > numberedSweeps && trend.watch(sweeps, x[:len(a.scale)])
		if !watched && a.correct(x, &leaked, &unit) {
			ok = false
		}
	}
	for s := range x {
		for l := range unit {
			x[s][l] /= unit[l]
		}
	}
	return sweeps, ok
}

const (
	maxSweeps      = 20_000 // after so many a system counts as not solved,
	fewSweeps      = 2000   // or is solved by elimination
	helpedSweeps   = 4000   // after so many they are left to themselves, since they converge for certain
	numberedSweeps = 60     // after so many it pays to look for a better order of the states
)

// correct makes a lane larger or smaller, by changing the unit that it is measured in
// instead: that is, the fixed states. It reports whether that was necessary.
func (a *averages) correct(x []lanes, leaked, unit *lanes) (corrected bool) {
	fixed := x[len(a.scale):]
	for l := range unit {
		given := 0.0
		for f, weight := range a.given {
			given += float64(weight * fixed[f][l])
		}
		if given == 0 || leaked[l] == 0 {
			continue
		}
		factor := leaked[l] / given
		if math.Abs(factor-1) < 1e-13 {
			continue // no more than rounding
		}
		corrected = true
		unit[l] *= factor
		for f := range fixed {
			fixed[f][l] *= factor
		}
	}
	return corrected
}

// sweep returns by what part a number changed at most, and what leaked.
func (a *averages) sweep(x []lanes, removed []uint8) (change float64, leaked lanes) {
	// What leaks is summed in pieces, so that rounding stays below what is corrected.
	const piece = 512
	for first := 0; first < len(a.scale); first += piece {
		part := lanes{}
		change = a.sweepPiece(x, removed, first, min(first+piece, len(a.scale)), change, &part)
		for l := range leaked {
			leaked[l] += part[l]
		}
	}
	return change, leaked
}

func (a *averages) sweepPiece(x []lanes, removed []uint8, first, end int, change float64, leaked *lanes) float64 {
	for i := first; i < end; i++ {
		s := i
		if a.order != nil {
			s = int(a.order[i])
		}
		sum := a.sum(x, s)
		for gone := uint(removed[s]); gone != 0; gone &= gone - 1 {
			l := bits.TrailingZeros(gone) & 7
			leaked[l] += sum[l]
			sum[l] = 0
		}
		old, scale, leak := &x[s], a.scale[s], a.leak[s]
		for l := range sum {
			v := float64(sum[l] * scale)
			leaked[l] += float64(leak * v)
			if moved, most := math.Abs(v-old[l]), max(v, old[l]); moved > change*most {
				change = moved / most
			}
			old[l] = v
		}
	}
	return change
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

// trend finds where slow sweeps are heading. A circle of states that few journeys leave
// makes their steps shrink by nearly nothing, but by the same part each time, so that the
// sum of all to come is known (Aitken's method, in each lane).
type trend struct{ before, last []lanes }

// watch looks at one half of every 16 sweeps, and at its end goes on to where they lead.
// It reports whether nothing else may change the numbers now.
func (t *trend) watch(sweeps int, x []lanes) bool {
	switch sweeps % 16 {
	case 14:
		t.before = append(t.before[:0], x...)
	case 15:
		t.last = append(t.last[:0], x...)
	case 0:
		if len(t.before) == 0 || len(t.last) == 0 {
			return false
		}
		for l := range laneCount {
			t.follow(x, l)
		}
	}
	return sweeps%16 == 0 || sweeps%16 > 8
}

// follow goes where a lane is heading, if its last two steps are along one line.
func (t *trend) follow(x []lanes, l int) {
	product, first, second := 0.0, 0.0, 0.0
	for s := range x {
		if v := x[s][l]; v > 0 {
			one, two := (t.last[s][l]-t.before[s][l])/v, (v-t.last[s][l])/v
			product += float64(one * two)
			first += float64(one * one)
			second += float64(two * two)
		}
	}
	rate := product / first
	if !(rate > 0.5 && rate < 1) || product*product < straight*first*second {
		return
	}
	ahead := rate / (1 - rate)
	for s := range x {
		v := x[s][l]
		x[s][l] = min(2*v, max(v/2, v+float64(ahead*(v-t.last[s][l]))))
	}
}

// straight is what the squared cosine between two steps along one line is at least. Steps
// that are only rounding point anywhere.
const straight = 0.9

// deepFirst returns the first n states in an order in which most of what a state leads to
// comes before it, which lets one sweep go round a circle: that of leaving them in a walk
// that goes as deep as it can, along the heaviest edge first.
func (e *edges) deepFirst(n int) []int32 {
	order := make([]int32, 0, n)
	seen := make([]bool, n)
	type place struct {
		state int32
		next  []int32
	}
	var path []place
	enter := func(state int32) {
		if int(state) < n && !seen[state] {
			seen[state] = true
			path = append(path, place{state, e.heaviestFirst(int(state))})
		}
	}
	for root := range n {
		enter(int32(root))
		for len(path) > 0 {
			last := &path[len(path)-1]
			if len(last.next) == 0 {
				order = append(order, last.state)
				path = path[:len(path)-1]
				continue
			}
			next := last.next[0]
			last.next = last.next[1:]
			enter(next)
		}
	}
	return order
}

func (e *edges) heaviestFirst(state int) []int32 {
	at, weights := e.of(state)
	by := make([]int, len(at))
	for i := range by {
		by[i] = i
	}
	slices.SortStableFunc(by, func(a, b int) int { return cmp.Compare(weights[b], weights[a]) })
	sorted := make([]int32, len(at))
	for i, from := range by {
		sorted[i] = at[from]
	}
	return sorted
}

func ones() lanes { return lanes{1, 1, 1, 1, 1, 1, 1, 1} }
