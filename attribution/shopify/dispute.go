package shopify

import (
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
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
func parseDispute(d attribution.Delivery, shop string) ([]attribution.Event, faults) {
	var doc wireDispute
	found, ok := decode(d.Body, &doc)
	if !ok {
		return nil, found
	}
	if misfit := doc.shape(); misfit != nil {
		return nil, found.or(misfit)
	}
	if doc.OrderID.missing() {
		return nil, found
	}
	var r reader
	order := attribution.Order{ID: OrderID(r.id("order_id", doc.OrderID)), Shop: shop}
	dispute := r.dispute(&doc)
	order.Disputes = []attribution.Dispute{dispute}
	if found = append(found, r.faults...); len(found) > 0 {
		return nil, found
	}
	return orderEvent(d, attribution.OrderDisputed, order, dispute.AsOf)
}

func (w *wireDispute) shape() *byline.FieldError {
	switch {
	case w.Dispute.kind == kindComposite:
		return fault("", codeEnvelope, "")
	case w.ID.missing(), w.OrderID.kind == kindAbsent, w.Type.missing(), w.InitiatedAt.kind == kindAbsent:
		return fault("", codeShape, "the body is no dispute: a dispute has an id, an order_id, a type and initiated_at")
	}
	return nil
}

func (r *reader) dispute(w *wireDispute) attribution.Dispute {
	if w.InitiatedAt.missing() {
		r.faults.add("initiated_at", codeRequired, "")
	}
	at := r.time("initiated_at", w.InitiatedAt)
	dispute := attribution.Dispute{
		ID: r.idText("id", w.ID), At: at, State: r.disputeState(w), Amount: r.disputed(w),
	}
	dispute.AsOf = w.asOf(at, dispute.State)
	return dispute
}

// disputed reads the amount, in whatever currency the dispute is.
func (r *reader) disputed(w *wireDispute) byline.Money {
	if w.Amount.missing() {
		return byline.Money{}
	}
	if r.currency = r.code("currency", w.Currency); r.currency == "" {
		return byline.Money{}
	}
	m, _ := r.plain("amount", w.Amount)
	return m
}

func (r *reader) disputeState(w *wireDispute) attribution.DisputeState {
	switch strings.ToLower(w.Type.words()) {
	case disputeInquiry:
		return attribution.DisputeInquiry
	case disputeChargeback:
	default:
		r.faults.add("type", codeDispute, "")
		return ""
	}
	switch strings.ToLower(w.Status.words()) {
	case disputeNeedsResponse, disputeUnderReview:
		return attribution.DisputeOpen
	case disputeLost, disputeAccepted, disputePrevented:
		return attribution.DisputeLost
	case disputeWon, disputeRefunded:
		return attribution.DisputeWon
	}
	r.faults.add("status", codeDispute, "")
	return ""
}

// asOf is the clock of what is known of a dispute. The body has no time of its own
// change, and the headers are not signed, so all versions that are not final are of the
// instant the dispute began: among them the state decides, which only goes forward. A
// ruling is of its own day, where the body names it, so that a later one counts. What
// arrives first makes no difference to either.
func (w *wireDispute) asOf(began time.Time, state attribution.DisputeState) time.Time {
	final, ok := parseTime(w.FinalizedOn.words())
	if ok && (state == attribution.DisputeWon || state == attribution.DisputeLost) && final.After(began) {
		return final
	}
	return began
}
