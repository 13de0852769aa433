package attribution

// Reason is the stable code of why a piece of evidence was accepted or rejected.
type Reason string

// Reasons. Codes are a public contract: one may retire, none is ever reused.
const (
	ReasonCodeOwner         Reason = "code_owner"
	ReasonLastClick         Reason = "last_click"
	ReasonFirstClick        Reason = "first_click"
	ReasonClickShares       Reason = "click_shares"
	ReasonBoundCustomer     Reason = "bound_customer"
	ReasonSurveyAnswer      Reason = "survey_answer"
	ReasonAssigned          Reason = "assigned"
	ReasonClickCorroborates Reason = "click_corroborates"

	ReasonUnknown         Reason = "unknown"
	ReasonExpired         Reason = "expired"
	ReasonNotStarted      Reason = "not_started"
	ReasonForeignCampaign Reason = "foreign_campaign"
	ReasonOtherProducts   Reason = "other_products"
	ReasonUsedUp          Reason = "used_up"
	ReasonNotGenuine      Reason = "code_not_genuine"
	ReasonClickAfterOrder Reason = "click_after_order"
	ReasonClickTooOld     Reason = "click_too_old"
	ReasonClickUnknown    Reason = "click_unknown"
	ReasonNoTouch         Reason = "not_a_touch"
	ReasonNotRecorded     Reason = "not_recorded"
	ReasonNotVerified     Reason = "not_verified"
	ReasonBindingEnded    Reason = "binding_ended"
	ReasonIncomplete      Reason = "claim_incomplete"
	ReasonWithdrawn       Reason = "withdrawn"
	ReasonNoRule          Reason = "no_rule"
	ReasonOtherCustomers  Reason = "other_customers"
	ReasonNeedsClick      Reason = "needs_click"
	ReasonNeedsWinner     Reason = "needs_winning_click"
	ReasonCoolDown        Reason = "cool_down"
	ReasonWithheld        Reason = "withheld"

	ReasonCodeOutranked  Reason = "code_outranked"
	ReasonCodeNoEffect   Reason = "code_no_effect"
	ReasonClickOutranked Reason = "click_outranked"
	ReasonOutranked      Reason = "outranked"
	ReasonLesserGroup    Reason = "lesser_group"
	ReasonOtherChannel   Reason = "other_channel"
)

// ReasonMeaning is one row of the table of reasons.
type ReasonMeaning struct {
	Reason  Reason `json:"reason"`
	Accepts bool   `json:"accepts"`
	Meaning string `json:"meaning"`
}

// Reasons lists every reason with what it means.
func Reasons() []ReasonMeaning {
	return []ReasonMeaning{
		{ReasonCodeOwner, true, "the code belonged to this creator when the order was placed"},
		{ReasonLastClick, true, "the last click or visit inside its window, and nothing that the policy puts before it; of two at one instant, the first in the alphabet"},
		{ReasonFirstClick, true, "the first click or visit inside its window, and nothing that the policy puts before it; of two at one instant, the first in the alphabet"},
		{ReasonClickShares, true, "one of the clicks or visits among which the policy shares the order"},
		{ReasonBoundCustomer, true, "this creator brought the customer with an earlier order, and keeps them for as long as the policy says"},
		{ReasonSurveyAnswer, true, "the customer named this creator when asked"},
		{ReasonAssigned, true, "a person assigned the order to this creator, and said why"},
		{ReasonClickCorroborates, true, "a click or visit of the credited creator agrees"},

		{ReasonUnknown, false, "no offer has this code, link or UTM value"},
		{ReasonExpired, false, "the offer had ended"},
		{ReasonNotStarted, false, "the offer had not started"},
		{ReasonForeignCampaign, false, "the offer belongs to another campaign than the policy credits"},
		{ReasonOtherProducts, false, "the order holds none of the products that the offer is for"},
		{ReasonUsedUp, false, "the code had brought as many orders as its offer allows"},
		{ReasonNotGenuine, false, "it is listed like a code and no customer used it, as when staff type a discount by hand"},
		{ReasonClickAfterOrder, false, "the click or visit came after the order"},
		{ReasonClickTooOld, false, "the click or visit was older than its window"},
		{ReasonClickUnknown, false, "the order carries a click id of which there is no record"},
		{ReasonNoTouch, false, "it stands among the touches and is of a kind that is none"},
		{ReasonNotRecorded, false, "only the order speaks of this click or visit, and nobody knows when it was; one that was recorded comes first"},
		{ReasonNotVerified, false, "the rule wants clicks that were recorded or signed, and only the order speaks of this one"},
		{ReasonBindingEnded, false, "the creator brought this customer too long ago"},
		{ReasonIncomplete, false, "a claim names a creator, and one made by hand its author and the reason too"},
		{ReasonWithdrawn, false, "the claim was taken back"},
		{ReasonNoRule, false, "the policy records this kind of evidence and credits nobody for it"},
		{ReasonOtherCustomers, false, "the rule is for new or for returning customers, and this one is not, or is not known to be"},
		{ReasonNeedsClick, false, "the policy credits a code only beside a click of its creator"},
		{ReasonNeedsWinner, false, "the policy credits a code only where a click of its creator would win"},
		{ReasonCoolDown, false, "the creator was credited for an order of this customer too short a time before"},
		{ReasonWithheld, false, "a signal casts doubt on it, and the policy withholds the credit"},

		{ReasonCodeOutranked, false, "another code by the policy's pick, or evidence that the policy puts first, comes before this one"},
		{ReasonCodeNoEffect, false, "the code took nothing off while another creator's did"},
		{ReasonClickOutranked, false, "evidence that the policy puts first, or a click that it picks, comes before this one"},
		{ReasonOutranked, false, "evidence that the policy puts first comes before it"},
		{ReasonLesserGroup, false, "a creator of a better credit group comes first"},
		{ReasonOtherChannel, false, "a visit that no creator brought came last, and the policy lets it count"},
	}
}
