package brief

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// labelAnswer is what the rules of a market say about one kind of piece.
type labelAnswer struct {
	post       disclosure.Post // with the briefed label where it counts most
	label      int             // index of the disclosure; -1: none
	assessment disclosure.Assessment
	puts       []put // the labels to use; empty: not asked for yet, or there is none
	foreign    bool  // no label of the content's language is known to do
	asked      bool
}

// answer asks the rules once for every market and kind of piece, on its first day, and on its
// last where a rule changes in between.
func (r *review) answer() {
	for _, kind := range r.kinds() {
		for _, m := range r.b.Markets {
			for _, at := range r.daysOf(kind.posting) {
				r.ask(r.postOf(kind, m, at))
			}
		}
	}
}

// pieceKind is what makes a difference to the rules.
type pieceKind struct {
	platform byline.Platform
	medium   disclosure.Medium
	posting  byline.Window
}

// kinds are those of all pieces, in an order of their own.
func (r *review) kinds() []pieceKind {
	var kinds []pieceKind
	for _, p := range r.b.Pieces {
		kind := pieceKind{p.Platform, p.Format.Medium(), p.Posting}
		i := slices.IndexFunc(kinds, func(k pieceKind) bool { return k.platform == kind.platform && k.medium == kind.medium })
		if i < 0 {
			kinds = append(kinds, kind)
			continue
		}
		if known := &kinds[i].posting; kind.posting.Start.Before(known.Start) && !kind.posting.Start.IsZero() || known.Start.IsZero() {
			known.Start = kind.posting.Start
		}
		if kind.posting.End.After(kinds[i].posting.End) {
			kinds[i].posting.End = kind.posting.End
		}
	}
	slices.SortFunc(kinds, func(a, b pieceKind) int {
		return cmp.Or(cmp.Compare(a.platform, b.platform), cmp.Compare(a.medium, b.medium))
	})
	return kinds
}

// daysOf is when the rules are asked for.
func (r *review) daysOf(posting byline.Window) []time.Time {
	first := r.there(cmp.Or(posting.Start, r.at))
	last := r.there(posting.End)
	between := byline.Window{Start: first.Add(1), End: last}
	if posting.End.IsZero() || between.Empty() {
		return []time.Time{first}
	}
	changes := func(rule disclosure.Rule) bool {
		for _, bound := range []time.Time{rule.Effective.Start, rule.Effective.End} {
			if !bound.IsZero() && between.Contains(time.Date(bound.Year(), bound.Month(), bound.Day(), 0, 0, 0, 0, first.Location())) {
				return true
			}
		}
		return false
	}
	if slices.ContainsFunc(r.options.Rules, changes) {
		return []time.Time{first, last.Add(-1)}
	}
	return []time.Time{first}
}

// there is an instant on the clock of the audience, where that is known.
func (r *review) there(t time.Time) time.Time {
	if r.options.Audience == nil || t.IsZero() {
		return t
	}
	return t.In(r.options.Audience)
}

// postOf is the post that the brief asks for, without a text.
func (r *review) postOf(kind pieceKind, m byline.Market, at time.Time) disclosure.Post {
	facts := r.options.Facts
	post := disclosure.Post{
		At: at, Platform: kind.platform, Medium: kind.medium, Markets: []byline.Market{m}, Language: r.b.Language,
		Ties: r.b.Product.Ties, Control: disclosure.Yes, Brands: r.b.Brands, Toggle: disclosure.No,
		Categories: r.b.Product.Categories, NoCategory: len(r.b.Product.Categories) == 0,
		Regions: facts.Regions, Staff: facts.Staff, Followers: facts.Followers, Marks: facts.Marks, NoMark: facts.NoMark, Checks: facts.Checks,
	}
	post.Minors = r.minors()
	return post
}

// minors says of which ages many are in the audience. Where few are under 18, few are under
// any lower age; where many are, nothing is known of the lower ones.
func (r *review) minors() map[int]disclosure.Known {
	part, known := r.b.Audience.Minors.Value()
	switch {
	case !known:
		return nil
	case part >= r.norms.Minors:
		return map[int]disclosure.Known{18: disclosure.Yes}
	}
	ages := map[int]disclosure.Known{18: disclosure.No}
	for _, rule := range r.options.Rules {
		if age := rule.Scope.Minors; age > 0 && age < 18 {
			ages[age] = disclosure.No
		}
	}
	return ages
}

func (r *review) ask(post disclosure.Post) {
	i := r.labelFor(post)
	if i >= 0 {
		setLabel(&post, r.b.Disclosures[i].Label)
	}
	r.labels = append(r.labels, &labelAnswer{post: post, label: i, assessment: r.evaluate(post)})
}

