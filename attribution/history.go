package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// History is what the caller's own records say beside the order itself. A nil History
// says nothing, and every part of it may be left out: what is unknown is not decided by.
//
// A decision is a function of the order and this, so whoever stores a decision and
// wants it again stores its History too.
type History struct {
	// Touches are the recorded clicks and views of this customer, visitor, or click id.
	// One of an ID that the order carries answers for it.
	Touches []Touch `json:"touches,omitempty"`
	// Customer says whether the customer had ordered before; see [StatusOf].
	Customer CustomerStatus `json:"customer,omitempty"`
	// Credits are what creators were credited for of the customer's earlier orders.
	Credits []PastCredit `json:"credits,omitempty"`
	// Uses counts the earlier orders of each code, by NormalizeCode, for offers with a
	// limit.
	Uses map[string]int64 `json:"uses,omitempty"`
	// Signals are what was noticed about the order's evidence; the policy says what
	// follows.
	Signals []Signal `json:"signals,omitempty"`
}

// PastCredit is a creator's credit for an earlier order of the same customer.
type PastCredit struct {
	Order    byline.OrderID    `json:"order"`
	Creator  byline.CreatorID  `json:"creator"`
	Campaign byline.CampaignID `json:"campaign,omitempty"`
	At       time.Time         `json:"at"` // when that order was placed
	// By is what the credit stood on. One that stood on a binding does not begin another,
	// so that a customer is bound from the order that a creator brought them with.
	By EvidenceKind `json:"by,omitempty"`
}

// Signal is a reason to doubt a credit, as package trust finds them.
type Signal struct {
	Code string `json:"code"` // "leak", "self_dealing", … ; see Policy.Trust
	// Creator is whose credit is in doubt; "" means whoever is credited.
	Creator byline.CreatorID `json:"creator,omitempty"`
	// Evidence is the code in doubt; "" means any evidence.
	Evidence string `json:"evidence,omitempty"`
	// Score is how strong the doubt is, 0 to 100, by the rules that the finder names.
	Score int `json:"score"`
	// Message says what was seen, for a person.
	Message string `json:"message,omitempty"`
}
