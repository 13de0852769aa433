package disclosure

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Evaluate answers for every rule that reaches a post on the day it is published: those of
// its markets, of the areas they are in, and of its platform. The order of the rules, of
// the markets and of the texts makes no difference.
//
// A finding is a [byline.Blocker] where a rule is broken, a [byline.Warning] where that is
// open, and a [byline.Info] where only the wording is not confirmed. Its code is one of
// these. Of the label: "label.missing", "label.inadequate" for words known to fail,
// "label.open" for words whose acceptance is open, "label.unconfirmed", "label.language"
// for a label in another language, "label.unlisted" for words of none of the lists where
// the list is open or in other languages, "label.inline" for a word in the middle of a sentence,
// "label.denied" for one that the words before it deny,
// "label.companion" for the missing name of the brand, "label.toggle_alone" for the
// platform's label in place of words.
//
// Of its place: "label.hidden", "label.wrong_place" for the bio, a comment or what is
// behind a click, "label.not_in_content", "label.not_first", "label.low" for a later line,
// "label.after_fold", "label.hashtags" and "label.buried" for a place behind other
// hashtags, "label.not_alone", "label.frame" for frames without it, "label.late" for a
// video that begins without it, "label.one_channel" for one that is only seen or only
// heard, "label.once" for one that is not repeated.
//
// Of the other duties: "time.short", "toggle.off", "notice.missing", "notice.place",
// "notice.unclear", "gate.banned", "gate.conditions", "gate.credentials",
// "permit.missing".
//
// Who asks about many posts makes a [Book] of the rules.
func Evaluate(post Post, rules []Rule) Assessment {
	return (&Book{rules: rules}).Evaluate(post)
}

// Evaluate is [Evaluate] with the rules of the book.
func (b *Book) Evaluate(post Post) Assessment {
	e := newExaminer(post, b.spelt)
	assessment := Assessment{Status: NoKnownIssue, Missing: e.cannotStart()}
	if len(assessment.Missing) > 0 {
		assessment.Status = CannotDetermine
		return assessment
	}
	if e.untied() {
		return assessment
	}
	inForce := e.inForce(b.rules)
	for _, rule := range inForce {
		assessment.Answers = append(assessment.Answers, e.answer(rule)...)
	}
	slices.SortStableFunc(assessment.Answers, compareAnswers)
	assessment.Unruled = e.unruled(inForce)
	if len(assessment.Answers) > 0 {
		assessment.Status = assessment.Answers[0].Status
	}
	if len(assessment.Unruled) > 0 && assessment.Status == NoKnownIssue {
		assessment.Status = CannotDetermine
	}
	return assessment
}

// examiner is a post made ready to be asked.
type examiner struct {
	post     Post
	day      time.Time // midnight UTC of the day on its clock
	language string
	brands   names
	markets  []byline.Market
	texts    [][]word
	spelt    lexicon
	met      vocabulary
}

func newExaminer(post Post, spelt lexicon) *examiner {
	e := &examiner{post: post, spelt: spelt, day: day(post.At.Date()), language: baseLanguage(post.Language), brands: namesOf(post.Brands)}
	for _, m := range post.Markets {
		e.markets = append(e.markets, lawMarket(m))
	}
	slices.Sort(e.markets)
	e.markets = slices.Compact(e.markets)
	e.texts = make([][]word, len(post.Texts))
	for i, passage := range post.Texts {
		e.texts[i] = read(passage.Text)
		if passage.Where == Spoken {
			say(e.texts[i])
		}
	}
	e.met = vocabularyOf(e.texts)
	return e
}

// cannotStart names what is missing to know which rules to ask.
func (e *examiner) cannotStart() []string {
	var missing []string
	if e.post.At.IsZero() {
		missing = append(missing, "at")
	}
	if len(e.markets) == 0 {
		missing = append(missing, "markets")
	}
	return missing
}

// untied reports whether nothing connects creator and brand. A tie that is named outweighs
// the word that there is none.
func (e *examiner) untied() bool { return e.post.NoTie && len(e.post.Ties) == 0 }

