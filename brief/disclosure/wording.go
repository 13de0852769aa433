package disclosure

import (
	"slices"
	"strings"
)

// kind is the list that a wording is of. Of wordings that cover the same words, the one
// of the higher kind counts.
type kind int8

const (
	unlisted kind = iota - 1 // of none, and it may be a label
	accepted
	risky
	rejected
	byTie
)

// wording is a label as the words to look for.
type wording struct {
	label   Label
	kind    kind
	parts   []part
	tag     bool // its first word is a hashtag
	foreign bool // it counts in content of another language
	unsure  bool // it counts in one language, and that of the content is not known
}

// part is one word of a wording. Where the brand is not known, any word stands for it.
type part struct {
	text           string
	brand          bool
	any            bool
	prefix, suffix string
}

func (p part) matches(w word) bool {
	switch {
	case w.link, w.sign == '@' && !p.brand:
		return false
	case p.any:
		return len(w.text) > len(p.prefix)+len(p.suffix) && strings.HasPrefix(w.text, p.prefix) && strings.HasSuffix(w.text, p.suffix)
	}
	return w.text == p.text
}

func (w wording) guesses() bool {
	return slices.ContainsFunc(w.parts, func(p part) bool { return p.any })
}

// matchesAt reports whether the words from i on are the wording.
func (w wording) matchesAt(words []word, i int) bool {
	first := words[i]
	switch {
	case len(w.parts) > len(words)-i,
		w.tag && first.sign != '#' && !first.said,
		w.label.Bare && (first.sign == '#' || first.said):
		return false
	}
	for n, p := range w.parts {
		if !p.matches(words[i+n]) {
			return false
		}
	}
	return true
}

// names are the spellings of the brands of a post, each as its words.
type names [][]string

func namesOf(brands []string) names {
	var all names
	for _, brand := range brands {
		var spaced []string
		for _, w := range read(brand) {
			spaced = append(spaced, w.text)
		}
		if len(spaced) > 0 {
			all = append(all, spaced)
		}
		if len(spaced) > 1 {
			all = append(all, []string{strings.Join(spaced, "")})
		}
	}
	return all
}

// at returns how many words from i on are a brand's name, 0 for none.
func (n names) at(words []word, i int) int {
	longest := 0
	for _, name := range n {
		if len(name) > longest && len(name) <= len(words)-i && isName(name, words[i:]) {
			longest = len(name)
		}
	}
	return longest
}

func isName(name []string, words []word) bool {
	for i, text := range name {
		if words[i].text != text || words[i].link {
			return false
		}
	}
	return true
}

// wordings returns a label in every form in which it is looked for: with each of the
// brands, and a phrase also as the hashtag that joins it.
func wordings(label Label, words []word, k kind, e *examiner) []wording {
	own, language := baseLanguage(label.Language), e.language
	if strings.Count(label.Text, "{brand}") > 1 {
		return nil // one name for each would be tried with each
	}
	base := wording{label: label, kind: k, unsure: own != "" && language == "", foreign: own != "" && language != "" && own != language}
	if base.foreign && k != accepted && k != byTie {
		return nil
	}
	base.tag = words[0].sign == '#'
	forms := [][]part{{}}
	for _, w := range words {
		forms = extend(forms, partsOf(w, e.brands))
	}
	var all []wording
	for _, form := range forms {
		spelt := base
		spelt.parts = form
		all = append(all, spelt)
		if joined, ok := join(form); ok {
			asTag := base
			asTag.parts, asTag.tag = []part{joined}, !words[0].unspaced
			all = append(all, asTag)
		}
	}
	return all
}

// extend follows each of the forms with each of the tails.
func extend(forms, tails [][]part) [][]part {
	var all [][]part
	for _, form := range forms {
		for _, tail := range tails {
			all = append(all, slices.Concat(form, tail))
		}
	}
	return all
}

// partsOf returns what one word of a label may be: itself, or any of the brand's names.
func partsOf(w word, brands names) [][]part {
	before, after, branded := strings.Cut(w.text, string(brandMark))
	if !branded {
		return [][]part{{{text: w.text}}}
	}
	if len(brands) == 0 {
		return [][]part{{{any: true, brand: true, prefix: before, suffix: after}}}
	}
	var all [][]part
	for _, name := range brands {
		if before+after != "" || w.sign == '#' {
			all = append(all, []part{{text: before + strings.Join(name, "") + after, brand: before+after == ""}})
			continue
		}
		parts := make([]part, len(name))
		for i, text := range name {
			parts[i] = part{text: text, brand: true}
		}
		all = append(all, parts)
	}
	return all
}

// join is a phrase as one word.
func join(form []part) (part, bool) {
	if len(form) < 2 {
		return part{}, false
	}
	var text strings.Builder
	for _, p := range form {
		if p.any {
			return part{}, false
		}
		text.WriteString(p.text)
	}
	return part{text: text.String()}, true
}

// baseLanguage is the language of a BCP 47 tag without script and region. The two written
// forms of Norwegian are one.
func baseLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"), "-")
	base = strings.ToLower(base)
	if base == "nb" || base == "nn" {
		return "no"
	}
	return base
}
