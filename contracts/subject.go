package contracts

import (
	"strings"

	"github.com/bylinehq/byline"
)

// Subject is what entries are about: an order, an agreement's fee, a payout.
type Subject string

// ForOrder is the subject of an order's commissions.
func ForOrder(id byline.OrderID) Subject { return Subject("order:" + id) }

// Order returns the order a subject is about, and false for another kind of subject.
func (s Subject) Order() (byline.OrderID, bool) {
	id, ok := strings.CutPrefix(string(s), "order:")
	return byline.OrderID(id), ok
}

// ForAgreement is the subject of what an agreement owes beside orders: fees, gifts,
// measured pay, a kill fee.
func ForAgreement(id AgreementID) Subject { return Subject("agreement:" + id) }

// ForPeriods is the subject of what the periods of an agreement make of its orders' pay:
// tiers, cap, guarantee, bonuses, and what is paid ahead and kept back. The EarnedAt of a
// line is the start of its period.
func ForPeriods(id AgreementID) Subject { return Subject("periods:" + id) }

// ForPayout is the subject of one payout, by the caller's own reference for it.
func ForPayout(reference string) Subject { return Subject("payout:" + reference) }
