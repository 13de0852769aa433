package brief

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// checkGates says what becomes of products with rules of their own, market by market.
func checkGates(r *review) {
	for _, l := range r.labels {
		for _, a := range l.assessment.Answers {
			switch a.Duty {
			case "gate":
				r.gate(l, a)
			case "permit":
				r.permit(l, a)
			}
		}
	}
}

func (r *review) gate(l *labelAnswer, a disclosure.Answer) {
	place := r.place(l, a)
	for _, f := range a.Findings {
		found := r.findBy(a.Rule, gateCode(f.Code), "product.categories", "", f.Severity).in(place, fmt.Sprintf(", %s: %s", a.Rule.ID, f.Message))
		if f.Fix != "" {
			found.Fix = f.Fix
		}
	}
	if len(a.Findings) > 0 || !unchecked(a) {
		return
	}
	found := r.findBy(a.Rule, "brief.category_unchecked", "product.categories", "", byline.Warning).
		in(place, fmt.Sprintf(", %s: %s, and nobody has checked it", a.Rule.ID, a.Says))
	if conditions := r.conditions(a.Rule.ID); conditions != "" {
		found.Fix = "See to it: " + conditions + "."
	}
}

// place is where a rule holds for a post: the market, or the platform where the rule is its
// own.
func (r *review) place(l *labelAnswer, a disclosure.Answer) string {
	for _, rule := range r.options.Rules {
		if rule.ID == a.Rule.ID && rule.Market == "" && rule.Area == "" {
			return platformName(l.post.Platform)
		}
	}
	return marketName(l.post.Markets[0])
}

func gateCode(code string) string {
	switch code {
	case "gate.banned":
		return "brief.category_banned"
	case "gate.credentials":
		return "brief.category_credentials"
	}
	return "brief.category_conditions"
}

// unchecked reports whether all that is missing is that somebody looks: what else is not
// known of the posts, the brief cannot say either.
func unchecked(a disclosure.Answer) bool {
	looked := func(path string) bool { return !strings.HasPrefix(path, "checks") }
	return len(a.Missing) > 0 && !slices.ContainsFunc(a.Missing, looked)
}

func (r *review) conditions(id string) string {
	for _, rule := range r.options.Rules {
		if rule.ID == id && rule.Gate != nil {
			return rule.Gate.Conditions
		}
	}
	return ""
}

func (r *review) permit(l *labelAnswer, a disclosure.Answer) {
	switch {
	case len(a.Findings) > 0:
		f := a.Findings[0]
		r.findBy(a.Rule, "brief.permit_missing", "markets", "", f.Severity).in(marketName(l.post.Markets[0]), ": "+f.Message).Fix = f.Fix
	case unchecked(a):
		r.findBy(a.Rule, "brief.permit_missing", "markets", "", byline.Warning).
			in(marketName(l.post.Markets[0]), fmt.Sprintf(": %s, and nobody has checked it", a.Says))
	}
}

// forAdults are categories that are not advertised to minors.
func forAdults() []disclosure.Category {
	return []disclosure.Category{
		disclosure.Aesthetic, disclosure.Alcohol, disclosure.CFD, disclosure.Crypto, disclosure.Finance, disclosure.Gambling,
		disclosure.HFSS, disclosure.Medicine, disclosure.Nicotine, disclosure.Tips,
	}
}

// mostlyMinors is the share from which on an audience is one of minors by any norm.
const mostlyMinors = .5

// byNorm reports whether a rule reaches the posts by the norm of minors alone.
func (r *review) byNorm(id string) bool {
	part, known := r.b.Audience.Minors.Value()
	if !known || part >= mostlyMinors {
		return false
	}
	return slices.ContainsFunc(r.options.Rules, func(rule disclosure.Rule) bool { return rule.ID == id && rule.Scope.Minors > 0 })
}

// checkMinors looks at an audience of minors: B13.
func checkMinors(r *review) {
	part, known := r.b.Audience.Minors.Value()
	if !known {
		r.find("brief.minors_unknown", "audience.minors", "how many in the audience are under 18 is not known")
		return
	}
	if part < r.norms.Minors {
		return
	}
	share := fmt.Sprintf("%.0f%% of the audience are under 18", part*100)
	found := func(code, path, message string) {
		if f := r.find(code, path, message); part < mostlyMinors {
			f.Severity = byline.Warning
		}
	}
	if strings.TrimSpace(r.b.Audience.ForMinors) == "" {
		found("brief.minors_wording", "audience.wording_for_minors", share+", and nothing says how it is put for them")
	}
	for _, category := range forAdults() {
		if i := slices.Index(r.b.Product.Categories, category); i >= 0 {
			found("brief.minors_category", entry("product.categories", i), fmt.Sprintf("%s, and the product is %s", share, strings.ReplaceAll(string(category), "_", " ")))
		}
	}
}
