package multitouch

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// setSum is the game that LinearUnique solves, so it counts the same, to the same bit.
type setSum struct {
	model Shapley
	rules *ruleCounter
}

func newSetSum(m Shapley) *setSum {
	return &setSum{model: m, rules: newRuleCounter([]rule{LinearUnique{}}, nil)}
}

func (c *setSum) count(b *block, channels int) { c.rules.count(b, channels) }

func (c *setSum) merge(other counter, renumber []id) {
	channels := 0
	for _, to := range renumber {
		channels = max(channels, int(to)+1)
	}
	c.rules.merge(other.(*setSum).rules, renumber, channels)
}

func (c *setSum) appendTo(data []byte) []byte { return c.rules.appendTo(data) }

func (c *setSum) load(d *decoder, channels int) { c.rules.load(d, channels) }

func (c *setSum) result(s *standing) Result {
	if !c.rules.balances(s.totals, s.turnover) {
		return doesNotAddUp(c.model)
	}
	r := c.rules.results(s)[0]
	r.Model = c.model.Name()
	r.Game = s.sumGame(c.model.Variant, r.Credits)
	return r
}

// sumGame describes a game whose worth is conversions.
func (s *standing) sumGame(v Variant, credits []AnalyticCredit) *Game {
	var sum accurate
	for _, c := range credits {
		sum.add(c.Raw)
	}
	total := float64(s.totals.Conversions)
	return &Game{Variant: v, Players: len(s.channels), Exact: true, GrandValue: total, Gap: math.Abs(sum.value() - total)}
}

// orderedPosition counts the parts that LinearUnique gives, by the place of each
// channel's first touch. There are few places, and they may be far apart.
type orderedPosition struct {
	model  Shapley
	index  map[place]int
	places []place
	sums   []ruleSum // by place
	seen   idSet
	firsts []place
}

type place struct {
	channel  id
	position uint32 // from 0
}

func newOrderedPosition(m Shapley) *orderedPosition {
	return &orderedPosition{model: m, index: map[place]int{}}
}

func (c *orderedPosition) count(b *block, _ int) {
	for r := range b.converted() {
		c.seen.clear()
		c.firsts = c.firsts[:0]
		for i, n := range r.ids {
			if c.seen.add(n) {
				c.firsts = append(c.firsts, place{n, uint32(i)})
			}
		}
		n := uint64(len(c.firsts))
		for i, p := range c.firsts {
			part := whole / n
			if i == 0 {
				part += whole % n
			}
			at := c.at(p)
			c.sums[at].add(r, part)
		}
	}
}

// at returns where the sums of a place are.
func (c *orderedPosition) at(p place) int {
	at, ok := c.index[p]
	if !ok {
		at = len(c.places)
		c.index[p] = at
		c.places = append(c.places, p)
		c.sums = append(c.sums, ruleSum{})
	}
	return at
}

func (c *orderedPosition) merge(other counter, renumber []id) {
	o := other.(*orderedPosition)
	for i, p := range o.places {
		at := c.at(place{renumber[p.channel], p.position})
		c.sums[at].merge(o.sums[i])
	}
}

// sorted returns where the sums of the places are, in order of channel and position.
func (c *orderedPosition) sorted() []int {
	order := make([]int, len(c.places))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		p, q := c.places[a], c.places[b]
		return cmp.Or(cmp.Compare(p.channel, q.channel), cmp.Compare(p.position, q.position))
	})
	return order
}

func (c *orderedPosition) result(s *standing) Result {
	channels := make([]ruleSum, len(s.channels))
	for i, p := range c.places {
		channels[p.channel].merge(c.sums[i])
	}
	if all, ok := sumUp(channels, s.totals, s.turnover); !ok || all != allOf(s.totals) {
		return doesNotAddUp(c.model)
	}
	r := Result{Model: c.model.Name(), Credits: creditsOf(channels, s)}
	r.Game = s.sumGame(c.model.Variant, r.Credits)
	order := c.sorted()
	for len(order) > 0 {
		n := 1
		for n < len(order) && c.places[order[n]].channel == c.places[order[0]].channel {
			n++
		}
		r.Game.Positions = append(r.Game.Positions, c.positions(order[:n], r.Credits[c.places[order[0]].channel])...)
		order = order[n:]
	}
	return r
}

// positions splits the credit of a channel among its places.
func (c *orderedPosition) positions(order []int, of AnalyticCredit) []PositionCredit {
	credits := make([]PositionCredit, len(order))
	values := make([]wide, len(order))
	for i, at := range order {
		credits[i] = PositionCredit{Channel: of.Channel, Position: int(c.places[at].position) + 1, Conversions: c.sums[at].conversions.float()}
		values[i] = c.sums[at].value
	}
	if currency := of.Value.Currency(); currency != "" {
		for i, minor := range wholeParts(values, of.Value.Minor()) {
			credits[i].Value = byline.Minor(minor, currency)
		}
	}
	return credits
}

func (c *orderedPosition) appendTo(data []byte) []byte {
	data = binary.AppendUvarint(data, uint64(len(c.places)))
	for _, at := range c.sorted() {
		data = binary.AppendUvarint(data, uint64(c.places[at].channel))
		data = binary.AppendUvarint(data, uint64(c.places[at].position))
		data = c.sums[at].value.appendTo(c.sums[at].conversions.appendTo(data))
	}
	return data
}

func (c *orderedPosition) load(d *decoder, channels int) {
	for range d.count(6) {
		channel, position := d.uint(), d.uint()
		if d.failed || channel >= uint64(channels) || position > math.MaxUint32 {
			d.fail()
			return
		}
		p := place{id(channel), uint32(position)}
		at := c.at(p)
		if at < len(c.places)-1 {
			d.fail() // a place twice
			return
		}
		c.sums[at] = loadSum(d)
	}
}
