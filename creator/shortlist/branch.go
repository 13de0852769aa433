package shortlist

import (
	"cmp"
	"math"
	"slices"
)

// solution is a list as a method found it.
type solution struct {
	picks  []int32 // in the order of keys
	found  bool
	value  float64
	bound  float64
	exact  bool
	nodes  int
	prices []float64 // of the rows, per unit of the row, nil where they are not known
	doubt  bool      // the coverage did not keep its word, and the bound may not hold
}

// solve finds the best list of summed outcomes, up to nodes of search. Values are scaled to
// at most 1 inside.
func (p *problem) solve(values []float64, nodes int) solution {
	scaled, unit := normal(values)
	best, d, prices, bound := p.approach(scaled, 300)
	s := solution{prices: p.perUnit(prices, unit)}
	d.cut(p)
	s.bound = math.Min(bound, d.minimise(prices, 100, nil))
	floor := math.Inf(-1)
	if best != nil && nodes > 0 && s.bound > total(scaled, best.sorted())+slack {
		d.at(prices)
		best = p.shake(best, scaled, d.reduced)
	}
	if best != nil {
		s.picks, s.found = best.sorted(), true
		floor = total(scaled, s.picks)
	}
	if nodes > 0 {
		b := p.newBranch(d, prices, floor, nodes)
		b.run()
		s.nodes = nodes - b.left
		if b.best != nil {
			s.picks, s.found = slices.Sorted(slices.Values(b.best)), true
			floor = b.floor
		}
		s.bound = min(s.bound, b.bound)
		s.exact = b.left > 0 || s.found && b.bound <= floor+slack
	}
	s.value = total(values, s.picks)
	s.bound *= unit
	if s.exact {
		s.bound = s.value
	}
	s.bound = max(s.bound, s.value)
	return s
}

// normal scales values so that the largest is 1.
func normal(values []float64) (scaled []float64, unit float64) {
	for _, v := range values {
		unit = max(unit, math.Abs(v))
	}
	if unit == 0 {
		unit = 1
	}
	scaled = make([]float64, len(values))
	for n, v := range values {
		scaled[n] = v / unit
	}
	return scaled, unit
}

func total(values []float64, picks []int32) float64 {
	sum := 0.0
	for _, n := range picks {
		sum += values[n]
	}
	return sum
}

// perUnit turns prices of scaled rows into prices of one pick or one minor unit of money.
func (p *problem) perUnit(prices []float64, unit float64) []float64 {
	out := make([]float64, len(p.rows))
	for r, limit := range p.rows {
		out[r] = prices[r] * unit / limit.scale()
	}
	return out
}

// approach finds a good list and a low bound. Pairs that must be apart are charged for only
// once the relaxed choice takes both.
func (p *problem) approach(values []float64, steps int) (best *state, d *relaxed, prices []float64, bound float64) {
	var pairs [][2]int32
	floor := math.Inf(-1)
	try := func() {
		if s := p.greedy(values, d.reduced); s != nil && total(values, s.sorted()) > floor {
			best, floor = s, total(values, s.sorted())
		}
	}
	for round := range 4 {
		d = p.relax(values, pairs)
		prices = append(prices, make([]float64, len(d.lo)-len(prices))...)
		bound = d.minimise(prices, steps, func(step int) {
			if round == 0 && step%60 == 20 {
				try()
			}
		})
		try()
		more := p.violated(d)
		if len(more) == 0 {
			break
		}
		pairs = append(pairs, more...)
	}
	return best, d, prices, bound
}

// violated are pairs to be apart of which the relaxed choice takes both.
func (p *problem) violated(d *relaxed) (pairs [][2]int32) {
	in := make([]int32, len(p.of))
	for c := range in {
		in[c] = -1
	}
	for _, n := range d.chosen {
		if n >= 0 {
			in[p.items[n].creator] = n
		}
	}
	for _, pair := range p.pairs {
		if a, b := in[pair[0]], in[pair[1]]; a >= 0 && b >= 0 && len(pairs) < 25 {
			pairs = append(pairs, [2]int32{a, b})
		}
	}
	return pairs
}

