package contracts

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
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
	Categories   []Category          `json:"categories,omitempty"` // of what is promoted, by the taxonomy of exclusivity; empty: not said
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
type Agreement struct {
	terms  Terms
	zone   *time.Location
	digest string
}

// Draft checks terms and binds a copy of them. All faults are reported at once, each at
// its JSON path. Those of pay are told at Pay, those of a deliverable at
// brief.Deliverable.Validate; the others are:
//
//   - "required", "min", "max", "email", "market" and "oneof" of single fields; "oneof" is
//     also what a channel, an edit, a likeness, a use by machines, a licensee or a region
//     gets that this package does not know, or that is empty: what the empty word stands for
//     is in every grant
//   - "agreement.start": an open start would cover every order ever placed
//   - "agreement.window_order": a window ends before it starts
//   - "agreement.zone": not an IANA time zone that this machine knows (a program that
//     carries its own list imports time/tzdata), or "Local", which is another one on each
//     machine
//   - "agreement.nothing_owed": no part of pay that could ever owe anything
//   - below pay "pay.id_twice", "pay.money" (nothing, negative, or in no ISO 4217
//     currency), "pay.currency" (of several currencies, or none said where orders are
//     counted in money), "pay.rate", "pay.base", "pay.tiers", "pay.metric", "pay.span",
//     "pay.hold" and "pay.period" (a guarantee over a term without an end)
//   - "agreement.role_twice": two brands, two creators, or two signatures of one role
//   - "agreement.no_party": a signature of a role that no party has, where parties are given
//   - "agreement.subdivision": not written as ISO 3166-2, "US-NY"
//   - "agreement.id_twice": two grants or two exclusivities of one id
//   - "agreement.territory": a grant that holds nowhere, or an exclusivity that binds nowhere
//   - "agreement.term_start": a term from a date without the date, or a date where another
//     trigger starts the term
//   - "agreement.term_end": a term without an end, or with one although it is perpetual
//   - "agreement.term_order": a term that ends before it starts
//   - "agreement.unnamed": an exclusivity that names no category and no competitor
//   - "agreement.stage_twice": two kill fees of one stage
//   - "agreement.rate": not between 0 and 100 %
//   - "agreement.money": negative, or in no ISO 4217 currency; also a spend cap of nothing,
//     which JSON does not tell from no cap
//   - "agreement.digest": a signature's document is not written as Digest writes it
//   - "agreement.unwritable": no JSON can hold the terms, as with a date after the year 9999
//     or a text that is not UTF-8
//
// A fee, a guarantee and a draw of nothing become the zero Money, as JSON has them.
// What is risky but can be meant is no fault: see Review.
func Draft(t Terms) (*Agreement, error) {
	faults := agreementFaults(&t)
	if len(faults) > 0 {
		return nil, byline.Faults(faults)
	}
	t = t.clone()
	t.dropZeroes()
	digest, err := t.digest()
	if err != nil {
		return nil, byline.Faults([]*byline.FieldError{{Code: "agreement.unwritable", Message: "no JSON can hold these terms; is a date out of range, or a text not in UTF-8?"}})
	}
	zone, _ := loadZone(t.Zone) // was checked above
	return &Agreement{terms: t, zone: zone, digest: digest}, nil
}

// Terms returns a copy of the agreed terms. The caller may change it.
func (a *Agreement) Terms() Terms { return a.terms.clone() }

// Location is where the days and months of the agreement are those of the calendar: the
// Zone of the terms, UTC when they name none.
func (a *Agreement) Location() *time.Location {
	if a.zone == nil {
		return time.UTC
	}
	return a.zone
}

// MarshalJSON writes the terms. There is no way back but [Draft] and [Agreement.Amend],
// which check them.
func (a Agreement) MarshalJSON() ([]byte, error) { return json.Marshal(a.terms) }

// Amend binds the next version of the agreement. The parties, the campaign and the id
// stay; next.Version must be one more. The faults are those of Draft, and
// "agreement.parties" and "agreement.version".
//
// An amendment is signed anew: signatures under this version's Digest that are still in
// next are left out, and so is this version's SignedAt where no other signature stands
// beside it. Signatures under another digest are kept, so that a stored amendment can be
// read back; of one on paper the day is not that of this version.
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
	amended, err := Draft(a.withoutSignatures(next))
	if err := byline.Faults(append(faults, byline.Nest("", err)...)); err != nil {
		return nil, err
	}
	return amended, nil
}

// withoutSignatures takes out of next what was signed of a. Another SignedAt, as of a
// paper, is the caller's own word and stays.
func (a *Agreement) withoutSignatures(next Terms) Terms {
	next.Signatures = slices.DeleteFunc(slices.Clone(next.Signatures), func(s Signature) bool { return s.Document == a.digest })
	if len(next.Signatures) == 0 && next.SignedAt.Equal(a.terms.SignedAt) {
		next.SignedAt = time.Time{}
	}
	return next
}
