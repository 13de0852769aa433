package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// Breakdown is what an order is worth, line by line.
type Breakdown struct {
	Sales
	Lines       []LineSales `json:"lines"`
	Shipping    Part        `json:"shipping"`
	ShippingTax Part        `json:"shipping_tax"`
}

// LineSales is one line's.
type LineSales struct {
	Line        string    `json:"line"`
	Product     string    `json:"product,omitempty"`
	SKU         string    `json:"sku,omitempty"`
	Collections []string  `json:"collections,omitempty"`
	Quantity    int64     `json:"quantity"`
	Kept        int64     `json:"kept"`
	Net         Part      `json:"net"`
	Tax         Part      `json:"tax"`
	DeliveredAt time.Time `json:"delivered_at,omitzero"`
	Excluded    bool      `json:"excluded,omitempty"`
}

// Part is an amount as ordered and what of it is left.
type Part struct {
	Sold byline.Money `json:"sold"`
	Kept byline.Money `json:"kept"`
}

// Breakdown is written with the rest of this file.
func (d *Decider) Breakdown(o Order) (Breakdown, error) {
	s, err := o.Sales()
	return Breakdown{Sales: s}, err
}