// setLabel puts a label where it counts most: first in the text, on the picture, and heard
// at the start and again.
func setLabel(post *disclosure.Post, label string) {
	post.Texts = []disclosure.Passage{{Where: disclosure.Caption, Text: label}, {Where: disclosure.Overlay, Text: label}}
	switch post.Medium {
	case disclosure.Video, disclosure.Audio, disclosure.Live:
		post.Length = 2
		post.Texts = append(post.Texts,
			disclosure.Passage{Where: disclosure.Spoken, Text: label, Span: disclosure.Span{To: 1}},
			disclosure.Passage{Where: disclosure.Spoken, Text: label, Span: disclosure.Span{From: 1, To: 2}})
	case disclosure.Frame, disclosure.Image, disclosure.Text:
	}
}

// labelFor finds the label for a post: that of its platform before that of all, -1 where
// there is none for its market in its language.
func (r *review) labelFor(post disclosure.Post) int {
	found := -1
	for i, d := range r.b.Disclosures {
		if d.Market != post.Markets[0] || baseLanguage(d.Language) != baseLanguage(post.Language) {
			continue
		}
		if d.Platform == post.Platform {
			return i
		}
		if d.Platform == "" {
			found = i
		}
	}
	return found
}

// baseLanguage is "pt" for "pt-BR".
func baseLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	return base
}

// checkLabels holds every briefed label against its market's rules: B02.
func checkLabels(r *review) {
	for _, l := range r.labels {
		if l.label < 0 {
			r.labelMissing(l)
			continue
		}
		for _, a := range l.assessment.Answers {
			if a.Duty == "label" && a.Status != disclosure.NoKnownIssue && !r.toggleDoes(l, a) {
				r.labelPoor(l, a)
			}
		}
	}
}

// toggleDoes reports whether the platform's switch that the brief names stands in for the
// words.
func (r *review) toggleDoes(l *labelAnswer, poor disclosure.Answer) bool {
	if r.b.Disclosures[l.label].Toggle == "" {
		return false
	}
	post := l.post
	post.Toggle = disclosure.Yes
	for _, a := range r.evaluate(post).Answers {
		if a.ID() == poor.ID() {
			return a.Status == disclosure.NoKnownIssue
		}
	}
	return false
}

func (r *review) labelMissing(l *labelAnswer) {
	language, platform := "an unknown language", "an unknown platform"
	if l.post.Language != "" {
		language = languageName(l.post.Language)
	}
	if l.post.Platform != "" {
		platform = platformName(l.post.Platform)
	}
	message := fmt.Sprintf("no label is given for %s in %s on ", inMarket(l.post.Markets[0]), language)
	asked := false
	for _, a := range l.assessment.Answers {
		if a.Duty == "label" {
			asked = true
			found := r.findBy(a.Rule, "brief.disclosure_missing", "disclosures", message, byline.Blocker).in(platform, "")
			found.puts = r.labelsFor(l)
		}
	}
	if !asked {
		r.find("brief.disclosure_missing", "disclosures", message).in(platform, "").Severity = byline.Warning
	}
}

func (r *review) labelPoor(l *labelAnswer, a disclosure.Answer) {
	path := entry("disclosures", l.label) + ".label"
	label := excerpt(r.b.Disclosures[l.label].Label)
	puts := r.labelsFor(l)
	if l.foreign && foreignOnly(a) {
		r.foreignLabel(l, a, path)
		return
	}
	place := inMarket(l.post.Markets[0])
	for _, f := range a.Findings {
		code := "brief.disclosure_wrong"
		if f.Severity != byline.Blocker {
			code = "brief.disclosure_doubtful"
		}
		found := r.findBy(a.Rule, code, path, fmt.Sprintf("“%s” for ", label), f.Severity).in(place, ": "+f.Message)
		found.Fix, found.puts = cmp.Or(f.Fix, found.Fix), puts
	}
	missing := slices.DeleteFunc(slices.Clone(a.Missing), func(path string) bool { return path == "ties" }) // told apart
	if len(a.Findings) == 0 && len(missing) > 0 {
		r.findBy(a.Rule, "brief.disclosure_doubtful", path, fmt.Sprintf("whether “%s” will do for ", label), byline.Warning).
			in(place, " cannot be determined without: "+joinWords(missing)).
			Fix = "Find it out, and tell the review among its facts."
	}
}

// foreignOnly reports whether all that speaks against a label of a market's own list is
// that the content is in another language.
func foreignOnly(a disclosure.Answer) bool {
	other := func(f byline.Finding) bool { return f.Code != "label.language" && f.Severity != byline.Info }
	return len(a.Findings) > 0 && !slices.ContainsFunc(a.Findings, other)
}

// foreignLabel tells what the rules leave open where no label of the content's language is
// known to do: the market's own word is the best there is, and one note says so.
func (r *review) foreignLabel(l *labelAnswer, a disclosure.Answer, path string) {
	message := fmt.Sprintf("“%s” is a label of the rules for ", excerpt(r.b.Disclosures[l.label].Label))
	after := fmt.Sprintf("; whether it does in content in %s they leave open, and no label in that language is known to do", languageName(l.post.Language))
	found := r.findBy(a.Rule, "brief.disclosure_doubtful", path, message, byline.Info).in(inMarket(l.post.Markets[0]), after)
	found.Fix = "Keep it, and ask a lawyer of the market in case of doubt."
}

