package main

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// tally counts decided orders. It grows with creators and currencies, and not with
// orders.
type tally struct {
	orders    int64 // that could be read
	credited  int64 // of those that count
	placed    byline.Window
	unordered bool // some order was placed before the one above it
	last      time.Time
	standings map[attribution.Standing]int64
	purses    map[byline.Currency]*purse
	bare      int64 // orders that count, without any evidence
	reasons   map[attribution.Reason]int64
}

// purse is what was sold in one currency. Amounts of two are never added.
type purse struct {
	total, nobody sums
	creators      map[byline.CreatorID]*sums
}

func newTally() *tally {
	return &tally{
		standings: map[attribution.Standing]int64{}, purses: map[byline.Currency]*purse{}, reasons: map[attribution.Reason]int64{},
	}
}

// counts reports whether an order of such a standing belongs among the sales: a test, or
// what the policy leaves out, never was one.
func counts(s attribution.Standing) bool {
	switch s {
	case attribution.StandingNoDocument, attribution.StandingTest, attribution.StandingDeleted, attribution.StandingExcluded, attribution.StandingInvalid:
		return false
	}
	return true
}

// add counts a decision. The error says that a sum is beyond what an amount can hold.
func (t *tally) add(d *attribution.Decision) error {
	t.orders++
	t.standings[d.Standing]++
	t.place(d.PlacedAt)
	if !counts(d.Standing) {
		return nil
	}
	p := t.purse(d.Sold.Currency())
	whole := worth(d)
	total := whole
	if len(d.Credits) == 0 {
		t.why(d)
		if err := p.nobody.add(&whole); err != nil {
			return err
		}
		return p.total.add(&total)
	}
	t.credited++
	total.by(d.Credits...)
	if err := p.total.add(&total); err != nil {
		return err
	}
	return p.credit(d)
}

func (t *tally) place(at time.Time) {
	if t.placed.Start.IsZero() || at.Before(t.placed.Start) {
		t.placed.Start = at
	}
	if at.After(t.placed.End) {
		t.placed.End = at
	}
	t.unordered = t.unordered || at.Before(t.last)
	t.last = at
}

func (t *tally) purse(c byline.Currency) *purse {
	p := t.purses[c]
	if p == nil {
		p = &purse{creators: map[byline.CreatorID]*sums{}}
		t.purses[c] = p
	}
	return p
}

// why counts for what reasons an order has gone to nobody, each once for each order.
func (t *tally) why(d *attribution.Decision) {
	if len(d.Candidates) == 0 {
		t.bare++
		return
	}
	var told []attribution.Reason
	for i := range d.Candidates {
		if r := d.Candidates[i].Reason; !slices.Contains(told, r) {
			told = append(told, r)
			t.reasons[r]++
		}
	}
}

// credit counts an order for each of its creators.
func (p *purse) credit(d *attribution.Decision) error {
	returned := returnedOf(d)
	for i := range d.Credits {
		c := &d.Credits[i]
		part := sums{Sold: c.Sold, Returned: returned[i], Earning: c.Earning, Held: c.Held}
		if d.Standing == attribution.StandingUnpaid {
			part.Unpaid = less(c.Sold, returned[i])
		}
		// Of several campaigns a creator has several credits for one order.
		if i == 0 || d.Credits[i-1].Creator != c.Creator {
			part.Orders = 1
			part.by(*c)
		}
		if p.creators[c.Creator] == nil {
			p.creators[c.Creator] = &sums{}
		}
		if err := p.creators[c.Creator].add(&part); err != nil {
			return err
		}
	}
	return nil
}
