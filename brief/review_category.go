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
	m := l.post.Markets[0]
	for _, f := range a.Findings {
		found := r.findBy(a.Rule, gateCode(f.Code), "product.categories", fmt.Sprintf("%s, %s: %s", m, a.Rule.ID, f.Message), f.Severity)
		if f.Fix != "" {
			found.Fix = f.Fix
		}
	}
	if len(a.Findings) > 0 || !unchecked(a) {
		return
	}
	found := r.findBy(a.Rule, "brief.category_unchecked", "product.categories", fmt.Sprintf("%s, %s: %s, and nobody has checked it", m, a.Rule.ID, a.Says), byline.Warning)
	if conditions := r.conditions(a.Rule.ID); conditions != "" {
		found.Fix = "See to it: " + conditions + "."
	}
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
		r.findBy(a.Rule, "brief.permit_missing", "markets", fmt.Sprintf("%s: %s", l.post.Markets[0], f.Message), f.Severity).Fix = f.Fix
	case unchecked(a):
		message := fmt.Sprintf("%s: %s, and nobody has checked it", l.post.Markets[0], a.Says)
		r.findBy(a.Rule, "brief.permit_missing", "markets", message, byline.Warning)
	}
}

// forAdults are categories that are not advertised to minors.
func forAdults() []disclosure.Category {
	return []disclosure.Category{
		disclosure.Aesthetic, disclosure.Alcohol, disclosure.CFD, disclosure.Crypto, disclosure.Finance, disclosure.Gambling,
		disclosure.HFSS, disclosure.Medicine, disclosure.Nicotine, disclosure.Tips,
	}
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
	if strings.TrimSpace(r.b.Audience.ForMinors) == "" {
		r.find("brief.minors_wording", "audience.wording_for_minors", share+", and nothing says how it is put for them")
	}
	for _, category := range forAdults() {
		if i := slices.Index(r.b.Product.Categories, category); i >= 0 {
			r.find("brief.minors_category", entry("product.categories", i), fmt.Sprintf("%s, and the product is %s", share, strings.ReplaceAll(string(category), "_", " ")))
		}
	}
}
