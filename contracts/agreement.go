package contracts

import (
	"encoding/json"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/internal/validate"
)

// AgreementID names an agreement over all its versions.
type AgreementID string

// Terms are what a brand and a creator agree on. They become binding as an
// [Agreement] through [Draft].
type Terms struct {
	ID        AgreementID       `json:"id" validate:"required"`
	Version   int               `json:"version" validate:"min=1"` // 1, then one more with each amendment
	Creator   byline.CreatorID  `json:"creator" validate:"required"`
	Campaign  byline.CampaignID `json:"campaign" validate:"required"`
	Effective byline.Window     `json:"effective"`          // orders placed inside are under these terms
	Zone      string            `json:"zone,omitempty"`     // of its days and months, "Europe/Berlin"; UTC when empty
	SignedAt  time.Time         `json:"signed_at,omitzero"` // by the last party
	Pay       Pay               `json:"pay"`
	// What follows an order does not need.
	Parties      []Party             `json:"parties,omitempty" validate:"dive"`
	Deliverables []brief.Deliverable `json:"deliverables,omitempty"`
	Grants       []Grant             `json:"grants,omitempty" validate:"dive"`
	Exclusivity  []Exclusivity       `json:"exclusivity,omitempty" validate:"dive"`
	Clauses      Clauses             `json:"clauses,omitzero"`
	Signatures   []Signature         `json:"signatures,omitempty" validate:"dive"`
}

// Base declares what a commission is a percentage of: merchandise net of all discounts
// and of what came back, without tips, duties and gift cards, and with or without tax and
// shipping.
type Base string

// Bases. See attribution.Sales and attribution.Breakdown.
const (
	NetSales             Base = "net_sales"
	NetSalesWithTax      Base = "net_sales_with_tax"
	NetSalesWithShipping Base = "net_sales_with_shipping"     // both without tax
	NetSalesWithBoth     Base = "net_sales_with_tax_shipping" // both with their tax
)

// Agreement is one version of agreed terms. It is immutable and valid by
// construction; the zero value is not valid.
type Agreement struct{ terms Terms }

// Draft checks terms and binds them. All faults are reported at once: "required",
// "min", "oneof", "currency", "agreement.window_order", "agreement.start" (an open start
// would cover every order ever placed), "agreement.nothing_owed", and below pay:
// "pay.id_twice", "pay.money" (nothing, negative, or in no ISO 4217 currency),
// "pay.currency" (of several currencies, or none said where orders are counted in money),
// "pay.rate", "pay.tiers", "pay.metric", "pay.span", "pay.hold".
func Draft(t Terms) (*Agreement, error) {
	faults := validate.Struct(t)
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if t.Effective.Start.IsZero() {
		add("effective.start", "agreement.start", "say from when the terms hold")
	}
	if t.Effective.Empty() {
		add("effective", "agreement.window_order", "the terms end before they start")
	}
	faults = append(faults, byline.Nest("pay", byline.Faults(t.Pay.faults()))...)
	if t.Pay.owesNothing() {
		add("pay", "agreement.nothing_owed", "terms without any pay owe nothing")
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return &Agreement{terms: t}, nil
}

// Terms returns a copy of the agreed terms.
func (a *Agreement) Terms() Terms { return a.terms }

// MarshalJSON writes the terms. There is no way back but [Draft] and [Agreement.Amend],
// which check them.
func (a Agreement) MarshalJSON() ([]byte, error) { return json.Marshal(a.terms) }

// Amend binds the next version of the agreement. The parties, the campaign and the id
// stay; next.Version must be one more. The faults are those of Draft, and
// "agreement.parties" and "agreement.version".
//
// An order is settled under the version that was in force when it was placed, as far as
// the agreements then registered say. That version stays with the order, paid or not,
// earning or not: an amendment, even one dated back, holds only for orders that are
// first settled after it is registered. See [Register.Earn].
func (a *Agreement) Amend(next Terms) (*Agreement, error) {
	var faults []*byline.FieldError
	if next.ID != a.terms.ID || next.Creator != a.terms.Creator || next.Campaign != a.terms.Campaign {
		faults = append(faults, &byline.FieldError{Path: "id", Code: "agreement.parties", Message: "an amendment keeps the id, the creator and the campaign"})
	}
	if next.Version != a.terms.Version+1 {
		faults = append(faults, &byline.FieldError{Path: "version", Code: "agreement.version", Message: "an amendment is one version later"})
	}
	amended, err := Draft(next)
	if err := byline.Faults(append(faults, byline.Nest("", err)...)); err != nil {
		return nil, err
	}
	return amended, nil
}
