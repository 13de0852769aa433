package multitouch

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// Markov credits by the removal effect in an absorbing chain, solved exactly.
//
// A state is the last Order touches, and a path with fewer is a state of its own. The
// journeys say how often each step was taken, from the start over the states to a
// conversion or to none; h is the probability to get from the start to a conversion. To
// remove a channel is to let all steps into a state that holds it end without one, and
//
//	removal effect(c) = 1 - h(without c) / h = P(journey visits c | it converts)
//
// in the chain. It lies from 0 to 1 and is the credit's Raw. The effects do not sum to 1,
// so a credit is conversions × effect / sum of effects. For the value, what a state's
// conversions earn stands in for their number, which gives RawValue; where values above
// and below zero cancel out, Result.ValueRefused is "markov.value", and the conversions
// are credited all the same. A repeat of a touch is a step from a state to itself, at
// order 1, and changes no effect there.
//
// The method is that of Anderl, Becker, von Wangenheim and Schumann, "Mapping the customer
// journey", International Journal of Research in Marketing 33 (2016), 457-474, and before
// it SSRN 2343077 (2013). Tools that go by this name differ, as read on 2026-11-22:
// ChannelAttribution 2.2.4 estimates the same effects from random walks, so its figures
// vary with the seed and the number of walks, and come near these as that grows. DP6
// Marketing-Attribution-Models (72bc20f) inverts a matrix, of order 1 only, and agrees
// where conversion_value_as_frequency is False; its default lets journeys without a
// conversion vanish. mta (a554d3e) multiplies over the paths that were seen instead of
// solving a chain.
//
// Accuracy: effects are sums of what is never negative, so that a small one is as accurate
// as a large one; Chain.Residual says what is left. Cost: order 1 takes little more than
// reading the touches, and n³ multiplications for n channels up to 1,500. Above, and at
// other orders, each eight channels take some twenty to thirty sweeps over the steps that
// were seen, and more where journeys are very long.
//
// Refusals are "markov.channels" for more channels than a window has room for (32,768 at
// order 3, 4,096 at order 4), "markov.counts" for a tally from elsewhere that no journeys
// can have given, and "markov.unsolved" where 20,000 sweeps do not solve a chain of more
// than 1,500 states: journeys of many thousand touches, in a circle, may bring that about.
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
	credits, valueRefused := s.removed(e, chain)
	return Result{Model: name, Credits: credits, ValueRefused: valueRefused, Chain: chain}
}

// fits reports whether a chain ends as often, and as well, as all journeys do.
func (g *graph) fits(t Totals) bool {
	var value wide
	value.addValue(t.Value.Minor(), 1)
	return g.sum == exit{t.Conversions, t.Nulls, value}
}

// removed shares out by removal effects, and says in chain what they sum to.
func (s *standing) removed(e *effects, chain *Chain) (credits []AnalyticCredit, valueRefused *byline.RefusalError) {
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
		valueRefused = &byline.RefusalError{Code: "markov.value", Message: "values above and below zero cancel out, so there is no whole to share out"}
	default:
		valueShares, _, _ = scaled(valueEffect, valueSum)
	}
	shares, _, _ := scaled(effect, sum)
	credits = s.shared(shares, valueShares)
	for i := range credits {
		credits[i].Raw = effect[i]
		if valueShares != nil {
			credits[i].RawValue = valueEffect[i]
		}
	}
	return credits, valueRefused
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
