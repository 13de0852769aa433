package woocommerce

import (
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// metaRefunded is where a refund's line keeps the id of the order's line, as text.
// https://woocommerce.github.io/woocommerce-rest-api-docs/#order-refunds, read 2026-11-22.
const metaRefunded = "_refunded_item_id"

// refunds reads the list inside an order, which is complete: a refund that is on none of
// the later lists was deleted. It says an id, a total below zero and the reason, which
// is about a person and is not read. When each was made it does not say.
func (r *reader) refunds(list []wireRefund, o attribution.Order) []attribution.Refund {
	cash := column{currency: o.Currency}
	var refunds []attribution.Refund
	for i := range list {
		inner := r.item("refunds", i)
		refunds = append(refunds, attribution.Refund{
			ID:    inner.ID("id", list[i].ID.Given()),
			AsOf:  o.UpdatedAt,
			State: attribution.Settled,
			Cash:  positive(inner.amount("total", &cash, list[i].Total)),
		})
	}
	return refunds
}

// RefundList says of which order a list of refunds is, and how much to believe it.
type RefundList struct {
	Shop     string // as Webhook.Shop
	Order    int64  // the order's id in the shop
	Currency byline.Currency
	// AsOf is when the list was fetched, by the shop's clock: the Date header of its
	// answer. Of two that know the same refund the later one stays, so that the next
	// document of the order replaces what is read here by the total alone; fetch again
	// after it.
	AsOf time.Time
	// Whole says that the list holds all refunds of the order: the shop gives out ten at a
	// time unless it is asked for more. A refund not in a whole list has vanished.
	Whole bool
}

// ParseRefunds reads what GET /wp-json/wc/v3/orders/<id>/refunds answers, and returns the
// fragment of the order that knows the refunds only, to be merged. The answer says which
// goods came back, where a webhook says only how much money did. A refund's Shipping is
// what of its Cash was for shipping and fees.
//
// The error is a [*byline.ValidationError] of codes "woocommerce.…".
func ParseRefunds(body []byte, of RefundList) (attribution.Order, error) {
	var list []wireRefund
	r := newReader()
	r.Decode(body, &list)
	of.check(&r)
	if err := r.Err("refunds"); err != nil {
		return attribution.Order{}, err
	}
	o := attribution.Order{ID: OrderID(of.Shop, of.Order), Shop: normalShop(of.Shop), Currency: of.Currency}
	if of.Whole {
		o.RefundsAsOf = of.AsOf.UTC()
	}
	for i := range list {
		inner := r.item("refunds", i)
		refund := inner.refund(&list[i], of.Currency)
		refund.AsOf = of.AsOf.UTC()
		o.Refunds = append(o.Refunds, refund)
	}
	if err := r.Err("refunds"); err != nil {
		return attribution.Order{}, err
	}
	return o, nil
}

func (of RefundList) check(r *reader) {
	if normalShop(of.Shop) == "" {
		r.Add("shop", codeShop, "")
	}
	if of.Order <= 0 {
		r.Add("order", codeID, "")
	}
	if !of.Currency.Known() {
		r.Add("currency", codeCurrency, "")
	}
	if of.AsOf.IsZero() {
		r.Add("as_of", codeRequired, "")
	}
}

// refund reads a refund of the endpoint. Its amount is above zero and its lines are below.
func (r *reader) refund(w *wireRefund, c byline.Currency) attribution.Refund {
	refund := attribution.Refund{
		ID:    r.ID("id", w.ID.Given()),
		At:    r.time("date_created_gmt", w.DateCreatedGMT, w.DateCreated),
		State: attribution.Settled,
		Cash:  r.amount("amount", &column{currency: c}, w.Amount),
	}
	other := column{currency: c}
	refund.Shipping = r.Sum("total", r.back("shipping_lines", w.ShippingLines, &other), r.back("fee_lines", w.FeeLines, &other))
	refund.Lines = r.refundLines(w.LineItems, newColumns(c))
	return refund
}

// back sums what lines give back, with its tax.
func (r *reader) back(list string, lines []wireLine, c *column) byline.Money {
	var total byline.Money
	for i, line := range lines {
		inner := r.item(list, i)
		total = inner.Sum("total", total, inner.amount("total", c, line.Total).Neg())
		total = inner.Sum("total", total, inner.amount("total_tax", c, line.TotalTax).Neg())
	}
	return total
}

// refundLines reads the goods that came back. Where one line does not say which line of
// the order it takes back, none is told, and the refund counts by its cash.
func (r *reader) refundLines(items []wireLine, sums *columns) []attribution.RefundLine {
	var lines []attribution.RefundLine
	known := true
	for i := range items {
		w := &items[i]
		inner := r.item("line_items", i)
		line := attribution.RefundLine{
			Line:     w.refunded(),
			Quantity: inner.countBack(w.Quantity),
			Subtotal: inner.amount("total", &sums.total, w.Total).Neg(),
			Tax:      inner.amount("total_tax", &sums.tax, w.TotalTax).Neg(),
		}
		known = known && line.Line != ""
		lines = append(lines, line)
	}
	if !known {
		return nil
	}
	return lines
}

func (w *wireLine) refunded() string {
	for _, m := range w.MetaData.Value {
		if m.Key.Words() == metaRefunded {
			return number(m.Value)
		}
	}
	return ""
}

// countBack reads a quantity below zero. It is 0 where money went back and the goods
// stayed.
func (r *reader) countBack(s scalar) int64 {
	return r.pieces("quantity", s, strings.TrimPrefix(s.Words(), "-"))
}

// positive drops the sign, which tells nothing: no refund takes from the customer.
func positive(m byline.Money) byline.Money {
	if m.Sign() < 0 {
		return m.Neg()
	}
	return m
}
