package contracts

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// ReviewOptions are what a review knows beside the terms. Nil is the zero value.
type ReviewOptions struct {
	// At is the instant on whose day, in the terms' zone, the rules are asked for. Zero:
	// the signing, else the start of the terms.
	At time.Time
	// Others are further agreements of the creator and of the brand: promises in them and
	// in the terms may forbid each other's work, and of the same brand with the creator the
	// value adds up. Of one id the latest signed version counts, or the latest where none is
	// signed; the reviewed terms themselves are passed over. The other versions say when an
	// agreement, the reviewed one too, was first signed.
	Others   []*Agreement
	Taxonomy *Taxonomy // which category lies in which; nil: by their paths alone
	// Given is what the advertiser has given the creator beside all of these agreements.
	Given []Benefit
	// Assets are content under the terms, with what the platforms permit.
	Assets []Asset
	// Registers says for which markets the creator is known to meet, or not to meet, the
	// threshold of the register of influencers. A market that is not in it: not known.
	Registers map[byline.Market]bool
	// Rules replace those of Laws that have their ids, and add to the others. A rule with
	// an empty Effective switches the built-in one off.
	Rules []LawRule
	Norms *Norms // nil: their defaults
}

// Benefit is money or goods that an advertiser has given a creator.
type Benefit struct {
	Advertiser string       `json:"advertiser,omitempty"` // by the legal name; empty: the brand of the terms
	Objective  string       `json:"objective,omitempty"`  // empty: not known, so it counts for each
	At         time.Time    `json:"at"`
	Value      byline.Money `json:"value"` // without VAT; the zero Money: not known
	InKind     bool         `json:"in_kind,omitempty"`
}

// Norms are limits of the trade, not of a law. A zero field is its default.
type Norms struct {
	PaymentDays     int `json:"payment_days,omitempty"`      // beyond is long; 30
	PaymentDaysMost int `json:"payment_days_most,omitempty"` // beyond is very long; 60
	RightMonths     int `json:"right_months,omitempty"`      // a right beyond is long; 12
	OpenMonths      int `json:"open_months,omitempty"`       // a right of as many counts as one without an end; 120
	ReviewRounds    int `json:"review_rounds,omitempty"`     // more rounds of changes are many; 3
}

func (n *Norms) orDefault() Norms {
	if n == nil {
		n = &Norms{}
	}
	return Norms{
		PaymentDays: cmp.Or(n.PaymentDays, 30), PaymentDaysMost: cmp.Or(n.PaymentDaysMost, 60),
		RightMonths: cmp.Or(n.RightMonths, 12), OpenMonths: cmp.Or(n.OpenMonths, 120), ReviewRounds: cmp.Or(n.ReviewRounds, 3),
	}
}

// Review says what in terms is a risk, by the rules in force on a day. It takes Terms
// and not an Agreement, so that a draft can be reviewed before it binds anybody, even
// one that [Draft] would refuse; of an agreement pass [Agreement.Terms].
//
// Findings come with the worst first, in the order of the checks C01 to C19. No finding
// means that no issue is known, and nothing more: a check whose inputs are not there is
// silent, or says that it cannot tell. The codes are those of [ReviewCodes]. A rule
// whose source is not confirmed never blocks.
//
// Laws are asked for by the markets of the creator and the brand and of the audience
// together, and by the regions of the creator and the brand. Amounts are taken as
// without VAT and are never converted.
func Review(t Terms, o *ReviewOptions) []byline.Finding {
	r := newReview(t, o)
	r.inputs()
	for _, check := range reviewChecks() {
		var rules []LawRule
		for _, rule := range r.rules {
			if rule.Check == check.id && rule.Effective.Contains(r.day) && r.touchedBy(rule) {
				rules = append(rules, rule)
			}
		}
		if len(rules) > 0 {
			check.run(r, rules)
		}
	}
	slices.SortStableFunc(r.findings, func(a, b byline.Finding) int {
		return cmp.Compare(severityRank(b.Severity), severityRank(a.Severity))
	})
	return r.findings
}

// inputs says what is not known of the terms for the rules to be asked for.
func (r *review) inputs() {
	if r.day.IsZero() {
		r.find(nil, "review.undated", "effective.start", "without a day it cannot be told which rules hold")
	}
	r.placed()
	for i, p := range r.terms.Parties {
		regional := slices.ContainsFunc(r.rules, func(rule LawRule) bool {
			return rule.Market == p.Market && len(rule.Regions) > 0 && rule.Effective.Contains(r.day)
		})
		if (p.Role == RoleCreator || p.Role == RoleBrand) && p.Market != "" && p.Region == "" && regional {
			r.find(nil, "review.region_unknown", entryPath("parties", i)+".region", fmt.Sprintf("parts of %s have laws of their own, and the %s's region is not stated", p.Market, p.Role))
		}
	}
	for i, category := range r.terms.Clauses.Regulated {
		if !slices.ContainsFunc(r.rules, func(rule LawRule) bool { return categoryKey(rule.Category) == categoryKey(category) }) {
			r.find(nil, "review.category_unknown", entryPath(reviewClause("regulated"), i), fmt.Sprintf("no rule here knows the category %q", category))
		}
	}
}

