package shopify

import (
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

func (w Webhook) parseOrder(r *reader, d attribution.Delivery, shop string) []attribution.Event {
	var doc wireOrder
	if !r.Decode(d.Body, &doc) {
		return nil
	}
	if d.Topic == topicOrderEdited && doc.OrderEdit.Kind == wire.Composite {
		// The envelope says which lines changed and not what the order now is. Nothing is
		// lost: Shopify sends orders/updated for every edit too.
		// https://shopify.dev/changelog/new-committed_at-timestamp-added-to-orders-edited-webhook-payload,
		// https://community.shopify.com/c/shopify-apis-and-sdks/difference-between-the-orders-updated-and-orders-edited-webhooks/td-p/1060608,
		// read 2026-11-22.
		return nil
	}
	if r.Misfit(doc.shape()) {
		return nil
	}
	order := r.order(&doc, shop)
	order.Renewal = doc.isRenewal() || doc.tagged(w.Tags.Renewal)
	order.Customer = w.customer(&doc)
	return r.orderEvent(d, attribution.OrderChanged, order, order.UpdatedAt)
}

// shape tells whether the body is an order at all. Nobody signs the topic, so a body
// of another topic may come under this one.
func (w *wireOrder) shape() *byline.FieldError {
	isPart := !w.OrderID.Missing() && w.FinancialStatus.Kind == wire.Absent
	switch {
	case !w.ID.Missing() && w.LineItems != nil && !isPart:
		return nil
	case w.Order.Kind == wire.Composite || w.Refund.Kind == wire.Composite:
		return fault(codeEnvelope, "")
	case w.OrderEdit.Kind == wire.Composite:
		return fault(codeShape, "the body is an order edit, not an order")
	case isPart:
		return fault(codeShape, "the body belongs to an order, as a refund does, and is none")
	}
	return fault(codeShape, "the body is no order: an order has an id and line_items")
}

// order converts the document. Without a currency no amount can be read, and their
// faults would only hide the one that matters.
func (r *reader) order(w *wireOrder, shop string) attribution.Order {
	o := attribution.Order{
		ID:       OrderID(r.Number("id", w.ID)),
		Shop:     shop,
		Number:   w.Name.Words(),
		Channel:  w.channel(),
		PlacedAt: r.placedAt(w),
		// The clock that orders documents; one without it cannot be told from a stale one.
		UpdatedAt:   r.MustTime("updated_at", w.UpdatedAt, wire.RFC3339),
		CancelledAt: r.Time("cancelled_at", w.CancelledAt, wire.RFC3339),
		Test:        r.flag("test", w.Test) || onlyBogus(w.PaymentGatewayNames.Value),
		Payment:     payment(w.FinancialStatus.Words()),
		Currency:    r.CurrencyOf("currency", w.Currency),
		TaxIncluded: r.flag("taxes_included", w.TaxesIncluded),
	}
	if o.Currency == "" {
		return o
	}
	r.Currency = o.Currency
	taken := newShares(w, o.Currency)
	o.Lines = r.lines(w.LineItems, taken)
	o.Shipping, o.ShippingTax = r.shipping(w.ShippingLines, taken, o.TaxIncluded)
	deliver(o.Lines, w.Fulfillments.Value)
	o.Codes = r.codes(w, taken)
	o.Touches = w.touches(o.PlacedAt)
	o.Refunds = r.refunds(w.Refunds, o.UpdatedAt)
	return o
}

// placedAt prefers processed_at: for an order that was imported from another system
// created_at is the time of the import.
func (r *reader) placedAt(w *wireOrder) time.Time {
	if !w.ProcessedAt.Missing() {
		return r.Time("processed_at", w.ProcessedAt, wire.RFC3339)
	}
	return r.MustTime("created_at", w.CreatedAt, wire.RFC3339)
}

// gatewayBogus is Shopify's gateway for test orders. Not all of them are marked with
// test: true: the sample orders of Shopify/shopify-api-ruby, test/rest/2026_07, are not.
// https://help.shopify.com/en/manual/payments/shopify-payments/testing-shopify-payments,
// read 2026-11-22.
const gatewayBogus = "bogus"

func onlyBogus(gateways []scalar) bool {
	return len(gateways) > 0 && !slices.ContainsFunc(gateways, func(s scalar) bool {
		return !strings.EqualFold(s.Words(), gatewayBogus)
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
		inner := r.item("line_items", i)
		lines = append(lines, inner.line(&items[i], taken))
	}
	return lines
}

// isTip finds the tip, which Shopify lists among the goods. Its Order resource says
// that tip_payment_gateway is "present only on tips", where it may be null
// (nozzlegear/ShopifySharp, issue 706); that a tip is of no product makes sure.
// Read in copies of the resource on 2026-11-22.
func (w *wireLine) isTip() bool {
	return w.TipPaymentGateway.Kind != wire.Absent && w.ProductID.Missing()
}

func (r *reader) line(w *wireLine, taken shares) attribution.Line {
	line := attribution.Line{
		ID:       r.ID("id", w.ID),
		Product:  w.ProductID.Words(),
		SKU:      w.SKU.Words(),
		Quantity: r.Count("quantity", w.Quantity),
		Discount: r.lineDiscount(w, taken),
		GiftCard: r.flag("gift_card", w.GiftCard),
	}
	// Since version 2024-01 current_quantity is what is left after edits and refunds.
	// https://shopify.dev/changelog/addition-of-lineitem-current_quantity-on-admin-rest-api,
	// read 2026-11-22.
	if !w.CurrentQuantity.Missing() {
		line.Removed = max(line.Quantity-r.Count("current_quantity", w.CurrentQuantity), 0)
	}
	line.Gross = r.times("price", r.mustAmount("price", w.PriceSet, w.Price), line.Quantity)
	line.Tax = r.taxes(w.TaxLines)
	return line
}

// taxes is the zero Money of no tax lines.
func (r *reader) taxes(lines []wireTaxLine) byline.Money {
	var total byline.Money
	for i, tax := range lines {
		inner := r.item("tax_lines", i)
		total = r.Sum("tax_lines", total, inner.mustAmount("price", tax.PriceSet, tax.Price))
	}
	return total
}

// times is m × n, exactly.
func (r *reader) times(path string, m byline.Money, n int64) byline.Money {
	product := m.Minor() * n
	if n != 0 && product/n != m.Minor() {
		r.Add(path, codeMoney, "price × quantity is out of range")
		return byline.Money{}
	}
	return byline.Minor(product, m.Currency())
}
