package trust

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// refundChance bounds how likely two equal shares pass for different ones.
const refundChance = 0.01

// Refunds looks for creators whose customers have their orders refunded. It returns one
// Suspicion for each, in the order of their ids. past is a programme's orders of some
// time: the longer, the surer. An order that comes twice for one creator counts once, and
// as refunded if either says so.
//
// A share of fewer than MinCustomers customers is not judged. Customers are told apart by
// the most personal trace they left; an order without any is a customer of its own.
func (b Rulebook) Refunds(past []Past) []Suspicion {
	b = b.withDefaults()
	creators := map[byline.CreatorID]*buyers{}
	for _, p := range past {
		if creators[p.Creator] == nil {
			creators[p.Creator] = &buyers{orders: map[byline.OrderID]bool{}, of: map[byline.OrderID]trace{}}
		}
		creators[p.Creator].add(p)
	}
	tallies, total := map[byline.CreatorID]Tally{}, Tally{}
	for creator, c := range creators {
		tallies[creator] = c.tally()
		total.Hits, total.Of = total.Hits+tallies[creator].Hits, total.Of+tallies[creator].Of
	}
	saw := map[byline.CreatorID]seen{}
	for creator, c := range creators {
		saw[creator] = b.judgeRefunds(tallies[creator], total.less(tallies[creator]))
		if most := c.mostRefunds(); most >= many {
			saw[creator][SameCustomerRefunds] = fmt.Sprintf("%d orders", most)
		}
	}
	return b.suspectAll(SignalRepeatRefunds, saw)
}

// judgeRefunds compares the part of a creator's customers with a fixed one and, where
// there are enough, with everybody else's: the least that the one allows with the most
// that the other does. Where all are alike it speaks of one creator in a hundred at most.
func (b Rulebook) judgeRefunds(own, others Tally) seen {
	saw := seen{}
	least := int64(b.MinCustomers)
	if own.Of < least {
		return saw
	}
	if own.Hits*100 >= own.Of*int64(b.RefundPercent) {
		saw[RefundShare] = parts(own)
	}
	low, high := lowerBound(own.Hits, own.Of, refundChance/2), upperBound(others.Hits, others.Of, refundChance/2)
	if others.Of >= least && low > high {
		saw[UnusualRefundShare] = fmt.Sprintf("%s of the creator's, %s of the others'", parts(own), parts(others))
	}
	return saw
}

func parts(t Tally) string { return fmt.Sprintf("%d of %d (%s)", t.Hits, t.Of, percent(t.share())) }

// buyers are the customers of one creator.
type buyers struct {
	orders map[byline.OrderID]bool // whether refunded
	of     map[byline.OrderID]trace
}

func (c *buyers) add(p Past) {
	c.orders[p.Order] = c.orders[p.Order] || p.Refunded
	who := trace{nothing, "", string(p.Order)}
	if traces := tracesOf(p.Shop, p.Customer); len(traces) > 0 {
		who = traces[0]
	}
	if was, known := c.of[p.Order]; !known || who.kind < was.kind {
		c.of[p.Order] = who
	}
}

func (c *buyers) refunds() map[trace]int {
	refunds := map[trace]int{}
	for order, refunded := range c.orders {
		n := refunds[c.of[order]]
		if refunded {
			n++
		}
		refunds[c.of[order]] = n
	}
	return refunds
}

func (c *buyers) tally() Tally {
	var t Tally
	for _, n := range c.refunds() {
		t.count(n > 0)
	}
	return t
}

func (c *buyers) mostRefunds() int {
	most := 0
	for _, n := range c.refunds() {
		most = max(most, n)
	}
	return most
}
