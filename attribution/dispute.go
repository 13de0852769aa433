package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// Dispute is what is known of one chargeback, by its id. While it is open, and when it
// is lost, its Amount is taken from what the order earns, pro rata of what the customer
// paid for the goods. A dispute that is won gives back exactly what it took.
type Dispute struct {
	ID     string       `json:"id"`
	At     time.Time    `json:"at"`     // when it was opened
	AsOf   time.Time    `json:"as_of"`  // the shop's clock for this knowledge of it
	State  DisputeState `json:"state"`  //
	Amount byline.Money `json:"amount"` // of the customer's payment; the zero Money, and another currency than the order's, mean all of it
}

// DisputeState is where a dispute stands.
type DisputeState string

// Dispute states. An inquiry moves no money.
const (
	DisputeInquiry DisputeState = "inquiry"
	DisputeOpen    DisputeState = "open"
	DisputeWon     DisputeState = "won"  // by the merchant
	DisputeLost    DisputeState = "lost" // by the merchant
)

// rank orders states along a dispute's life, for two versions of one instant.
func (s DisputeState) rank() int {
	switch s {
	case DisputeInquiry:
		return 1
	case DisputeOpen:
		return 2
	case DisputeLost:
		return 3
	case DisputeWon:
		return 4
	}
	return 0
}

func (s DisputeState) takes() bool { return s == DisputeOpen || s == DisputeLost }

func (d Dispute) version() version {
	return version{id: d.ID, asOf: d.AsOf, rank: d.State.rank()}
}
