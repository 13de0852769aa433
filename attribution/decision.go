package attribution

import (
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Decision says who brought an order, what of it counts now, and why. Its JSON is
// stable. Shares of all Credits sum to exactly 1, their Sold to Decision.Sold, and their
// Earning and Held together to Decision.Earning.
type Decision struct {
	Order      byline.OrderID   `json:"order"`
	Kind       Conversion       `json:"kind,omitempty"`
	PlacedAt   time.Time        `json:"placed_at,omitzero"`
	Policy     string           `json:"policy"`             // Policy.Version
	Rule       int              `json:"rule,omitempty"`     // of Policy.Rules, the one that decided, counted from 1; 0: none did
	Customer   CustomerStatus   `json:"customer,omitempty"` // as History says
	Standing   Standing         `json:"standing"`
	Sold       byline.Money     `json:"sold"`              // see Sales
	Returned   byline.Money     `json:"returned"`          // see Sales
	Disputed   byline.Money     `json:"disputed,omitzero"` // see Sales; the zero Money where nothing is
	Earning    byline.Money     `json:"earning"`           // Sold - Returned while Standing is StandingEarning, else nothing
	Credits    []Credit         `json:"credits"`           // ordered by creator, then campaign; none when nobody brought it
	Candidates []Candidate      `json:"candidates"`        // all evidence with what became of it; nil from Decider.Score
	Flags      []byline.Finding `json:"flags,omitempty"`
	// Pins name the agreement version that each credit is under. Decide leaves them
	// empty; the desk that settles the order sets them at its first decision.
	Pins []Pin `json:"pins,omitempty"`
}

// Pin is the agreement version under which a creator's part of an order stays, whatever
// is agreed later.
type Pin struct {
	Creator   byline.CreatorID  `json:"creator"`
	Campaign  byline.CampaignID `json:"campaign,omitempty"`
	Agreement string            `json:"agreement"`
	Version   int               `json:"version"`
	FX        string            `json:"fx,omitempty"` // the exchange rate that the creator's part is converted at, as contracts wrote it
}

// Standing says whether an order earns, and if not, why.
type Standing string

// Standings, in the order in which they are tested.
const (
	StandingNoDocument Standing = "no_document" // only refunds have arrived so far
	StandingTest       Standing = "test"        // never earns
	StandingDeleted    Standing = "deleted"     // the shop threw its record of the order away
	StandingExcluded   Standing = "excluded"    // of a channel or a customer that the policy leaves out, or a renewal
	StandingCancelled  Standing = "cancelled"
	StandingVoided     Standing = "voided"   // the payment was voided
	StandingRefunded   Standing = "refunded" // the whole order was refunded
	StandingInvalid    Standing = "invalid"  // its amounts contradict each other; see Flags
	StandingUnpaid     Standing = "unpaid"   // may earn once it is paid in full
	StandingEarning    Standing = "earning"
)

// Credit is one creator's part of an order.
type Credit struct {
	Creator      byline.CreatorID  `json:"creator"`
	Campaign     byline.CampaignID `json:"campaign,omitempty"`
	By           EvidenceKind      `json:"by"`           // the kind of evidence that won
	Evidence     []string          `json:"evidence"`     // the winning codes or links, as they stood on the order
	Corroborated bool              `json:"corroborated"` // a click or visit of the creator's own agrees; not told by Decider.Score
	Share        Share             `json:"share"`
	Sold         byline.Money      `json:"sold"`
	Earning      byline.Money      `json:"earning"` // of Decision.Earning
	// OnHold says that the policy holds the credit, because a signal casts doubt on it,
	// until the signal goes or a person assigns the order. Held is then what waits, of
	// Decision.Earning too, and Earning is nothing.
	OnHold bool         `json:"on_hold,omitempty"`
	Held   byline.Money `json:"held,omitzero"`
}

// Share is an exact part of a whole. All shares of one decision have the same Den.
type Share struct{ Num, Den int64 }

// String is "1/3", "1" for the whole and "0" for the zero Share.
func (s Share) String() string {
	switch s.Num {
	case 0:
		return "0"
	case s.Den:
		return "1"
	}
	return strconv.FormatInt(s.Num, 10) + "/" + strconv.FormatInt(s.Den, 10)
}

// MarshalText writes what String returns.
func (s Share) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes, else the error is a
// [*byline.FieldError] of code "share.syntax".
func (s *Share) UnmarshalText(text []byte) error {
	num, den, fraction := strings.Cut(string(text), "/")
	if !fraction {
		den = "1"
	}
	n, errNum := strconv.ParseUint(num, 10, 63)
	d, errDen := strconv.ParseUint(den, 10, 63)
	if errNum != nil || errDen != nil || d == 0 || n > d {
		return &byline.FieldError{Code: "share.syntax", Message: "a share is written 0, 1 or 1/3"}
	}
	*s = Share{int64(n), int64(d)}
	if n == 0 {
		*s = Share{}
	}
	return nil
}

// EvidenceKind is what points from an order to a creator.
type EvidenceKind string

// Kinds of evidence.
const (
	ByCode    EvidenceKind = "code"         // a code on the order, online or said at a till
	ByClick   EvidenceKind = "click"        // on a tracked link
	ByUTM     EvidenceKind = "utm"          // campaign parameters of a visit
	ByPage    EvidenceKind = "landing_page" // a visit to a page that is a creator's own
	ByBinding EvidenceKind = "binding"      // the creator brought this customer with an earlier order
	BySurvey  EvidenceKind = "survey"       // the customer's own answer after the purchase
	ByManual  EvidenceKind = "manual"       // assigned by a person
	ByView    EvidenceKind = "view"         // content was shown, and nobody clicked
)

// Candidate is one piece of evidence with what became of it.
type Candidate struct {
	Kind     EvidenceKind      `json:"kind"`
	Evidence string            `json:"evidence"` // the code, link, page, UTM value, earlier order, or id of the claim
	At       time.Time         `json:"at,omitzero"`
	Source   string            `json:"source,omitempty"` // of a touch, see Touch.Source; of a code, its CodeKind
	Verified bool              `json:"verified,omitempty"`
	Discount byline.Money      `json:"discount"` // of a code; the zero Money: not stated
	Creator  byline.CreatorID  `json:"creator,omitempty"`
	Campaign byline.CampaignID `json:"campaign,omitempty"`
	Group    Group             `json:"group,omitempty"`
	Author   string            `json:"author,omitempty"` // of a claim
	Note     string            `json:"note,omitempty"`   // of a claim, why
	Active   byline.Window     `json:"active,omitzero"`  // of the offer
	Counts   byline.Window     `json:"counts,omitzero"`  // the orders that the policy lets it count for
	Accepted bool              `json:"accepted"`
	Held     bool              `json:"held,omitempty"` // see Credit.Held
	Reason   Reason            `json:"reason"`
}

// Credit returns the credit of one creator, and whether there is one. A creator with
// credits in several campaigns has several; this is the first.
func (d Decision) Credit(id byline.CreatorID) (Credit, bool) {
	for _, c := range d.Credits {
		if c.Creator == id {
			return c, true
		}
	}
	return Credit{}, false
}

func joinAnd(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}
