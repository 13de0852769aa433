package brief

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// checkClaims asks for the proof of what may be said: B03.
func checkClaims(r *review) {
	if len(r.b.Claims) == 0 {
		r.find("brief.claims_missing", "claims", "there is no list of what may be said of the product")
	}
	if len(r.b.Forbidden) == 0 {
		r.find("brief.forbidden_missing", "forbidden", "nothing is said of what must not be said")
	}
	for i, c := range r.b.Claims {
		if len(c.Proof) > 0 {
			continue
		}
		at := entry("claims", i) + ".proof"
		switch {
		case c.Kind == Health, c.Kind == Financial, c.Kind == Green:
			r.find("brief.claim_unproved", at, fmt.Sprintf("nothing proves “%s”, a claim of %s", excerpt(c.Text), c.Kind.words()))
		case r.regulated() != "":
			r.find("brief.claim_unproved", at, fmt.Sprintf("nothing proves “%s”, and %s is regulated", excerpt(c.Text), strings.ReplaceAll(r.regulated(), "_", " ")))
		case c.Kind == Comparative, c.Kind == Price:
			r.find("brief.claim_unsupported", at, fmt.Sprintf("nothing proves “%s”, a claim of %s", excerpt(c.Text), c.Kind.words()))
		}
	}
}

func (k ClaimKind) words() string {
	switch k {
	case Health:
		return "health"
	case Financial:
		return "money"
	case Green:
		return "the environment"
	case Comparative:
		return "being better than others"
	case Price:
		return "price"
	case General:
	}
	return "the product"
}

// regulated is the category of the product in which every claim has to be proved, the first
// by name, "" where there is none.
func (r *review) regulated() string {
	var found []string
	for _, category := range r.b.Product.Categories {
		switch category {
		case disclosure.Health, disclosure.Medicine, disclosure.Therapy, disclosure.Substitute, disclosure.Aesthetic,
			disclosure.Finance, disclosure.Crypto, disclosure.CFD:
			found = append(found, string(category))
		}
	}
	if len(found) == 0 {
		return ""
	}
	return slices.Min(found)
}

// checkForbidden finds what the brief asks for and forbids at once: B03.
func checkForbidden(r *review) {
	for i, c := range r.b.Claims {
		r.forbidden(entry("claims", i)+".text", c.Text)
	}
	for i, e := range r.b.Elements {
		r.forbidden(entry("elements", i)+".text", e.Text)
	}
	r.forbidden("message", r.b.Message)
	r.forbidden("call_to_action", r.b.Action)
}

func (r *review) forbidden(path, text string) {
	if text == "" {
		return
	}
	for _, phrase := range r.b.Forbidden {
		for _, form := range append([]string{phrase.Text}, phrase.Forms...) {
			if says(text, form) {
				r.find("brief.claim_forbidden", path, fmt.Sprintf("“%s” says “%s”, which is forbidden", excerpt(text), excerpt(form)))
				break
			}
		}
	}
}

// checkExperience asks for the words that an endorsement is honest: B04.
func checkExperience(r *review) {
	if r.b.Experience {
		return
	}
	for _, rule := range experienceRules() {
		if slices.Contains(r.b.Markets, rule.Market) {
			message := fmt.Sprintf("a rule of %s asks that the creator has used the product and says their honest view", inMarket(rule.Market))
			r.findBy(rule, "brief.experience_missing", "honest_experience", message, byline.Blocker)
		}
	}
}