// branch decides one group after the other, the dearest first, and makes the prices of the
// rows anew for what is left, so that who is worse by more than the gap is out at once.
// When few groups are open it goes through them with the prices as they are.
type branch struct {
	p     *problem
	root  *relaxed
	bound float64
	price []float64 // of the rows at the root
	floor float64
	best  []int32
	left  int
}

// choice is a group with its options, the best first; -1 is none of it.
type choice struct {
	options []int32
	worse   []float64 // than the best, by which the bound falls
}

const (
	// slack is by how much a list must be better than the best so far to be looked for.
	slack      = 1e-10
	leafGroups = 14
	nodeSteps  = 40 // of the prices, at every node
	// workPerNode is how many groups are looked at in the time that a node of a leaf takes.
	workPerNode = 10
)

func (p *problem) newBranch(d *relaxed, prices []float64, floor float64, nodes int) *branch {
	return &branch{p: p, root: d, bound: d.at(prices), price: slices.Clone(prices), floor: floor, left: nodes}
}

func (b *branch) run() {
	d, prices := b.root, b.price
	for range 5 { // who is left has better prices, and with them fewer are left
		open, fixed, ok := b.split(d, prices)
		if !ok {
			break
		}
		before := len(open)
		small := d.only(open, fixed)
		prices = slices.Clone(b.price)
		small.minimise(prices, 500, nil)
		small.polish(prices, 1)
		if now := b.root.at(prices); now < b.bound { // they hold for the whole problem too
			b.bound, b.price = now, slices.Clone(prices)
		}
		if open, _, ok = b.split(b.root, b.price); !ok || len(open) > before*9/10 {
			break
		}
		d = b.root
	}
	b.explore(b.root, b.price, 0)
}

func (b *branch) spend(nodes int) bool {
	b.left = max(0, b.left-max(1, nodes))
	return b.left > 0
}

func (b *branch) explore(d *relaxed, prices []float64, steps int) {
	if !b.spend(steps * len(d.groups) / workPerNode) {
		return
	}
	prices = slices.Clone(prices)
	if steps > 0 && d.minimise(prices, steps, nil) <= b.floor+slack {
		return
	}
	open, fixed, ok := b.split(d, prices)
	if !ok {
		return
	}
	if len(open) <= leafGroups {
		b.leaf(open, fixed, d.at(prices))
		return
	}
	k := b.dearest(open)
	rest := slices.Delete(slices.Clone(open), k, k+1)
	for _, n := range open[k].options {
		decided := fixed
		if n >= 0 {
			decided = append(slices.Clip(fixed), n)
		}
		b.explore(d.only(rest, decided), prices, nodeSteps)
	}
}

// dearest is the group that takes most of the budget.
func (b *branch) dearest(open []choice) int {
	best, price := 0, int64(-1)
	for k, c := range open {
		for _, n := range c.options {
			if n >= 0 && b.p.items[n].price > price {
				best, price = k, b.p.items[n].price
			}
		}
	}
	return best
}

// split parts the groups that are decided from those that are open, at given prices. It
// reports false where nothing better is left.
func (b *branch) split(d *relaxed, prices []float64) (open []choice, fixed []int32, ok bool) {
	bound := d.at(prices)
	if bound <= b.floor+slack {
		return nil, nil, false
	}
	for g, group := range d.groups {
		c := b.choice(d, g, group, bound)
		switch {
		case len(c.options) == 0:
			return nil, nil, false
		case len(c.options) > 1:
			open = append(open, c)
		case c.options[0] >= 0:
			fixed = append(fixed, c.options[0])
		}
	}
	s := newState(b.p, nil)
	for _, n := range fixed {
		if !s.fits(n) {
			return nil, nil, false
		}
		s.add(n)
	}
	open, fixed, ok = b.fitting(s, open, fixed)
	return open, fixed, ok
}

// choice lists the options of a group that a better list may take.
func (b *branch) choice(d *relaxed, g int, group []int32, bound float64) choice {
	top, c := 0.0, choice{}
	if n := d.chosen[g]; n >= 0 {
		top = d.reduced[n]
	}
	for _, n := range group {
		if worse := top - d.reduced[n]; bound-worse > b.floor+slack {
			c.options, c.worse = append(c.options, n), append(c.worse, worse)
		}
	}
	if !d.need[g] && bound-top > b.floor+slack {
		c.options, c.worse = append(c.options, -1), append(c.worse, top)
	}
	if len(c.options) > 1 {
		c.sort()
	}
	return c
}

