package shortlist

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
)

// cover solves problems whose outcomes overlap.
type cover struct {
	p      *problem
	empty  func() Coverage
	doubt  bool // a gain was no number, or grew
	rough  bool // gains are estimated by sketches
	single []float64
}

func (p *problem) newCover(empty func() Coverage) *cover {
	c := &cover{p: p, empty: empty}
	none := empty()
	_, c.rough = none.(*sketched)
	c.single = make([]float64, len(p.items))
	for n := range p.items {
		c.single[n] = c.gain(none, int32(n))
	}
	return c
}

// gain is what the coverage says, made a number that is not negative.
func (c *cover) gain(of Coverage, n int32) float64 {
	g := of.Gain(c.p.items[n].at)
	switch {
	case math.IsNaN(g), g > maxOutcome:
		c.doubt = true
		return 0
	case g < 0: // the noise of a sketch
		return 0
	}
	return g
}

// noise is by how much a gain may grow by chance.
func (c *cover) noise(of Coverage, gain float64) float64 {
	if s, ok := of.(*sketched); ok {
		return s.noise(gain)
	}
	return 0
}

// with counts those whom picks reach, in the given order.
func (c *cover) with(picks []int32) (Coverage, float64) {
	of, reached := c.empty(), 0.0
	for _, n := range picks {
		reached += c.gain(of, n)
		of.Add(c.p.items[n].at)
	}
	return of, reached
}

func (c *cover) without(picks []int32, out int32) (Coverage, float64) {
	return c.with(slices.DeleteFunc(slices.Clone(picks), func(n int32) bool { return n == out }))
}

// rest is who is reached by all picks but one.
type rest struct {
	of      Coverage
	reached float64
}

type cloner interface{ Clone() Coverage }

// withoutEach leaves out every pick in turn: by halves where a coverage can be cloned,
// which takes n log n additions and not n².
func (c *cover) withoutEach(picks []int32) []rest {
	all := make([]rest, len(picks))
	if none := c.empty(); len(picks) > 0 {
		if _, ok := none.(cloner); ok {
			c.halve(picks, all, rest{of: none})
			return all
		}
	}
	for k, out := range picks {
		all[k].of, all[k].reached = c.without(picks, out)
	}
	return all
}

func (c *cover) halve(picks []int32, all []rest, others rest) {
	if len(picks) == 1 {
		all[0] = others
		return
	}
	middle := len(picks) / 2
	c.halve(picks[:middle], all[:middle], c.and(others, picks[middle:]))
	c.halve(picks[middle:], all[middle:], c.and(others, picks[:middle]))
}

func (c *cover) and(r rest, picks []int32) rest {
	from, _ := r.of.(cloner)
	r.of = from.Clone()
	for _, n := range picks {
		r.reached += c.gain(r.of, n)
		r.of.Add(c.p.items[n].at)
	}
	return r
}

// solve chooses lazily by gain, and by gain for the money, takes the better, improves it by
// swaps, and bounds it: what any list adds to a list is at most the sum of what its members
// add to it one by one, which is a problem of summed outcomes (Nemhauser, Wolsey and Fisher
// 1978; Leskovec et al. 2007 for the lazy and cost-benefit greedy).
func (c *cover) solve(nodes int) solution {
	s := solution{bound: math.Inf(1)}
	c.boundAt(&s, nil)
	for _, byMoney := range []bool{false, true} {
		order, ok := c.lazy(byMoney)
		if !ok {
			continue
		}
		picks := slices.Sorted(slices.Values(order))
		if _, reached := c.with(picks); !s.found || reached > s.value {
			s.found, s.picks, s.value = true, picks, reached
		}
		c.boundAt(&s, order[:len(order)/3])
		c.boundAt(&s, order[:2*len(order)/3])
		c.boundAt(&s, order)
	}
	if !s.found {
		any := c.p.solve(c.single, nodes) // by search, where greedy found none
		if !any.found {
			return any
		}
		s.found, s.picks, s.bound = true, any.picks, any.bound
		_, s.value = c.with(s.picks)
	}
	before := s.picks
	c.improve(&s)
	if !slices.Equal(before, s.picks) {
		c.boundAt(&s, s.picks)
	}
	if len(c.p.items) <= smallCover && s.bound > s.value {
		c.search(&s, nodes)
	}
	s.doubt = c.doubt
	if s.exact = (s.exact || s.bound <= s.value*(1+slack)) && !s.doubt && !c.rough; s.exact {
		s.bound = s.value
	}
	s.bound = max(s.bound, s.value)
	return s
}

