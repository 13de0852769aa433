package contracts

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// reviewValue adds up what a creator gets, as far as it is certain and in one currency.
type reviewValue struct {
	threshold byline.Money
	sum       byline.Money
	reached   bool     // beyond doubt
	open      []string // what may come on top and cannot be told
}

func (v *reviewValue) add(m byline.Money, what string) {
	switch {
	case m.IsZero():
	case m.Currency() != v.threshold.Currency():
		v.doubt(what + " in another currency")
	case m.Sign() < 0:
		v.doubt(what + " below nothing")
	default:
		sum, err := v.sum.Add(m)
		v.sum = sum
		v.reached = v.reached || err != nil || sum.Minor() >= v.threshold.Minor()
	}
}

func (v *reviewValue) doubt(what string) {
	if !slices.Contains(v.open, what) {
		v.open = append(v.open, what)
		slices.Sort(v.open)
	}
}

// pay adds what terms promise. Goods count as money, or as a doubt.
func (v *reviewValue) pay(t Terms, goods bool, periods int) {
	p := t.Pay
	for _, fee := range p.Fees {
		v.add(fee.Amount, "a fee")
	}
	for _, e := range t.Exclusivity {
		if e.BoundParty == RoleCreator {
			v.add(e.Fee, "the price of an exclusivity")
		}
	}
	for _, g := range t.Grants {
		v.add(g.Fee, "the price of a right")
	}
	for range periods {
		v.add(p.Guarantee, "a guarantee")
	}
	if len(p.Percentages)+len(p.PerConversions)+len(p.Metered)+len(p.Bonuses) > 0 {
		v.doubt("pay that depends on results")
	}
	for _, gift := range p.Gifts {
		v.gift(gift.Value, goods)
	}
}

func (v *reviewValue) gift(value byline.Money, goods bool) {
	switch {
	case value.IsZero():
		v.doubt("goods without a declared value")
	case goods:
		v.add(value, "goods")
	default:
		v.doubt("goods")
	}
}

func (v *reviewValue) given(b Benefit, goods bool) {
	switch {
	case b.InKind:
		v.gift(b.Value, goods)
	case b.Value.IsZero():
		v.doubt("an earlier payment without its amount")
	default:
		v.add(b.Value, "an earlier payment")
	}
}

// periods is how many periods a guarantee is certain for: those of the terms that a span
// touches, and one where there is no end.
func (r *review) periods(t Terms, span byline.Window) int {
	w := t.Effective.Intersect(span)
	if w.Empty() {
		return 0
	}
	months := map[Period]int{Monthly: 1, Quarterly: 3, Yearly: 12}[t.Pay.Period]
	if months == 0 || w.Start.IsZero() || w.End.IsZero() {
		return 1
	}
	index := func(at time.Time) int {
		at = at.In(r.zone)
		return (at.Year()*12 + int(at.Month()) - 1) / months
	}
	return min(index(w.End.Add(-1))-index(w.Start)+1, reviewMaxPeriods)
}

// reviewMaxPeriods bounds what an absurd window costs: a century of months.
const reviewMaxPeriods = 1200

// instants are calendar days in the terms' zone.
func (r *review) instants(days byline.Window) byline.Window {
	return byline.Window{Start: onClock(days.Start, r.zone), End: onClock(days.End, r.zone)}
}

// between adds up the terms, other agreements with the same brand that were agreed in
// the days, and what else was given in them. Goods count where a rule is about a year's
// benefits, and are a doubt where it is about pay for services.
func (r *review) between(days byline.Window, rule LawRule, cumulates func(objective string) bool) reviewValue {
	v := reviewValue{threshold: rule.Threshold, reached: rule.Threshold.IsZero()}
	goods, span := rule.Days == 0, byline.Window{} // what is agreed counts as a whole,
	if goods {
		span = r.instants(days) // but a year has only its own periods of a guarantee
	}
	v.pay(r.terms, goods, r.periods(r.terms, span))
	for _, a := range r.others() {
		other := a.terms
		agreed := reviewDay(reviewAgreedAt(other).In(r.zone))
		if other.Creator == r.terms.Creator && reviewSameBrand(r.terms, other) && days.Contains(agreed) && cumulates(other.Clauses.Objective) {
			v.pay(other, goods, r.periods(other, span))
		}
	}
	for _, b := range r.options.Given {
		ours := b.Advertiser == "" || slices.ContainsFunc(reviewParties(r.terms, RoleBrand), func(p Party) bool { return reviewSameName(p.Name, b.Advertiser) })
		if ours && days.Contains(reviewDay(b.At.In(r.zone))) && cumulates(b.Objective) {
			v.given(b, goods)
		}
	}
	return v
}