// labelsFor are the labels to use: one under which no rule finds an issue, else the market's
// own in each of the languages of its rules.
func (r *review) labelsFor(l *labelAnswer) []put {
	if l.asked {
		return l.puts
	}
	l.asked = true
	if best := r.suggest(l.post); len(best) > 0 {
		l.puts = []put{{best[0].Label, best[0].Where, ""}}
		return l.puts
	}
	for _, language := range r.ownLanguages(l) {
		post := l.post
		post.Language = language
		if best := r.suggest(post); len(best) > 0 {
			note := fmt.Sprintf(" It is %s: no label in %s is known to do there.", languageName(language), languageName(l.post.Language))
			l.puts = append(l.puts, put{best[0].Label, best[0].Where, note})
		}
	}
	l.foreign = len(l.puts) > 0
	return l.puts
}

// ownLanguages are those of the labels that a market's rules accept, in order.
func (r *review) ownLanguages(l *labelAnswer) []string {
	var languages []string
	if l.post.Language == "" {
		return nil
	}
	for _, rule := range r.options.Rules {
		if rule.Label == nil || rule.Market != l.post.Markets[0] {
			continue
		}
		for _, label := range rule.Label.Accepted {
			if base := baseLanguage(label.Language); base != "" && base != baseLanguage(l.post.Language) {
				languages = append(languages, base)
			}
		}
	}
	slices.Sort(languages)
	return slices.Compact(languages)
}

// checkNotices asks for words beside the label, where the facts say that a rule wants them:
// that a person is virtual, for one. Elements may have them.
func checkNotices(r *review) {
	for _, l := range r.labels {
		wanted := func(a disclosure.Answer) bool { return a.Duty == "notice" && len(a.Findings) > 0 }
		if !slices.ContainsFunc(l.assessment.Answers, wanted) {
			continue
		}
		post := l.post
		post.Texts = nil
		for _, e := range r.b.Elements {
			post.Texts = append(post.Texts, disclosure.Passage{Where: disclosure.Caption, Text: e.Text}, disclosure.Passage{Where: disclosure.Overlay, Text: e.Text})
		}
		for _, a := range r.evaluate(post).Answers {
			if wanted(a) {
				found := r.findBy(a.Rule, "brief.notice_missing", "elements", "for ", worst(a.Findings)).in(inMarket(l.post.Markets[0]), ": "+a.Findings[0].Message)
				found.Fix = cmp.Or(a.Findings[0].Fix, found.Fix)
			}
		}
	}
}

// checkToggles asks for the platform's own switch: B02. A post has one, whatever the
// market for which it is named.
func checkToggles(r *review) {
	for _, l := range r.labels {
		named := func(d Disclosure) bool {
			return d.Toggle != "" && (d.Platform == "" || d.Platform == l.post.Platform)
		}
		if slices.ContainsFunc(r.b.Disclosures, named) {
			continue
		}
		for _, a := range l.assessment.Answers {
			if a.Duty == "toggle" && (a.Status == disclosure.Violation || a.Status == disclosure.Risk) {
				message := fmt.Sprintf("the switch of %s is not named", platformName(l.post.Platform))
				found := r.findBy(a.Rule, "brief.toggle_missing", "disclosures", message, worst(a.Findings))
				found.because, found.Fix = ": "+a.Says, cmp.Or(r.toggleFix(a.Rule.ID), found.Fix)
			}
		}
	}
}

// toggleFix names the switch as the platform does.
func (r *review) toggleFix(id string) string {
	for _, rule := range r.options.Rules {
		if rule.ID == id && rule.Toggle != nil && rule.Toggle.Name != "" {
			return fmt.Sprintf("Name “%s” in the disclosure.", rule.Toggle.Name)
		}
	}
	return ""
}

func worst(findings []byline.Finding) byline.Severity {
	severity := byline.Info
	for _, f := range findings {
		if severityRank(f.Severity) > severityRank(severity) {
			severity = f.Severity
		}
	}
	return severity
}

// checkMarkets says what the rules cannot be asked for: B02.
func checkMarkets(r *review) {
	if len(r.b.Product.Ties) == 0 {
		r.find("brief.ties_missing", "product.ties", "what connects the creator with the brand is not stated")
	}
	if len(r.b.Markets) == 0 {
		r.find("brief.market_unruled", "markets", "no market is stated, so that no rule can be asked")
	}
	for _, l := range r.labels {
		for _, m := range l.assessment.Unruled {
			i := slices.Index(r.b.Markets, l.post.Markets[0])
			r.find("brief.market_unruled", entry("markets", i), fmt.Sprintf("there is no rule here for %s", inMarket(m)))
		}
	}
}
