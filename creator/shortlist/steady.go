package shortlist

import (
	"math"
	"math/rand/v2"
)

// steadyNodes bounds the search of one draw.
const steadyNodes = 20_000

// steady draws outcomes and counts how often each pick is chosen.
func (w *writer) steady(l *List) {
	if w.options.Draws == 0 || w.cover != nil || len(w.picks) == 0 {
		return
	}
	nodes := min(w.options.Nodes, steadyNodes)
	counts := make(map[Key]int, len(w.picks))
	for draw := range w.options.Draws {
		r := rand.New(rand.NewPCG(w.options.Seed, uint64(draw)))
		for _, n := range w.p.solve(w.drawn(r), nodes).picks {
			counts[w.key(n)]++
		}
	}
	for k := range l.Picks {
		share := float64(counts[l.Picks[k].Key]) / float64(w.options.Draws)
		l.Picks[k].Steady = &share
	}
	share := w.atLow(nodes)
	l.AtLow = &share
}

// drawn draws an outcome for every item, in the order of keys, from the triangular
// distribution between its ends with the peak at its value.
func (w *writer) drawn(r *rand.Rand) []float64 {
	values := make([]float64, len(w.p.items))
	for n := range values {
		values[n] = triangular(r.Float64(), w.of(int32(n)).Outcome)
	}
	return values
}

func triangular(u float64, o Outcome) float64 {
	low, peak, high := o.ends()
	width := high - low
	switch {
	case width == 0:
		return peak
	case u*width < peak-low:
		return low + math.Sqrt(float64(u*width*(peak-low)))
	}
	return high - math.Sqrt((1-u)*width*(high-peak))
}

func (w *writer) atLow(nodes int) float64 {
	values := make([]float64, len(w.p.items))
	for n := range values {
		values[n], _, _ = w.of(int32(n)).Outcome.ends()
	}
	same := 0
	for _, n := range w.p.solve(values, nodes).picks {
		if w.list.in[n] {
			same++
		}
	}
	return float64(same) / float64(len(w.picks))
}
