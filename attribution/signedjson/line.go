package signedjson

import "github.com/bylinehq/byline/attribution"

// totalLine is the only line of an order that comes with totals instead of lines. Its
// refunds name it.
const totalLine = "total"

// lines reads the lines, or makes one of the order's totals.
func (r *reading) lines(o *object, kind attribution.Conversion) []attribution.Line {
	listed, gross, discount, tax := o.may("lines"), o.may("gross"), o.may("discount"), o.may("tax")
	if !listed.missing() {
		for _, total := range []value{gross, discount, tax} {
			if !total.missing() {
				total.fault(codeTogether, "the lines say it already")
			}
		}
		var lines []attribution.Line
		listed.each(func(o *object) { lines = append(lines, r.line(o)) })
		if kind == attribution.Purchase && listed.kind == kindList && len(listed.items) == 0 {
			listed.fault(codeRequired, "a purchase has a line")
		}
		return lines
	}
	if gross.missing() && kind != attribution.Purchase && discount.missing() && tax.missing() {
		return nil
	}
	if gross.missing() {
		gross.fault(codeRequired, "an order has lines or gross")
	}
	return []attribution.Line{{ID: totalLine, Quantity: 1, Gross: gross.money(), Discount: discount.money(), Tax: tax.money()}}
}

func (r *reading) line(o *object) attribution.Line {
	line := attribution.Line{
		ID:       o.may("id").id(),
		Product:  o.may("product").id(),
		SKU:      o.may("sku").id(),
		Quantity: o.must("quantity").count(),
		Removed:  o.may("removed").count(),
		Discount: o.may("discount").money(),
		Tax:      o.may("tax").money(),
		GiftCard: o.may("gift_card").flag(),

		DeliveredAt: o.may("delivered_at").time(),
	}
	for _, collection := range o.may("collections").list() {
		line.Collections = append(line.Collections, collection.id())
	}
	gross, price := o.may("gross"), o.may("unit_price")
	switch {
	case gross.missing() && price.missing():
		gross.fault(codeRequired, "a line has unit_price or gross")
	case gross.missing():
		line.Gross = price.times(price.money(), line.Quantity)
	default:
		line.Gross = gross.money()
		if !price.missing() {
			price.fault(codeTogether, "gross says it already")
		}
	}
	return line
}
