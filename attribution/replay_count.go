package attribution

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// replayCount adds up a comparison.
type replayCount struct {
	first, last     time.Time
	orders, changed int64
	totals          map[byline.Currency]*TotalChange
	creators        map[creatorKey]*CreatorChange
	moves           map[moveKey]*Move
	reason          map[ReasonChange]int64 // keys have no Orders
	standings       map[StandingChange]int64
}

type creatorKey struct {
	creator  byline.CreatorID
	currency byline.Currency
}

func newReplayCount() replayCount {
	return replayCount{
		totals: map[byline.Currency]*TotalChange{}, creators: map[creatorKey]*CreatorChange{},
		moves: map[moveKey]*Move{}, reason: map[ReasonChange]int64{}, standings: map[StandingChange]int64{},
	}
}

// order counts an order with its two decisions, or nothing when there is an error.
func (c *replayCount) order(a, b *Decision, changed bool) error {
	t := c.total(a.Earning.Currency())
	sumA, err := t.A.with(a)
	if err != nil {
		return err
	}
	sumB, err := t.B.with(b)
	if err != nil {
		return err
	}
	// No creator has more than the total, so nothing fails from here on.
	t.A, t.B = sumA, sumB
	c.credits(a, func(r *CreatorChange) *Tally { return &r.A })
	c.credits(b, func(r *CreatorChange) *Tally { return &r.B })
	c.orders++
	if at := a.PlacedAt; !at.IsZero() {
		if c.first.IsZero() || at.Before(c.first) {
			c.first = at
		}
		if at.After(c.last) {
			c.last = at
		}
	}
	if changed {
		c.changed++
		c.move(a, b)
	}
	if a.Standing != b.Standing {
		c.standings[StandingChange{A: a.Standing, B: b.Standing}]++
	}
	return nil
}

func (c *replayCount) total(currency byline.Currency) *TotalChange {
	t := c.totals[currency]
	if t == nil {
		zero := nothing(&Order{Currency: currency})
		empty := Total{Base: zero, Earning: zero, Held: zero, Uncredited: zero}
		t = &TotalChange{Currency: currency, A: empty, B: empty}
		c.totals[currency] = t
	}
	return t
}

// with adds a decision.
func (t Total) with(d *Decision) (Total, error) {
	var err error
	add := func(to *byline.Money, amount byline.Money) {
		if err == nil {
			*to, err = to.Add(amount)
		}
	}
	rest := d.Earning
	for _, credit := range d.Credits {
		add(&t.Earning, credit.Earning)
		add(&t.Held, credit.Held)
		rest = remainder(rest, credit)
	}
	add(&t.Base, d.Earning)
	add(&t.Uncredited, rest)
	if len(d.Credits) > 0 {
		t.Orders++
	}
	return t, err
}

// remainder takes a credit from what it is a part of.
func remainder(whole byline.Money, part Credit) byline.Money {
	return byline.Minor(whole.Minor()-part.Earning.Minor()-part.Held.Minor(), whole.Currency())
}

func (c *replayCount) credits(d *Decision, of func(*CreatorChange) *Tally) {
	for i, credit := range d.Credits {
		tally := of(c.creator(creatorKey{credit.Creator, d.Earning.Currency()}))
		tally.Earning = added(tally.Earning, credit.Earning)
		tally.Held = added(tally.Held, credit.Held)
		// Credits are in the order of creators, who have one for each campaign.
		if i == 0 || d.Credits[i-1].Creator != credit.Creator {
			tally.Orders++
		}
	}
}

func (c *replayCount) creator(key creatorKey) *CreatorChange {
	r := c.creators[key]
	if r == nil {
		zero := nothing(&Order{Currency: key.currency})
		empty := Tally{Earning: zero, Held: zero}
		r = &CreatorChange{Creator: key.creator, Currency: key.currency, A: empty, B: empty}
		c.creators[key] = r
	}
	return r
}

// added is for sums that are known to fit.
func added(a, b byline.Money) byline.Money { return byline.Minor(a.Minor()+b.Minor(), a.Currency()) }

func (c *replayCount) comparison() Comparison {
	made := Comparison{
		First: c.first, Last: c.last, Orders: c.orders, Changed: c.changed, Totals: []TotalChange{}, Creators: []CreatorChange{},
		Moves: []Move{}, Reasons: []ReasonChange{}, Standings: []StandingChange{},
	}
	for _, t := range c.totals {
		made.Totals = append(made.Totals, *t)
	}
	slices.SortFunc(made.Totals, func(a, b TotalChange) int { return cmp.Compare(a.Currency, b.Currency) })
	for _, r := range c.creators {
		r.Difference = byline.Minor(r.B.Earning.Minor()+r.B.Held.Minor()-r.A.Earning.Minor()-r.A.Held.Minor(), r.A.Earning.Currency())
		made.Creators = append(made.Creators, *r)
	}
	slices.SortFunc(made.Creators, func(a, b CreatorChange) int {
		return cmp.Or(cmp.Compare(a.Creator, b.Creator), cmp.Compare(a.Currency, b.Currency))
	})
	for _, m := range c.moves {
		made.Moves = append(made.Moves, *m)
	}
	slices.SortFunc(made.Moves, func(a, b Move) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	for r, n := range c.reason {
		r.Orders = n
		made.Reasons = append(made.Reasons, r)
	}
	slices.SortFunc(made.Reasons, compareReasonChanges)
	for _, s := range slices.SortedFunc(maps.Keys(c.standings), func(a, b StandingChange) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) }) {
		s.Orders = c.standings[s]
		made.Standings = append(made.Standings, s)
	}
	return made
}

func compareReasonChanges(a, b ReasonChange) int {
	return cmp.Or(
		cmp.Compare(b.Orders, a.Orders), cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B),
		cmp.Compare(boolRank(a.AHeld), boolRank(b.AHeld)), cmp.Compare(boolRank(a.BHeld), boolRank(b.BHeld)),
	)
}
