package main

import "encoding/json"

// The types here are Shopify's JSON of API version 2026-07 as a shop sends it, with
// the fields that an order of a small shop has.

type bodyPrice struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency_code"`
}

type bodySet struct {
	Shop        bodyPrice `json:"shop_money"`
	Presentment bodyPrice `json:"presentment_money"`
}

type bodyTax struct {
	Title    string  `json:"title"`
	Price    string  `json:"price"`
	PriceSet bodySet `json:"price_set"`
	Rate     float64 `json:"rate"`
	Liable   *bool   `json:"channel_liable"`
}

type bodyAllocation struct {
	Amount      string  `json:"amount"`
	AmountSet   bodySet `json:"amount_set"`
	Application int     `json:"discount_application_index"`
}

type bodyLine struct {
	ID               int64            `json:"id"`
	GraphID          string           `json:"admin_graphql_api_id"`
	CurrentQuantity  int64            `json:"current_quantity"`
	Fulfillable      int64            `json:"fulfillable_quantity"`
	Service          string           `json:"fulfillment_service"`
	Fulfilment       *string          `json:"fulfillment_status"`
	GiftCard         bool             `json:"gift_card"`
	Grams            int64            `json:"grams"`
	Name             string           `json:"name"`
	Price            string           `json:"price"`
	PriceSet         bodySet          `json:"price_set"`
	ProductExists    bool             `json:"product_exists"`
	ProductID        int64            `json:"product_id"`
	Properties       []bodyAttribute  `json:"properties"`
	Quantity         int64            `json:"quantity"`
	RequiresShipping bool             `json:"requires_shipping"`
	SKU              string           `json:"sku"`
	Taxable          bool             `json:"taxable"`
	Title            string           `json:"title"`
	TotalDiscount    string           `json:"total_discount"`
	TotalDiscountSet bodySet          `json:"total_discount_set"`
	VariantID        int64            `json:"variant_id"`
	VariantTitle     *string          `json:"variant_title"`
	Vendor           string           `json:"vendor"`
	TaxLines         []bodyTax        `json:"tax_lines"`
	Duties           []string         `json:"duties"`
	Allocations      []bodyAllocation `json:"discount_allocations"`
}

type bodyAttribute struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type bodyCode struct {
	Code   string `json:"code"`
	Amount string `json:"amount"`
	Type   string `json:"type"`
}

type bodyApplication struct {
	TargetType string `json:"target_type"`
	Type       string `json:"type"`
	Value      string `json:"value"`
	ValueType  string `json:"value_type"`
	Method     string `json:"allocation_method"`
	Selection  string `json:"target_selection"`
	Code       string `json:"code,omitempty"`
	Title      string `json:"title,omitempty"`
}

type bodyShippingLine struct {
	ID            int64            `json:"id"`
	Code          string           `json:"code"`
	Price         string           `json:"price"`
	PriceSet      bodySet          `json:"price_set"`
	Source        string           `json:"source"`
	Title         string           `json:"title"`
	Discounted    string           `json:"discounted_price"`
	DiscountedSet bodySet          `json:"discounted_price_set"`
	TaxLines      []bodyTax        `json:"tax_lines"`
	Allocations   []bodyAllocation `json:"discount_allocations"`
}

type bodyAddress struct {
	FirstName   string  `json:"first_name"`
	LastName    string  `json:"last_name"`
	Name        string  `json:"name"`
	Address1    string  `json:"address1"`
	Address2    *string `json:"address2"`
	City        string  `json:"city"`
	Zip         string  `json:"zip"`
	Province    *string `json:"province"`
	Country     string  `json:"country"`
	CountryCode string  `json:"country_code"`
	Phone       *string `json:"phone"`
	Company     *string `json:"company"`
}

type bodyCustomer struct {
	ID        int64       `json:"id"`
	GraphID   string      `json:"admin_graphql_api_id"`
	Email     string      `json:"email"`
	CreatedAt string      `json:"created_at"`
	UpdatedAt string      `json:"updated_at"`
	FirstName string      `json:"first_name"`
	LastName  string      `json:"last_name"`
	State     string      `json:"state"`
	Currency  string      `json:"currency"`
	Address   bodyAddress `json:"default_address"`
}

