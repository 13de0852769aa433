package stripe

import (
	"github.com/bylinehq/byline/attribution"
)

// maxLines is how many lines are read at most. Stripe puts ten into an event.
// https://docs.stripe.com/api/invoices/object, read 2026-11-22.
const maxLines = 1000

// invoiceLines lists the lines of an invoice where they are all there and come to its
// total. Where they do not, one line stands for the total, which always counts: an event
// lists the first lines only; old versions say taxes and discounts for the whole; a
// credit for unused time is a negative line, which an order cannot hold.
func (r *reader) invoiceLines(doc *wireInvoice) (lines []attribution.Line, taxIncluded bool) {
	total := r.mustUnits("total", doc.Total) - r.units("shipping_cost.amount_total", doc.ShippingCost.AmountTotal)
	each, whole := r.listed(doc, total)
	if each == nil {
		g := r.fromTotal(doc, total)
		return []attribution.Line{r.line(doc.ID.Text(), g, false)}, false
	}
	taxIncluded = whole.taxIncluded()
	for i := range each {
		w := &doc.Lines.Data[i]
		line := r.line(w.ID.Text(), each[i], taxIncluded)
		line.Product, line.Quantity = w.product(), r.quantity(w)
		lines = append(lines, line)
	}
	return lines, taxIncluded
}

// listed reads the lines, nil where they cannot stand for the invoice. A line that cannot
// be read is a fault in any case.
func (r *reader) listed(doc *wireInvoice, total int64) (each []goods, whole goods) {
	usable, ids := len(doc.Lines.Data) > 0, map[string]bool{}
	for i := range min(len(doc.Lines.Data), maxLines) {
		w := &doc.Lines.Data[i]
		inner := r.item("lines.data", i)
		g := inner.lineGoods(w)
		each, whole = append(each, g), whole.plus(g)
		usable = usable && g.isPlain() && inner.isWhole(g) && !ids[w.ID.Text()] && w.ID.Text() != ""
		ids[w.ID.Text()] = true
	}
	if !usable || whole.paid() != total {
		return nil, goods{}
	}
	return each, whole
}

// isWhole reports whether a line needs no rounding. Where one does, the total is rounded
// once instead of each line.
func (r *reader) isWhole(g goods) bool {
	for _, units := range [...]int64{g.gross, g.discount, g.added, g.included} {
		if _, exact := toMinor(units, r.Currency); !exact {
			return false
		}
	}
	return true
}

func (r *reader) lineGoods(w *wireLine) goods {
	g := goods{gross: r.mustUnits("amount", w.Amount), discount: r.allTaken("discount_amounts", w.DiscountAmounts)}
	taxes, path := w.Taxes, "taxes"
	if taxes == nil {
		taxes, path = w.TaxAmounts, "tax_amounts"
	}
	g.added, g.included = r.taxes(path, taxes)
	return g
}

func (r *reader) allTaken(path string, list []wireTaken) int64 {
	var sum int64
	for i := range list {
		inner := r.item(path, i)
		sum += inner.mustUnits("amount", list[i].Amount)
	}
	return r.within(path, sum)
}

// taxes sums the tax on top of the prices and the tax in them.
// https://docs.stripe.com/api/invoice-line-item/object, read 2026-11-22.
func (r *reader) taxes(path string, list []wireTax) (added, included int64) {
	for i := range list {
		inner := r.item(path, i)
		amount := inner.mustUnits("amount", list[i].Amount)
		if list[i].Inclusive.IsTrue() || list[i].TaxBehavior.Text() == "inclusive" {
			included += amount
		} else {
			added += amount
		}
	}
	return r.within(path, added), r.within(path, included)
}

// fromTotal works the goods out from the invoice's total. What they cost before the
// discounts is what is left of them and the discounts.
func (r *reader) fromTotal(doc *wireInvoice, total int64) goods {
	tax := r.allTax(doc) - r.units("shipping_cost.amount_tax", doc.ShippingCost.AmountTax)
	discount := max(r.allTaken("total_discount_amounts", doc.DiscountAmounts), 0)
	return goods{gross: total - tax + discount, discount: discount, added: tax}.orNothing()
}

// allTax is the tax of the whole invoice, on shipping too, in the shapes of four versions.
func (r *reader) allTax(doc *wireInvoice) int64 {
	taxes, path := doc.TotalTaxes, "total_taxes"
	if taxes == nil {
		taxes, path = doc.TotalTaxAmounts, "total_tax_amounts"
	}
	switch added, included := r.taxes(path, taxes); {
	case !doc.TotalBeforeTax.Missing():
		return r.units("total", doc.Total) - r.units("total_excluding_tax", doc.TotalBeforeTax)
	case taxes != nil:
		return added + included
	}
	return r.units("tax", doc.Tax)
}

// product is what was bought, in the shapes of three versions.
func (w *wireLine) product() string {
	for _, of := range [...]ref{w.Pricing.Value.PriceDetails.Value.Product, w.Price.Value.Product, w.Plan.Value.Product} {
		if !of.missing() {
			return of.id.Text()
		}
	}
	return ""
}

// quantity is null where a price is not per unit.
func (r *reader) quantity(w *wireLine) int64 {
	n, ok := whole(w.Quantity)
	if !ok || n < 1 {
		return 1
	}
	return n
}