// fitting leaves out options for which what is fixed leaves no room.
func (b *branch) fitting(s *state, open []choice, fixed []int32) ([]choice, []int32, bool) {
	kept := open[:0]
	for _, c := range open {
		var fits choice
		for i, n := range c.options {
			if n < 0 || s.fits(n) {
				fits.options, fits.worse = append(fits.options, n), append(fits.worse, c.worse[i])
			}
		}
		switch {
		case len(fits.options) == 0:
			return nil, nil, false
		case len(fits.options) > 1:
			kept = append(kept, fits)
		case fits.options[0] >= 0:
			fixed = append(fixed, fits.options[0])
			s.add(fits.options[0])
		}
	}
	return kept, fixed, true
}

func (c choice) sort() {
	for i := 1; i < len(c.options); i++ { // few, and in place
		for k := i; k > 0 && c.worse[k] < c.worse[k-1]; k-- {
			c.worse[k], c.worse[k-1] = c.worse[k-1], c.worse[k]
			c.options[k], c.options[k-1] = c.options[k-1], c.options[k]
		}
	}
}

// only is the problem with open groups left open and the decided ones decided. It shares
// the room for reduced values.
func (d *relaxed) only(open []choice, fixed []int32) *relaxed {
	small := *d
	small.groups, small.need = make([][]int32, 0, len(open)+len(fixed)), make([]bool, 0, len(open)+len(fixed))
	for i := range fixed {
		small.groups, small.need = append(small.groups, fixed[i:i+1:i+1]), append(small.need, true)
	}
	for _, c := range open {
		items := slices.DeleteFunc(slices.Clone(c.options), func(n int32) bool { return n < 0 })
		small.groups, small.need = append(small.groups, items), append(small.need, len(items) == len(c.options))
	}
	small.chosen = make([]int32, len(small.groups))
	small.used, small.slope = make([]float64, len(d.used)), make([]float64, len(d.slope))
	return &small
}

// leaf goes through all choices of the groups that are open. With prices fixed, every
// choice other than a group's best lowers the bound by what it is worse, whatever the
// others do.
type leaf struct {
	*branch
	groups []choice
	reach  [][]int32 // by depth and row: how many picks may still come
	state  *state
	value  float64
}

func (b *branch) leaf(open []choice, fixed []int32, bound float64) {
	slices.SortStableFunc(open, func(x, y choice) int { return cmp.Compare(y.worse[1], x.worse[1]) })
	l := leaf{branch: b, groups: open, state: newState(b.p, fixed)}
	l.value = total(b.root.values, l.state.sorted())
	l.reach = make([][]int32, len(open)+1)
	l.reach[len(open)] = make([]int32, len(b.p.rows))
	for g := len(open) - 1; g >= 0; g-- {
		l.reach[g] = l.reachFrom(l.reach[g+1], open[g])
	}
	l.descend(0, bound)
}

func (l *leaf) reachFrom(after []int32, c choice) []int32 {
	reach := slices.Clone(after)
	touched := map[int32]bool{}
	for _, n := range c.options {
		if n < 0 {
			continue
		}
		for _, r := range l.p.items[n].rows {
			touched[r] = true
		}
	}
	for r := range touched {
		reach[r]++
	}
	return reach
}

func (l *leaf) descend(g int, bound float64) {
	if !l.spend(1) {
		return
	}
	for r := range l.p.rows {
		if l.state.used[r]+int64(l.reach[g][r]) < l.p.rows[r].lo {
			return
		}
	}
	if g == len(l.groups) {
		if l.value > l.floor+slack {
			l.floor, l.best = l.value, slices.Clone(l.state.picks)
		}
		return
	}
	c := l.groups[g]
	for k, n := range c.options {
		if l.left == 0 || bound-c.worse[k] <= l.floor+slack {
			return
		}
		if n < 0 {
			l.descend(g+1, bound-c.worse[k])
			continue
		}
		if !l.state.fits(n) {
			continue
		}
		was := l.value // kept, because adding and subtracting a million times drifts
		l.state.add(n)
		l.value += l.root.values[n]
		l.descend(g+1, bound-c.worse[k])
		l.state.pop()
		l.value = was
	}
}
