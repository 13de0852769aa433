package ordercsv

import "slices"

// Column is what the cells of a column mean. Its text is also the name under which a
// file has the column when a [Mapping] names none.
type Column int

// Columns of an order. Times, amounts and words are written as [Mapping] says; a flag is
// one of true, false, yes, no, 1, 0, and false when it is empty.
const (
	ID             Column = iota // required; the shop's own id, without anybody's prefix
	Number                       // as people call it, "#1001"
	Kind                         // purchase (which an empty cell is too), lead, sign_up, …: the words of attribution.Conversion
	Channel                      // online (which an empty cell is too), in_store, draft, api
	Renewal                      // a flag
	PlacedAt                     // required
	UpdatedAt                    // when the order took the state that the file shows; PlacedAt when it is empty
	CancelledAt                  // empty while the order stands
	DeliveredAt                  // when all goods had reached the customer; empty: not known
	Cancelled                    // a flag, for files that do not say when: at UpdatedAt
	Test                         // a flag
	Payment                      // required of a purchase: pending, authorized, partially_paid, paid, partially_refunded, refunded, voided
	Currency                     // ISO 4217; required where there is an amount
	TaxIncluded                  // a flag: gross, net and unit prices contain the tax
	Gross                        // all goods before discounts; required of a purchase, or Net, or columns of lines
	Net                          // all goods after discounts, instead of Gross
	Discount                     // all discounts on the goods
	Tax                          // on the goods
	Shipping                     // what delivery cost, after discounts and without its tax, whatever TaxIncluded says; empty: not known, which is not 0
	ShippingTax                  // on Shipping; empty: not known
	Refunded                     // what was paid back so far
	Codes                        // discount codes, see Mapping.CodeSeparator and Mapping.CodeAmount
	CodeKind                     // of all of them: discount_code (which an empty cell is too), offline, manual
	Link                         // the key of a tracked link
	LandingURL                   // the address that the customer arrived on
	Attributes                   // cart attributes, one "name: value" on each line of the cell
	Reference                    // a click id or link that travelled as the order's reference
	CustomerID                   // of the account; never an e-mail address
	Email                        // becomes a key of Mapping.Identity, where it can
	Phone                        // becomes a key of Mapping.Identity, where it can
	Country                      // where a Phone without its country belongs to, ISO 3166-1; another text is as good as none
	Visitor                      // the caller's id of the browser; never an e-mail address
	CustomerStatus               // new, returning or empty; see Reader.CustomerStatus

	// Columns of lines. Of an order with several lines each has a row, see
	// Mapping.Grouped.
	LineID          // what tells two lines of an order apart
	Product         //
	SKU             //
	Quantity        // required beside UnitPrice, else 1 when it is empty
	UnitPrice       // before discounts
	LineGross       // unit price × quantity, instead of UnitPrice
	LineDiscount    // all discounts on the line
	LineTax         // on the line after discounts
	GiftCard        // a flag
	LineDeliveredAt // when the last unit of the line had reached the customer; DeliveredAt when it is empty

	columnCount int = iota
)

func columnNames() [columnCount]string {
	return [columnCount]string{
		ID: "id", Number: "number", Kind: "kind", Channel: "channel", Renewal: "renewal",
		PlacedAt: "placed_at", UpdatedAt: "updated_at", CancelledAt: "cancelled_at", DeliveredAt: "delivered_at", Cancelled: "cancelled", Test: "test",
		Payment: "payment", Currency: "currency", TaxIncluded: "tax_included",
		Gross: "gross", Net: "net", Discount: "discount", Tax: "tax", Shipping: "shipping", ShippingTax: "shipping_tax", Refunded: "refunded",
		Codes: "codes", CodeKind: "code_kind",
		Link: "link", LandingURL: "landing_url", Attributes: "attributes", Reference: "reference",
		CustomerID: "customer_id", Email: "email", Phone: "phone", Country: "country", Visitor: "visitor", CustomerStatus: "customer_status",
		LineID: "line_id", Product: "product", SKU: "sku", Quantity: "quantity", UnitPrice: "unit_price",
		LineGross: "line_gross", LineDiscount: "line_discount", LineTax: "line_tax", GiftCard: "gift_card",
		LineDeliveredAt: "line_delivered_at",
	}
}

func (c Column) known() bool { return c >= 0 && int(c) < columnCount }

// ofLine tells the columns that each row of an order has its own of.
func (c Column) ofLine() bool { return c >= LineID }

// String is the column's own name, "" for what is none.
func (c Column) String() string {
	if !c.known() {
		return ""
	}
	return columnNames()[c]
}

// MarshalText writes the column's own name.
func (c Column) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a column's own name, else the error is a [*byline.FieldError] of
// code "ordercsv.column".
func (c *Column) UnmarshalText(text []byte) error {
	names := columnNames()
	i := slices.Index(names[:], string(text))
	if i < 0 {
		return fault("", codeColumn, "")
	}
	*c = Column(i)
	return nil
}
