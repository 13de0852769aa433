package woocommerce

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func (w Webhook) parseOrder(d attribution.Delivery, shop string) ([]attribution.Event, faults) {
	var wire wireOrder
	found, ok := decode(d.Body, &wire)
	if !ok {
		return nil, found
	}
	if shape := wire.shape(); shape != nil {
		if len(found) == 0 {
			found = append(found, shape)
		}
		return nil, found
	}
	if len(found) == 0 && wire.status().draft() {
		return nil, nil
	}
	order, more := w.order(&wire, shop)
	if found = append(found, more...); len(found) > 0 {
		return nil, found
	}
	return event(attribution.OrderChanged, order, order.UpdatedAt)
}

// shape tells whether the body is an order at all. Nobody signs the topic, so a body
// of another topic may come under this one; and where the shop's own API would not give
// out the order, its error is signed and sent instead.
func (o *wireOrder) shape() *byline.FieldError {
	// A refund of the REST API has an id and lines as well.
	isRefund := o.Status.kind == kindAbsent && o.Currency.kind == kindAbsent
	switch {
	case !o.ID.missing() && o.LineItems != nil && o.BillingPeriod.kind == kindAbsent && !isRefund:
		return nil
	case o.Order.kind == kindOther:
		return fault("", codeLegacy, "")
	case o.ID.missing() && o.Code.kind == kindText && o.Data.kind == kindOther:
		return fault("", codeRefused, "")
	case o.BillingPeriod.kind != kindAbsent:
		return fault("", codeShape, "the body is a subscription, not an order")
	}
	return fault("", codeShape, "the body is no order: an order has an id, a status and line_items")
}

// order converts the document. Without a currency no amount can be read, and their
// faults would only hide the one that matters.
func (w Webhook) order(wire *wireOrder, shop string) (attribution.Order, faults) {
	var r reader
	o := attribution.Order{
		ID:        OrderID(shop, r.id("id", wire.ID)),
		Shop:      shop,
		Number:    wire.Number.text,
		Channel:   channel(wire.CreatedVia.text),
		Renewal:   wire.renewal(),
		PlacedAt:  r.time("date_created_gmt", wire.DateCreatedGMT, wire.DateCreated),
		UpdatedAt: r.time("date_modified_gmt", wire.DateModifiedGMT, wire.DateModified),
		Test:      wire.meta(metaPaymentMode) == paymentModeTest,
		Payment:   wire.payment(&r),
		Currency:  r.currency("currency", wire.Currency),
		Forgotten: wire.meta(metaAnonymized) == "yes",
	}
	o.CancelledAt, o.DeletedAt = wire.status().ended(o.UpdatedAt)
	if o.Currency == "" {
		return o, r.faults
	}
	o.Lines = r.lines(wire.LineItems, o.Currency)
	o.Codes = r.codes(wire.CouponLines, o.Currency)
	o.Touches = w.touches(wire, o.PlacedAt)
	if !o.Forgotten {
		o.Customer = w.customer(wire)
	}
	if wire.Refunds != nil {
		o.Refunds, o.RefundsAsOf = r.refunds(wire.Refunds, o), o.UpdatedAt
	}
	return o, r.faults
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
	for _, m := range o.MetaData.value {
		if m.Key.text == key && m.Value.kind == kindText {
			return m.Value.text
		}
	}
	return ""
}
