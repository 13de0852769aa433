package stripe

import (
	"github.com/bylinehq/byline/attribution"
)

// refundState reads status. A refund that fails or is canceled leaves the money with the
// shop.
// https://docs.stripe.com/api/refunds/object, read 2026-11-22.
func refundState(status string) (s attribution.RefundState, ok bool) {
	switch status {
	case "succeeded":
		return attribution.Settled, true
	case "pending", "requires_action":
		return attribution.RefundPending, true
	case "failed", "canceled":
		return attribution.RefundFailed, true
	}
	return "", false
}

// parseRefund reads one refund as it is now.
func (w Webhook) parseRefund(r *reader, e *event) []attribution.Event {
	var doc wireRefund
	if !e.read(r, "refund", &doc) {
		return nil
	}
	return e.refunded(r, &doc)
}

// parseCharge reads the refunds inside of a charge, where it lists them. amount_refunded
// is the sum of them all and stays out: beside the refunds it would count them twice, and
// alone it cannot be told from them. The list may be cut off, so it does not say that
// there are no others.
// https://docs.stripe.com/changelog/2022-11-15/deprecates-charges-auto-expand and
// https://docs.stripe.com/changelog/acacia/2024-10-28/refund-webhook-update, read 2026-11-22.
func (w Webhook) parseCharge(r *reader, e *event) []attribution.Event {
	var doc wireCharge
	if !e.read(r, "charge", &doc) {
		return nil
	}
	var events []attribution.Event
	for i := range doc.Refunds.Data {
		refund := &doc.Refunds.Data[i]
		refund.wirePayment = wirePayment{PaymentIntent: doc.PaymentIntent, Charge: ref{doc.ID}}
		inner := r.item("refunds.data", i)
		events = append(events, e.refunded(&inner, refund)...)
	}
	return events
}

// refunded makes the fragment of an order that knows the refund only. One of no payment,
// as from a customer's cash balance, is of no order.
func (e *event) refunded(r *reader, doc *wireRefund) []attribution.Event {
	order := e.order(r.payment(doc.wirePayment))
	if !r.readCurrency(doc.Currency) {
		return nil
	}
	order.Currency = r.Currency
	refund := attribution.Refund{
		ID: r.id("id", doc.ID), At: r.created(doc.Created), AsOf: e.at, State: attribution.Settled,
		Cash: r.money(r.moved("amount", doc.Amount)),
	}
	if !doc.Status.Missing() { // it is null in the oldest refunds
		refund.State = status(r, "status", doc.Status, refundState)
	}
	order.Refunds = []attribution.Refund{refund}
	if order.ID == OrderID("") {
		return nil
	}
	return e.says(r, attribution.OrderRefunded, order)
}
