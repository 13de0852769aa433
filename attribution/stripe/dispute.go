package stripe

import (
	"strings"

	"github.com/bylinehq/byline/attribution"
)

// Statuses of a dispute that need a word.
// https://docs.stripe.com/api/disputes/object, read 2026-11-22.
const (
	// An inquiry, in any of its states; no money moved.
	statusWarning = "warning_"
	// Ended before it became a chargeback, with the case type saying how: a block gave the
	// bank an answer, a resolution gave the customer the money.
	// https://docs.stripe.com/changelog/basil/2025-08-27/add-preventions-to-dispute,
	// read 2026-11-22.
	statusPrevented = "prevented"
	caseBlock       = "block"
	// No longer sent: the shop refunded the charge, and the refund takes the money.
	statusChargeRefunded = "charge_refunded"
)

// disputeState reads the status.
func (w *wireDispute) disputeState(status string) (s attribution.DisputeState, ok bool) {
	switch {
	case strings.HasPrefix(status, statusWarning):
		return attribution.DisputeInquiry, true
	case status == "needs_response", status == "under_review":
		return attribution.DisputeOpen, true
	case status == "won", status == statusChargeRefunded:
		return attribution.DisputeWon, true
	case status == statusPrevented && w.PaymentMethodDetails.Value.Card.Value.CaseType.Text() == caseBlock:
		return attribution.DisputeInquiry, true
	case status == "lost", status == statusPrevented:
		return attribution.DisputeLost, true
	}
	return "", false
}

// parseDispute makes the fragment of an order that knows the dispute only. Its status says
// all there is to know; of two events of one second the further state counts.
func (w Webhook) parseDispute(r *reader, e *event) []attribution.Event {
	var doc wireDispute
	if !e.read(r, "dispute", &doc) {
		return nil
	}
	order := e.order(r.payment(doc.wirePayment))
	dispute := attribution.Dispute{
		ID: r.id("id", doc.ID), At: r.created(doc.Created), AsOf: e.at,
		State: status(r, "status", doc.Status, doc.disputeState),
	}
	if r.readCurrency(doc.Currency) {
		order.Currency, dispute.Amount = r.Currency, r.money(r.moved("amount", doc.Amount))
	}
	order.Disputes = []attribution.Dispute{dispute}
	if order.ID == OrderID("") {
		return nil
	}
	return e.says(r, attribution.OrderDisputed, order)
}
