package multitouch

import (
	"slices"
)

// graph is a chain whose states are numbered in order of their windows. Weights are how
// many journeys went that way, so what comes to a state is what leaves it.
type graph struct {
	order  int
	states []window
	start  []float64 // how many journeys start at a state
	total  []float64 // how many pass it
	ends   []exit    // how many end at it
	out    edges
	short  []entry[exit] // paths shorter than the order: states that nothing leads to
	sum    exit
}

func (g *graph) journeys() float64 { return float64(g.sum.conversions + g.sum.nulls) }

// edges holds, for each state, where it leads and how much goes there.
type edges struct {
	first  []int32 // of state i in the others: first[i] up to first[i+1]
	at     []int32
	weight []float64
}

func newEdges(states, size int) edges {
	return edges{make([]int32, 1, states+1), make([]int32, 0, size), make([]float64, 0, size)}
}

func (e *edges) add(at int, weight float64) {
	e.at, e.weight = append(e.at, int32(at)), append(e.weight, weight)
}

// close ends the edges of a state.
func (e *edges) close() { e.first = append(e.first, int32(len(e.at))) }

func (e *edges) states() int { return len(e.first) - 1 }

func (e *edges) of(state int) ([]int32, []float64) {
	from, to := e.first[state], e.first[state+1]
	return e.at[from:to], e.weight[from:to]
}

// reversed leads each state to those that lead to it.
func (e *edges) reversed() edges {
	r := edges{make([]int32, len(e.first)+1), make([]int32, len(e.at)), make([]float64, len(e.at))}
	for _, to := range e.at {
		r.first[to+2]++
	}
	for i := 1; i < len(r.first); i++ {
		r.first[i] += r.first[i-1]
	}
	for from := range e.states() {
		at, weights := e.of(from)
		for i, to := range at {
			free := &r.first[to+1]
			r.at[*free], r.weight[*free] = int32(from), weights[i]
			*free++
		}
	}
	r.first = r.first[:len(e.first)]
	return r
}

// newGraph numbers the states, and returns nil for counts that no journeys can have, which
// only a tally that was written elsewhere can hold.
func newGraph(t *transitions) *graph {
	t.flush()
	g := &graph{order: t.order}
	exits := t.exits.sorted()
	for _, e := range exits {
		g.sum.add(e.value)
	}
	for len(exits) > 0 && exits[0].key.length() < t.order {
		g.short, exits = append(g.short, exits[0]), exits[1:]
	}
	steps := t.steps.sorted()
	g.number(t, steps, exits)
	if !g.weigh(t, steps, exits) || !g.reaches() {
		return nil
	}
	return g
}

// number takes the states that are left. One that is only reached has no number, and is
// found out when the steps are weighed.
func (g *graph) number(t *transitions, steps []entry[int64], exits []entry[exit]) {
	for _, e := range exits {
		g.states = append(g.states, e.key)
	}
	last := window(0)
	for _, e := range steps {
		if from := t.from(e.key); from != last {
			g.states = append(g.states, from)
			last = from
		}
	}
	slices.Sort(g.states)
	g.states = slices.Compact(g.states)
}

// weigh fills in the edges and finds how often each state starts a journey: as often as
// more leaves it than comes. It reports whether all of it fits together.
func (g *graph) weigh(t *transitions, steps []entry[int64], exits []entry[exit]) bool {
	n := len(g.states)
	leaves, comes := make([]int64, n), make([]int64, n)
	g.ends = make([]exit, n)
	for _, e := range exits {
		at, _ := slices.BinarySearch(g.states, e.key)
		leaves[at] = e.value.conversions + e.value.nulls
		g.ends[at] = e.value
	}
	g.out = newEdges(n, len(steps))
	for from, to := 0, 0; from < n; from++ {
		to, _ = slices.BinarySearch(g.states, t.to(g.states[from]<<idBits(t.order)))
		// Steps from one state are in order of where they lead.
		for ; len(steps) > 0 && t.from(steps[0].key) == g.states[from]; steps = steps[1:] {
			for to < n && g.states[to] < t.to(steps[0].key) {
				to++
			}
			if to == n || g.states[to] != t.to(steps[0].key) {
				return false
			}
			leaves[from] += steps[0].value
			comes[to] += steps[0].value
			g.out.add(to, float64(steps[0].value))
		}
		g.out.close()
	}
	g.start, g.total = make([]float64, n), make([]float64, n)
	for i := range n {
		if comes[i] > leaves[i] {
			return false
		}
		g.start[i], g.total[i] = float64(leaves[i]-comes[i]), float64(leaves[i])
	}
	return true
}

// reaches reports whether every state is reached from the start. Because as much leaves
// them as comes to them, every state then reaches the end.
func (g *graph) reaches() bool {
	reached := make([]bool, len(g.states))
	var left []int
	reach := func(state int) {
		if !reached[state] {
			reached[state] = true
			left = append(left, state)
		}
	}
	for i, n := range g.start {
		if n > 0 {
			reach(i)
		}
	}
	for len(left) > 0 {
		at := left[len(left)-1]
		left = left[:len(left)-1]
		next, _ := g.out.of(at)
		for _, to := range next {
			reach(int(to))
		}
	}
	return !slices.Contains(reached, false)
}
