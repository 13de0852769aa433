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

// between adds up the terms, other agreements with the same brand that were signed in
// the days, and what else was given in them. Goods count where a rule is about a year's
// benefits, and are a doubt where it is about pay for services.
func (r *review) between(days byline.Window, rule LawRule, cumulates func(objective string) bool) reviewValue {
	v := reviewValue{threshold: rule.Threshold, reached: rule.Threshold.IsZero()}
	goods, span := rule.Days == 0, byline.Window{} // what is agreed counts as a whole,
	if goods {
		span = r.instants(days) // but a year has only its own periods of a guarantee
	}
	v.pay(r.terms, goods, r.periods(r.terms, span))
	var maybe []reviewMaybe
	for _, a := range r.others() {
		other := a.terms
		doubt, counts := r.standing(other, days, span)
		switch add := func(v *reviewValue) { v.pay(other, goods, r.periods(other, span)) }; {
		case !counts || !cumulates(other.Clauses.Objective):
		case doubt == "":
			add(&v)
		default:
			maybe = append(maybe, reviewMaybe{doubt, add})
		}
	}
	brands := reviewBrands(r.terms)
	for _, b := range r.options.Given {
		ours := b.Advertiser == "" || slices.ContainsFunc(brands, func(p Party) bool { return reviewSameName(p.Name, b.Advertiser) })
		switch {
		case !days.Contains(reviewDay(b.At.In(r.zone))) || !cumulates(b.Objective):
		case ours:
			v.given(b, goods)
		case len(brands) == 0:
			maybe = append(maybe, reviewMaybe{"what an advertiser gave that may be the brand, which is not named", func(v *reviewValue) { v.given(b, goods) }})
		}
	}
	v.wonder(maybe)
	return v
}

// reviewMaybe is value that may count, and why that cannot be told.
type reviewMaybe struct {
	why string
	add func(*reviewValue)
}

// wonder doubts what may count where it would make a difference.
func (v *reviewValue) wonder(maybe []reviewMaybe) {
	most := *v
	most.open = slices.Clone(v.open)
	for _, m := range maybe {
		m.add(&most)
	}
	if most.reached || len(most.open) > len(v.open) {
		for _, m := range maybe {
			v.doubt(m.why)
		}
	}
}

// standing reports whether another agreement counts for a sum over days, and what makes
// that a doubt. span is the year where a rule is about one: what was agreed in another
// may be given in this one.
func (r *review) standing(other Terms, days, span byline.Window) (doubt string, counts bool) {
	agreed := days.Contains(reviewDay(reviewAgreedAt(other).In(r.zone)))
	runs := span != (byline.Window{}) && other.Effective.Overlaps(span)
	named := len(reviewBrands(r.terms)) > 0 && len(reviewBrands(other)) > 0
	switch {
	case other.Creator != r.terms.Creator, !agreed && !runs, named && !reviewSameBrand(r.terms, other):
		return "", false
	case !named:
		return "an agreement that may be with the same brand, as one of the two is not named", true
	case other.SignedAt.IsZero():
		return "an agreement that is not signed", true
	case !agreed:
		return "an agreement of another year that runs in this one", true
	}
	return "", true
}

// reviewBrands are the brands that have a name.
func reviewBrands(t Terms) []Party {
	return slices.DeleteFunc(reviewParties(t, RoleBrand), func(p Party) bool { return nameKey(p.Name) == "" })
}
