package stripe

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// goods is a sum of what was bought, in Stripe's units, without shipping.
type goods struct {
	gross    int64 // as priced, before discounts
	discount int64
	added    int64 // tax on top of the price
	included int64 // tax in the price
}

// net is what was sold: after discounts, without tax.
func (g goods) net() int64 { return g.gross - g.discount - g.included }

// paid is what the customer owes for it.
func (g goods) paid() int64 { return g.gross - g.discount + g.added }

func (g goods) plus(o goods) goods {
	return goods{g.gross + o.gross, g.discount + o.discount, g.added + o.added, g.included + o.included}
}

// isPlain tells what an order can hold as one line from a credit, whose amounts are
// negative.
func (g goods) isPlain() bool {
	return g.discount >= 0 && g.added >= 0 && g.included >= 0 && g.net() >= 0 && g.added <= g.gross
}

// taxIncluded decides for a whole order. With tax of both kinds it is false, and lines
// are given without the tax in their price, so that every sum is exact all the same.
func (g goods) taxIncluded() bool { return g.included > 0 && g.added == 0 }

// line makes a line of an order whose taxIncluded is as given. Where a currency has no
// hundredths, what was sold is rounded by itself and not as a difference of what is
// rounded.
func (r *reader) line(id string, g goods, taxIncluded bool) attribution.Line {
	line := attribution.Line{ID: id, Quantity: 1, Discount: r.money(g.discount), Tax: r.money(g.added + g.included)}
	gross := r.money(g.net()).Minor() + line.Discount.Minor()
	if taxIncluded {
		gross += line.Tax.Minor()
	}
	line.Gross = byline.Minor(gross, r.Currency)
	return line
}

// shipping reads what delivery cost without its tax, and that tax. The amount beside it,
// for which versions before 2022-08-01 have no shipping_cost, is the sum that shipping came
// to, and leaves its tax unknown. Where neither is stated nothing is known.
// https://docs.stripe.com/api/checkout/sessions/object and
// https://docs.stripe.com/api/invoices/object, read 2026-11-22.
func (r *reader) shipping(cost wireShipping, path string, beside scalar) (net, tax byline.Money) {
	switch {
	case r.Failed(): // perhaps by these amounts, which the goods were worked out with
	case !cost.AmountTotal.Missing():
		taxUnits := max(r.units("shipping_cost.amount_tax", cost.AmountTax), 0)
		net = r.money(max(r.units("shipping_cost.amount_total", cost.AmountTotal)-taxUnits, 0))
		if cost.AmountTax.Missing() {
			return net, byline.Money{}
		}
		return net, r.money(taxUnits)
	case !beside.Missing():
		return r.money(max(r.units(path, beside), 0)), byline.Money{}
	}
	return byline.Money{}, byline.Money{}
}

// orNothing makes nothing of goods that are worth less: a credit beyond what was bought
// waits for the customer's next invoice.
func (g goods) orNothing() goods {
	if g.isPlain() {
		return g
	}
	return goods{}
}
