package shortlist

import (
	"container/heap"
)

// stale is a gain as it was when the list had a length of round.
type stale struct {
	n     int32
	gain  float64
	round int
}

type gains struct {
	all   []stale
	worth func(stale) float64
}

func (g *gains) Len() int { return len(g.all) }
func (g *gains) Less(i, j int) bool {
	a, b := g.worth(g.all[i]), g.worth(g.all[j])
	return a > b || a == b && g.all[i].n < g.all[j].n
}
func (g *gains) Swap(i, j int) { g.all[i], g.all[j] = g.all[j], g.all[i] }
func (g *gains) Push(x any)    { g.all = append(g.all, x.(stale)) }
func (g *gains) Pop() any {
	last := g.all[len(g.all)-1]
	g.all = g.all[:len(g.all)-1]
	return last
}

func (c *cover) queue(byMoney bool) *gains {
	queue := &gains{worth: func(e stale) float64 { return e.gain }}
	if byMoney {
		queue.worth = func(e stale) float64 { return e.gain / (float64(c.p.items[e.n].price) + 1) }
	}
	for n, gain := range c.single {
		queue.all = append(queue.all, stale{n: int32(n), gain: gain})
	}
	heap.Init(queue)
	return queue
}
