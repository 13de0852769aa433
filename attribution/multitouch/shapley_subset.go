package multitouch

// subsetRate plays the rate of the journeys inside a coalition.
type subsetRate struct {
	model Shapley
	sets  *coalitions
}

func newSubsetRate(m Shapley) *subsetRate {
	return &subsetRate{model: m, sets: newCoalitions(false, 0)}
}

func (c *subsetRate) count(b *block, _ int) { c.sets.count(b) }

func (c *subsetRate) merge(other counter, renumber []id) {
	c.sets.merge(other.(*subsetRate).sets, renumber)
}

func (c *subsetRate) appendTo(data []byte) []byte { return c.sets.appendTo(data) }

func (c *subsetRate) load(d *decoder, channels int) { c.sets.load(d, channels) }

func (c *subsetRate) result(s *standing) Result {
	if !c.sets.addUp(&s.totals) {
		return doesNotAddUp(c.model)
	}
	players := len(s.channels)
	var p played
	switch {
	case players <= MaxExactPlayers:
		p = c.exact(s)
	case c.model.Samples == 0:
		return tooManyPlayers(c.model, players, MaxExactPlayers, exactUpTo)
	default:
		p = sampled(c.model, players, s.hasValue(), newRateWalk(c.sets, players).walk)
	}
	p.game.GrandValue = s.totals.ConversionRate()
	return s.credit(c.model.Name(), p)
}

func (c *subsetRate) exact(s *standing) played {
	players := len(s.channels)
	journeys := c.table(players, func(counted *exit) float64 { return float64(counted.journeys()) })
	rates := func(of func(*exit) float64) []float64 {
		table := c.table(players, of)
		for i, n := range journeys {
			if n > 0 {
				table[i] /= n
			}
		}
		return solveTable(table)
	}
	p := played{game: Game{Variant: c.model.Variant, Players: players, Exact: true}}
	p.phi = rates(func(counted *exit) float64 { return float64(counted.conversions) })
	if s.hasValue() {
		p.valuePhi = rates((*exit).minor)
	}
	return p
}

// table returns for each coalition the sum over all journeys inside it. Sums below 2^53
// are exact, so that their order does not count; the order is fixed all the same.
func (c *subsetRate) table(players int, of func(*exit) float64) []float64 {
	table := make([]float64, 1<<players)
	for i := range c.sets.len() {
		members := 0
		for _, n := range c.sets.keyAt(i) {
			members |= 1 << n
		}
		table[members] = of(&c.sets.counts[i])
	}
	sumInside(table)
	return table
}

// rateWalk finds the rates along an order of the players without asking for a single
// coalition: a set comes inside with the last of its members.
type rateWalk struct {
	ids                          []id
	ends                         []int
	conversions, journeys, minor []float64 // of each set

	place                   []int // by channel, in the order that is walked
	entering, enteringValue []float64
	enteringJourneys        []float64
}

// newRateWalk copies the sets in their order, in which values have to be added.
func newRateWalk(sets *coalitions, players int) *rateWalk {
	w := &rateWalk{place: make([]int, players), entering: make([]float64, players), enteringValue: make([]float64, players), enteringJourneys: make([]float64, players)}
	for _, i := range sets.sorted() {
		counted := &sets.counts[i]
		w.ids = append(w.ids, sets.keyAt(i)...)
		w.ends = append(w.ends, len(w.ids))
		w.conversions = append(w.conversions, float64(counted.conversions))
		w.journeys = append(w.journeys, float64(counted.journeys()))
		w.minor = append(w.minor, counted.minor())
	}
	return w
}

func (w *rateWalk) walk(order []int, worth, value []float64) {
	for at, player := range order {
		w.place[player] = at
	}
	clear(w.entering)
	clear(w.enteringValue)
	clear(w.enteringJourneys)
	start := 0
	for i, end := range w.ends {
		last := 0
		for _, n := range w.ids[start:end] {
			last = max(last, w.place[n])
		}
		w.entering[last] += w.conversions[i]
		w.enteringJourneys[last] += w.journeys[i]
		w.enteringValue[last] += w.minor[i]
		start = end
	}
	ratesAlong(worth, w.entering, w.enteringJourneys)
	ratesAlong(value, w.enteringValue, w.enteringJourneys)
}

// ratesAlong fills in the ratio of what came inside so far, 0 while no journey is.
func ratesAlong(rates, entering, journeys []float64) {
	sum, all := 0.0, 0.0
	for i := range rates {
		sum += entering[i]
		all += journeys[i]
		rates[i] = 0
		if all > 0 {
			rates[i] = sum / all
		}
	}
}
