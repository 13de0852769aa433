package woocommerce

import (
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

// status is WooCommerce's state of an order, which mixes money and parcels.
// https://woocommerce.github.io/code-reference/classes/Automattic-WooCommerce-Enums-OrderStatus.html,
// read 2026-11-22.
type status string

// Statuses of WooCommerce itself. Plugins add others, as "shipped".
const (
	statusPending    status = "pending"    // no payment has been made
	statusOnHold     status = "on-hold"    // awaiting payment confirmation
	statusProcessing status = "processing" // paid, or to be paid on delivery
	statusCompleted  status = "completed"
	statusCancelled  status = "cancelled"
	statusRefunded   status = "refunded"
	statusFailed     status = "failed"
	statusTrash      status = "trash"

	// A customer has begun a checkout, or staff an order. Nothing is ordered yet.
	statusCheckoutDraft status = "checkout-draft"
	statusAutoDraft     status = "auto-draft"
	statusDraft         status = "draft"
	statusNew           status = "new"
)

// status is read without the "wc-" that the database puts before it.
func (o *wireOrder) status() status {
	return status(strings.TrimPrefix(strings.ToLower(o.Status.Words()), "wc-"))
}

func (s status) draft() bool {
	switch s {
	case statusCheckoutDraft, statusAutoDraft, statusDraft, statusNew:
		return true
	}
	return false
}

// ended says when the order was cancelled or thrown away: WooCommerce notes neither, so
// it is when the document that says so was made.
func (s status) ended(updated time.Time) (cancelled, deleted time.Time) {
	switch s {
	case statusCancelled:
		return updated, time.Time{}
	case statusTrash:
		return time.Time{}, updated
	}
	return time.Time{}, time.Time{}
}

// payment is told by the status, and by date_paid where the status does not say: no
// order loses that date, so it cannot stand against a status that takes the money back.
//
// A failed payment may be tried again. Until it is, the order is voided and not pending,
// because "failed" is also where gateways put an order whose payment was taken back.
func (o *wireOrder) payment(r *reader) attribution.Payment {
	if o.Status.Empty() {
		r.Add("status", codeRequired, "")
	}
	paid, unpaid := attribution.Paid, attribution.PaymentUnknown
	if len(o.Refunds) > 0 {
		paid = attribution.PartiallyRefunded
	}
	switch o.status() {
	case statusProcessing, statusCompleted:
		return paid
	case statusRefunded:
		return attribution.Refunded
	case statusFailed:
		return attribution.Voided
	case statusCancelled:
		unpaid = attribution.Voided
	case statusPending, statusOnHold:
		unpaid = attribution.Pending
	}
	// When it was paid does not matter, so the shop's own clock will do.
	for _, date := range [...]scalar{o.DatePaidGMT, o.DatePaid} {
		if _, ok := wire.ParseTime(date.Words(), parseGMT); ok {
			return paid
		}
	}
	return unpaid
}
