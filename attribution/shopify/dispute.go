package shopify

import (
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

// Types and states of a dispute. Shopify tells of those at Shopify Payments alone.
// https://shopify.dev/docs/api/admin-rest/2024-10/resources/dispute and
// https://shopify.dev/docs/api/admin-graphql/latest/enums/DisputeStatus, read 2026-11-22.
const (
	disputeInquiry    = "inquiry"
	disputeChargeback = "chargeback"

	disputeNeedsResponse = "needs_response"
	disputeUnderReview   = "under_review"
	disputeWon           = "won"
	disputeLost          = "lost"
	disputeAccepted      = "accepted" // by the merchant, who gives the money up
	// The money went back to the customer before a chargeback was filed, by Visa's rapid
	// resolution; what the merchant is spared is the fee.
	// https://shopify.dev/changelog/adds-support-for-dispute-preventions, read 2026-11-22.
	disputePrevented = "prevented"
	// No longer sent: the dispute led to a refund, and the refund takes the money.
	// https://shopify.dev/docs/api/admin-graphql/2024-04/enums/disputestatus, read 2026-11-22.
	disputeRefunded = "charge_refunded"
)

// parseDispute makes the fragment of an order that knows the dispute only. One that
// names no order is nobody's business here.
func (r *reader) parseDispute(d attribution.Delivery, shop string) []attribution.Event {
	var doc wireDispute
	if !r.Decode(d.Body, &doc) || r.Misfit(doc.shape()) || doc.OrderID.Missing() {
		return nil
	}
	order := attribution.Order{ID: OrderID(r.Number("order_id", doc.OrderID)), Shop: shop}
	dispute := r.dispute(&doc)
	order.Disputes = []attribution.Dispute{dispute}
	return r.orderEvent(d, attribution.OrderDisputed, order, dispute.AsOf)
}

func (w *wireDispute) shape() *byline.FieldError {
	switch {
	case w.Dispute.Kind == wire.Composite:
		return fault(codeEnvelope, "")
	case w.ID.Missing(), w.OrderID.Kind == wire.Absent, w.Type.Missing(), w.InitiatedAt.Kind == wire.Absent:
		return fault(codeShape, "the body is no dispute: a dispute has an id, an order_id, a type and initiated_at")
	}
	return nil
}

func (r *reader) dispute(w *wireDispute) attribution.Dispute {
	at := r.MustTime("initiated_at", w.InitiatedAt, wire.RFC3339)
	dispute := attribution.Dispute{
		ID: r.ID("id", w.ID), At: at, State: r.disputeState(w), Amount: r.disputed(w),
	}
	dispute.AsOf = w.asOf(at, dispute.State)
	return dispute
}

// disputed reads the amount, in whatever currency the dispute is.
func (r *reader) disputed(w *wireDispute) byline.Money {
	if w.Amount.Missing() {
		return byline.Money{}
	}
	if r.Currency = r.CurrencyOf("currency", w.Currency); r.Currency == "" {
		return byline.Money{}
	}
	m, _ := r.plain("amount", w.Amount)
	return m
}

func (r *reader) disputeState(w *wireDispute) attribution.DisputeState {
	switch strings.ToLower(w.Type.Words()) {
	case disputeInquiry:
		return attribution.DisputeInquiry
	case disputeChargeback:
	default:
		r.Add("type", codeDispute, "")
		return ""
	}
	switch strings.ToLower(w.Status.Words()) {
	case disputeNeedsResponse, disputeUnderReview:
		return attribution.DisputeOpen
	case disputeLost, disputeAccepted, disputePrevented:
		return attribution.DisputeLost
	case disputeWon, disputeRefunded:
		return attribution.DisputeWon
	}
	r.Add("status", codeDispute, "")
	return ""
}

// asOf is the clock of what is known of a dispute. The body has no time of its own
// change, and the headers are not signed, so all versions that are not final are of the
// instant the dispute began: among them the state decides, which only goes forward. A
// ruling is of its own day, where the body names it, so that a later one counts. What
// arrives first makes no difference to either.
func (w *wireDispute) asOf(began time.Time, state attribution.DisputeState) time.Time {
	final, ok := wire.ParseTime(w.FinalizedOn.Words(), wire.RFC3339)
	if ok && (state == attribution.DisputeWon || state == attribution.DisputeLost) && final.After(began) {
		return final
	}
	return began
}
