package attribution

// Customer is who ordered, as far as a decision needs to know: never a name, an e-mail
// or an address. The keys are keyed hashes, made by an [Identity] that the caller
// holds the secret of; they tell that two orders are of one person and not of whom.
type Customer struct {
	ID        string `json:"id,omitempty"`        // of the shop's account, unique within the shop; "" for a guest
	Email     string `json:"email,omitempty"`     // key
	Phone     string `json:"phone,omitempty"`     // key
	Address   string `json:"address,omitempty"`   // key
	Payment   string `json:"payment,omitempty"`   // key of the payment means, as the caller's processor gives it
	Visitor   string `json:"visitor,omitempty"`   // the caller's id of the browser, which touches were recorded under
	Staff     bool   `json:"staff,omitempty"`     // works for the shop
	Wholesale bool   `json:"wholesale,omitempty"` // buys to sell again
}

// Known reports whether anything identifies the customer.
func (c Customer) Known() bool {
	return c.ID != "" || c.Email != "" || c.Phone != "" || c.Address != "" || c.Payment != "" || c.Visitor != ""
}

// forgotten keeps what says how to treat the order and not whose it is.
func (c Customer) forgotten() Customer { return Customer{Staff: c.Staff, Wholesale: c.Wholesale} }

// CustomerStatus says whether a customer had ordered before.
type CustomerStatus string

// Customer statuses. Unknown is not new: nobody looked, or nothing identifies the
// customer.
const (
	CustomerUnknown   CustomerStatus = ""
	NewCustomer       CustomerStatus = "new"
	ReturningCustomer CustomerStatus = "returning"
)
