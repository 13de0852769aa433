package woocommerce

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// The types here are WooCommerce's JSON, only what is read of it. Every field may be
// null or missing. Whatever is not listed may be of any type: a plugin may change it,
// and that must not cost an order.

// kind says what stood where a scalar was expected.
type kind uint8

const (
	kindAbsent kind = iota
	kindNull
	kindText
	kindNumber
	kindOther // true, false, an object or a list; what is in it is not kept
)

// scalar is one JSON value as it stood: ids never pass through a float, and an amount
// may be text or a number.
type scalar struct {
	kind kind
	text string // of text its content, of a number its literal
}

// UnmarshalJSON takes anything.
func (s *scalar) UnmarshalJSON(data []byte) error {
	*s = scalar{}
	switch data[0] {
	case 'n':
		s.kind = kindNull
	case '{', '[', 't', 'f':
		s.kind = kindOther
	case '"':
		s.kind, s.text = kindText, unquote(data)
	default:
		s.kind, s.text = kindNumber, string(data)
	}
	return nil
}

func unquote(data []byte) string {
	if bytes.IndexByte(data, '\\') < 0 && utf8.Valid(data) {
		return string(data[1 : len(data)-1])
	}
	var s string
	// The decoder has checked the syntax, and any text goes into a string.
	_ = json.Unmarshal(data, &s)
	return s
}

// missing counts empty text: that is how PHP writes what it does not have.
func (s scalar) missing() bool {
	return s.kind == kindAbsent || s.kind == kindNull || (s.kind == kindText && s.text == "")
}

// loose is what an order can do without: what in it is not of its type is left empty.
type loose[T any] struct{ value T }

// UnmarshalJSON takes anything.
func (l *loose[T]) UnmarshalJSON(data []byte) error {
	var v T
	// The decoder has checked the syntax, and goes on behind a value of a wrong type.
	_ = json.Unmarshal(data, &v)
	l.value = v
	return nil
}

type wireOrder struct {
	ID              scalar             `json:"id"`
	Number          scalar             `json:"number"`
	CreatedVia      scalar             `json:"created_via"`
	Status          scalar             `json:"status"`
	Currency        scalar             `json:"currency"`
	DateCreated     scalar             `json:"date_created"`
	DateCreatedGMT  scalar             `json:"date_created_gmt"`
	DateModified    scalar             `json:"date_modified"`
	DateModifiedGMT scalar             `json:"date_modified_gmt"`
	DatePaid        scalar             `json:"date_paid"`
	DatePaidGMT     scalar             `json:"date_paid_gmt"`
	CustomerID      scalar             `json:"customer_id"`
	CustomerNote    scalar             `json:"customer_note"`
	Billing         loose[wireAddress] `json:"billing"`
	LineItems       []wireLine         `json:"line_items"`
	CouponLines     []wireCoupon       `json:"coupon_lines"`
	Refunds         []wireRefund       `json:"refunds"`
	MetaData        loose[[]wireMeta]  `json:"meta_data"`

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
	ID        scalar            `json:"id"`
	ProductID scalar            `json:"product_id"`
	SKU       scalar            `json:"sku"`
	Quantity  scalar            `json:"quantity"`
	Subtotal  scalar            `json:"subtotal"`
	Total     scalar            `json:"total"`
	TotalTax  scalar            `json:"total_tax"`
	MetaData  loose[[]wireMeta] `json:"meta_data"`
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
