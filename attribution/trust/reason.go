package trust

import "slices"

// What a signal is about, in attribution.Signal.Code and attribution.TrustRule.Signal.
const (
	SignalLeak              = "leak"
	SignalSelfDealing       = "self_dealing"
	SignalDuplicateIdentity = "duplicate_identity"
	SignalRepeatRefunds     = "repeat_refunds"
)

// Reason is the stable code of one thing that was noticed. Codes are a public contract:
// one may retire, none is ever reused.
type Reason string

// Signs of a leak. Each counts a share of uses, BusyDays one of days.
const (
	NoClick            Reason = "no_click"
	CouponReferrer     Reason = "coupon_referrer"
	ReturningCustomers Reason = "returning_customers"
	NewCustomers       Reason = "new_customers"
	NewRegions         Reason = "new_regions"
	BusyDays           Reason = "busy_days"
	JustSeen           Reason = "just_seen"
)

// Rules about people.
const (
	OwnAccount          Reason = "own_account"
	OwnEmail            Reason = "own_email"
	OwnPayment          Reason = "own_payment"
	OwnPhone            Reason = "own_phone"
	OwnVisitor          Reason = "own_visitor"
	OwnAddress          Reason = "own_address"
	StaffOrder          Reason = "staff_order"
	SharedPayment       Reason = "shared_payment"
	SharedPhone         Reason = "shared_phone"
	SharedVisitor       Reason = "shared_visitor"
	SharedAddress       Reason = "shared_address"
	ManyIdentities      Reason = "many_identities"
	RefundShare         Reason = "refund_share"
	UnusualRefundShare  Reason = "unusual_refund_share"
	SameCustomerRefunds Reason = "same_customer_refunds"
)

// ReasonMeaning is one row of the table of reasons.
type ReasonMeaning struct {
	Reason Reason `json:"reason"`
	Signal string `json:"signal"` // which signal it is part of
	// Points is what the rule adds to the score by default. Signs of a leak add none: the
	// score of a leak is a share, see [Leak].
	Points  int    `json:"points"`
	Meaning string `json:"meaning"`
}

// Reasons lists every reason with what it means, in the order in which they are told.
//
// The points are a judgement and not a measurement: what is a person's own alone (the
// account, the e-mail) is near 100, what a household shares is below 50, so that it
// takes two of those to pass the middle.
func Reasons() []ReasonMeaning {
	return []ReasonMeaning{
		{NoClick, SignalLeak, 0, "uses without any click of the code's creator before them"},
		{CouponReferrer, SignalLeak, 0, "uses by visitors who came from a host on the caller's list"},
		{ReturningCustomers, SignalLeak, 0, "uses by customers who had ordered before"},
		{NewCustomers, SignalLeak, 0, "uses by customers who had never ordered before"},
		{NewRegions, SignalLeak, 0, "uses from countries that the code's first uses did not come from"},
		{BusyDays, SignalLeak, 0, "days with more uses than any of the code's first two weeks"},
		{JustSeen, SignalLeak, 0, "uses by visitors whom the shop first saw within the half hour before, as those of whom a code was found on the way to the checkout"},

		{OwnAccount, SignalSelfDealing, 100, "the order was placed from the creator's own account"},
		{OwnEmail, SignalSelfDealing, 100, "the customer's e-mail address is the creator's"},
		{OwnPayment, SignalSelfDealing, 90, "the order was paid with the creator's payment means"},
		{OwnPhone, SignalSelfDealing, 80, "the customer's telephone number is the creator's"},
		{OwnVisitor, SignalSelfDealing, 50, "the order came from a browser that the creator uses"},
		{OwnAddress, SignalSelfDealing, 40, "the order went to the creator's address"},
		{StaffOrder, SignalSelfDealing, 40, "the customer works for the shop"},

		{SharedPayment, SignalDuplicateIdentity, 40, "another customer of the same creator paid with the same payment means"},
		{SharedPhone, SignalDuplicateIdentity, 30, "another customer of the same creator gave the same telephone number"},
		{SharedVisitor, SignalDuplicateIdentity, 20, "another customer of the same creator ordered from the same browser"},
		{SharedAddress, SignalDuplicateIdentity, 10, "another customer of the same creator has the same address"},
		{ManyIdentities, SignalDuplicateIdentity, 30, "three or more other customers are tied to this one in these ways"},

		{RefundShare, SignalRepeatRefunds, 40, "of the creator's customers, this part had an order refunded"},
		{UnusualRefundShare, SignalRepeatRefunds, 40, "the part is higher than that of all other creators together, by more than chance"},
		{SameCustomerRefunds, SignalRepeatRefunds, 20, "one customer had three or more orders refunded"},
	}
}

func meaningOf(r Reason) ReasonMeaning {
	rows := Reasons()
	i := slices.IndexFunc(rows, func(m ReasonMeaning) bool { return m.Reason == r })
	if i < 0 {
		return ReasonMeaning{Reason: r}
	}
	return rows[i]
}

// isSign reports whether a reason counts a share of uses.
func (r Reason) isSign() bool { return meaningOf(r).Signal == SignalLeak }
