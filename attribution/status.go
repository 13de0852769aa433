package attribution

import (
	"cmp"
	"time"

	"github.com/bylinehq/byline"
)

// EarlierOrder is what an order leaves behind for the question whether a customer is
// new. It holds no personal data but keys.
type EarlierOrder struct {
	ID       byline.OrderID `json:"id"`
	Shop     string         `json:"shop"`
	Customer Customer       `json:"customer,omitzero"`
	PlacedAt time.Time      `json:"placed_at"`
	// Counts says that the order makes its customer a returning one from the next order on.
	Counts bool `json:"counts,omitempty"`
}

// Earlier returns what the order, in its latest known state, says to later ones. It
// counts when it is a purchase that was paid and stands: not a test, not deleted,
// cancelled, voided or refunded whole, and no lead or sign-up. So a bonus for a new customer that is
// taken back with a refund can be earned by the next order, and is never paid for two.
func (o Order) Earlier() EarlierOrder {
	paid := o.Payment == Paid || o.Payment == PartiallyRefunded
	customer := o.Customer
	if o.Forgotten {
		customer = customer.forgotten()
	}
	return EarlierOrder{
		ID: o.ID, Shop: o.Shop, Customer: customer, PlacedAt: o.PlacedAt,
		Counts: o.Kind == Purchase && o.HasDocument() && !o.Test && !o.deleted() && o.CancelledAt.IsZero() && paid,
	}
}

// StatusOf says whether the customer of an order had ordered before, by the caller's own
// history: the orders of a brand, in any order, the one in question and later ones
// among them or not. Time is linear.
//
// A customer is the same by the account of one shop, by the e-mail key or by the phone
// key, so a guest who opens an account later is the same customer. Payment means,
// addresses and browsers are not enough: families share them, and a customer wrongly
// called returning costs a creator money. Package trust tells of those.
//
// An earlier order counts if it was placed before this one, of the same instant the one
// of the lower ID. The status is unknown without a time, and when neither account, e-mail
// nor phone is known: a guest of whom nothing is known is not new, nor is a person who
// was forgotten.
func StatusOf(o Order, earlier []EarlierOrder) CustomerStatus {
	c := o.Customer
	if o.PlacedAt.IsZero() || o.Forgotten || c.ID == "" && c.Email == "" && c.Phone == "" {
		return CustomerUnknown
	}
	for _, e := range earlier {
		itself := e.ID == o.ID && e.Shop == o.Shop
		if e.Counts && !itself && e.before(o) && e.sameCustomer(o) {
			return ReturningCustomer
		}
	}
	return NewCustomer
}

func (e EarlierOrder) before(o Order) bool {
	return !e.PlacedAt.IsZero() && cmp.Or(e.PlacedAt.Compare(o.PlacedAt), cmp.Compare(e.ID, o.ID)) < 0
}

func (e EarlierOrder) sameCustomer(o Order) bool {
	a, b := e.Customer, o.Customer
	return a.ID != "" && a.ID == b.ID && e.Shop == o.Shop ||
		a.Email != "" && a.Email == b.Email ||
		a.Phone != "" && a.Phone == b.Phone
}
