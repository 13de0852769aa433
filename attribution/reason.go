package attribution

// Reason is the stable code of why a piece of evidence was accepted or rejected.
type Reason string

// Reasons. Codes are a public contract: one may retire, none is ever reused.
const (
	ReasonCodeOwner         Reason = "code_owner"
	ReasonCodeOutranked     Reason = "code_outranked"
	ReasonCodeNoEffect      Reason = "code_no_effect"
	ReasonNotGenuine        Reason = "code_not_genuine"
	ReasonUnknown           Reason = "unknown"
	ReasonExpired           Reason = "expired"
	ReasonNotStarted        Reason = "not_started"
	ReasonForeignCampaign   Reason = "foreign_campaign"
	ReasonLastClick         Reason = "last_click"
	ReasonClickCorroborates Reason = "click_corroborates"
	ReasonClickOutranked    Reason = "click_outranked"
	ReasonClickAfterOrder   Reason = "click_after_order"
	ReasonClickTooOld       Reason = "click_too_old"
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
		{ReasonCodeOutranked, false, "another creator's code took off more, and the policy credits one"},
		{ReasonCodeNoEffect, false, "the code took nothing off while another creator's did"},
		{ReasonNotGenuine, false, "it is listed like a code and no customer used it, as when staff type a discount by hand"},
		{ReasonUnknown, false, "no offer has this code or link"},
		{ReasonExpired, false, "the offer had ended"},
		{ReasonNotStarted, false, "the offer had not started"},
		{ReasonForeignCampaign, false, "the offer belongs to another campaign than the policy credits"},
		{ReasonLastClick, true, "the last click inside its window, and no creator's code was used; of two at one instant, the first in the alphabet"},
		{ReasonClickCorroborates, true, "a click on a link of the credited creator agrees"},
		{ReasonClickOutranked, false, "a creator's code, or a later click, comes first"},
		{ReasonClickAfterOrder, false, "the click came after the order"},
		{ReasonClickTooOld, false, "the click was older than the click window"},
	}
}
