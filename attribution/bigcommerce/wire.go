package bigcommerce

import (
	"encoding/json"

	"github.com/bylinehq/byline/internal/wire"
)

// The types here are BigCommerce's JSON, only what is read of it. Every field may be null
// or missing.

type scalar = wire.Scalar

// wireNotice is a webhook's body. Data is read once the scope is known: it is a list for
// some scopes that mean nothing here.
// https://github.com/bigcommerce/docs, docs/integrations/webhooks/events, read 2026-11-22.
type wireNotice struct {
	Scope     scalar          `json:"scope"`
	Producer  scalar          `json:"producer"`
	CreatedAt scalar          `json:"created_at"`
	Data      json.RawMessage `json:"data"`
}

type wireNoticeData struct {
	ID scalar `json:"id"`
}

// wireOrder is GET /v2/orders/{id}, described with the two lists below it in
// https://github.com/bigcommerce/docs, reference/orders.v2.oas2.yml, read 2026-11-22.
type wireOrder struct {
	ID                    scalar      `json:"id"`
	CustomerID            scalar      `json:"customer_id"`
	DateCreated           scalar      `json:"date_created"`
	DateModified          scalar      `json:"date_modified"`
	StatusID              scalar      `json:"status_id"`
	PaymentStatus         scalar      `json:"payment_status"`
	PaymentMethod         scalar      `json:"payment_method"`
	DefaultCurrencyCode   scalar      `json:"default_currency_code"`
	CurrencyCode          scalar      `json:"currency_code"`
	IsTaxInclusivePricing scalar      `json:"is_tax_inclusive_pricing"`
	ShippingCostExTax     scalar      `json:"shipping_cost_ex_tax"`
	ShippingCostIncTax    scalar      `json:"shipping_cost_inc_tax"`
	OrderSource           scalar      `json:"order_source"`
	ExternalSource        scalar      `json:"external_source"`
	StaffNotes            scalar      `json:"staff_notes"`
	CustomerMessage       scalar      `json:"customer_message"`
	BillingAddress        wireAddress `json:"billing_address"`
}

type wireAddress struct {
	Street1     scalar `json:"street_1"`
	Street2     scalar `json:"street_2"`
	City        scalar `json:"city"`
	Zip         scalar `json:"zip"`
	CountryISO2 scalar `json:"country_iso2"`
	Phone       scalar `json:"phone"`
	Email       scalar `json:"email"`
}

// wireCoupon is an element of GET /v2/orders/{id}/coupons.
type wireCoupon struct {
	Code     scalar `json:"code"`
	Discount scalar `json:"discount"`
}

// wireProduct is an element of GET /v2/orders/{id}/products.
type wireProduct struct {
	ID               scalar         `json:"id"`
	ProductID        scalar         `json:"product_id"`
	SKU              scalar         `json:"sku"`
	Type             scalar         `json:"type"`
	Quantity         scalar         `json:"quantity"`
	QuantityRefunded scalar         `json:"quantity_refunded"`
	TotalExTax       scalar         `json:"total_ex_tax"`
	TotalIncTax      scalar         `json:"total_inc_tax"`
	TotalTax         scalar         `json:"total_tax"`
	AppliedDiscounts []wireDiscount `json:"applied_discounts"`
}

type wireDiscount struct {
	Amount scalar `json:"amount"`
}

// wireRefunds is GET /v3/orders/{id}/payment_actions/refunds.
// https://github.com/bigcommerce/docs, reference/orders.v3.yml, read 2026-11-22.
type wireRefunds struct {
	Data []wireRefund `json:"data"`
	Meta struct {
		Pagination struct {
			TotalPages scalar `json:"total_pages"`
		} `json:"pagination"`
	} `json:"meta"`
}

type wireRefund struct {
	ID          scalar              `json:"id"`
	Created     scalar              `json:"created"`
	TotalAmount scalar              `json:"total_amount"`
	TotalTax    scalar              `json:"total_tax"`
	Items       []wireRefundItem    `json:"items"`
	Payments    []wireRefundPayment `json:"payments"`
}

type wireRefundItem struct {
	ItemType        scalar `json:"item_type"`
	ItemID          scalar `json:"item_id"`
	Quantity        scalar `json:"quantity"`
	RequestedAmount scalar `json:"requested_amount"`
}

type wireRefundPayment struct {
	Amount     scalar `json:"amount"`
	IsDeclined scalar `json:"is_declined"`
}
