package stripe

import (
	"encoding/json"

	"github.com/bylinehq/byline/internal/wire"
)

// The types here are Stripe's JSON, only what is read of it, in the shapes of all
// versions. Every field may be null or missing. Whatever is not listed may be of any
// type.

type scalar = wire.Scalar

// ref points to an object: by its id, or with the object itself where the sender asked
// Stripe to expand it.
type ref struct{ id scalar }

// UnmarshalJSON takes anything.
func (r *ref) UnmarshalJSON(data []byte) error {
	var expanded struct {
		ID scalar `json:"id"`
	}
	if data[0] == '{' && json.Unmarshal(data, &expanded) == nil {
		r.id = expanded.ID
		return nil
	}
	return r.id.UnmarshalJSON(data)
}

func (r ref) missing() bool { return r.id.Text() == "" }

// wireHead is what tells events apart.
type wireHead struct {
	ID         scalar `json:"id"`
	Object     scalar `json:"object"`
	Type       scalar `json:"type"`
	Account    scalar `json:"account"` // of a Connect event, the seller
	APIVersion scalar `json:"api_version"`
	Livemode   scalar `json:"livemode"`
}

type wireEvent struct {
	wireHead

	Created scalar   `json:"created"`
	Data    wireData `json:"data"`
}

type wireData struct {
	Object json.RawMessage `json:"object"`
}

// wireNamed is any object: each says what it is.
type wireNamed struct {
	Object scalar `json:"object"`
}

func (n *wireNamed) named() string { return n.Object.Text() }

type wireSession struct {
	wireNamed

	ID                scalar                      `json:"id"`
	Created           scalar                      `json:"created"` // absent before 2022
	Mode              scalar                      `json:"mode"`
	PaymentStatus     scalar                      `json:"payment_status"`
	Currency          scalar                      `json:"currency"`
	AmountSubtotal    scalar                      `json:"amount_subtotal"`
	AmountTotal       scalar                      `json:"amount_total"`
	TotalDetails      wireTotalDetails            `json:"total_details"`
	ShippingCost      wireShipping                `json:"shipping_cost"`
	PaymentIntent     ref                         `json:"payment_intent"`
	Invoice           ref                         `json:"invoice"`
	InvoiceCreation   wire.Loose[wireEnabled]     `json:"invoice_creation"`
	Discounts         []wireDiscount              `json:"discounts"`
	ClientReferenceID scalar                      `json:"client_reference_id"`
	Metadata          metadata                    `json:"metadata"`
	Customer          ref                         `json:"customer"`
	CustomerAccount   scalar                      `json:"customer_account"`
	CustomerEmail     scalar                      `json:"customer_email"`
	CustomerDetails   wire.Loose[wireContactCard] `json:"customer_details"`
}

type wireTotalDetails struct {
	AmountDiscount scalar `json:"amount_discount"`
	AmountShipping scalar `json:"amount_shipping"`
	AmountTax      scalar `json:"amount_tax"`
}

type wireShipping struct {
	AmountTax   scalar `json:"amount_tax"`
	AmountTotal scalar `json:"amount_total"`
}

type wireEnabled struct {
	Enabled scalar `json:"enabled"`
}

type wireContactCard struct {
	Email   scalar                  `json:"email"`
	Phone   scalar                  `json:"phone"`
	Address wire.Loose[wireAddress] `json:"address"`
}

type wireAddress struct {
	Line1      scalar `json:"line1"`
	Line2      scalar `json:"line2"`
	PostalCode scalar `json:"postal_code"`
	City       scalar `json:"city"`
	Country    scalar `json:"country"`
}

