package trust

import (
	"cmp"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Use is one order that used a code, as far as a leak shows in it.
type Use struct {
	Order   byline.OrderID   `json:"order"`
	Code    string           `json:"code"` // compared by attribution.NormalizeCode
	Creator byline.CreatorID `json:"creator,omitempty"`
	At      time.Time        `json:"at"` // when the order was placed
	// Click says whether a click of the creator came before; of a decision it is
	// attribution.Credit.Corroborated. Unknown where clicks are not recorded at all.
	Click Answer `json:"click,omitempty"`
	// Coupon says whether the visitor came from a coupon site; see [Hosts].
	Coupon Answer `json:"coupon,omitempty"`
	// FirstSeen is when the shop first saw this visitor, in the caller's own analytics; zero:
	// not known. An audience that was told of a code has often looked around before.
	FirstSeen time.Time                  `json:"first_seen,omitzero"`
	Customer  attribution.CustomerStatus `json:"customer,omitempty"` // see attribution.StatusOf
	Region    byline.Market              `json:"region,omitempty"`   // where it was ordered from
	Amount    byline.Money               `json:"amount,omitzero"`    // what is at stake; the zero Money: not known
}

// maxAmount keeps sums of more than 30,000 uses exact.
const maxAmount = int64(1) << 48

// faults are of the codes "use.order", "use.code", "use.time", "use.click",
// "use.coupon", "use.first_seen", "use.customer", "use.region" and "use.amount".
func (u Use) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	check := func(ok bool, path, code, message string) {
		if !ok {
			faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
		}
	}
	check(u.Order != "", "order", "use.order", "a use has the id of its order")
	check(attribution.NormalizeCode(u.Code) != "", "code", "use.code", "a use has a code")
	check(!u.At.IsZero(), "at", "use.time", "a use has a time")
	check(u.Click.valid(), "click", "use.click", "must be yes, no or empty")
	check(u.Coupon.valid(), "coupon", "use.coupon", "must be yes, no or empty")
	check(u.FirstSeen.IsZero() || !u.FirstSeen.After(u.At), "first_seen", "use.first_seen", "nobody is first seen after their order")
	known := u.Customer == attribution.CustomerUnknown || u.Customer == attribution.NewCustomer || u.Customer == attribution.ReturningCustomer
	check(known, "customer", "use.customer", "must be new, returning or empty")
	check(u.Region == "" || u.Region.Known(), "region", "use.region", "not an ISO 3166-1 country code")
	inRange := u.Amount.Minor() >= 0 && u.Amount.Minor() <= maxAmount
	check(inRange && (u.Amount == byline.Money{} || u.Amount.Currency().Known()), "amount", "use.amount", "the amount is negative, out of range or of no currency")
	return faults
}

// justSeen is how shortly before the order a visitor was first seen to count for JustSeen.
const justSeen = 30 * time.Minute

// compareTime orders the uses of one code.
func compareTime(a, b Use) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Order, b.Order))
}
