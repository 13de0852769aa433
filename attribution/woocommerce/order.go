package woocommerce

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

func (w Webhook) parseOrder(r *reader, d attribution.Delivery, shop string) []attribution.Event {
	var doc wireOrder
	if !r.Decode(d.Body, &doc) || r.Misfit(doc.shape()) {
		return nil
	}
	if !r.Failed() && doc.status().draft() {
		return nil
	}
	order := w.order(r, &doc, shop)
	return r.event(attribution.OrderChanged, order, order.UpdatedAt)
}

// shape tells whether the body is an order at all. Nobody signs the topic, so a body
// of another topic may come under this one; and where the shop's own API would not give
// out the order, its error is signed and sent instead.
func (o *wireOrder) shape() *byline.FieldError {
	// A refund of the REST API has an id and lines as well.
	isRefund := o.Status.Kind == wire.Absent && o.Currency.Kind == wire.Absent
	switch {
	case !o.ID.Empty() && o.LineItems != nil && o.BillingPeriod.Kind == wire.Absent && !isRefund:
		return nil
	case isOther(o.Order):
		return fault(codeLegacy, "")
	case o.ID.Empty() && o.Code.Kind == wire.Text && isOther(o.Data):
		return fault(codeRefused, "")
	case o.BillingPeriod.Kind != wire.Absent:
		return fault(codeShape, "the body is a subscription, not an order")
	}
	return fault(codeShape, "the body is no order: an order has an id, a status and line_items")
}

// order converts the document. Without a currency no amount can be read, and their
// faults would only hide the one that matters.
func (w Webhook) order(r *reader, doc *wireOrder, shop string) attribution.Order {
	o := attribution.Order{
		ID:        OrderID(shop, r.Number("id", doc.ID.Given())),
		Shop:      shop,
		Number:    doc.Number.Words(),
		Channel:   channel(doc.CreatedVia.Words()),
		Renewal:   doc.renewal(),
		PlacedAt:  r.time("date_created_gmt", doc.DateCreatedGMT, doc.DateCreated),
		UpdatedAt: r.time("date_modified_gmt", doc.DateModifiedGMT, doc.DateModified),
		Test:      doc.meta(metaPaymentMode) == paymentModeTest,
		Payment:   doc.payment(r),
		Currency:  r.currency("currency", doc.Currency),
		Forgotten: doc.meta(metaAnonymized) == "yes",
	}
	o.CancelledAt, o.DeletedAt = doc.status().ended(o.UpdatedAt)
	if o.Currency == "" {
		return o
	}
	o.Lines = r.lines(doc.LineItems, o.Currency)
	o.Shipping, o.ShippingTax = r.shipping(doc.ShippingLines.Value, o.Currency)
	o.Codes = r.codes(doc.CouponLines, o.Currency)
	o.Touches = w.touches(doc, o.PlacedAt)
	if !o.Forgotten {
		o.Customer = w.customer(doc)
	}
	if doc.Refunds != nil {
		o.Refunds, o.RefundsAsOf = r.refunds(doc.Refunds, o), o.UpdatedAt
	}
	return o
}

// Notes that others leave on an order.
const (
	// WooCommerce's own eraser of personal data leaves this note. The placeholders that it
	// writes over e-mail and address are the same for everybody.
	// https://github.com/woocommerce/woocommerce, includes/class-wc-privacy-erasers.php,
	// read 2026-11-22.
	metaAnonymized = "_anonymized"
	// WooPayments leaves this note, "test" or "prod". WooCommerce itself marks no order as
	// a test. https://github.com/Automattic/woocommerce-payments, read 2026-11-22.
	metaPaymentMode = "_wcpay_mode"
	paymentModeTest = "test"
	// WooCommerce Subscriptions leaves the subscription's id with each renewal. Read in
	// copies of it, and of plugins that look for the note, on 2026-11-22.
	metaRenewal = "_subscription_renewal"
)

// meta returns a note that is text, "" where there is none.
func (o *wireOrder) meta(key string) string {
	for _, m := range o.MetaData.Value {
		if m.Key.Words() == key && m.Value.Kind == wire.Text {
			return m.Value.Words()
		}
	}
	return ""
}
