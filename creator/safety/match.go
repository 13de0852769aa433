package safety

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// span is a run of words, the last one included.
type span struct{ first, last int }

// matches is where the phrases of a lexicon stand in one reading of a text, by the number
// of the phrase, each in the order of the text.
type matches map[int32][]span

// match finds all phrases in one pass: from each word on it follows the tree as far as
// the text does, eight words at most, as no phrase is longer. It is linear in the words,
// whatever the lexicon.
func (b *Lexicon) match(text []word) matches {
	found := matches{}
	for i := range text {
		var node int32
		for j := i; j < len(text) && (j == i || !text[j].breaks); j++ {
			if text[j].kind == mentionWord || text[j].key == "" {
				break
			}
			b.open(found, text[j].key, node, span{i, j})
			number, known := b.words[text[j].key]
			next, ok := b.edges[edge{node, number}]
			if !known || !ok {
				break
			}
			node = next
			if at, end := b.ends[node]; end {
				found[at] = append(found[at], span{i, j})
			}
		}
	}
	return found
}

// open finds the phrases that end in the beginning of a word.
func (b *Lexicon) open(found matches, key string, node int32, at span) {
	for _, size := range b.stemSizes {
		if size > len(key) {
			return
		}
		number, known := b.stems[key[:size]]
		if !known {
			continue
		}
		if next, ok := b.edges[edge{node, number}]; ok {
			if p, end := b.ends[next]; end {
				found[p] = append(found[p], at)
			}
		}
	}
}

// reach is how many words away a context may stand.
const reach = 12

// use is one use of a term in a text.
type use struct {
	term       int32
	start, end int // in the text, in bytes
	at         span
	context    Context
	because    span // the words of the context, if there is one
	words      string
	disguised  bool
}

// uses returns the uses of terms in one reading of a text, of one language and of those
// for every language, without idioms. Of spellings of a term that begin at one word the
// longest counts.
func (b *Lexicon) uses(text []word, language string) []use {
	found := b.match(text)
	excuses := map[int32][]excuse{} // by term
	for p := range found {
		for term, context := range b.phrases[p].excuses {
			excuses[term] = append(excuses[term], excuse{context, found[p]})
		}
	}
	var list []use
	for p, spans := range found {
		for _, term := range b.phrases[p].terms {
			if l := b.terms[term].Language; l != language && l != Und {
				continue
			}
			for _, s := range spans {
				u := use{term: term, start: text[s.first].start, end: text[s.last].end, at: s}
				if !u.excused(excuses[term]) {
					continue
				}
				if u.context != "" {
					u.words = wordKeys(text[u.because.first : u.because.last+1])
				}
				u.disguised = slices.ContainsFunc(text[s.first:s.last+1], func(w word) bool { return w.disguised })
				list = append(list, u)
			}
		}
	}
	slices.SortFunc(list, func(x, y use) int {
		return cmp.Or(cmp.Compare(x.term, y.term), cmp.Compare(x.at.first, y.at.first), cmp.Compare(y.at.last, x.at.last))
	})
	return slices.CompactFunc(list, func(x, y use) bool { return x.term == y.term && x.at.first == y.at.first })
}

func wordKeys(text []word) string {
	keys := make([]string, len(text))
	for i, w := range text {
		keys[i] = w.key
	}
	return strings.Join(keys, " ")
}

// excuse is where a context of a term stands.
type excuse struct {
	context Context
	spans   []span
}

// excused notes the context of a use, the first by name, and reports false for an idiom.
func (u *use) excused(by []excuse) (counts bool) {
	for _, e := range by {
		if e.context == Idiom {
			if covered(e.spans, u.at) {
				return false
			}
			continue
		}
		at, near := nearest(e.spans, u.at)
		order := cmp.Or(cmp.Compare(e.context, u.context), cmp.Compare(at.first, u.because.first), cmp.Compare(at.last, u.because.last))
		if near && (u.context == "" || order < 0) {
			u.context, u.because = e.context, at
		}
	}
	return true
}

// covered reports whether one of the spans holds another.
func covered(spans []span, s span) bool {
	from := sort.Search(len(spans), func(i int) bool { return spans[i].first > s.first-maxPhrase })
	for _, idiom := range spans[from:] {
		if idiom.first > s.first {
			return false
		}
		if idiom.last >= s.last {
			return true
		}
	}
	return false
}

// nearest returns the first of the spans that is within reach of another.
func nearest(spans []span, s span) (span, bool) {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].last >= s.first-reach })
	if i == len(spans) || spans[i].first > s.last+reach {
		return span{}, false
	}
	return spans[i], true
}