type bodyOrder struct {
	ID                 int64              `json:"id"`
	GraphID            string             `json:"admin_graphql_api_id"`
	AppID              int64              `json:"app_id"`
	BrowserIP          string             `json:"browser_ip"`
	CancelReason       *string            `json:"cancel_reason"`
	CancelledAt        *string            `json:"cancelled_at"`
	CartToken          string             `json:"cart_token"`
	CheckoutID         int64              `json:"checkout_id"`
	CheckoutToken      string             `json:"checkout_token"`
	ClosedAt           *string            `json:"closed_at"`
	ConfirmationNumber string             `json:"confirmation_number"`
	Confirmed          bool               `json:"confirmed"`
	ContactEmail       string             `json:"contact_email"`
	CreatedAt          string             `json:"created_at"`
	Currency           string             `json:"currency"`
	CurrentSubtotal    string             `json:"current_subtotal_price"`
	CurrentSubtotalSet bodySet            `json:"current_subtotal_price_set"`
	CurrentDiscounts   string             `json:"current_total_discounts"`
	CurrentTotal       string             `json:"current_total_price"`
	CurrentTotalSet    bodySet            `json:"current_total_price_set"`
	CurrentTax         string             `json:"current_total_tax"`
	CustomerLocale     string             `json:"customer_locale"`
	DiscountCodes      []bodyCode         `json:"discount_codes"`
	DutiesIncluded     bool               `json:"duties_included"`
	Email              string             `json:"email"`
	FinancialStatus    string             `json:"financial_status"`
	Fulfilment         *string            `json:"fulfillment_status"`
	LandingSite        *string            `json:"landing_site"`
	LandingSiteRef     *string            `json:"landing_site_ref"`
	Name               string             `json:"name"`
	Note               *string            `json:"note"`
	NoteAttributes     []bodyAttribute    `json:"note_attributes"`
	Number             int                `json:"number"`
	OrderNumber        int                `json:"order_number"`
	OrderStatusURL     string             `json:"order_status_url"`
	Gateways           []string           `json:"payment_gateway_names"`
	Phone              *string            `json:"phone"`
	Presentment        string             `json:"presentment_currency"`
	ProcessedAt        string             `json:"processed_at"`
	ReferringSite      *string            `json:"referring_site"`
	SourceName         string             `json:"source_name"`
	Subtotal           string             `json:"subtotal_price"`
	SubtotalSet        bodySet            `json:"subtotal_price_set"`
	Tags               string             `json:"tags"`
	TaxLines           []bodyTax          `json:"tax_lines"`
	TaxesIncluded      bool               `json:"taxes_included"`
	Test               bool               `json:"test"`
	Token              string             `json:"token"`
	Discounts          string             `json:"total_discounts"`
	DiscountsSet       bodySet            `json:"total_discounts_set"`
	LineItemsPrice     string             `json:"total_line_items_price"`
	LineItemsPriceSet  bodySet            `json:"total_line_items_price_set"`
	Outstanding        string             `json:"total_outstanding"`
	Total              string             `json:"total_price"`
	TotalSet           bodySet            `json:"total_price_set"`
	ShippingSet        bodySet            `json:"total_shipping_price_set"`
	Tax                string             `json:"total_tax"`
	TaxSet             bodySet            `json:"total_tax_set"`
	Tip                string             `json:"total_tip_received"`
	Weight             int64              `json:"total_weight"`
	UpdatedAt          string             `json:"updated_at"`
	UserID             *int64             `json:"user_id"`
	Billing            bodyAddress        `json:"billing_address"`
	Shipping           bodyAddress        `json:"shipping_address"`
	Customer           bodyCustomer       `json:"customer"`
	Applications       []bodyApplication  `json:"discount_applications"`
	Fulfilments        []string           `json:"fulfillments"`
	LineItems          []bodyLine         `json:"line_items"`
	PaymentTerms       *string            `json:"payment_terms"`
	Refunds            []bodyRefund       `json:"refunds"`
	ShippingLines      []bodyShippingLine `json:"shipping_lines"`
}

type bodyRefundLine struct {
	ID          int64       `json:"id"`
	LineItemID  int64       `json:"line_item_id"`
	LineItem    bodyLine    `json:"line_item"`
	Quantity    int64       `json:"quantity"`
	RestockType string      `json:"restock_type"`
	Subtotal    json.Number `json:"subtotal"` // Shopify writes a number here and text in the set
	SubtotalSet bodySet     `json:"subtotal_set"`
	TotalTax    json.Number `json:"total_tax"`
	TotalTaxSet bodySet     `json:"total_tax_set"`
}

type bodyShippingBack struct {
	ID          int64   `json:"id"`
	SubtotalSet bodySet `json:"subtotal_amount_set"`
	TaxSet      bodySet `json:"tax_amount_set"`
}

type bodyTransaction struct {
	ID          int64   `json:"id"`
	OrderID     int64   `json:"order_id"`
	Kind        string  `json:"kind"`
	Gateway     string  `json:"gateway"`
	Status      string  `json:"status"`
	Message     *string `json:"message"`
	CreatedAt   string  `json:"created_at"`
	Test        bool    `json:"test"`
	ProcessedAt string  `json:"processed_at"`
	Amount      string  `json:"amount"`
	Currency    string  `json:"currency"`
}

type bodyRefund struct {
	ID           int64              `json:"id"`
	GraphID      string             `json:"admin_graphql_api_id"`
	OrderID      int64              `json:"order_id"`
	CreatedAt    string             `json:"created_at"`
	ProcessedAt  string             `json:"processed_at"`
	Note         string             `json:"note"`
	UserID       *int64             `json:"user_id"`
	Restock      bool               `json:"restock"`
	Duties       []string           `json:"duties"`
	DutiesSet    bodySet            `json:"total_duties_set"`
	Return       *string            `json:"return"`
	Adjustments  []string           `json:"order_adjustments"`
	Lines        []bodyRefundLine   `json:"refund_line_items"`
	ShippingBack []bodyShippingBack `json:"refund_shipping_lines"`
	Transactions []bodyTransaction  `json:"transactions"`
}

// bodyDispute is what disputes/create and disputes/update send.
type bodyDispute struct {
	ID          int64   `json:"id"`
	OrderID     int64   `json:"order_id"`
	Type        string  `json:"type"`
	Amount      string  `json:"amount"`
	Currency    string  `json:"currency"`
	Reason      string  `json:"reason"`
	Status      string  `json:"status"`
	FinalizedOn *string `json:"finalized_on"`
	InitiatedAt string  `json:"initiated_at"`
}

// bodyForget is what customers/redact sends.
type bodyForget struct {
	ShopID   int64        `json:"shop_id"`
	Domain   string       `json:"shop_domain"`
	Customer bodyCustomer `json:"customer"`
	Orders   []int64      `json:"orders_to_redact"`
}
