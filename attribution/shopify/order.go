package shopify

import (
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func (w Webhook) parseOrder(d attribution.Delivery, shop string) ([]attribution.Event, faults) {
	var doc wireOrder
	found, ok := decode(d.Body, &doc)
	if !ok {
		return nil, found
	}
	if d.Topic == topicOrderEdited && doc.OrderEdit.kind == kindComposite {
		// The envelope says which lines changed and not what the order now is. Nothing is
		// lost: Shopify sends orders/updated for every edit too.
		// https://shopify.dev/changelog/new-committed_at-timestamp-added-to-orders-edited-webhook-payload,
		// https://community.shopify.com/c/shopify-apis-and-sdks/difference-between-the-orders-updated-and-orders-edited-webhooks/td-p/1060608,
		// read 2026-11-22.
		return nil, found
	}
	if misfit := doc.shape(); misfit != nil {
		return nil, found.or(misfit)
	}
	order, more := doc.order(shop)
	if found = append(found, more...); len(found) > 0 {
		return nil, found
	}
	order.Renewal = doc.isRenewal() || doc.tagged(w.Tags.Renewal)
	order.Customer = w.customer(&doc)
	return orderEvent(d, attribution.OrderChanged, order, order.UpdatedAt)
}

// shape tells whether the body is an order at all. Nobody signs the topic, so a body
// of another topic may come under this one.
func (w *wireOrder) shape() *byline.FieldError {
	isPart := !w.OrderID.missing() && w.FinancialStatus.kind == kindAbsent
	switch {
	case !w.ID.missing() && w.LineItems != nil && !isPart:
		return nil
	case w.Order.kind == kindComposite || w.Refund.kind == kindComposite:
		return fault("", codeEnvelope, "")
	case w.OrderEdit.kind == kindComposite:
		return fault("", codeShape, "the body is an order edit, not an order")
	case isPart:
		return fault("", codeShape, "the body belongs to an order, as a refund does, and is none")
	}
	return fault("", codeShape, "the body is no order: an order has an id and line_items")
}

// order converts the document. Without a currency no amount can be read, and their
// faults would only hide the one that matters.
func (w *wireOrder) order(shop string) (attribution.Order, faults) {
	var r reader
	o := attribution.Order{
		ID:          OrderID(r.id("id", w.ID)),
		Shop:        shop,
		Number:      w.Name.words(),
		Channel:     w.channel(),
		PlacedAt:    r.placedAt(w),
		UpdatedAt:   r.updatedAt(w),
		CancelledAt: r.time("cancelled_at", w.CancelledAt),
		Test:        r.flag("test", w.Test) || onlyBogus(w.PaymentGatewayNames),
		Payment:     payment(w.FinancialStatus.words()),
		Currency:    r.code("currency", w.Currency),
		TaxIncluded: r.flag("taxes_included", w.TaxesIncluded),
	}
	if o.Currency == "" {
		return o, r.faults
	}
	r.currency = o.Currency
	taken := newShares(w, o.Currency)
	o.Lines = r.lines(w.LineItems, taken)
	r.shippingDiscounts(w.ShippingLines, taken)
	o.Codes = r.codes(w, taken)
	o.Touches = w.touches(o.PlacedAt)
	o.Refunds = r.refunds(w.Refunds, o.UpdatedAt)
	return o, r.faults
}

// placedAt prefers processed_at: for an order that was imported from another system
// created_at is the time of the import.
func (r *reader) placedAt(w *wireOrder) time.Time {
	if !w.ProcessedAt.missing() {
		return r.time("processed_at", w.ProcessedAt)
	}
	if w.CreatedAt.missing() {
		r.faults.add("created_at", codeRequired, "")
	}
	return r.time("created_at", w.CreatedAt)
}

// updatedAt is the clock that orders documents; one without it cannot be told from a
// stale one.
func (r *reader) updatedAt(w *wireOrder) time.Time {
	if w.UpdatedAt.missing() {
		r.faults.add("updated_at", codeRequired, "")
	}
	return r.time("updated_at", w.UpdatedAt)
}

// gatewayBogus is Shopify's gateway for test orders. Not all of them are marked with
// test: true: the sample orders of Shopify/shopify-api-ruby, test/rest/2026_07, are not.
// https://help.shopify.com/en/manual/payments/shopify-payments/testing-shopify-payments,
// read 2026-11-22.
const gatewayBogus = "bogus"

func onlyBogus(gateways loose[scalar]) bool {
	return len(gateways) > 0 && !slices.ContainsFunc(gateways, func(s scalar) bool {
		return !strings.EqualFold(s.words(), gatewayBogus)
	})
}

func payment(status string) attribution.Payment {
	switch p := attribution.Payment(strings.ToLower(status)); p {
	case attribution.Pending, attribution.Authorized, attribution.PartiallyPaid, attribution.Paid,
		attribution.PartiallyRefunded, attribution.Refunded, attribution.Voided:
		return p
	}
	return attribution.PaymentUnknown
}

func (r *reader) lines(items []wireLine, taken shares) []attribution.Line {
	var lines []attribution.Line
	for i := range items {
		if items[i].isTip() {
			continue
		}
		inner := reader{currency: r.currency}
		lines = append(lines, inner.line(&items[i], taken))
		r.faults.nest("line_items", i, inner.faults)
	}
	return lines
}

// isTip finds the tip, which Shopify lists among the goods. Its Order resource says
// that tip_payment_gateway is "present only on tips", where it may be null
// (nozzlegear/ShopifySharp, issue 706); that a tip is of no product makes sure.
// Read in copies of the resource on 2026-11-22.
func (w *wireLine) isTip() bool {
	return w.TipPaymentGateway.kind != kindAbsent && w.ProductID.missing()
}

func (r *reader) line(w *wireLine, taken shares) attribution.Line {
	line := attribution.Line{
		ID:       r.idText("id", w.ID),
		Product:  w.ProductID.words(),
		SKU:      w.SKU.words(),
		Quantity: r.count("quantity", w.Quantity),
		Discount: r.lineDiscount(w, taken),
		GiftCard: r.flag("gift_card", w.GiftCard),
	}
	// Since version 2024-01 current_quantity is what is left after edits and refunds.
	// https://shopify.dev/changelog/addition-of-lineitem-current_quantity-on-admin-rest-api,
	// read 2026-11-22.
	if !w.CurrentQuantity.missing() {
		line.Removed = max(line.Quantity-r.count("current_quantity", w.CurrentQuantity), 0)
	}
	line.Gross = r.times("price", r.mustAmount("price", w.PriceSet, w.Price), line.Quantity)
	for i, tax := range w.TaxLines {
		inner := reader{currency: r.currency}
		line.Tax = r.sum("tax_lines", line.Tax, inner.mustAmount("price", tax.PriceSet, tax.Price))
		r.faults.nest("tax_lines", i, inner.faults)
	}
	return line
}

// times is m × n, exactly.
func (r *reader) times(path string, m byline.Money, n int64) byline.Money {
	product := m.Minor() * n
	if n != 0 && product/n != m.Minor() {
		r.faults.add(path, codeMoney, "price × quantity is out of range")
		return byline.Money{}
	}
	return byline.Minor(product, m.Currency())
}
