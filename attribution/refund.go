package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// Refund is what is known of one refund, by its id. Amounts that are stated as zero
// differ from the zero Money, which says nothing; JSON keeps them apart.
type Refund struct {
	ID       string       `json:"id"`
	At       time.Time    `json:"at,omitzero"`     // when it was made; zero: not known
	AsOf     time.Time    `json:"as_of"`           // the shop's clock for this knowledge of it
	State    RefundState  `json:"state,omitempty"` //
	Lines    []RefundLine `json:"lines,omitempty"` // what came back, where the shop says
	Cash     byline.Money `json:"cash"`            // what successful transactions returned to the customer
	Shipping byline.Money `json:"shipping"`        // and what else is no merchandise, duties and fees, with its tax
}

// RefundLine is what came back of one order line.
type RefundLine struct {
	Line     string       `json:"line"` // Line.ID
	Quantity int64        `json:"quantity"`
	Subtotal byline.Money `json:"subtotal"` // net of discounts, as the shop states it; with the Tax in it when Order.TaxIncluded. The zero Money: not stated, which is not 0
	Tax      byline.Money `json:"tax"`
}

// RefundState says whether a refund counts.
type RefundState string

// Refund states. A refund that has no payment transaction at all is Settled: goods
// came off the order and no money had to move.
const (
	Settled       RefundState = "settled"
	RefundPending RefundState = "pending"
	RefundFailed  RefundState = "failed"
)

func (s RefundState) rank() int {
	switch s {
	case RefundPending:
		return 1
	case RefundFailed:
		return 2
	case Settled:
		return 3
	}
	return 0
}

func (r Refund) version() version {
	return version{id: r.ID, asOf: r.AsOf, rank: r.State.rank()}
}
