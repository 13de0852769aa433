package contracts

import (
	"fmt"
	"slices"
	"strings"
)

// subject names a place in words: "The channels of the grant 'ads'". Where no words are
// known it is the path.
func (p diffPlace) subject() (words string, known bool) {
	if whole := placeName(p.pattern); whole != "" {
		return whole, true
	}
	entry := p.entryPhrase()
	if entry == "" {
		return p.path, false
	}
	field := strings.TrimPrefix(strings.TrimPrefix(p.pattern, p.entry), ".")
	step, inTerm := strings.CutPrefix(field, "term.")
	switch {
	case field == "", field == "rate", field == "amount":
		return capital(entry), true
	case inTerm && slices.Contains([]string{"days", "months", "end"}, step):
		return "The term of " + entry, true
	}
	if flag := flagName(p.entry, field); flag != "" {
		return flag + " " + entry, true
	}
	steps := strings.Split(field, ".")
	steps = slices.DeleteFunc(steps[:len(steps)-1], func(step string) bool { return step == "scope" || step == "territory" })
	steps = append(steps, p.lastName())
	slices.Reverse(steps)
	for i, step := range steps {
		steps[i] = fieldNoun(p.entry, step)
	}
	return "The " + strings.Join(steps, " of the ") + " of " + entry, true
}

// entryPhrase names the innermost entry; it is empty where no words are known.
func (p diffPlace) entryPhrase() string {
	noun := entryNoun(p.entry)
	if noun == "" {
		return ""
	}
	phrase := fmt.Sprintf("the %s %s", noun, quoteName(p.name))
	if p.within != "" {
		phrase += " of " + p.within
	}
	return phrase
}

// flagName names a field that is agreed or is not, up to the entry that it belongs to.
func flagName(entry, field string) string {
	switch entry + "." + field {
	case "grants[].exclusive":
		return "Exclusive use under"
	case "grants[].term.perpetual":
		return "A term without end for"
	case "grants[].raw_footage":
		return "The use of raw footage under"
	case "grants[].credit":
		return "Naming the creator under"
	case "grants[].fee_first":
		return "Payment ahead of use under"
	case "grants[].acknowledged":
		return "That both know of the endless term of"
	case "grants[].territory.worldwide":
		return "Worldwide use under"
	case "exclusivity[].territory.worldwide":
		return "The worldwide reach of"
	}
	return ""
}

func entryNoun(pattern string) string {
	switch pattern {
	case "pay.fees[]":
		return "fee"
	case "pay.percentages[]":
		return "commission"
	case "pay.percentages[].tiers[]":
		return "rate from"
	case "pay.per_conversions[]":
		return "fixed commission"
	case "pay.metered[]":
		return "metered pay"
	case "pay.bonuses[]":
		return "bonus"
	case "pay.gifts[]":
		return "gift"
	case "parties[]":
		return "party"
	case "deliverables[]":
		return "deliverable"
	case "grants[]":
		return "grant"
	case "exclusivity[]":
		return "exclusivity"
	case "clauses.kill_fees[]":
		return "kill fee at the stage"
	case "clauses.services[]":
		return "service"
	}
	return ""
}

func fieldNoun(entry, field string) string {
	switch {
	case field == "before_days":
		return "time before the first post"
	case field == "after_days" && entry == "exclusivity[]":
		return "time after the last post"
	case field == "after_days":
		return "time after the milestone"
	case field == "skus":
		return "SKUs"
	case field == "carve_outs":
		return "carve-outs"
	case field == "due":
		return "milestone"
	case field == "bound":
		return "bound party"
	case field == "ai":
		return "uses by machines"
	case field == "posting":
		return "posting window"
	case field == "from" && entry == "grants[]":
		return "trigger"
	}
	return strings.ReplaceAll(field, "_", " ")
}

// placeName names the places outside of lists that matter most.
func placeName(pattern string) string {
	section, field, _ := strings.Cut(pattern, ".")
	switch section {
	case "effective":
		return "The " + field + " of the terms"
	case "zone":
		return "The time zone"
	case "categories":
		return "The categories of what is promoted"
	case "deliverables":
		if pattern == section {
			return "The deliverables"
		}
	case "pay":
		return payName(field)
	case "clauses":
		return clauseName(field)
	}
	return ""
}

func payName(field string) string {
	switch part, inner, _ := strings.Cut(field, "."); part {
	case "currency":
		return "The currency of the pay"
	case "cap":
		if inner == "" || inner == "amount" {
			return "The cap on commission"
		}
	case "guarantee":
		return "The guaranteed commission"
	case "draw":
		return "The draw"
	case "period":
		return "The period of the pay"
	case "hold":
		if inner == "days" {
			return "The hold on commission"
		}
	case "percentages":
		return "The commissions"
	case "per_conversions":
		return "The fixed commissions"
	}
	return ""
}

func clauseName(field string) string {
	switch term, ofPayment := strings.CutPrefix(field, "payment."); {
	case ofPayment && term == "days":
		return "The time for payment"
	case ofPayment && term == "from":
		return "What the time for payment is counted from"
	}
	switch field {
	case "audience":
		return "The audience's markets"
	case "law":
		return "The governing law"
	case "payment":
		return "The clause on payment"
	case "reviewing":
		return "The clause on reviews"
	case "morals":
		return "The clause on conduct"
	case "compliance":
		return "The clause on disclosure"
	case "warranties":
		return "The clause on warranties"
	case "ai":
		return "The clause on use by machines"
	}
	return ""
}
