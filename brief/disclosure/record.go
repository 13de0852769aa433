package disclosure

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Rules returns the built-in records, as read on 2026-11-22. They are data to be checked
// by a lawyer of the market, not advice. The result is the caller's own.
//
// The rule of a market that asks for the label has the market's code as its id, "US";
// others add what they are about, "GB.hfss_food", "FR.virtual", and a region's or a
// platform's begin with its name, "US-NY.performer", "instagram".
func Rules() []Rule {
	return slices.Concat(
		rulesUS(),
		rulesGB(), rulesEU(), rulesDE(), rulesFR(), rulesIT(), rulesES(), rulesNL(), rulesIE(),
		rulesNO(), rulesDK(), rulesSE(), rulesFI(), rulesPL(),
		rulesAE(), rulesAU(), rulesBR(), rulesCA(), rulesCN(), rulesIN(), rulesJP(), rulesKR(), rulesMX(), rulesSG(),
		rulesInstagram(), rulesLinkedIn(), rulesTikTok(), rulesTwitch(), rulesYouTube(),
	)
}

// A record is written as a rule of a market from a day on; the helpers below fill in what
// is the same in all.
func ruleOf(id string, m byline.Market, effective byline.Window, instrument, source string, c byline.Confidence) Rule {
	return Rule{Force: Law, Rule: byline.Rule{
		ID: id, Market: m, Instrument: instrument, Effective: effective, Source: source, ReadAt: day(2026, time.November, 22), Confidence: c,
	}}
}

func (r Rule) says(what string) Rule { r.Says = what; return r }

func (r Rule) by(force Force) Rule { r.Force = force; return r }

func (r Rule) reaches(scope Scope) Rule { r.Scope = scope; return r }

func (r Rule) on(categories ...Category) Rule { r.Scope.Categories = categories; return r }

func (r Rule) marked(marks ...Mark) Rule { r.Scope.Marks = marks; return r }

func (r Rule) liable(parties ...Party) Rule { r.Liable = parties; return r }

func (r Rule) gate(effect GateEffect, conditions string) Rule {
	r.Gate = &GateDuty{Effect: effect, Conditions: conditions}
	return r
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func since(y int, m time.Month, d int) byline.Window { return byline.Window{Start: day(y, m, d)} }

// until is the window of what held up to a day, since one that is not known.
func until(y int, m time.Month, d int) byline.Window { return byline.Window{End: day(y, m, d)} }

// undated is the window of what holds since a day that is not known.
func undated() byline.Window { return byline.Window{} }

// words are wordings that count in content of a language, "" in any.
func words(language string, texts ...string) []Label {
	labels := make([]Label, len(texts))
	for i, text := range texts {
		labels[i] = Label{Text: text, Language: language}
	}
	return labels
}

// recalled are wordings that nobody confirmed.
func recalled(labels []Label) []Label {
	labels = slices.Clone(labels)
	for i := range labels {
		labels[i].Confidence = byline.Recalled
	}
	return labels
}

// withBrand are wordings that need the brand's name beside them.
func withBrand(labels []Label) []Label {
	labels = slices.Clone(labels)
	for i := range labels {
		labels[i].Companion = true
	}
	return labels
}

// benefits are all ties: any benefit makes a post advertising nearly everywhere.
func benefits() []Tie {
	return []Tie{Paid, GiftWithAsk, GiftUnsolicited, Affiliate, OwnBrand, Employment, Loan, Event}
}

// without returns the ties but for some.
func without(ties []Tie, some ...Tie) []Tie {
	return slices.DeleteFunc(slices.Clone(ties), func(t Tie) bool { return slices.Contains(some, t) })
}

// concat joins lists of wordings.
func concat(lists ...[]Label) []Label { return slices.Concat(lists...) }
