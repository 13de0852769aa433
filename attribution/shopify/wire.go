package shopify

import "github.com/bylinehq/byline/internal/wire"

// The types here are Shopify's JSON, only what is read of it. Every field may be null
// or missing. Whatever is not listed may be of any type: a coordinate that turns into
// text must not cost an order.

type scalar = wire.Scalar

// wireSet is an amount in two currencies; presentment_money is not read.
type wireSet struct {
	ShopMoney wireMoney `json:"shop_money"`
}

type wireMoney struct {
	Amount       scalar `json:"amount"`
	CurrencyCode scalar `json:"currency_code"`
}

type wireOrder struct {
	ID                   scalar                      `json:"id"`
	Name                 scalar                      `json:"name"`
	CreatedAt            scalar                      `json:"created_at"`
	ProcessedAt          scalar                      `json:"processed_at"`
	UpdatedAt            scalar                      `json:"updated_at"`
	CancelledAt          scalar                      `json:"cancelled_at"`
	Test                 scalar                      `json:"test"`
	TaxesIncluded        scalar                      `json:"taxes_included"`
	FinancialStatus      scalar                      `json:"financial_status"`
	Currency             scalar                      `json:"currency"`
	SourceName           scalar                      `json:"source_name"`
	CheckoutID           scalar                      `json:"checkout_id"`
	CheckoutToken        scalar                      `json:"checkout_token"`
	Company              wire.Loose[wireCompany]     `json:"company"`
	Tags                 scalar                      `json:"tags"`
	Email                scalar                      `json:"email"`
	ContactEmail         scalar                      `json:"contact_email"`
	Phone                scalar                      `json:"phone"`
	Customer             wire.Loose[wireCustomer]    `json:"customer"`
	BillingAddress       wire.Loose[wireAddress]     `json:"billing_address"`
	ShippingAddress      wire.Loose[wireAddress]     `json:"shipping_address"`
	LandingSite          scalar                      `json:"landing_site"`
	Note                 scalar                      `json:"note"`
	NoteAttributes       wire.Loose[[]wireAttribute] `json:"note_attributes"`
	PaymentGatewayNames  wire.Loose[[]scalar]        `json:"payment_gateway_names"`
	LineItems            []wireLine                  `json:"line_items"`
	ShippingLines        []wireShippingLine          `json:"shipping_lines"`
	Fulfillments         wire.Loose[[]wireShipment]  `json:"fulfillments"`
	DiscountCodes        []wireDiscountCode          `json:"discount_codes"`
	DiscountApplications []wireApplication           `json:"discount_applications"`
	Refunds              []wireRefund                `json:"refunds"`

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
	ID             scalar                  `json:"id"`
	Email          scalar                  `json:"email"`
	Phone          scalar                  `json:"phone"`
	Tags           scalar                  `json:"tags"`
	DefaultAddress wire.Loose[wireAddress] `json:"default_address"`
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
	Price               scalar           `json:"price"`
	PriceSet            wireSet          `json:"price_set"`
	IsRemoved           scalar           `json:"is_removed"`
	DiscountAllocations []wireAllocation `json:"discount_allocations"`
	TaxLines            []wireTaxLine    `json:"tax_lines"`
}

// wireShipment is a fulfilment.
type wireShipment struct {
	Status         scalar                    `json:"status"`
	ShipmentStatus scalar                    `json:"shipment_status"`
	UpdatedAt      scalar                    `json:"updated_at"`
	LineItems      wire.Loose[[]wireShipped] `json:"line_items"`
}

type wireShipped struct {
	ID       scalar `json:"id"`
	Quantity scalar `json:"quantity"`
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
	ID                     scalar              `json:"id"`
	OrderID                scalar              `json:"order_id"`
	CreatedAt              scalar              `json:"created_at"`
	ProcessedAt            scalar              `json:"processed_at"`
	RefundLineItems        []wireRefundLine    `json:"refund_line_items"`
	RefundShippingLines    []wireShippingBack  `json:"refund_shipping_lines"`
	OrderAdjustments       []wireAdjustment    `json:"order_adjustments"`
	Transactions           []wireTransaction   `json:"transactions"`
	TotalDutiesSet         wire.Loose[wireSet] `json:"total_duties_set"`
	TotalAdditionalFeesSet wire.Loose[wireSet] `json:"total_additional_fees_set"`

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
