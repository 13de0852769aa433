package contracts

import (
	"time"

	"github.com/bylinehq/byline"
)

// Role is what somebody is to an agreement.
type Role string

// Roles.
const (
	RoleBrand    Role = "brand"
	RoleCreator  Role = "creator"
	RoleAgency   Role = "agency"   // acts for the brand or the creator
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
	Union        string        `json:"union,omitempty"`  // "SAG-AFTRA"
	Permits      []Permit      `json:"permits,omitempty" validate:"dive"`
}

// brandName is the name of the party of RoleBrand, "" where there is none.
func (a *Agreement) brandName() string {
	for _, p := range a.terms.Parties {
		if p.Role == RoleBrand {
			return p.Name
		}
	}
	return ""
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
