package multitouch

import "math/bits"

// journeyRate plays a game for each set of channels that converted.
type journeyRate struct {
	model Shapley
	sets  *coalitions
}

func newJourneyRate(m Shapley) *journeyRate {
	size := m.Size
	if m.Cut == CutByName {
		size = 0 // names are in order only when all are known
	}
	return &journeyRate{model: m, sets: newCoalitions(m.Variant == JourneyRateOrdered, size)}
}

func (c *journeyRate) count(b *block, _ int) { c.sets.count(b) }

func (c *journeyRate) merge(other counter, renumber []id) {
	c.sets.merge(other.(*journeyRate).sets, renumber)
}

func (c *journeyRate) appendTo(data []byte) []byte { return c.sets.appendTo(data) }

func (c *journeyRate) load(d *decoder, channels int) { c.sets.load(d, channels) }

func (c *journeyRate) result(s *standing) Result {
	if !c.sets.addUp(&s.totals) {
		return doesNotAddUp(c.model)
	}
	sets := c.sets
	if c.model.Cut == CutByName {
		sets = newCoalitions(false, c.model.Size)
		sets.merge(c.sets, identityIDs(len(s.channels)))
	}
	g := newRateGames(sets, s)
	for _, i := range g.converted {
		g.play(sets.keyAt(i), &sets.counts[i])
	}
	p := played{phi: make([]float64, len(s.channels)), game: Game{
		Variant: c.model.Variant, Players: len(s.channels), Exact: true, GrandValue: float64(s.totals.Conversions),
		Sets: len(g.converted), NegativeSets: g.negative,
	}}
	for i := range p.phi {
		p.phi[i] = g.credit[i].value()
	}
	if s.hasValue() {
		p.valuePhi = make([]float64, len(s.channels))
		for i := range p.valuePhi {
			p.valuePhi[i] = g.valueCredit[i].value()
		}
	}
	return s.credit(c.model.Name(), p)
}

// rateGames plays the games of sets and adds up what their members have.
type rateGames struct {
	sets      *coalitions
	converted []int       // the sets that did, in order; the worth of all others is 0
	weights   [][]float64 // by the size of a set

	credit, valueCredit []accurate // by channel
	negative            int

	bits  []int // by channel: its place in the set that plays, plus one
	key   []id
	found []part
}

// part is a coalition inside a set, and what it is worth.
type part struct {
	members         uint64 // by place in the set
	rate, valueRate float64
}

func partOf(members uint64, counted *exit) part {
	return part{members, counted.rate(), counted.valueRate()}
}

func newRateGames(sets *coalitions, s *standing) *rateGames {
	n := len(s.channels)
	g := &rateGames{sets: sets, weights: make([][]float64, maxSize+1), credit: make([]accurate, n), valueCredit: make([]accurate, n), bits: make([]int, n)}
	for _, i := range sets.sorted() {
		if sets.counts[i].conversions > 0 {
			g.converted = append(g.converted, i)
		}
	}
	return g
}

// noise is below which part of the highest rate a negative Shapley value is rounding.
const noise = 1e-12

// play adds the Shapley values of the game of one set, times the set's journeys: v of the
// whole set is its conversions by its journeys, so that this scales to its conversions.
func (g *rateGames) play(set []id, counted *exit) {
	g.findParts(set)
	n := len(set)
	if g.weights[n] == nil {
		g.weights[n] = coalitionWeights(n)
	}
	journeys, highest := float64(counted.journeys()), 0.0
	for _, p := range g.found {
		highest = max(highest, p.rate)
	}
	negative := false
	for member, channel := range set {
		var phi, valuePhi accurate
		for _, p := range g.found {
			weight := g.weight(p.members, member, n)
			phi.add(float64(weight * p.rate))
			valuePhi.add(float64(weight * p.valueRate))
		}
		negative = negative || phi.value() < -noise*highest
		g.credit[channel].add(float64(journeys * phi.value()))
		g.valueCredit[channel].add(float64(journeys * valuePhi.value()))
	}
	if negative {
		g.negative++
	}
}

// weight is with what a coalition counts for a member of a set of n: for him when he is
// inside, against him when he is not.
func (g *rateGames) weight(members uint64, member, n int) float64 {
	size := bits.OnesCount64(members)
	if members>>member&1 == 1 {
		return g.weights[n][size-1]
	}
	return -g.weights[n][size]
}

// findParts finds the coalitions inside a set that converted: by trying all that there
// could be, or by looking at all that there are, whichever is less work. To try one is
// about eight times that of a look.
func (g *rateGames) findParts(set []id) {
	g.found = g.found[:0]
	if len(set) < 32 && 8<<len(set) <= len(g.converted) {
		g.tryAll(set)
		return
	}
	g.lookAtAll(set)
}

func (g *rateGames) lookAtAll(set []id) {
	for i, n := range set {
		g.bits[n] = i + 1
	}
	for _, i := range g.converted {
		if members, ok := g.inside(g.sets.keyAt(i)); ok {
			g.found = append(g.found, partOf(members, &g.sets.counts[i]))
		}
	}
	for _, n := range set {
		g.bits[n] = 0
	}
}

func (g *rateGames) tryAll(set []id) {
	for members := uint64(1); members < 1<<len(set); members++ {
		g.key = g.key[:0]
		for rest := members; rest != 0; rest &= rest - 1 {
			g.key = append(g.key, set[bits.TrailingZeros64(rest)])
		}
		if counted := g.sets.find(g.key); counted != nil && counted.conversions > 0 {
			g.found = append(g.found, partOf(members, counted))
		}
	}
}

// inside returns which members of the set that plays make up a key, in the set's order.
func (g *rateGames) inside(key []id) (members uint64, ok bool) {
	last := 0
	for _, n := range key {
		at := g.bits[n]
		if at <= last {
			return 0, false
		}
		members |= 1 << (at - 1)
		last = at
	}
	return members, true
}

// doesNotAddUp is the result of counts that no tally has counted.
func doesNotAddUp(m Shapley) Result {
	return refused(m.Name(), "shapley.totals", "what was counted of sets of channels does not add up to the totals: the tally was merged from bytes that no tally wrote")
}
