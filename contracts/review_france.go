package contracts

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

const france byline.Market = "FR"

// checkFrance is C07. Where it cannot be told whether the threshold is reached, one
// finding says what would be missing.
func checkFrance(r *review, rules []LawRule) {
	for i := range rules {
		rule := &rules[i]
		if rule.Permit != "" {
			r.abroad(rule)
			continue
		}
		missing := r.frenchFaults()
		if len(missing) == 0 {
			continue
		}
		value := r.frenchValue(*rule)
		switch {
		case value.reached:
			for _, m := range missing {
				r.find(rule, m.code, m.path, m.message)
			}
		case len(value.open) > 0:
			r.find(rule, "review.france_unknown", "pay", fmt.Sprintf("whether %s is reached cannot be determined, because of %s; the agreement has not all that would be needed then", rule.Threshold, strings.Join(value.open, ", ")))
		}
	}
}

// abroad finds a creator outside of the EU, the EEA and Switzerland without what a rule
// asks for. It is about a public in France.
func (r *review) abroad(rule *LawRule) {
	code := map[PermitKind]string{PermitRepresentative: "review.france_representative", PermitInsurance: "review.france_insurance"}[rule.Permit]
	if code == "" || !r.frenchAudience() || r.permitted(rule.Permit, "") {
		return
	}
	for i, p := range r.terms.Parties {
		if p.Role == RoleCreator && p.Market != "" && p.Market != "CH" && !slices.Contains(EEA.Markets(), lawMarket(p.Market)) {
			r.find(rule, code, entryPath("parties", i)+".permits", rule.Says+"; none is stated")
		}
	}
}

// frenchValue is what one advertiser gives for one objective in the calendar year. An
// objective that is not stated is taken for the same: the written form does no harm.
func (r *review) frenchValue(rule LawRule) reviewValue {
	objective := r.terms.Clauses.Objective
	year := byline.Window{Start: lawDay(r.day.Year(), time.January, 1), End: lawDay(r.day.Year()+1, time.January, 1)}
	return r.between(year, rule, func(other string) bool {
		return objective == "" || other == "" || reviewSameName(objective, other)
	})
}

type reviewFault struct{ code, path, message string }

type reviewFaults []reviewFault

func (f *reviewFaults) add(bad bool, code, path, message string) {
	if bad {
		*f = append(*f, reviewFault{code, path, message})
	}
}

// frenchFaults is what the agreement lacks of the written form and of parts (a) to (e)
// of article 8.
func (r *review) frenchFaults() []reviewFault {
	c := r.terms.Clauses
	var faults reviewFaults
	faults.add(!c.Written, "review.france_unwritten", reviewClause("written"), "the agreement is not in writing")
	for _, gap := range r.partyGaps(true) {
		faults.add(true, "review.france_parties", gap.path, "(a) "+gap.message)
	}
	faults.add(c.Scope == "" && len(r.terms.Deliverables) == 0, "review.france_scope", reviewClause("scope"), "(b) the nature of the missions is not stated")
	faults.add(r.terms.Pay.owesNothing(), "review.france_pay", "pay", "(c) neither the remuneration nor how it is determined is stated")
	for i, gift := range r.terms.Pay.Gifts {
		faults.add(gift.Value.IsZero() || gift.Description == "", "review.france_pay", reviewPay(entryPath("gifts", i)), fmt.Sprintf("(c) the benefit in kind %q lacks its description or value", gift.ID))
	}
	owned := c.Warranties != nil && c.Warranties.Original
	faults.add(len(r.terms.Grants) == 0 && !owned, "review.france_rights", "grants", "(d) the rights and duties say nothing on intellectual property")
	faults.add(c.Law != france && r.frenchPublic(), "review.france_law", reviewClause("law"), "(e) the content is aimed at a public in France, and French law is not agreed")
	return faults
}

// frenchPublic takes a creator in France to speak to France unless another audience is
// agreed.
func (r *review) frenchPublic() bool {
	if len(r.terms.Clauses.Audience) > 0 {
		return r.frenchAudience()
	}
	return slices.ContainsFunc(reviewParties(r.terms, RoleCreator), func(p Party) bool { return lawMarket(p.Market) == france })
}

func (r *review) frenchAudience() bool {
	return slices.ContainsFunc(r.terms.Clauses.Audience, func(m byline.Market) bool { return lawMarket(m) == france })
}

// partyGaps is what is missing of the names and addresses of brand, creator and agency,
// and where contact is asked for, of their electronic addresses and tax residences.
func (r *review) partyGaps(contact bool) []reviewFault {
	var gaps []reviewFault
	for _, role := range []Role{RoleBrand, RoleCreator} {
		if len(reviewParties(r.terms, role)) == 0 {
			gaps = append(gaps, reviewFault{path: "parties", message: fmt.Sprintf("the %s is not named", role)})
		}
	}
	for i, p := range r.terms.Parties {
		if p.Role == RoleGuardian {
			continue
		}
		missing := func(absent bool, field, what string) {
			if absent {
				gaps = append(gaps, reviewFault{path: entryPath("parties", i) + "." + field, message: fmt.Sprintf("the %s lacks %s", p.Role, what)})
			}
		}
		missing(strings.TrimSpace(p.Name) == "", "name", "a name")
		missing(strings.TrimSpace(p.Address) == "", "address", "a postal address")
		missing(contact && p.Email == "", "email", "an electronic address")
		missing(contact && p.TaxResidence == "", "tax_residence", "the country of tax residence")
	}
	return gaps
}