// placed says of whom no market is known, whose laws are then not asked for.
func (r *review) placed() {
	for _, role := range []Role{RoleBrand, RoleCreator} {
		if len(reviewParties(r.terms, role)) == 0 {
			r.find(nil, "review.markets_unknown", "parties", fmt.Sprintf("the %s is not named, so the laws of its market are not asked for", role))
		}
	}
	for i, p := range r.terms.Parties {
		if (p.Role == RoleBrand || p.Role == RoleCreator) && p.Market == "" {
			r.find(nil, "review.markets_unknown", entryPath("parties", i)+".market", fmt.Sprintf("the %s has no market, so its laws are not asked for", p.Role))
		}
	}
}

type reviewCheck struct {
	id  string
	run func(*review, []LawRule) // with the rules of this id that hold, one at least
}

func reviewChecks() []reviewCheck {
	return []reviewCheck{
		{"C01", checkRightsComplete}, {"C02", checkRightsEnd}, {"C03", checkPermissions}, {"C04", checkMentioned},
		{"C05", checkExclusivity}, {"C06", checkConflicts}, {"C07", checkFrance}, {"C08", checkFreelance},
		{"C09", checkPaymentTerm}, {"C10", checkKillFees}, {"C11", checkReviewing}, {"C12", checkMorals},
		{"C13", checkDisclosure}, {"C14", checkWarranties}, {"C15", checkCommission}, {"C16", checkRegisters},
		{"C17", checkMinors}, {"C18", checkUnion}, {"C19", checkCategories},
	}
}

// review is one run over one set of terms.
type review struct {
	terms    Terms
	options  ReviewOptions
	norms    Norms
	rules    []LawRule
	codes    []ReviewCode
	zone     *time.Location
	at       time.Time // the instant that is asked about; zero: not known
	day      time.Time // midnight UTC of the day in the terms' zone; zero: not known
	findings []byline.Finding
}

func newReview(t Terms, o *ReviewOptions) *review {
	if o == nil {
		o = &ReviewOptions{}
	}
	zone, err := loadZone(t.Zone)
	if err != nil {
		zone = time.UTC
	}
	r := &review{terms: t, options: *o, norms: o.Norms.orDefault(), rules: withRules(o.Rules), codes: ReviewCodes(), zone: zone}
	at := o.At
	if at.IsZero() {
		at = reviewAgreedAt(t)
	}
	r.at = at
	if !at.IsZero() {
		r.day = reviewDay(at.In(zone))
	}
	return r
}

// reviewAgreedAt is when terms were agreed, as far as they say.
func reviewAgreedAt(t Terms) time.Time {
	if t.SignedAt.IsZero() {
		return t.Effective.Start
	}
	return t.SignedAt
}

// find adds a finding at the level of its code, or at what the rule's source bears.
func (r *review) find(rule *LawRule, code, path, message string) {
	i := slices.IndexFunc(r.codes, func(c ReviewCode) bool { return c.Code == code })
	found := byline.Finding{Code: code, Severity: r.codes[i].Level, Path: path, Message: message, Fix: r.codes[i].Fix}
	if rule != nil {
		source := rule.Rule
		found.Rule = &source
		if !reviewConfirmed(source) && found.Severity == byline.Blocker {
			found.Severity = byline.Warning
		}
	}
	r.findings = append(r.findings, found)
}

// confirmed reports whether a rule may block.
func reviewConfirmed(rule byline.Rule) bool {
	return rule.Confidence == byline.Primary || rule.Confidence == byline.Secondary
}

// touchedBy reports whether the rule's place has to do with the terms.
func (r *review) touchedBy(rule LawRule) bool {
	switch {
	case len(rule.Regions) > 0:
		return slices.ContainsFunc(r.principals(), func(p Party) bool { return slices.Contains(rule.Regions, p.Region) })
	case rule.Area != "":
		return slices.ContainsFunc(r.markets(), func(m byline.Market) bool { return slices.Contains(rule.Area.Markets(), m) })
	case rule.Market != "":
		return slices.Contains(r.markets(), rule.Market)
	}
	return true
}

// principals are the brand and the creator, as far as they are named.
func (r *review) principals() []Party { return reviewParties(r.terms, RoleBrand, RoleCreator) }

func reviewParties(t Terms, roles ...Role) []Party {
	return slices.DeleteFunc(slices.Clone(t.Parties), func(p Party) bool { return !slices.Contains(roles, p.Role) })
}

// markets are those whose law is asked for.
func (r *review) markets() []byline.Market {
	markets := slices.Clone(r.terms.Clauses.Audience)
	for _, p := range r.principals() {
		if p.Market != "" {
			markets = append(markets, p.Market)
		}
	}
	for _, m := range markets {
		markets = append(markets, lawMarket(m))
	}
	return setOf(markets)
}

// permitted reports whether a creator holds a permit of a market on the day.
func (r *review) permitted(kind PermitKind, m byline.Market) bool {
	for _, p := range reviewParties(r.terms, RoleCreator) {
		for _, permit := range p.Permits {
			if permit.Kind == kind && (m == "" || permit.Market == m) && (permit.Until.IsZero() || r.day.Before(permit.Until)) {
				return true
			}
		}
	}
	return false
}

// reviewSameName compares legal names as Conflicts does.
func reviewSameName(a, b string) bool {
	return nameKey(a) == nameKey(b)
}

func reviewClause(field string) string { return "clauses." + field }

func reviewPay(field string) string { return "pay." + field }
