package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// Order is the latest known state of one conversion: the shop's newest document about
// it and every refund, dispute and claim known by id. An Order without UpdatedAt has no
// document yet, and earns nothing until it arrives.
//
// Most conversions are purchases. A lead, a sign-up or a reservation is an Order of
// another Kind, which may have no lines and no money, and is decided the same way.
//
// Money is in the shop's own currency, never in the one the customer saw. Shipping that is
// stated as nothing differs from the zero Money, which says nothing.
type Order struct {
	ID          byline.OrderID `json:"id"`
	Shop        string         `json:"shop"`                  // the shop's own name for itself, e.g. its domain
	Number      string         `json:"number,omitempty"`      // as people call it, "#1001"
	Kind        Conversion     `json:"kind,omitempty"`        // what the customer did; a purchase when empty
	Channel     Channel        `json:"channel,omitempty"`     // where; online when empty
	Renewal     bool           `json:"renewal,omitempty"`     // a later payment of a subscription, made by the clock and not by the customer
	PlacedAt    time.Time      `json:"placed_at,omitzero"`    // when the customer ordered
	UpdatedAt   time.Time      `json:"updated_at,omitzero"`   // the shop's clock, which orders documents
	CancelledAt time.Time      `json:"cancelled_at,omitzero"` // zero while the order stands
	// DeletedAt is when the shop's record of the order was thrown away. A document that
	// is later than that brings the order back.
	DeletedAt time.Time `json:"deleted_at,omitzero"`
	// DeliveredAt is when the last of the goods reached the customer. It is the latest
	// document's word, as Lines are; the zero time: not known.
	DeliveredAt time.Time       `json:"delivered_at,omitzero"`
	Test        bool            `json:"test,omitempty"`         // a test order earns nothing, ever
	Payment     Payment         `json:"payment,omitempty"`      //
	Currency    byline.Currency `json:"currency,omitempty"`     //
	TaxIncluded bool            `json:"tax_included,omitempty"` // line amounts contain the line's Tax
	Customer    Customer        `json:"customer,omitzero"`
	Lines       []Line          `json:"lines,omitempty"`
	Shipping    byline.Money    `json:"shipping"`     // what the customer was charged for delivery, after discounts and without tax, whatever TaxIncluded says. The zero Money: not known, which is not 0
	ShippingTax byline.Money    `json:"shipping_tax"` // on Shipping. The zero Money: not known
	Codes       []CodeUse       `json:"codes,omitempty"`
	Touches     []Touch         `json:"touches,omitempty"` // that the order itself carries, of all its documents
	Refunds     []Refund        `json:"refunds,omitempty"` // one per id
	// RefundsAsOf is set by a document that lists all refunds there are: at this instant
	// of the shop's clock there were no others. A refund not heard of since has vanished.
	RefundsAsOf time.Time `json:"refunds_as_of,omitzero"`
	Disputes    []Dispute `json:"disputes,omitempty"` // one per id
	Claims      []Claim   `json:"claims,omitempty"`   // one per id
	// Forgotten says that the person asked to be forgotten. It never goes back: a later
	// document keeps its money and loses the person.
	Forgotten bool `json:"forgotten,omitempty"`
}

// Conversion is what a customer did.
type Conversion string

// Conversions. All but Purchase count once without any money in them; a pay per lead
// is agreed in the contract.
const (
	Purchase    Conversion = ""
	Lead        Conversion = "lead"
	SignUp      Conversion = "sign_up"
	DemoRequest Conversion = "demo_request"
	Trial       Conversion = "trial"
	Signature   Conversion = "petition_signature"
	Donation    Conversion = "donation"
	Reservation Conversion = "reservation"
	AppDownload Conversion = "app_download"
)

// Channel is where an order was placed.
type Channel string

// Channels.
const (
	Online  Channel = ""
	InStore Channel = "in_store"
	Draft   Channel = "draft" // written by staff for a customer
	API     Channel = "api"   // by a program, as imports and marketplaces do
)

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
	ID      string `json:"id"`
	Product string `json:"product,omitempty"`
	SKU     string `json:"sku,omitempty"`
	// Collections the product is in. Shops leave them out of their documents; the caller
	// may fill them in where a policy excludes some.
	Collections []string     `json:"collections,omitempty"`
	Quantity    int64        `json:"quantity"`
	Removed     int64        `json:"removed,omitempty"` // units no longer on the order by its own document, returned or edited away
	Gross       byline.Money `json:"gross"`             // unit price × Quantity, before discounts
	Discount    byline.Money `json:"discount"`          // all discounts on this line, from codes or not
	Tax         byline.Money `json:"tax"`               // on the line after discounts
	GiftCard    bool         `json:"gift_card,omitempty"`
	// DeliveredAt is when the last unit of the line reached the customer; the zero time:
	// not known, and Order.DeliveredAt counts.
	DeliveredAt time.Time `json:"delivered_at,omitzero"`
}

// CodeUse is a code found on an order.
type CodeUse struct {
	Code     string       `json:"code"` // as the shop wrote it
	Kind     CodeKind     `json:"kind"`
	Discount byline.Money `json:"discount"` // what it took off, on lines and shipping together; the zero Money: not known
}

// CodeKind says how a code came to stand on the order.
type CodeKind string

// Kinds of code. Manual alone never credits a creator.
const (
	Genuine CodeKind = "discount_code" // the customer used a code the shop knows
	Offline CodeKind = "offline"       // said at a till, or given as a booking reference
	Manual  CodeKind = "manual"        // a person typed a discount whose title reads like a code
)

// deleted reports whether the shop threw the order away and did not bring it back.
func (o *Order) deleted() bool {
	return !o.DeletedAt.IsZero() && !o.UpdatedAt.After(o.DeletedAt)
}

// HasDocument reports whether the shop's document of the order has arrived.
func (o Order) HasDocument() bool { return !o.UpdatedAt.IsZero() }