// inForce returns the rules of the day that hold in a market of the post, in an area of it
// or on its platform. An area's duties of words give way to a market's own.
func (e *examiner) inForce(rules []Rule) []*Rule {
	var kept []*Rule
	for i := range rules {
		if rules[i].Effective.Contains(e.day) && e.holds(&rules[i]) {
			kept = append(kept, &rules[i])
		}
	}
	for i, rule := range kept {
		if rule.Area != "" && rule.Label != nil && !e.needed(rule.Area, kept) {
			less := *rule
			less.Label = nil // and the time of it
			kept[i] = &less
		}
	}
	return kept
}

func (e *examiner) holds(rule *Rule) bool {
	if rule.Market == "" && rule.Area == "" {
		return true
	}
	return slices.ContainsFunc(e.markets, func(m byline.Market) bool { return rule.holdsIn(m) })
}

// needed reports whether some market of the post is in the area and has no label duty of
// its own.
func (e *examiner) needed(area Area, rules []*Rule) bool {
	return slices.ContainsFunc(e.markets, func(m byline.Market) bool {
		own := func(rule *Rule) bool { return rule.Market == m && rule.Label != nil }
		return area.has(m) && !slices.ContainsFunc(rules, own)
	})
}

func (e *examiner) unruled(inForce []*Rule) []byline.Market {
	var unruled []byline.Market
	for _, m := range e.markets {
		if !slices.ContainsFunc(inForce, func(rule *Rule) bool { return rule.holdsIn(m) }) {
			unruled = append(unruled, m)
		}
	}
	return unruled
}

// answer asks the duties of one rule.
func (e *examiner) answer(rule *Rule) []Answer {
	reach := e.reach(rule.Scope)
	if reach.no {
		return nil
	}
	var answers []Answer
	add := func(duty string, v verdict) {
		if status := v.status(); reach.missing != nil && status != NoKnownIssue {
			v = verdict{missing: slices.Concat(reach.missing, v.missing)}
		}
		answers = append(answers, answerOf(rule, duty, v))
	}
	if rule.Label != nil {
		v := e.label(rule)
		add("label", v)
		if rule.Time != nil && e.timed(rule.Time) {
			add("time", e.time(rule, v))
		}
	}
	if rule.Notice != nil {
		add("notice", e.notice(rule))
	}
	if rule.Toggle != nil {
		add("toggle", e.toggle(rule))
	}
	if rule.Gate != nil {
		add("gate", e.gate(rule))
	}
	if rule.Permit != nil {
		add("permit", e.permit(rule))
	}
	return answers
}

func answerOf(rule *Rule, duty string, v verdict) Answer {
	slices.Sort(v.missing)
	source := rule.Rule
	for i := range v.findings {
		v.findings[i].Rule = &source
		if rule.Confidence == byline.Recalled && v.findings[i].Severity == byline.Blocker {
			v.findings[i].Severity = byline.Warning
		}
	}
	return Answer{
		Rule: rule.Rule, Force: rule.Force, Liable: slices.Clone(rule.Liable), Says: rule.Says, Duty: duty,
		Status: v.status(), Findings: v.findings, Label: v.label, Passage: v.passage, Missing: slices.Compact(v.missing),
	}
}

func compareAnswers(a, b Answer) int {
	if c := cmp.Or(cmp.Compare(a.Status.rank(), b.Status.rank()), strings.Compare(a.Rule.ID, b.Rule.ID), strings.Compare(a.Duty, b.Duty)); c != 0 {
		return c
	}
	return cmp.Or(
		a.Rule.Effective.Start.Compare(b.Rule.Effective.Start), strings.Compare(string(a.Rule.Market), string(b.Rule.Market)),
		strings.Compare(a.Rule.Instrument, b.Rule.Instrument), strings.Compare(a.Says, b.Says),
	)
}

// verdict is what one duty comes to.
type verdict struct {
	findings []byline.Finding
	missing  []string
	label    string
	passage  int
	// seen are the texts in which the label counts.
	seen []int
	// shown says that the platform's own label stands in place of words.
	shown bool
}

func (v verdict) status() Status {
	worst := NoKnownIssue
	if len(v.missing) > 0 {
		worst = CannotDetermine
	}
	for _, f := range v.findings {
		switch f.Severity {
		case byline.Blocker:
			return Violation
		case byline.Warning:
			worst = Risk
		case byline.Info:
		}
	}
	return worst
}

// rank orders statuses from the worst.
func (s Status) rank() int {
	return slices.Index([]Status{Violation, Risk, CannotDetermine, NoKnownIssue}, s)
}
