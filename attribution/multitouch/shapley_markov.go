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
	if c.steps.crowded {
		return tooManyPlayers(c.model, players, c.steps.maxChannels(), "a chain of this order can tell up to %d channels apart")
	}
	game := newChainGame(c.steps, players)
	if !game.addsUp(&s.totals) {
		return doesNotAddUp(c.model)
	}
	most := MaxExactPlayers
	if c.model.Order > 1 {
		most = MaxExactChainPlayers
	}
	var p played
	switch {
	case players <= most:
		p = c.exact(game, s)
	case c.model.Samples == 0:
		return tooManyPlayers(c.model, players, most, exactUpTo)
	default:
		p = sampled(c.model, players, s.hasValue(), c.walk(game, players))
	}
	if game.unsolved {
		return refused(c.model.Name(), "shapley.unsolved", "the chain returns to its states so often that it cannot be solved")
	}
	p.game.GrandValue = s.totals.ConversionRate()
	return s.credit(c.model.Name(), p)
}

func (c *markovGame) exact(game *chainGame, s *standing) played {
	players := len(s.channels)
	p := played{game: Game{Variant: c.model.Variant, Players: players, Exact: true}}
	if c.model.Order == 1 {
		p.phi = solveTable(c.steps.subsetRates(players))
		if s.hasValue() {
			p.valuePhi = solveTable(c.steps.subsetValues(players))
		}
		return p
	}
	rates, values := make([]float64, 1<<players), make([]float64, 1<<players)
	for mask := range rates {
		for i := range players {
			game.stays[i] = mask>>i&1 == 1
		}
		rates[mask], values[mask] = game.rate()
	}
	p.phi = solveTable(rates)
	if s.hasValue() {
		p.valuePhi = solveTable(values)
	}
	return p
}

func (c *markovGame) walk(game *chainGame, players int) walk {
	if c.model.Order == 1 {
		return newPrefixes(game, game.byChannel(players)).walk
	}
	return func(order []int, worth, value []float64) {
		clear(game.stays)
		for i, player := range order {
			game.stays[player] = true
			rate, minor := game.rate()
			worth[i] = rate
			if value != nil {
				value[i] = minor
			}
		}
	}
}

// subsetValues is subsetRates of the value: minor units by journeys. Values stand where
// the conversions do, in a unit that makes none worth more than its conversions, and what
// they leave stands with the nulls, so that the chain goes the same ways.
func (t *transitions) subsetValues(players int) []float64 {
	s := &subsets{rates: make([]float64, 1<<players)}
	for n := range players + 1 {
		s.levels = append(s.levels, make([]float64, (n+1)*(n+2)))
	}
	total := s.fill(t, players)
	exits := t.exits.sorted()
	unit := 0.0
	for i := range exits {
		if e := &exits[i].value; e.conversions > 0 {
			unit = max(unit, math.Abs(e.worth())/float64(e.conversions))
		}
	}
	if total == 0 || unit == 0 {
		return s.rates
	}
	m, width := s.levels[players], players+2
	for i := range exits {
		at := int(exits[i].key.id(0, idBits(1))) * width
		worth := exits[i].value.worth() / unit
		m[at+players+1] += m[at+players] - worth
		m[at+players] = worth
	}
	s.visit(players, 0)
	for i := range s.rates {
		s.rates[i] *= unit / total
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
