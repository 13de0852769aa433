package contracts

import (
	"github.com/bylinehq/byline"
)

// Line is what one creator should have, for one subject, under one agreement version:
// a target, not a movement.
type Line struct {
	Creator   byline.CreatorID  `json:"creator"`
	Campaign  byline.CampaignID `json:"campaign,omitempty"`
	Agreement AgreementID       `json:"agreement,omitempty"`
	Version   int               `json:"version,omitempty"` // of the agreement
	Policy    string            `json:"policy,omitempty"`  // attribution.Policy.Version, of a commission
	Kind      Kind              `json:"kind"`
	Amount    byline.Money      `json:"amount"`
	Base      byline.Money      `json:"base"`           // what Rate was taken of; null where there is none
	Rate      Rate              `json:"rate,omitempty"` //
	Reason    Reason            `json:"reason"`
}

// Kind is what a line is owed or paid for.
type Kind string

// Kinds of line.
const (
	Commission Kind = "commission"
	FlatFee    Kind = "flat_fee"
	Payout     Kind = "payout" // negative: money that has left
)

// Reason is the stable code of why a line has its amount.
type Reason string

// Reasons. Codes are a public contract: one may retire, none is ever reused.
const (
	ReasonEarned         Reason = "earned"
	ReasonPartlyReturned Reason = "partly_returned"
	ReasonNoDocument     Reason = "order_not_arrived"
	ReasonTest           Reason = "order_test"
	ReasonCancelled      Reason = "order_cancelled"
	ReasonVoided         Reason = "order_voided"
	ReasonRefunded       Reason = "order_refunded"
	ReasonInvalid        Reason = "order_invalid"
	ReasonUnpaid         Reason = "order_unpaid"
	ReasonDeleted        Reason = "order_deleted"
	ReasonExcluded       Reason = "order_excluded"
	ReasonDisputed       Reason = "order_disputed"
	ReasonOnHold         Reason = "credit_on_hold"
	ReasonWithdrawn      Reason = "credit_withdrawn" // the decision no longer credits this creator
	ReasonRestated       Reason = "restated"         // the credit stands elsewhere
	ReasonFeeDue         Reason = "fee_due"
	ReasonPaidOut        Reason = "paid_out"
)

// ReasonMeaning is one row of the table of reasons.
type ReasonMeaning struct {
	Reason  Reason `json:"reason"`
	Meaning string `json:"meaning"`
}

// Reasons lists every reason with what it means.
func Reasons() []ReasonMeaning {
	return []ReasonMeaning{
		{ReasonEarned, "the order is paid and nothing of it came back"},
		{ReasonPartlyReturned, "part of the order came back; the commission is on what is left"},
		{ReasonNoDocument, "the order itself has not arrived yet"},
		{ReasonTest, "test orders earn nothing"},
		{ReasonCancelled, "the order was cancelled"},
		{ReasonVoided, "the order's payment was voided"},
		{ReasonRefunded, "the whole order was refunded"},
		{ReasonInvalid, "the order's amounts contradict each other"},
		{ReasonUnpaid, "the order is not paid in full"},
		{ReasonDeleted, "the shop deleted the order"},
		{ReasonExcluded, "the policy leaves out orders of this kind"},
		{ReasonDisputed, "a dispute takes what the order would earn, until it is won"},
		{ReasonOnHold, "a signal casts doubt on the credit, and the policy holds it"},
		{ReasonWithdrawn, "the order is no longer credited to this creator"},
		{ReasonRestated, "the same credit stands under another agreement version or in another currency"},
		{ReasonFeeDue, "the agreed fee is due"},
		{ReasonPaidOut, "money has been paid to the creator"},
	}
}
