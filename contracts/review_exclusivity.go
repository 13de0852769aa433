package contracts

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/bylinehq/byline"
)

// checkExclusivity is C05.
func checkExclusivity(r *review, rules []LawRule) {
	for i, e := range r.terms.Exclusivity {
		find := func(code, field, message string) {
			r.find(nearest(rules), code, entryPath("exclusivity", i)+"."+field, fmt.Sprintf("the exclusivity %q %s", e.ID, message))
		}
		if len(e.Categories) == 0 && len(e.Competitors) == 0 {
			find("review.exclusivity_undefined", "categories", "names neither a category nor a competitor")
		}
		if e.Territory.nowhere() {
			find("review.exclusivity_nowhere", "territory", "does not say where it binds")
		}
		unbounded := e.Window.Start.IsZero() || e.Window.End.IsZero()
		if unbounded && (e.Window != byline.Window{} || e.Before+e.After == 0) {
			find("review.exclusivity_unbounded", "window", "does not say from when until when it binds")
		}
		if e.BoundParty == RoleCreator && e.Fee.Sign() <= 0 {
			find("review.exclusivity_unpaid", "fee", "has no price of its own")
		}
	}
}

// checkConflicts is C06. Terms that Draft would refuse are looked at all the same.
func checkConflicts(r *review, rules []LawRule) {
	var others []Engagement
	for _, a := range r.others() {
		others = append(others, r.engagement(a))
	}
	reviewed := r.engagement(&Agreement{terms: r.terms, zone: r.zone})
	for _, c := range Conflicts(reviewed, others, &ConflictOptions{Taxonomy: r.options.Taxonomy}) {
		code, path := "review.exclusivity_conflict", "parties"
		if c.Code == conflictWider || c.Code == conflictUnknown {
			code = "review.exclusivity_unclear"
		}
		if c.Agreement == r.terms.ID {
			path = c.Path
		}
		r.find(nearest(rules), code, path, c.Message)
		// Between drafts nobody is bound yet.
		if found := &r.findings[len(r.findings)-1]; severityRank(c.Severity) < severityRank(found.Severity) {
			found.Severity = c.Severity
		}
	}
}

// engagement is an agreement that was first signed with the first of its versions here.
func (r *review) engagement(a *Agreement) Engagement {
	e := EngagementOf(a, nil)
	for _, version := range r.options.Others {
		if version == nil || version.terms.ID != e.Agreement || version.terms.SignedAt.IsZero() {
			continue
		}
		if first := e.firstAgreedAt(); first.IsZero() || version.terms.SignedAt.Before(first) {
			e.FirstAgreedAt = version.terms.SignedAt
		}
	}
	return e
}

// others are the other agreements than the terms, of each id the version that counts.
func (r *review) others() []*Agreement {
	latest := map[AgreementID]*Agreement{}
	for _, a := range r.options.Others {
		if a == nil || a.terms.Version == 0 || a.terms.ID == r.terms.ID {
			continue
		}
		if known := latest[a.terms.ID]; known == nil || known.terms.replacedBy(a.terms) {
			latest[a.terms.ID] = a
		}
	}
	return slices.SortedFunc(maps.Values(latest), func(a, b *Agreement) int { return cmp.Compare(a.terms.ID, b.terms.ID) })
}

// replacedBy reports whether another version of an agreement counts instead: what is
// signed before what is not, and of those the later.
func (t Terms) replacedBy(o Terms) bool {
	if signed := !o.SignedAt.IsZero(); t.SignedAt.IsZero() == signed {
		return signed
	}
	return t.Version < o.Version
}

// reviewSameBrand reports whether two agreements are with one brand, by its name.
func reviewSameBrand(a, b Terms) bool {
	return slices.ContainsFunc(reviewParties(a, RoleBrand), func(x Party) bool {
		return slices.ContainsFunc(reviewParties(b, RoleBrand), func(y Party) bool { return reviewSameName(x.Name, y.Name) })
	})
}
