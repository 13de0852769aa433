package contracts

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
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
// of their signatures; until then it stays as the terms came, and counts for nothing: see
// [Agreement.SignedAt].
//
// The faults are "required" and "oneof", "agreement.other_document" (the signature's
// Document is not this version's Digest), "agreement.role_twice",
// "agreement.no_party" and "agreement.unwritable".
func (a *Agreement) Sign(s Signature) (*Agreement, error) {
	c := &agreementCheck{validate.Struct(s)}
	if s.Document != "" && s.Document != a.digest {
		c.add("document", "agreement.other_document", "this signature is for another document")
	}
	if slices.ContainsFunc(a.terms.Signatures, func(known Signature) bool { return known.Role == s.Role }) {
		c.add("role", "agreement.role_twice", "this role has signed already")
	}
	c.signatory("role", s.Role, a.terms.Parties)
	if err := byline.Faults(c.faultList); err != nil {
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

// SignedAt is when this version became binding: with the last of the signatures that
// [Agreement.Signed] waits for, whatever SignedAt the terms came with. Only where the terms
// have no signature at all it is their SignedAt, the word of who keeps the paper. It is
// zero for a version that is not signed, or not by all.
func (a *Agreement) SignedAt() time.Time {
	if len(a.terms.Signatures) == 0 {
		return a.terms.SignedAt
	}
	last, _ := a.terms.lastSignature(a.digest)
	return last
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
