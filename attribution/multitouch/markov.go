package multitouch

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// Markov credits by the removal effect in an absorbing chain, solved exactly.
type Markov struct {
	Order int `json:"order,omitempty"` // 1 to 4, 1 when 0
	// Transitions asks for all steps of the chain, in Result.Chain. Of a high order they
	// are many: up to one for each touch of the journeys.
	Transitions bool `json:"transitions,omitempty"`
}

// Name is "markov(1)", with the order.
func (m Markov) Name() string { return fmt.Sprintf("markov(%d)", m.order()) }

func (m Markov) order() int {
	if m.Order == 0 {
		return 1
	}
	return m.Order
}

// faults is "markov.order".
func (m Markov) faults() []*byline.FieldError {
	if m.order() < 1 || m.order() > 4 {
		return []*byline.FieldError{{Path: "order", Code: "markov.order", Message: "the order of a chain is 1 to 4"}}
	}
	return nil
}

func (m Markov) counter() counter {
	return &markovCounter{transitions: newTransitions(m.order()), model: m}
}

type markovCounter struct {
	*transitions
	model Markov
}

func (c *markovCounter) merge(other counter, renumber []id) {
	c.transitions.merge(other.(*markovCounter).transitions, renumber)
}

func (c *markovCounter) result(s *standing) Result {
	name := c.model.Name()
	if most := c.maxChannels(); len(s.channels) > most {
		return Result{Model: name, Refused: &byline.RefusalError{
			Code: "markov.channels", Message: "a chain of this order cannot tell so many channels apart",
			Have: float64(len(s.channels)), Need: float64(most),
		}}
	}
	g := newGraph(c.transitions)
	if g == nil || !g.fits(s.totals) {
		return refused(name, "markov.counts", "the steps that were counted are not those of any journeys")
	}
	e := g.effects(len(s.channels))
	if e.failed {
		return refused(name, "markov.unsolved", "the chain's equations could not be solved")
	}
	chain := &Chain{Order: c.order, States: len(g.short) + len(g.states), ConversionRate: e.rate, Residual: e.residual, Sweeps: e.sweeps}
	if c.model.Transitions {
		chain.Transitions = g.transitions(s.channels)
	}
	return Result{Model: name, Credits: s.removed(e, chain), Chain: chain}
}

// fits reports whether a chain ends as often, and as well, as all journeys do.
func (g *graph) fits(t Totals) bool {
	var value wide
	value.addValue(t.Value.Minor(), 1)
	return g.sum == exit{t.Conversions, t.Nulls, value}
}

// removed shares out by removal effects, and says in chain what else it found.
func (s *standing) removed(e *effects, chain *Chain) []AnalyticCredit {
	effect, sum, _ := scaled(e.conversions, float64(s.totals.Conversions))
	for i := range effect {
		effect[i] = min(effect[i], 1) // above it is rounding only
	}
	chain.RemovalSum = sum
	total := float64(s.totals.Value.Minor())
	valueEffect, valueSum, size := scaled(e.values, total)
	var valueShares []float64
	switch {
	case size == 0: // nothing had a value
	case total == 0 || math.Abs(valueSum) < leastValue*size || math.Abs(total)*size > mostValue*math.Abs(valueSum):
		chain.ValueRefused = &byline.RefusalError{Code: "markov.value", Message: "values above and below zero cancel out, so there is no whole to share out"}
	default:
		valueShares, _, _ = scaled(valueEffect, valueSum)
	}
	shares, _, _ := scaled(effect, sum)
	credits := s.shared(shares, valueShares)
	for i := range credits {
		credits[i].Raw = effect[i]
		if valueShares != nil {
			credits[i].RawValue = valueEffect[i]
		}
	}
	return credits
}

const (
	leastValue = 1e-6 // of what sums to less of its parts, floating point keeps too little
	mostValue  = 1e18 // minor units that a part may be, so that it has room in Money
)

// scaled divides by a whole, which may be 0 where only the size counts, and returns the
// sum and that of the absolute values.
func scaled(parts []float64, whole float64) (to []float64, sum, size float64) {
	if whole == 0 {
		whole = 1
	}
	to = make([]float64, len(parts))
	for i, p := range parts {
		to[i] = p / whole
		sum += to[i]
		size += math.Abs(to[i])
	}
	return to, sum, size
}
