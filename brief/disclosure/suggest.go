package disclosure

import (
	"slices"
	"strings"
)

// Suggestion is a label under which no rule asked finds an issue with the words.
type Suggestion struct {
	Label string   `json:"label"` // as it is to be written, with the name of the brand
	Where string   `json:"where"` // in words, after "Put it"
	Rules []string `json:"rules"` // ids of the rules that it fulfils
}

// Suggest returns the labels that would do for a post, the best first: in the order in
// which the rules accept them, the confirmed before the recalled. It looks at At, Markets,
// Platform, Medium, Language, Ties, Control and Brands; the texts of the post make no
// difference, and where facts are missing it suggests what does in any case. Rules of
// other duties are left out: a label does not open a gate.
//
// One label has to do for all markets of the post. Where none does, the result is empty,
// and the markets are to be asked one by one.
func Suggest(post Post, rules []Rule) []Suggestion {
	return (&Book{rules: rules}).Suggest(post)
}

// Suggest is [Suggest] with the rules of the book.
func (b *Book) Suggest(post Post) []Suggestion {
	e := newExaminer(bare(post), b.spelt)
	if e.untied() || len(e.cannotStart()) > 0 {
		return nil
	}
	var asking []*Rule
	for _, rule := range e.inForce(b.rules) {
		if rule.Label != nil && !e.reach(rule.Scope).no {
			asking = append(asking, rule)
		}
	}
	slices.SortFunc(asking, func(a, b *Rule) int { return strings.Compare(a.ID, b.ID) })
	var suggestions []Suggestion
	for _, text := range e.candidateTexts(asking) {
		if s, ok := e.suggest(text, asking); ok {
			suggestions = append(suggestions, s)
		}
	}
	return suggestions
}

// bare is a post without its texts and without the switch, so that words alone count.
func bare(post Post) Post {
	post.Texts, post.Unread, post.Toggle = nil, nil, No
	return post
}

// candidateTexts are all accepted labels, spelt out, the first of each rule before the
// second of any.
func (e *examiner) candidateTexts(rules []*Rule) []string {
	var texts []string
	lists := make([][]Label, len(rules))
	longest := 0
	for i, rule := range rules {
		for _, extra := range rule.Label.ByTie {
			if e.fits(extra) == Yes {
				lists[i] = append(lists[i], extra.Accepted...)
			}
		}
		lists[i] = e.preferred(slices.Concat(rule.Label.Accepted, lists[i]))
		longest = max(longest, len(lists[i]))
	}
	for n := range longest {
		for _, list := range lists {
			if n >= len(list) || (len(e.brands) == 0 && (list[n].Companion || strings.Contains(list[n].Text, "{brand}"))) {
				continue
			}
			if text := e.spell(list[n]); !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// suggest tries a label in the best place: first in the text, on every picture, and heard
// twice.
func (e *examiner) suggest(text string, rules []*Rule) (Suggestion, bool) {
	post := bare(e.post)
	post.Texts = []Passage{{Where: Caption, Text: text}, {Where: Overlay, Text: text}}
	if runs(post.Medium) {
		post.Texts = append(post.Texts,
			Passage{Where: Spoken, Text: text, Span: Span{To: 1}}, Passage{Where: Spoken, Text: text, Span: Span{From: 1, To: 2}})
	}
	if post.Length <= 0 {
		post.Length = 2
	}
	tried := newExaminer(post, e.spelt)
	s := Suggestion{Label: text}
	var where []string
	for _, rule := range rules {
		v := tried.label(rule)
		if v.status() != NoKnownIssue {
			return Suggestion{}, false
		}
		place, _ := placeIn(rule.Label.Place, post.Medium)
		if sentence := place.sentence(post.Medium); !slices.Contains(where, sentence) {
			where = append(where, sentence)
		}
		s.Rules = append(s.Rules, rule.ID)
	}
	s.Where = strings.Join(where, "; ")
	return s, len(rules) > 0
}
