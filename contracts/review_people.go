package contracts

import (
	"fmt"
	"slices"
	"strings"
)

// checkRegisters is C16, for creators in the market and those who speak to it. A permit binds who works in the market; for one who only
// speaks to it from abroad, and where the threshold is not known, it is a warning.
func checkRegisters(r *review, rules []LawRule) {
	for i := range rules {
		rule := &rules[i]
		local := slices.ContainsFunc(reviewParties(r.terms, RoleCreator), func(p Party) bool { return rule.holdsIn(p.Market) })
		if !local && !slices.ContainsFunc(r.terms.Clauses.Audience, rule.holdsIn) {
			continue
		}
		due, known := r.options.Registers[rule.Market]
		if rule.Permit == PermitAdvertiser {
			due, known = local, local // from abroad it depends on where the content is made
		}
		switch {
		case (known && !due) || r.permitted(rule.Permit, rule.Market):
		case due:
			r.find(rule, "review.permit_missing", "parties", rule.Says+"; none is stated")
		default:
			r.find(rule, "review.permit_unknown", "parties", "it cannot be determined whether this is due: "+rule.Says)
		}
	}
}

// checkMinors is C17.
func checkMinors(r *review, rules []LawRule) {
	for i, p := range r.terms.Parties {
		if p.Role != RoleCreator || p.BornOn.IsZero() || r.day.IsZero() {
			continue
		}
		asked := map[PermitKind]bool{}
		for j := range rules {
			rule := &rules[j]
			if asked[rule.Permit] || !r.day.Before(reviewDay(p.BornOn).AddDate(rule.Under, 0, 0)) {
				continue
			}
			asked[rule.Permit] = true
			r.minor(rule, i)
		}
	}
}

func (r *review) minor(rule *LawRule, i int) {
	path := entryPath("parties", i) + ".permits"
	switch rule.Permit {
	case "":
		if len(reviewParties(r.terms, RoleGuardian)) == 0 {
			r.find(rule, "review.minor_guardian", "parties", fmt.Sprintf("the creator is under %d, and no guardian is a party", rule.Under))
		}
		if !r.guarded() {
			r.find(rule, "review.minor_signature", "signatures", fmt.Sprintf("the creator is under %d, and no guardian has signed these terms", rule.Under))
		}
	case PermitEarningsAside:
		if !r.permitted(rule.Permit, "") {
			r.find(rule, "review.minor_earnings", path, "nothing is said on where earnings of the child are set aside")
		}
	case PermitChildWork:
		if !r.permitted(rule.Permit, rule.Market) {
			r.find(rule, "review.minor_authorisation", path, "no authorisation of the child's work is stated")
		}
	}
}

// guarded reports whether a guardian has signed these very terms.
func (r *review) guarded() bool {
	digest, err := r.terms.digest()
	return err == nil && slices.ContainsFunc(r.terms.Signatures, func(s Signature) bool {
		return s.Role == RoleGuardian && s.Document == digest
	})
}

// checkCategories is C19.
func checkCategories(r *review, rules []LawRule) {
	for i, category := range r.terms.Clauses.Regulated {
		path := entryPath(reviewClause("regulated"), i)
		for j := range rules {
			rule := &rules[j]
			code := "review.category_conditions"
			if rule.Effect == Banned {
				code = "review.category_banned"
			}
			if categoryKey(rule.Category) == categoryKey(category) {
				r.find(rule, code, path, fmt.Sprintf("%s in %s: %s", category, rule.Market, rule.Says))
			}
		}
	}
}

func categoryKey(category string) string { return strings.ToLower(strings.TrimSpace(category)) }
