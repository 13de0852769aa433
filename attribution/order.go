package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// Order is the latest known state of one order: the shop's newest document about it
// and every refund known by id. An Order without UpdatedAt knows refunds only; its
// document has not arrived yet, and it earns nothing until it does.
//
// Money is in the shop's own currency, never in the one the customer saw.
type Order struct {
	ID          byline.OrderID  `json:"id"`
	Shop        string          `json:"shop"`                   // the shop's own name for itself, e.g. its domain
	Number      string          `json:"number,omitempty"`       // as people call it, "#1001"
	PlacedAt    time.Time       `json:"placed_at,omitzero"`     // when the customer ordered
	UpdatedAt   time.Time       `json:"updated_at,omitzero"`    // the shop's clock, which orders documents
	CancelledAt time.Time       `json:"cancelled_at,omitzero"`  // zero while the order stands
	Test        bool            `json:"test,omitempty"`         // a test order earns nothing, ever
	Payment     Payment         `json:"payment,omitempty"`      //
	Currency    byline.Currency `json:"currency,omitempty"`     //
	TaxIncluded bool            `json:"tax_included,omitempty"` // line amounts contain the line's Tax
	Lines       []Line          `json:"lines,omitempty"`
	Codes       []CodeUse       `json:"codes,omitempty"`
	Touches     []Touch         `json:"touches,omitempty"` // clicks the order itself carries, e.g. in its landing page
	Refunds     []Refund        `json:"refunds,omitempty"` // one per id
}

// Payment is where an order's money stands.
type Payment string

// Payment states. Only Paid and PartiallyRefunded can earn.
const (
	PaymentUnknown    Payment = ""
	Pending           Payment = "pending"
	Authorized        Payment = "authorized"
	PartiallyPaid     Payment = "partially_paid"
	Paid              Payment = "paid"
	PartiallyRefunded Payment = "partially_refunded"
	Refunded          Payment = "refunded"
	Voided            Payment = "voided"
)

// rank orders payment states along an order's life. It decides between two documents
// that a shop stamped with the same second.
func (p Payment) rank() int {
	switch p {
	case Pending:
		return 1
	case Authorized:
		return 2
	case PartiallyPaid:
		return 3
	case Paid:
		return 4
	case PartiallyRefunded:
		return 5
	case Refunded:
		return 6
	case Voided:
		return 7
	}
	return 0
}

// Line is one position of an order.
type Line struct {
	ID       string       `json:"id"`
	Product  string       `json:"product,omitempty"`
	Quantity int64        `json:"quantity"`
	Removed  int64        `json:"removed,omitempty"` // units no longer on the order by its own document, returned or edited away
	Gross    byline.Money `json:"gross"`             // unit price × Quantity, before discounts
	Discount byline.Money `json:"discount"`          // all discounts on this line, from codes or not
	Tax      byline.Money `json:"tax"`               // on the line after discounts
	GiftCard bool         `json:"gift_card,omitempty"`
}

// CodeUse is a code found on an order.
type CodeUse struct {
	Code     string       `json:"code"` // as the shop wrote it
	Kind     CodeKind     `json:"kind"`
	Discount byline.Money `json:"discount"` // what it took off, on lines and shipping together
}

// CodeKind says how a code came to stand on the order.
type CodeKind string

// Kinds of code. Only Genuine can credit a creator.
const (
	Genuine CodeKind = "discount_code" // the customer used a code the shop knows
	Manual  CodeKind = "manual"        // a person typed a discount whose title reads like a code
)

// Touch is a click on a tracked link.
type Touch struct {
	ID     string    `json:"id,omitempty"`
	Link   string    `json:"link"`             // the value of LinkParameter
	At     time.Time `json:"at"`               // of a touch found on an order: no later than this
	Source string    `json:"source,omitempty"` // where it was seen: "landing_page", "cart_attribute", "redirect"
}

// HasDocument reports whether the shop's document of the order has arrived.
func (o Order) HasDocument() bool { return !o.UpdatedAt.IsZero() }
