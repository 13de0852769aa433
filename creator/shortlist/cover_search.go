package shortlist

import (
	"cmp"
	"slices"
)

// search goes through all lists of a small problem, but for those that cannot be better.
func (c *cover) search(s *solution, nodes int) {
	order := make([]int32, len(c.p.items))
	for n := range order {
		order[n] = int32(n)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(c.single[b], c.single[a]) })
	// A node asks for the gains of all who remain.
	t := &tree{c: c, order: order, best: s, left: nodes / 50, state: newState(c.p, nil)}
	t.reach = make([][]int64, len(order)+1)
	t.reach[len(order)] = make([]int64, len(c.p.rows))
	for k := len(order) - 1; k >= 0; k-- {
		t.reach[k] = slices.Clone(t.reach[k+1])
		for _, r := range c.p.items[order[k]].rows {
			t.reach[k][r]++
		}
	}
	before := t.left
	t.descend(0, c.empty(), 0)
	s.nodes = before - t.left
	if t.left > 0 {
		s.exact = true
	}
}

type tree struct {
	c     *cover
	order []int32
	reach [][]int64
	best  *solution
	left  int
	state *state
}

func (t *tree) descend(k int, of Coverage, reached float64) {
	if t.left--; t.left <= 0 {
		t.left = 0
		return
	}
	for r, limit := range t.c.p.rows {
		if t.state.used[r]+t.reach[k][r] < limit.lo {
			return
		}
	}
	if !t.state.short() && reached > t.best.value*(1+1e-12) {
		t.best.picks, t.best.value = t.state.sorted(), reached
	}
	if k == len(t.order) || reached+t.atMost(k, of) <= t.best.value*(1+1e-10) {
		return
	}
	if n := t.order[k]; t.state.fits(n) {
		t.state.add(n)
		gain := t.c.gain(of, n)
		with, _ := t.c.with(t.state.picks)
		t.descend(k+1, with, reached+gain)
		t.state.pop()
	}
	t.descend(k+1, of, reached)
}

// atMost bounds what those from k on can add: the largest gains for the places that are
// left, and the largest for the money that is left, whichever is less.
func (t *tree) atMost(k int, of Coverage) float64 {
	var open []stale
	for _, n := range t.order[k:] {
		if !t.state.fits(n) {
			continue
		}
		if gain := t.c.gain(of, n); gain > 0 {
			open = append(open, stale{n: n, gain: gain})
		}
	}
	slices.SortFunc(open, func(a, b stale) int { return cmp.Compare(b.gain, a.gain) })
	byCount, places := 0.0, t.c.p.rows[countRow].hi-t.state.used[countRow]
	for i, e := range open {
		if int64(i) < places {
			byCount += e.gain
		}
	}
	price := func(e stale) float64 { return float64(t.c.p.items[e.n].price) }
	slices.SortFunc(open, func(a, b stale) int { return cmp.Compare(b.gain*price(a), a.gain*price(b)) })
	byMoney, money := 0.0, float64(t.c.p.rows[budgetRow].hi-t.state.used[budgetRow])
	for _, e := range open {
		if price(e) > money {
			byMoney += float64(e.gain * money / price(e))
			break
		}
		money -= price(e)
		byMoney += e.gain
	}
	return min(byCount, byMoney)
}
