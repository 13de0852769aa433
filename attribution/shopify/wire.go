package shopify

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// The types here are Shopify's JSON, only what is read of it. Every field may be null
// or missing. Whatever is not listed may be of any type: a coordinate that turns into
// text must not cost an order.

// kind says what stood where a scalar was expected.
type kind uint8

const (
	kindAbsent kind = iota
	kindNull
	kindText
	kindNumber
	kindBoolean
	kindComposite // an object or a list; what is in it is not kept
)

// scalar is one JSON value as it stood: ids never pass through a float, and an amount
// may be text or a number.
type scalar struct {
	kind kind
	text string // of text its content, of a number or a boolean its literal
}

// UnmarshalJSON takes anything.
func (s *scalar) UnmarshalJSON(data []byte) error {
	*s = scalar{kind: kindNumber}
	switch data[0] {
	case 'n':
		s.kind = kindNull
	case '{', '[':
		s.kind = kindComposite
	case '"':
		s.kind, s.text = kindText, unquote(data)
	case 't', 'f':
		s.kind, s.text = kindBoolean, string(data)
	default:
		s.text = string(data)
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

func (s scalar) missing() bool { return s.kind == kindAbsent || s.kind == kindNull }

// words returns the content of text and the digits of a number, "" for all else. It is
// for fields that an order can do without.
func (s scalar) words() string {
	if s.kind == kindText || s.kind == kindNumber {
		return s.text
	}
	return ""
}

// loose is a list of what an order can do without: what is no list is empty, and an
// element that cannot be read is left out.
type loose[T any] []T

// UnmarshalJSON takes anything.
func (l *loose[T]) UnmarshalJSON(data []byte) error {
	*l = nil
	var elements []json.RawMessage
	if json.Unmarshal(data, &elements) != nil {
		return nil
	}
	for _, element := range elements {
		var v T
		if json.Unmarshal(element, &v) == nil {
			*l = append(*l, v)
		}
	}
	return nil
}

// maybe is an object that an order can do without: what is no object is an empty one.
type maybe[T any] struct{ value T }

// UnmarshalJSON takes anything.
func (m *maybe[T]) UnmarshalJSON(data []byte) error {
	var v T
	if json.Unmarshal(data, &v) == nil {
		m.value = v
	}
	return nil
}

// wireSet is an amount in two currencies; presentment_money is not read.
type wireSet struct {
	ShopMoney wireMoney `json:"shop_money"`
}

type wireMoney struct {
	Amount       scalar `json:"amount"`
	CurrencyCode scalar `json:"currency_code"`
}

type wireOrder struct {
	ID                   scalar               `json:"id"`
	Name                 scalar               `json:"name"`
	CreatedAt            scalar               `json:"created_at"`
	ProcessedAt          scalar               `json:"processed_at"`
	UpdatedAt            scalar               `json:"updated_at"`
	CancelledAt          scalar               `json:"cancelled_at"`
	Test                 scalar               `json:"test"`
	TaxesIncluded        scalar               `json:"taxes_included"`
	FinancialStatus      scalar               `json:"financial_status"`
	Currency             scalar               `json:"currency"`
	SourceName           scalar               `json:"source_name"`
	CheckoutID           scalar               `json:"checkout_id"`
	CheckoutToken        scalar               `json:"checkout_token"`
	Company              maybe[wireCompany]   `json:"company"`
	Tags                 scalar               `json:"tags"`
	Email                scalar               `json:"email"`
	ContactEmail         scalar               `json:"contact_email"`
	Phone                scalar               `json:"phone"`
	Customer             maybe[wireCustomer]  `json:"customer"`
	BillingAddress       maybe[wireAddress]   `json:"billing_address"`
	ShippingAddress      maybe[wireAddress]   `json:"shipping_address"`
	LandingSite          scalar               `json:"landing_site"`
	Note                 scalar               `json:"note"`
	NoteAttributes       loose[wireAttribute] `json:"note_attributes"`
	PaymentGatewayNames  loose[scalar]        `json:"payment_gateway_names"`
	LineItems            []wireLine           `json:"line_items"`
	ShippingLines        []wireShippingLine   `json:"shipping_lines"`
	DiscountCodes        []wireDiscountCode   `json:"discount_codes"`
	DiscountApplications []wireApplication    `json:"discount_applications"`
	Refunds              []wireRefund         `json:"refunds"`

	// What a body of another topic, or of the REST API, is told apart by.
	Order     scalar `json:"order"`
	Refund    scalar `json:"refund"`
	OrderEdit scalar `json:"order_edit"`
	OrderID   scalar `json:"order_id"`
}

// wireCompany is on orders of companies alone.
type wireCompany struct {
	ID scalar `json:"id"`
}

type wireCustomer struct {
	ID             scalar             `json:"id"`
	Email          scalar             `json:"email"`
	Phone          scalar             `json:"phone"`
	Tags           scalar             `json:"tags"`
	DefaultAddress maybe[wireAddress] `json:"default_address"`
}

type wireAddress struct {
	Address1    scalar `json:"address1"`
	Address2    scalar `json:"address2"`
	City        scalar `json:"city"`
	Zip         scalar `json:"zip"`
	CountryCode scalar `json:"country_code"`
	Phone       scalar `json:"phone"`
}

type wireAttribute struct {
	Name  scalar `json:"name"`
	Value scalar `json:"value"`
}

type wireLine struct {
	ID                  scalar           `json:"id"`
	ProductID           scalar           `json:"product_id"`
	SKU                 scalar           `json:"sku"`
	Quantity            scalar           `json:"quantity"`
	CurrentQuantity     scalar           `json:"current_quantity"`
	GiftCard            scalar           `json:"gift_card"`
	Price               scalar           `json:"price"`
	PriceSet            wireSet          `json:"price_set"`
	TotalDiscount       scalar           `json:"total_discount"`
	TipPaymentGateway   scalar           `json:"tip_payment_gateway"`
	DiscountAllocations []wireAllocation `json:"discount_allocations"`
	TaxLines            []wireTaxLine    `json:"tax_lines"`
}

type wireAllocation struct {
	Amount      scalar  `json:"amount"`
	AmountSet   wireSet `json:"amount_set"`
	Application scalar  `json:"discount_application_index"`
}

type wireTaxLine struct {
	Price    scalar  `json:"price"`
	PriceSet wireSet `json:"price_set"`
}

type wireShippingLine struct {
	DiscountAllocations []wireAllocation `json:"discount_allocations"`
}

type wireDiscountCode struct {
	Code   scalar `json:"code"`
	Amount scalar `json:"amount"`
}

type wireApplication struct {
	Type  scalar `json:"type"`
	Code  scalar `json:"code"`
	Title scalar `json:"title"`
}

type wireRefund struct {
	ID                     scalar             `json:"id"`
	OrderID                scalar             `json:"order_id"`
	CreatedAt              scalar             `json:"created_at"`
	ProcessedAt            scalar             `json:"processed_at"`
	RefundLineItems        []wireRefundLine   `json:"refund_line_items"`
	RefundShippingLines    []wireShippingBack `json:"refund_shipping_lines"`
	OrderAdjustments       []wireAdjustment   `json:"order_adjustments"`
	Transactions           []wireTransaction  `json:"transactions"`
	TotalDutiesSet         maybe[wireSet]     `json:"total_duties_set"`
	TotalAdditionalFeesSet maybe[wireSet]     `json:"total_additional_fees_set"`

	// What a body of another topic, or of the REST API, is told apart by.
	Order     scalar `json:"order"`
	Refund    scalar `json:"refund"`
	LineItems scalar `json:"line_items"`
}

type wireRefundLine struct {
	LineItemID  scalar  `json:"line_item_id"`
	Quantity    scalar  `json:"quantity"`
	Subtotal    scalar  `json:"subtotal"`
	SubtotalSet wireSet `json:"subtotal_set"`
	TotalTax    scalar  `json:"total_tax"`
	TotalTaxSet wireSet `json:"total_tax_set"`
}

type wireShippingBack struct {
	SubtotalAmountSet wireSet `json:"subtotal_amount_set"`
}

type wireAdjustment struct {
	Kind         scalar  `json:"kind"`
	Amount       scalar  `json:"amount"`
	AmountSet    wireSet `json:"amount_set"`
	TaxAmount    scalar  `json:"tax_amount"`
	TaxAmountSet wireSet `json:"tax_amount_set"`
}

type wireTransaction struct {
	Kind      scalar  `json:"kind"`
	Status    scalar  `json:"status"`
	Amount    scalar  `json:"amount"`
	AmountSet wireSet `json:"amount_set"`
	Currency  scalar  `json:"currency"`
}

type wireDispute struct {
	ID          scalar `json:"id"`
	OrderID     scalar `json:"order_id"`
	Type        scalar `json:"type"`
	Status      scalar `json:"status"`
	Amount      scalar `json:"amount"`
	Currency    scalar `json:"currency"`
	InitiatedAt scalar `json:"initiated_at"`
	FinalizedOn scalar `json:"finalized_on"`

	// What the REST API wraps a dispute in.
	Dispute scalar `json:"dispute"`
}

// wirePrivacy is the body of the three topics about people.
type wirePrivacy struct {
	ShopDomain      scalar   `json:"shop_domain"`
	Customer        scalar   `json:"customer"`
	OrdersToRedact  []scalar `json:"orders_to_redact"`
	OrdersRequested scalar   `json:"orders_requested"`
	DataRequest     scalar   `json:"data_request"`
}

// wireShop is the shop itself, which app/uninstalled sends.
type wireShop struct {
	ID              scalar `json:"id"`
	MyshopifyDomain scalar `json:"myshopify_domain"`
}
