package bigcommerce

import (
	"strings"

	"github.com/bylinehq/byline/attribution"
)

// Ids of order statuses. A store may rename them and cannot add to them. The others are
// 2 shipped, 3 partially shipped, 8 awaiting pickup, 9 awaiting shipment and 11 awaiting
// fulfilment, all of an order that goes its way.
// https://github.com/bigcommerce/docs, reference/orders.v2.oas2.yml, read 2026-11-22.
const (
	statusIncomplete      = 0 // the customer reached the payment page and no further
	statusPending         = 1
	statusRefunded        = 4
	statusCancelled       = 5
	statusDeclined        = 6
	statusAwaitingPayment = 7
	statusCompleted       = 10
	statusVerification    = 12
	statusDisputed        = 13
	statusPartlyRefunded  = 14
	statusLast            = statusPartlyRefunded
)

// payment tells where the money stands from the order's status and from what the payment
// provider said, which is "" for a payment that BigCommerce did not see.
//
// An order in dispute waits: nothing says of which amount, or how it ended, except that
// the status goes on.
func payment(status int64, provider string) attribution.Payment {
	switch status {
	case statusCancelled, statusDeclined:
		return attribution.Voided
	case statusRefunded:
		return attribution.Refunded
	case statusIncomplete, statusDisputed:
		return attribution.Pending
	}
	switch said := providerPayment(provider); said {
	case attribution.Refunded, attribution.PartiallyRefunded, attribution.Voided:
		return said
	case attribution.Paid:
		if status == statusPartlyRefunded {
			return attribution.PartiallyRefunded
		}
		return said
	default:
		return unsettled(status, said)
	}
}

// unsettled judges an order of which the provider has not said that it was paid. Cash on
// delivery stays "pending" with it for good, and is paid once the order is completed.
func unsettled(status int64, said attribution.Payment) attribution.Payment {
	switch {
	case status == statusPartlyRefunded:
		return attribution.PartiallyRefunded
	case status == statusCompleted:
		return attribution.Paid
	case said != attribution.PaymentUnknown:
		return said
	case status == statusPending, status == statusAwaitingPayment, status == statusVerification:
		return attribution.Pending
	case status > statusLast:
		return attribution.PaymentUnknown
	}
	return attribution.Paid
}

// providerPayment reads payment_status.
// https://github.com/bigcommerce/docs, reference/orders.v2.oas2.yml, read 2026-11-22.
func providerPayment(status string) attribution.Payment {
	switch strings.ToLower(status) {
	case "paid", "captured":
		return attribution.Paid
	case "authorized", "capture pending", "held for review":
		return attribution.Authorized
	case "pending", "declined":
		return attribution.Pending
	case "partially refunded":
		return attribution.PartiallyRefunded
	case "refunded":
		return attribution.Refunded
	case "void", "void pending":
		return attribution.Voided
	}
	return attribution.PaymentUnknown
}
