package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// Comparison says what two policies, A and B, make of the same orders. Amounts are what
// orders earn now (see [Decision]), not what creators are paid for them, and amounts of
// different currencies are never added. Its JSON is stable.
//
// In each currency and by each policy, the Earning and Held of all Creators and the
// Uncredited of the Total sum to its Base.
type Comparison struct {
	A       string        `json:"a"` // Policy.Version
	B       string        `json:"b"`
	Credits ReplayCredits `json:"credits"`
	First   time.Time     `json:"first,omitzero"` // when the earliest order was placed
	Last    time.Time     `json:"last,omitzero"`
	Orders  int64         `json:"orders"`
	Changed int64         `json:"changed"`
	// Totals are one per currency, by its code. Conversions without money, such as
	// leads, have the currency "".
	Totals []TotalChange `json:"totals"`
	// Creators are one per creator and currency, by both: those whom A or B credits.
	Creators []CreatorChange `json:"creators"`
	// Moves are what goes from whom to whom, by currency, then from, then to.
	Moves []Move `json:"moves"`
	// Reasons count changed orders by what became of their evidence, the most frequent
	// first. An order with several pieces of evidence counts under several.
	Reasons []ReasonChange `json:"reasons"`
	// Standings count changed orders whose Standing differs.
	Standings []StandingChange `json:"standings"`
}

// ReplayCredits says which earlier credits of a customer decisions were made by.
type ReplayCredits string

// Earlier credits.
const (
	CreditsUnused   ReplayCredits = "unused"   // neither policy asks for them
	CreditsRecorded ReplayCredits = "recorded" // as the cases say, for both policies
	CreditsCarried  ReplayCredits = "carried"  // each policy's own; see ReplayOptions.Customer
)

// Total is what one policy makes of all orders of a currency.
type Total struct {
	Orders     int64        `json:"orders"`     // that credit anyone
	Base       byline.Money `json:"base"`       // what the orders earn
	Earning    byline.Money `json:"earning"`    // of it, credited
	Held       byline.Money `json:"held"`       // of it, credited and waiting
	Uncredited byline.Money `json:"uncredited"` // of it, nobody's
}

// TotalChange is the totals of one currency.
type TotalChange struct {
	Currency byline.Currency `json:"currency"`
	A        Total           `json:"a"`
	B        Total           `json:"b"`
}

// Tally is what one policy makes of one creator in one currency.
type Tally struct {
	Orders  int64        `json:"orders"` // that the creator has a part in
	Earning byline.Money `json:"earning"`
	Held    byline.Money `json:"held"`
}

// CreatorChange is what a creator gains or loses in one currency.
type CreatorChange struct {
	Creator    byline.CreatorID `json:"creator"`
	Currency   byline.Currency  `json:"currency"`
	A          Tally            `json:"a"`
	B          Tally            `json:"b"`
	Difference byline.Money     `json:"difference"` // of Earning and Held together, B less A
}

// Move is what B takes from one creator's part under A and gives to another. "" is
// nobody: what is not credited, or does not count because the policy leaves it out.
//
// Where several lose an order and several gain it, whose loss is whose gain is a
// convention: both are matched in the order of the alphabet, so that the sums are exact.
type Move struct {
	Currency byline.Currency  `json:"currency"`
	From     byline.CreatorID `json:"from,omitempty"`
	To       byline.CreatorID `json:"to,omitempty"`
	Amount   byline.Money     `json:"amount"`
	Orders   int64            `json:"orders"` // among them orders that earn nothing now
}

// ReasonChange is what a kind of evidence counted as under A and counts as under B. ""
// is evidence that only one of them had, as bindings can be. Where A and B are the same,
// it is the share or the amount that differs.
type ReasonChange struct {
	Kind   EvidenceKind `json:"kind"`
	A      Reason       `json:"a,omitempty"`
	B      Reason       `json:"b,omitempty"`
	AHeld  bool         `json:"a_held,omitempty"` // the credit waits under A; see Credit.Held
	BHeld  bool         `json:"b_held,omitempty"`
	Orders int64        `json:"orders"`
}

// StandingChange counts orders by their standings.
type StandingChange struct {
	A      Standing `json:"a"`
	B      Standing `json:"b"`
	Orders int64    `json:"orders"`
}