// lazy adds who gains most, and looks again only at gains that might be the most. It
// returns the picks in the order in which they were added.
func (c *cover) lazy(byMoney bool) ([]int32, bool) {
	queue := c.queue(byMoney)
	s, of := newState(c.p, nil), c.empty()
	var g guard
	if !g.allows(s) {
		return nil, false
	}
	for queue.Len() > 0 {
		top, _ := heap.Pop(queue).(stale)
		if !s.fits(top.n) {
			continue
		}
		if top.round < len(s.picks) {
			gain := c.gain(of, top.n)
			c.doubt = c.doubt || gain > float64(top.gain*(1+1e-9))+1e-9+c.noise(of, gain)
			heap.Push(queue, stale{top.n, gain, len(s.picks)})
			continue
		}
		if top.gain <= 0 {
			break
		}
		s.add(top.n)
		if !g.allows(s) {
			s.pop()
			continue
		}
		of.Add(c.p.items[top.n].at)
	}
	return s.picks, s.complete()
}

// boundAt bounds the problem by what could be added to a list, and keeps the lowest bound.
func (c *cover) boundAt(s *solution, list []int32) {
	of, reached := c.with(list)
	left := make([]float64, len(c.p.items))
	for n := range left {
		left[n] = c.gain(of, int32(n))
	}
	scaled, unit := normal(left)
	d := c.p.relax(scaled, nil)
	prices := make([]float64, len(d.lo))
	if bound := reached + float64(unit*d.minimise(prices, 150, nil)); bound < s.bound {
		s.bound, s.prices = bound, c.p.perUnit(prices, unit)
	}
}

// improve swaps picks for who adds more without them, while that helps. It looks among
// those who fit in and add most to the whole list.
func (c *cover) improve(s *solution) {
	list := newState(c.p, s.picks)
	ranked, _ := c.ranked(s.picks)
	c.fillUp(s, list, ranked)
	for range min(maxSwapPasses, maxSwapWork/(1+len(s.picks)*len(s.picks))) {
		better := false
		for _, out := range slices.Clone(s.picks) {
			better = c.swap(s, list, ranked, out) || better
		}
		if !better {
			return
		}
		ranked, _ = c.ranked(s.picks)
		c.fillUp(s, list, ranked)
	}
}

const (
	maxSwapPasses = 4
	maxSwapPool   = 60      // for each pick
	maxSwapWork   = 100_000 // picks added anew in a pass, which is their square
	smallCover    = 48
)

// fillUp adds whoever fits and adds something.
func (c *cover) fillUp(s *solution, list *state, ranked []int32) {
	of, _ := c.with(s.picks)
	for _, n := range ranked {
		if list.fits(n) && c.gain(of, n) > 0 {
			list.add(n)
			of.Add(c.p.items[n].at)
		}
	}
	s.picks = list.sorted()
	_, s.value = c.with(s.picks)
}

func (c *cover) swap(s *solution, list *state, ranked []int32, out int32) bool {
	of, rest := c.without(s.picks, out)
	list.drop(out)
	in, gain := int32(-1), s.value-rest+float64(1e-9*max(1, s.value))
	for _, n := range c.pool(list, ranked, out) {
		if g := c.gain(of, n); g > gain {
			in, gain = n, g
		}
	}
	if in >= 0 {
		list.add(in)
		picks := list.sorted()
		if _, reached := c.with(picks); reached > s.value {
			s.picks, s.value = picks, reached
			return true
		}
		list.drop(in) // the sum of a sketch depends on its order
	}
	list.add(out)
	return false
}

// ranked are the items that are not picked, who adds most to all picks first.
func (c *cover) ranked(picks []int32) (order []int32, gain []float64) {
	of, _ := c.with(picks)
	in := make([]bool, len(c.p.items))
	for _, n := range picks {
		in[n] = true
	}
	gain = make([]float64, len(c.p.items))
	for n := range c.p.items {
		if !in[n] {
			gain[n] = c.gain(of, int32(n))
			order = append(order, int32(n))
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(gain[b], gain[a]), cmp.Compare(c.single[b], c.single[a]))
	})
	return order, gain
}

// pool are the first of the ranked who can step in for the one who was dropped.
func (c *cover) pool(list *state, ranked []int32, out int32) []int32 {
	var pool []int32
	for _, n := range ranked {
		if n != out && list.steps(n) {
			if pool = append(pool, n); len(pool) == maxSwapPool {
				break
			}
		}
	}
	return pool
}
