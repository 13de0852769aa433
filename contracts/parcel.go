package contracts

import (
	"cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// parcel is a creator's own part of what one percentage is for.
type parcel struct {
	sold, kept byline.Money
	goods      []goods // by what is kept of the whole order; only their proportions count
}

// goods wait together.
type goods struct {
	weight int64
	wait   wait
}

// groupWaits adds up the weights of goods that wait for the same time, in the order in
// which they are first met. Goods without weight count only where there are no others.
func groupWaits(all []goods) (waits []wait, weights []int64) {
	for _, g := range all {
		if g.weight <= 0 {
			continue
		}
		i := indexWait(waits, g.wait)
		if i < 0 {
			i = len(waits)
			waits, weights = append(waits, g.wait), append(weights, 0)
		}
		weights[i] += g.weight
	}
	if len(waits) == 0 {
		return []wait{{}}, []int64{1}
	}
	return waits, weights
}

func indexWait(waits []wait, w wait) int {
	for i, known := range waits {
		if known.held == w.held && known.until.Equal(w.until) {
			return i
		}
	}
	return -1
}

// parcel is what the i-th percentage is for: out of the decision alone where that is
// enough, so that it cannot be of another state of the order.
func (e *earning) parcel(i int) (parcel, error) {
	rule, credit := &e.a.terms.Pay.Percentages[i], &e.d.Credits[e.credit]
	none := byline.Minor(0, cmp.Or(e.d.Sold.Currency(), credit.Earning.Currency()))
	if !e.counts() || !rule.Scope.hasSale(e.d) {
		return parcel{sold: none, kept: none}, nil
	}
	if !e.a.terms.Pay.byGoods() {
		p := parcel{sold: credit.Sold, kept: credit.Earning}
		if credit.OnHold {
			p.kept = credit.Held
		}
		p.goods = []goods{{weight: 1, wait: e.a.terms.Pay.Hold.of(nil, e.d.PlacedAt)}}
		return p, nil
	}
	whole, err := e.whole(i)
	if err != nil || len(e.d.Credits) == 1 {
		return whole, err
	}
	whole.sold, whole.kept, err = e.own(whole)
	return whole, err
}

// whole is what the i-th percentage is for of the order, whoever brought it.
func (e *earning) whole(i int) (parcel, error) {
	rule, hold := &e.a.terms.Pay.Percentages[i], &e.a.terms.Pay.Hold
	p := parcel{sold: byline.Minor(0, e.d.Sold.Currency()), kept: byline.Minor(0, e.d.Sold.Currency())}
	var slowest wait
	for k := range e.breakdown.Lines {
		l := &e.breakdown.Lines[k]
		if l.Excluded || e.percentageOf(l) != i {
			continue
		}
		parts := []attribution.Part{l.Net}
		if rule.Base == NetSalesWithTax || rule.Base == NetSalesWithBoth {
			parts = append(parts, l.Tax)
		}
		w := hold.of(l, e.d.PlacedAt)
		if l.Kept > 0 { // what came back is not waited for
			slowest = slowest.later(w)
		}
		if err := p.add(parts, w, e.stands()); err != nil {
			return parcel{}, err
		}
	}
	if rule.Base == NetSalesWithShipping || rule.Base == NetSalesWithBoth {
		if e.percentageOf(nil) == i {
			parts := []attribution.Part{e.breakdown.Shipping}
			if rule.Base == NetSalesWithBoth {
				parts = append(parts, e.breakdown.ShippingTax)
			}
			err := p.add(parts, slowest, e.stands())
			return p, err
		}
	}
	return p, nil
}

func (e *earning) stands() bool { return e.d.Standing == attribution.StandingEarning }

// percentageOf is the first percentage that has a line's goods in its scope. A nil line
// is the shipping, which belongs to the first that takes any goods.
func (e *earning) percentageOf(l *attribution.LineSales) int {
	for i := range e.a.terms.Pay.Percentages {
		s := &e.a.terms.Pay.Percentages[i].Scope
		if s.hasSale(e.d) && (l == nil && !s.goods() || l != nil && s.hasLine(l)) {
			return i
		}
	}
	return -1
}

func (p *parcel) add(parts []attribution.Part, w wait, stands bool) error {
	var weight int64
	for _, part := range parts {
		if err := addTo(&p.sold, part.Sold); err != nil {
			return err
		}
		if !stands {
			continue
		}
		if err := addTo(&p.kept, part.Kept); err != nil {
			return err
		}
		weight += part.Kept.Minor()
	}
	p.goods = append(p.goods, goods{weight: weight, wait: w})
	return nil
}

// own splits an order's parcel as the decision splits the order: what was sold by the
// shares, and what is kept by what each then sold.
func (e *earning) own(whole parcel) (sold, kept byline.Money, err error) {
	weights := make([]int64, len(e.d.Credits))
	for i := range e.d.Credits {
		weights[i] = e.d.Credits[i].Share.Num
	}
	soldParts, err := whole.sold.Split(weights...)
	if err != nil {
		return sold, kept, err
	}
	if whole.sold.Sign() > 0 {
		for i, part := range soldParts {
			weights[i] = part.Minor()
		}
	}
	keptParts, err := whole.kept.Split(weights...)
	if err != nil {
		return sold, kept, err
	}
	return soldParts[e.credit], keptParts[e.credit], nil
}
