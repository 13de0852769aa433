package safety

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/bylinehq/byline"
)

// Lexicon is what [Scan] looks for. It is immutable and safe for concurrent use.
type Lexicon struct {
	lists     []ListRef
	terms     []Term
	languages []string
	latin     map[string]bool // of the languages: all terms are in Latin letters
	phrases   []phrase
	words     map[string]int32 // word to its number
	stems     map[string]int32 // beginning of a word to its number
	stemSizes []int
	edges     map[edge]int32 // the tree of phrases, from node 0
	ends      map[int32]int32
}

// edge is a step in the tree of phrases.
type edge struct{ node, word int32 }

// phrase is a spelling with all that it is a spelling of.
type phrase struct {
	terms []int32
	// excuses says of which terms the phrase is an exception, by the context.
	excuses map[int32]Context
}

// NewLexicon reads lists into one lexicon. Building it is linear in the letters of all
// lists. All faults are reported at once: "lexicon.list" for a list without name or
// version; "lexicon.id", "lexicon.id_twice", "lexicon.topic", "lexicon.language",
// "lexicon.risk" and "lexicon.context" for what is missing or unknown; "lexicon.decisive"
// for a term that is not of the floor and decides; "lexicon.words" for a spelling with
// nothing to compare, "lexicon.long" for one of more than eight words or 200 bytes, and
// "lexicon.stem" for one that leaves open too much.
func NewLexicon(lists ...Wordlist) (*Lexicon, error) {
	var faults []*byline.FieldError
	seen := map[string]bool{}
	for i := range lists {
		faults = append(faults, lists[i].faults(fmt.Sprintf("lists[%d]", i), seen)...)
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	b := &Lexicon{latin: map[string]bool{}, words: map[string]int32{}, stems: map[string]int32{}, edges: map[edge]int32{}, ends: map[int32]int32{}}
	known := map[string]bool{}
	for i := range lists {
		b.lists = append(b.lists, lists[i].ref())
		for _, t := range lists[i].Terms {
			b.add(t)
			b.latin[t.Language] = isLatin(t.Words) && (b.latin[t.Language] || !known[t.Language])
			known[t.Language] = true
		}
	}
	delete(known, Und)
	b.languages = slices.Sorted(maps.Keys(known))
	sizes := map[int]bool{}
	for stem := range b.stems {
		sizes[len(stem)] = true
	}
	b.stemSizes = slices.Sorted(maps.Keys(sizes))
	slices.SortFunc(b.lists, func(x, y ListRef) int { return compareText(x.Name, y.Name, x.Version, y.Version, x.Digest, y.Digest) })
	return b, nil
}

// Languages returns the languages that the lexicon has terms of, sorted, without [Und].
func (b *Lexicon) Languages() []string {
	if b == nil {
		return nil
	}
	return slices.Clone(b.languages)
}

func (b *Lexicon) add(t Term) {
	at := int32(len(b.terms)) //nolint:gosec // a list does not have two thousand million terms
	b.terms = append(b.terms, t)
	for _, w := range t.Words {
		p := b.phrase(spellingOf(w))
		if !slices.Contains(p.terms, at) {
			p.terms = append(p.terms, at)
		}
	}
	for _, e := range t.Except {
		for _, w := range e.Words {
			p := b.phrase(spellingOf(w))
			if p.excuses == nil {
				p.excuses = map[int32]Context{}
			}
			if before, twice := p.excuses[at]; !twice || e.Context < before {
				p.excuses[at] = e.Context
			}
		}
	}
}

func isLatin(words []string) bool {
	other := func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }
	return !slices.ContainsFunc(words, func(w string) bool { return strings.ContainsFunc(w, other) })
}

// phrase returns the phrase of a spelling, which it puts into the tree if it is new.
func (b *Lexicon) phrase(s spelling) *phrase {
	var node int32
	for i, w := range s.words {
		numbers := b.words
		if s.open && i == len(s.words)-1 {
			numbers = b.stems
		}
		step := edge{node, b.number(numbers, w)}
		next, ok := b.edges[step]
		if !ok {
			next = int32(len(b.edges) + 1) //nolint:gosec // see add
			b.edges[step] = next
		}
		node = next
	}
	at, ok := b.ends[node]
	if !ok {
		at = int32(len(b.phrases)) //nolint:gosec // see add
		b.ends[node] = at
		b.phrases = append(b.phrases, phrase{})
	}
	return &b.phrases[at]
}

// number gives words and stems numbers of one row, so that they never share one.
func (b *Lexicon) number(numbers map[string]int32, w string) int32 {
	n, ok := numbers[w]
	if !ok {
		n = int32(len(b.words) + len(b.stems)) //nolint:gosec // see add
		numbers[w] = n
	}
	return n
}
