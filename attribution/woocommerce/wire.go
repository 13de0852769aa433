package woocommerce

import "github.com/bylinehq/byline/internal/wire"

// The types here are WooCommerce's JSON, only what is read of it. Every field may be
// null or missing. Whatever is not listed may be of any type: a plugin may change it,
// and that must not cost an order.

type scalar = wire.Scalar

// isOther tells what is neither a number nor text: true, false, an object or a list.
func isOther(s scalar) bool { return s.Kind == wire.Boolean || s.Kind == wire.Composite }

type wireOrder struct {
	ID              scalar                  `json:"id"`
	Number          scalar                  `json:"number"`
	CreatedVia      scalar                  `json:"created_via"`
	Status          scalar                  `json:"status"`
	Currency        scalar                  `json:"currency"`
	DateCreated     scalar                  `json:"date_created"`
	DateCreatedGMT  scalar                  `json:"date_created_gmt"`
	DateModified    scalar                  `json:"date_modified"`
	DateModifiedGMT scalar                  `json:"date_modified_gmt"`
	DatePaid        scalar                  `json:"date_paid"`
	DatePaidGMT     scalar                  `json:"date_paid_gmt"`
	CustomerID      scalar                  `json:"customer_id"`
	CustomerNote    scalar                  `json:"customer_note"`
	Billing         wire.Loose[wireAddress] `json:"billing"`
	LineItems       []wireLine              `json:"line_items"`
	CouponLines     []wireCoupon            `json:"coupon_lines"`
	ShippingLines   wire.Loose[[]wireLine]  `json:"shipping_lines"`
	Refunds         []wireRefund            `json:"refunds"`
	MetaData        wire.Loose[[]wireMeta]  `json:"meta_data"`

	// What a body that is no order is told apart by.
	Order         scalar `json:"order"`          // the Legacy REST API
	Code          scalar `json:"code"`           // an error of the REST API, or a coupon
	Data          scalar `json:"data"`           // of such an error
	BillingPeriod scalar `json:"billing_period"` // a subscription
}

type wireAddress struct {
	Email    scalar `json:"email"`
	Phone    scalar `json:"phone"`
	Address1 scalar `json:"address_1"`
	Address2 scalar `json:"address_2"`
	City     scalar `json:"city"`
	Postcode scalar `json:"postcode"`
	Country  scalar `json:"country"`
}

type wireLine struct {
	ID        scalar                 `json:"id"`
	ProductID scalar                 `json:"product_id"`
	SKU       scalar                 `json:"sku"`
	Quantity  scalar                 `json:"quantity"`
	Subtotal  scalar                 `json:"subtotal"`
	Total     scalar                 `json:"total"`
	TotalTax  scalar                 `json:"total_tax"`
	MetaData  wire.Loose[[]wireMeta] `json:"meta_data"`
}

type wireCoupon struct {
	Code     scalar `json:"code"`
	Discount scalar `json:"discount"`
}

type wireMeta struct {
	Key   scalar `json:"key"`
	Value scalar `json:"value"`
}

// wireRefund is a refund as an order lists it, with its total below zero, or as the
// refunds endpoint gives it, with its amount above.
type wireRefund struct {
	ID             scalar     `json:"id"`
	Total          scalar     `json:"total"`
	Amount         scalar     `json:"amount"`
	DateCreated    scalar     `json:"date_created"`
	DateCreatedGMT scalar     `json:"date_created_gmt"`
	LineItems      []wireLine `json:"line_items"`
	ShippingLines  []wireLine `json:"shipping_lines"`
	FeeLines       []wireLine `json:"fee_lines"`
}
