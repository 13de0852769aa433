package sentiment

import (
	"container/heap"
	"slices"
	"sort"
)

// turnAtBut halves what is said before the first "but" and strengthens what is said after.
//
// The reference goes through the words in order, and for each changes the first word that
// has the same valence at that time. Where valences are equal that may change one word
// twice and another never; queues of equal valences find the first without a search.
func turnAtBut(words []word, valences []float64) {
	but := slices.IndexFunc(words, func(w word) bool { return w.text == "but" })
	if but < 0 {
		return
	}
	queues := map[float64]*places{}
	put := func(v float64, at int) {
		if queues[v] == nil {
			queues[v] = &places{}
		}
		heap.Push(queues[v], at)
	}
	for i, v := range valences {
		if v != 0 {
			put(v, i)
		}
	}
	for i := range valences {
		v := valences[i]
		if v == 0 {
			continue
		}
		first, _ := heap.Pop(queues[v]).(int)
		if first < but {
			valences[first] = v * beforeBut
		} else {
			valences[first] = v * afterBut
		}
		put(valences[first], first)
	}
}

// places is a heap of positions.
type places struct{ sort.IntSlice }

// Push adds a position, for package heap.
func (p *places) Push(x any) {
	if at, ok := x.(int); ok {
		p.IntSlice = append(p.IntSlice, at)
	}
}

// Pop removes the last, for package heap.
func (p *places) Pop() any {
	last := len(p.IntSlice) - 1
	at := p.IntSlice[last]
	p.IntSlice = p.IntSlice[:last]
	return at
}
