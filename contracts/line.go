package contracts

import (
	"time"

	"github.com/bylinehq/byline"
)

// Line is what one creator should have, for one subject, under one agreement version:
// a target, not a movement.
type Line struct {
	Creator   byline.CreatorID  `json:"creator"`
	Campaign  byline.CampaignID `json:"campaign,omitempty"`
	Agreement AgreementID       `json:"agreement,omitempty"`
	Version   int               `json:"version,omitempty"` // of the agreement
	Policy    string            `json:"policy,omitempty"`  // attribution.Policy.Version, of a commission; Payment.Approved, of a payout
	Kind      Kind              `json:"kind"`
	Rule      string            `json:"rule,omitempty"` // the id of the part of Pay that it comes from
	Account   Account           `json:"account,omitempty"`
	Until     time.Time         `json:"until,omitzero"` // of what is Held: when it is released; zero: not by time alone
	Amount    byline.Money      `json:"amount"`
	Base      byline.Money      `json:"base"`           // what Rate was taken of; null where there is none
	Sold      byline.Money      `json:"sold,omitzero"`  // Base as if nothing had come back
	Rate      Rate              `json:"rate,omitempty"` //
	Units     int64             `json:"units,omitempty"`
	EarnedAt  time.Time         `json:"earned_at,omitzero"` // when the order was placed, by which it counts for a period; of pay over a period, its start
	FX        Quote             `json:"fx,omitzero"`        // how the amounts came into their currency; zero: they were in it
	Reason    Reason            `json:"reason"`
}

// Account is where on a creator's side money stands.
type Account string

// Accounts of a creator. Each movement on one is met by the opposite one on the house's
// side; see Kind.Against.
const (
	Payable   Account = ""           // may be paid out
	Held      Account = "held"       // earned, and waits
	InTransit Account = "in_transit" // in a payout that is under way
	InKind    Account = "in_kind"    // given in goods, never paid out
)

// Accounts of the house.
const (
	Cost       Account = "cost"
	Cash       Account = "cash"
	WrittenOff Account = "written_off"
	// TaxAuthority is what was kept back for one and is owed to it.
	TaxAuthority Account = "tax_authority"
)

// Kind is what a line is owed or paid for.
type Kind string

// Kinds of line.
const (
	Commission     Kind = "commission"      // a percentage of an order
	PerOrderPay    Kind = "per_conversion"  // a fixed amount for an order, an item or a lead
	TierAdjustment Kind = "tier_adjustment" // what tiers add to a period's commission
	CapAdjustment  Kind = "cap_adjustment"  // what a cap takes from it; negative
	GuaranteeTopUp Kind = "guarantee_top_up"
	DrawAdvance    Kind = "draw"
	DrawRecovery   Kind = "draw_recovery" // negative
	FlatFee        Kind = "flat_fee"
	KillFeePay     Kind = "kill_fee"
	MeteredPay     Kind = "metered"
	BonusPay       Kind = "bonus"
	GiftInKind     Kind = "gift"
	Payout         Kind = "payout"    // negative: money that has left
	WriteOff       Kind = "write_off" // positive: what a creator owed and need not bring back
	// Withholding is negative: the part of a payout that goes to a tax authority in the
	// creator's name, and therefore counts as paid.
	Withholding Kind = "tax_withheld"
)

// Against is the house's account that a movement of this kind is booked against, so
// that the sum over all accounts is zero at every instant.
func (k Kind) Against() Account {
	switch k {
	case Payout:
		return Cash
	case WriteOff:
		return WrittenOff
	case Withholding:
		return TaxAuthority
	}
	return Cost
}

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
	ReasonPayoutUnderWay Reason = "payout_under_way"
	ReasonPayoutFailed   Reason = "payout_failed"
	ReasonPayoutReturned Reason = "payout_returned"
	ReasonForgiven       Reason = "debt_forgiven"
	ReasonPaidOut        Reason = "paid_out"
	ReasonReleased       Reason = "released"
	ReasonHeldAgain      Reason = "held_again"
	ReasonNoQuote        Reason = "exchange_rate_missing"
	ReasonTierReached    Reason = "tier_reached"
	ReasonCapped         Reason = "capped"
	ReasonGuaranteed     Reason = "guaranteed"
	ReasonAdvanced       Reason = "paid_ahead"
	ReasonRecovered      Reason = "kept_back"
	ReasonMeasured       Reason = "measured"
	ReasonTargetReached  Reason = "target_reached"
	ReasonTargetMissed   Reason = "target_missed"
	ReasonGiven          Reason = "gift_given"
	ReasonCalledOff      Reason = "called_off"
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
		{ReasonPayoutUnderWay, "a payout was started; the money is not yet there"},
		{ReasonPayoutFailed, "the payout did not go through; the money may be paid out again"},
		{ReasonPayoutReturned, "the creator's bank or wallet sent the money back"},
		{ReasonForgiven, "the creator need not bring back what was paid too much"},
		{ReasonPaidOut, "money has been paid to the creator"},
		{ReasonReleased, "the time it had to wait for is over; it may be paid out"},
		{ReasonHeldAgain, "it waits again, because what it waits for has moved"},
		{ReasonNoQuote, "no exchange rate is known yet; it waits in the order's currency"},
		{ReasonTierReached, "what the period's tiers make of the commission beyond each order's own"},
		{ReasonCapped, "the period's commission is above what was agreed as the most"},
		{ReasonGuaranteed, "tops the period's commission up to what was agreed as the least"},
		{ReasonAdvanced, "paid ahead of commission"},
		{ReasonRecovered, "kept back from commission for what was paid ahead"},
		{ReasonMeasured, "paid by what was counted"},
		{ReasonTargetReached, "the target of the bonus is reached"},
		{ReasonTargetMissed, "the target of the bonus is not reached any more"},
		{ReasonGiven, "goods given at their declared value, never paid out"},
		{ReasonCalledOff, "the brand called the work off; a part of the fees is owed"},
	}
}
