package attribution

import (
	"cmp"
	"slices"
	"time"
)

// replayCredits is what one policy has credited so far, by customer.
type replayCredits struct {
	since time.Time // when the first order of the replay was placed
	by    map[string][]PastCredit
}

// history is what the case says, with this policy's own credits.
func (c *replayCredits) history(of *Case, customer []string) *History {
	h := History{}
	if of.History != nil {
		h = *of.History
	}
	var credits []PastCredit
	for _, credit := range h.Credits {
		if credit.At.Before(c.since) {
			credits = append(credits, credit)
		}
	}
	for _, key := range customer {
		credits = append(credits, c.by[key]...)
	}
	if len(customer) > 1 {
		// An order has been noted under each of its customer's keys.
		slices.SortFunc(credits, comparePastCredits)
		credits = slices.CompactFunc(credits, func(a, b PastCredit) bool { return comparePastCredits(a, b) == 0 })
	}
	h.Credits = credits
	return &h
}

func comparePastCredits(a, b PastCredit) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Order, b.Order), cmp.Compare(a.Creator, b.Creator), cmp.Compare(a.Campaign, b.Campaign))
}

// note remembers the credits of an order that stands. One of which all came back binds
// nobody.
func (c *replayCredits) note(d *Decision, customer []string) {
	if d.Standing != StandingEarning || d.Earning.IsZero() && !d.Sold.IsZero() {
		return
	}
	if c.by == nil {
		c.by = map[string][]PastCredit{}
	}
	for i, key := range customer {
		if slices.Contains(customer[:i], key) {
			continue
		}
		for _, credit := range d.Credits {
			c.by[key] = append(c.by[key], PastCredit{Order: d.Order, Creator: credit.Creator, Campaign: credit.Campaign, At: d.PlacedAt, By: credit.By})
		}
	}
}