type wireInvoice struct {
	wireNamed

	ID              scalar                  `json:"id"`
	Number          scalar                  `json:"number"`
	Created         scalar                  `json:"created"`
	Currency        scalar                  `json:"currency"`
	Status          scalar                  `json:"status"`
	BillingReason   scalar                  `json:"billing_reason"`
	Customer        ref                     `json:"customer"`
	CustomerAccount scalar                  `json:"customer_account"`
	CustomerEmail   scalar                  `json:"customer_email"`
	CustomerPhone   scalar                  `json:"customer_phone"`
	CustomerAddress wire.Loose[wireAddress] `json:"customer_address"`
	Metadata        metadata                `json:"metadata"`
	Lines           wireLines               `json:"lines"`
	ShippingCost    wireShipping            `json:"shipping_cost"`
	AmountShipping  scalar                  `json:"amount_shipping"`
	Total           scalar                  `json:"total"`
	TotalBeforeTax  scalar                  `json:"total_excluding_tax"`
	CreditNotes     scalar                  `json:"pre_payment_credit_notes_amount"`
	Discounts       []wireDiscount          `json:"discounts"`
	DiscountAmounts []wireTaken             `json:"total_discount_amounts"`

	// Since version 2025-03-31.basil.
	Parent     wire.Loose[wireParent] `json:"parent"`
	TotalTaxes []wireTax              `json:"total_taxes"`

	// Until then.
	wirePayment

	Discount            *wireDiscount                `json:"discount"`
	SubscriptionDetails wire.Loose[wireWithMetadata] `json:"subscription_details"`
	TotalTaxAmounts     []wireTax                    `json:"total_tax_amounts"`
	Tax                 scalar                       `json:"tax"`
}

type wireParent struct {
	SubscriptionDetails wire.Loose[wireWithMetadata] `json:"subscription_details"`
}

type wireWithMetadata struct {
	Metadata metadata `json:"metadata"`
}

type wireLines struct {
	Data []wireLine `json:"data"`
}

type wireLine struct {
	ID              scalar      `json:"id"`
	Amount          scalar      `json:"amount"`
	Quantity        scalar      `json:"quantity"`
	DiscountAmounts []wireTaken `json:"discount_amounts"`

	// Since version 2025-03-31.basil.
	Pricing wire.Loose[wirePricing] `json:"pricing"`
	Taxes   []wireTax               `json:"taxes"`

	// Until then.
	Price      wire.Loose[wireOfProduct] `json:"price"`
	Plan       wire.Loose[wireOfProduct] `json:"plan"`
	TaxAmounts []wireTax                 `json:"tax_amounts"`
}

type wirePricing struct {
	PriceDetails wire.Loose[wireOfProduct] `json:"price_details"`
}

type wireOfProduct struct {
	Product ref `json:"product"`
}

type wireTax struct {
	Amount scalar `json:"amount"`
	// How it relates to the price: since version 2025-03-31.basil, and until then.
	TaxBehavior scalar `json:"tax_behavior"`
	Inclusive   scalar `json:"inclusive"`
}

// wireTaken is what one discount took off.
type wireTaken struct {
	Amount   scalar       `json:"amount"`
	Discount wireDiscount `json:"discount"`
}

// wireInvoicePayment says which payment an invoice was paid by.
type wireInvoicePayment struct {
	wireNamed

	Invoice ref         `json:"invoice"`
	Payment wirePayment `json:"payment"`
}

// wirePayment names a payment: the charge, and its payment intent where it has one.
type wirePayment struct {
	Charge        ref `json:"charge"`
	PaymentIntent ref `json:"payment_intent"`
}

// wireCharge is read for its refunds alone. The list is there until version 2022-11-15.
type wireCharge struct {
	wireNamed

	ID            scalar      `json:"id"`
	PaymentIntent ref         `json:"payment_intent"`
	Refunds       wireRefunds `json:"refunds"`
}

type wireRefunds struct {
	Data []wireRefund `json:"data"`
}

type wireRefund struct {
	wireNamed
	wirePayment

	ID       scalar `json:"id"`
	Created  scalar `json:"created"`
	Status   scalar `json:"status"`
	Amount   scalar `json:"amount"`
	Currency scalar `json:"currency"`
}

type wireDispute struct {
	wireNamed
	wirePayment

	ID                   scalar                      `json:"id"`
	Created              scalar                      `json:"created"`
	Status               scalar                      `json:"status"`
	Amount               scalar                      `json:"amount"`
	Currency             scalar                      `json:"currency"`
	PaymentMethodDetails wire.Loose[wirePaidThrough] `json:"payment_method_details"`
}

type wirePaidThrough struct {
	Card wire.Loose[wireDisputedCard] `json:"card"`
}

type wireDisputedCard struct {
	CaseType scalar `json:"case_type"`
}
