package contracts

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
)

// Role is what somebody is to an agreement.
type Role string

// Roles.
const (
	RoleBrand    Role = "brand"
	RoleCreator  Role = "creator"
	RoleAgency   Role = "agency"   // acts for the brand or the creator, see Party.ActsFor
	RoleGuardian Role = "guardian" // signs for a creator who is under age
)

// Party is one of those whom an agreement binds, as the agreement names them. What is
// not stated is left empty; Review says which of it a law asks for.
type Party struct {
	Role         Role          `json:"role" validate:"required,oneof=brand creator agency guardian"`
	Name         string        `json:"name" validate:"required,max=200"` // the legal one
	Address      string        `json:"address,omitempty" validate:"max=500"`
	Email        string        `json:"email,omitempty" validate:"omitempty,email"`
	Market       byline.Market `json:"market,omitempty" validate:"omitempty,market"` // where they live or are established
	Region       string        `json:"region,omitempty"`                             // ISO 3166-2, "US-NY", where a law is a state's
	TaxResidence byline.Market `json:"tax_residence,omitempty" validate:"omitempty,market"`
	BornOn       time.Time     `json:"born_on,omitzero"` // midnight UTC of the day; a creator's, where the age matters
	ActsFor      Role          `json:"acts_for,omitempty" validate:"omitempty,oneof=brand creator"`
	Union        string        `json:"union,omitempty"` // "SAG-AFTRA"
	Permits      []Permit      `json:"permits,omitempty" validate:"dive"`
}

// Permit is a licence or an entry in a register that a market asks of who advertises.
type Permit struct {
	Market byline.Market `json:"market" validate:"required,market"`
	Kind   PermitKind    `json:"kind" validate:"required"`
	Number string        `json:"number" validate:"required"`
	Until  time.Time     `json:"until,omitzero"` // zero: without end
}

// PermitKind names a register or a licence.
type PermitKind string

// Kinds of permit that Review knows.
const (
	PermitAdvertiser     PermitKind = "ae_advertiser_permit"       // AE
	PermitRegister       PermitKind = "influencer_register"        // IT, ES, NL
	PermitRepresentative PermitKind = "eu_representative"          // FR: of a creator outside of the EU, EEA and Switzerland
	PermitInsurance      PermitKind = "eu_liability_insurance"     // FR: the same
	PermitChildWork      PermitKind = "child_work_authorisation"   // FR and others: of a creator under age
	PermitEarningsAside  PermitKind = "earnings_set_aside_account" // of a creator under age
)

// Signature says who signed, when, and what exactly.
type Signature struct {
	Role     Role      `json:"role" validate:"required,oneof=brand creator agency guardian"`
	Name     string    `json:"name" validate:"required"`
	At       time.Time `json:"at" validate:"required"`
	Document string    `json:"document" validate:"required"` // Agreement.Digest of the version that was signed
}

// Sign returns this version of the agreement with one signature more. Once everybody has
// signed whom [Agreement.Signed] waits for, the terms' SignedAt is the time of the latest
// of their signatures; until then it stays as the terms came.
//
// The faults are "required" and "oneof", "agreement.other_document" (the signature's
// Document is not this version's Digest), "agreement.role_twice",
// "agreement.no_party" and "agreement.unwritable".
func (a *Agreement) Sign(s Signature) (*Agreement, error) {
	c := &agreementCheck{faults: validate.Struct(s)}
	if s.Document != "" && s.Document != a.digest {
		c.add("document", "agreement.other_document", "this signature is for another document")
	}
	if slices.ContainsFunc(a.terms.Signatures, func(known Signature) bool { return known.Role == s.Role }) {
		c.add("role", "agreement.role_twice", "this role has signed already")
	}
	c.signatory("role", s.Role, a.terms.Parties)
	if err := byline.Faults(c.faults); err != nil {
		return nil, err
	}
	signed := a.Terms()
	signed.Signatures = append(signed.Signatures, s)
	if at, ok := signed.lastSignature(a.digest); ok {
		signed.SignedAt = at
	}
	return Draft(signed)
}

// Signed reports whether the brand and the creator, and a guardian where one is a party,
// have signed this version. Only a signature whose Document is the version's Digest
// counts; a SignedAt that the terms came with is a statement and no signature.
func (a *Agreement) Signed() bool {
	_, ok := a.terms.lastSignature(a.digest)
	return ok
}

// lastSignature is when the last of those signed who must. An agency's signature binds
// nobody, so that it neither completes an agreement nor moves the day of its signing.
func (t *Terms) lastSignature(digest string) (last time.Time, complete bool) {
	needed := []Role{RoleBrand, RoleCreator}
	if slices.ContainsFunc(t.Parties, func(p Party) bool { return p.Role == RoleGuardian }) {
		needed = append(needed, RoleGuardian)
	}
	for _, role := range needed {
		i := slices.IndexFunc(t.Signatures, func(s Signature) bool { return s.Role == role && s.Document == digest })
		if i < 0 {
			return time.Time{}, false
		}
		if at := t.Signatures[i].At; at.After(last) {
			last = at
		}
	}
	return last, true
}
