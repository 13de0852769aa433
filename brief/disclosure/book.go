package disclosure

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Book is a set of rules made ready for many posts. It answers as [Evaluate] and [Suggest]
// do, several times as fast, and any number of goroutines may ask it at once.
type Book struct {
	rules []Rule
	spelt lexicon
}

// NewBook reads the wordings of the rules once. It shares their duties with the caller, who
// leaves them as they are from then on.
func NewBook(rules []Rule) *Book {
	b := &Book{rules: slices.Clone(rules), spelt: make(lexicon)}
	for i := range rules {
		if duty := rules[i].Label; duty != nil {
			b.spelt.learn(duty.Accepted, duty.Risky, duty.Rejected)
			for _, extra := range duty.ByTie {
				b.spelt.learn(extra.Accepted)
			}
		}
		if rules[i].Notice != nil {
			b.spelt.learn(rules[i].Notice.Accepted)
		}
	}
	return b
}

// Rules returns the rules of the book, which the caller leaves as they are.
func (b *Book) Rules() []Rule { return b.rules }

// lexicon holds wordings as they were read, by their text.
type lexicon map[string]spelling

// spelling is the text of a label in words.
type spelling struct {
	words   []word
	first   string // the first word, "" where it holds the brand's name
	joined  string // all words as one, "" where one is the brand's name
	branded bool
	inside  bool // it may stand inside a word of a script without spaces
}

func (l lexicon) learn(lists ...[]Label) {
	for _, list := range lists {
		for _, label := range list {
			if _, ok := l[label.Text]; !ok {
				l[label.Text] = spell(label.Text)
			}
		}
	}
}

// of returns how a text is spelt, out of the lexicon where it is there.
func (l lexicon) of(text string) spelling {
	if s, ok := l[text]; ok {
		return s
	}
	return spell(text)
}

func spell(text string) spelling {
	s := spelling{branded: strings.Contains(text, "{brand}")}
	s.words = read(strings.ReplaceAll(text, "{brand}", string(brandMark)))
	if s.branded || len(s.words) == 0 {
		return s
	}
	s.first = s.words[0].text
	s.joined = s.first
	for _, w := range s.words[1:] {
		s.joined += w.text
	}
	r, _ := utf8.DecodeRuneInString(s.first)
	s.inside = s.words[0].sign != '#' && scriptOf(r) > letter
	return s
}

// vocabulary is which words stand in the texts of a post.
type vocabulary struct {
	words    map[string]bool
	unspaced bool // some are of a script without spaces
}

func vocabularyOf(texts [][]word) vocabulary {
	v := vocabulary{words: make(map[string]bool)}
	for _, text := range texts {
		for i := range text {
			v.words[text[i].text] = true
			v.unspaced = v.unspaced || text[i].unspaced
		}
	}
	return v
}

// lacks reports that a wording cannot be in the texts: neither its first word nor the
// hashtag that joins it is.
func (v vocabulary) lacks(s spelling) bool {
	met := s.branded || v.words[s.first] || v.words[s.joined] || (s.inside && v.unspaced)
	return !met
}
