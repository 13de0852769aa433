package stripe

import "github.com/bylinehq/byline/attribution"

// Topics that mean something here.
// https://docs.stripe.com/api/events/types, read 2026-11-22.
const (
	topicSessionCompleted = "checkout.session.completed"
	topicSessionPaid      = "checkout.session.async_payment_succeeded"
	topicSessionFailed    = "checkout.session.async_payment_failed"

	topicInvoicePaid          = "invoice.paid" // also when it was paid outside of Stripe
	topicInvoiceSucceeded     = "invoice.payment_succeeded"
	topicInvoiceFailed        = "invoice.payment_failed"
	topicInvoiceVoided        = "invoice.voided"
	topicInvoiceUncollectible = "invoice.marked_uncollectible"
	topicInvoicePaymentPaid   = "invoice_payment.paid" // since version 2025-03-31.basil

	topicRefundCreated = "refund.created" // for charges since 2024-10-28
	topicRefundUpdated = "refund.updated"
	topicRefundFailed  = "refund.failed"
	topicChargeRefund  = "charge.refund.updated" // its object is the refund
	topicChargeRefunds = "charge.refunded"

	topicDisputeCreated    = "charge.dispute.created"
	topicDisputeUpdated    = "charge.dispute.updated"
	topicDisputeWithdrawn  = "charge.dispute.funds_withdrawn"
	topicDisputeReinstated = "charge.dispute.funds_reinstated"
	topicDisputeClosed     = "charge.dispute.closed"
)

// parser reads the object of an event. Paths of its faults begin at the object.
type parser func(w Webhook, r *reader, e *event) []attribution.Event

// parserOf is nil for a topic that means nothing here.
func parserOf(topic string) parser {
	switch topic {
	case topicSessionCompleted, topicSessionPaid, topicSessionFailed:
		return Webhook.parseSession
	case topicInvoicePaid, topicInvoiceSucceeded, topicInvoiceFailed, topicInvoiceVoided, topicInvoiceUncollectible:
		return Webhook.parseInvoice
	case topicInvoicePaymentPaid:
		return Webhook.parseInvoicePayment
	case topicRefundCreated, topicRefundUpdated, topicRefundFailed, topicChargeRefund:
		return Webhook.parseRefund
	case topicChargeRefunds:
		return Webhook.parseCharge
	case topicDisputeCreated, topicDisputeUpdated, topicDisputeWithdrawn, topicDisputeReinstated, topicDisputeClosed:
		return Webhook.parseDispute
	}
	return nil
}
