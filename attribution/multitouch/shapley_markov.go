package multitouch

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// markovGame plays the conversion rate of a chain that some channels have left.
type markovGame struct {
	model Shapley
	steps *transitions
}

func newMarkovGame(m Shapley) *markovGame {
	return &markovGame{model: m, steps: newTransitions(m.Order)}
}

func (c *markovGame) count(b *block, channels int) { c.steps.count(b, channels) }

func (c *markovGame) merge(other counter, renumber []id) {
	c.steps.merge(other.(*markovGame).steps, renumber)
}

func (c *markovGame) appendTo(data []byte) []byte { return c.steps.appendTo(data) }

func (c *markovGame) load(d *decoder, channels int) { c.steps.load(d, channels) }

func (c *markovGame) result(s *standing) Result {
	players := len(s.channels)
	if players > c.steps.maxChannels() {
		return tooManyPlayers(c.model, players, c.steps.maxChannels(), "a chain of this order can tell up to %d channels apart")
	}
	g := newGraph(c.steps)
	if g == nil || !g.fits(s.totals) {
		return doesNotAddUp(c.model)
	}
	most := MaxExactPlayers
	if c.model.Order > 1 {
		most = MaxExactChainPlayers
	}
	if players > most && c.model.Samples == 0 {
		return tooManyPlayers(c.model, players, most, exactUpTo)
	}
	var p played
	ok := true
	switch {
	case players > most:
		p, ok = c.sampled(g, s)
	case c.model.Order == 1:
		p.phi = solveTable(c.steps.subsetRates(players))
		p.valuePhi = solveTable(g.subsetValues(players))
	default:
		game := newChainGame(g)
		rates, values := game.all(players)
		p.phi, p.valuePhi = solveTable(rates), solveTable(values)
		ok = !game.failed
	}
	if !ok {
		return refused(c.model.Name(), "shapley.unsolved", "the equations of a chain that some channels have left could not be solved")
	}
	if !s.hasValue() {
		p.valuePhi = nil
	}
	p.game.Variant, p.game.Players, p.game.Exact = c.model.Variant, players, players <= most
	p.game.GrandValue = s.totals.ConversionRate()
	return s.credit(c.model.Name(), p)
}

func (c *markovGame) sampled(g *graph, s *standing) (p played, ok bool) {
	if c.model.Order == 1 && len(s.channels) <= eliminatedStates {
		return sampled(c.model, len(s.channels), s.hasValue(), channelPrefixes(g, len(s.channels)).walk), true
	}
	game := newChainGame(g)
	p = sampled(c.model, len(s.channels), s.hasValue(), game.walk)
	return p, !game.failed
}

// subsetValues is subsetRates of the value, for order 1: minor units by journeys. Values
// stand where the conversions do, in a unit that makes none worth more than its
// conversions, and what they leave stands with the nulls, so that the chain goes the same
// ways.
func (g *graph) subsetValues(players int) []float64 {
	s := &subsets{rates: make([]float64, 1<<players)}
	for n := range players + 1 {
		s.levels = append(s.levels, make([]float64, (n+1)*(n+2)))
	}
	s.fill(g, players)
	unit := 0.0
	for i := range g.ends {
		if e := &g.ends[i]; e.conversions > 0 {
			unit = max(unit, math.Abs(e.minor())/float64(e.conversions))
		}
	}
	if unit == 0 {
		return s.rates
	}
	m, width := s.levels[players], players+2
	for i, state := range g.states {
		at := int(state.id(0, idBits(1))) * width
		worth := g.ends[i].minor() / unit
		m[at+players+1] += m[at+players] - worth
		m[at+players] = worth
	}
	s.visit(players, 0)
	for i := range s.rates {
		s.rates[i] *= unit / g.journeys()
	}
	return s.rates
}

// exactUpTo is the message of tooManyPlayers for a game that would have to be sampled.
const exactUpTo = "the game is exact up to %d channels; say how many samples to draw for more"

func tooManyPlayers(m Shapley, players, most int, message string) Result {
	return Result{Model: m.Name(), Refused: &byline.RefusalError{
		Code: "shapley.players", Message: fmt.Sprintf(message, most), Have: float64(players), Need: float64(most),
	}}
}
