package disclosure

import "github.com/bylinehq/byline"

// goods is what a market says on advertising for one category, whatever the label. Text is
// the conditions in a sentence or, of a ban, what is forbidden.
type goods struct {
	category   Category
	effect     GateEffect
	instrument string
	text       string
}

// gatesOf writes goods of one source as rules, from a day that is not known on.
func gatesOf(m byline.Market, source string, c byline.Confidence, list ...goods) []Rule {
	rules := make([]Rule, len(list))
	for i, g := range list {
		rule := ruleOf(string(m)+"."+string(g.category), m, undated(), g.instrument, source, c).
			on(g.category).liable(Brand, Creator)
		if g.category == Finance {
			rule.Scope.Categories = append(rule.Scope.Categories, CFD)
		}
		if g.effect == Ban {
			rules[i] = rule.gate(Ban, "").says(g.text)
			continue
		}
		rules[i] = rule.gate(g.effect, g.text).says("advertising for this is limited to conditions")
	}
	return rules
}

// notConfirmed is the source of what is recalled.
const notConfirmed = "not confirmed"

// unconfirmed is a rule on several categories that is only recalled, so that it warns and
// never blocks. Its id is named for the first.
func unconfirmed(m byline.Market, instrument, says string, categories ...Category) Rule {
	return ruleOf(string(m)+"."+string(categories[0]), m, undated(), instrument, notConfirmed, byline.Recalled).
		on(categories...).liable(Brand, Creator).says(says)
}
