package disclosure

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Words is a text cut into words as the rules of this package read it: without regard to
// case, accents as they compose, full-width and invisible signs. Words of an address are
// no words of the text. The zero Words has none.
type Words struct {
	words []word
}

// WordsOf reads a text in time linear in its length.
func WordsOf(text string) Words { return Words{read(text)} }

// Len is how many words there are. A text of signs and emoji has none.
func (w Words) Len() int { return len(w.words) }

// Contains reports whether all words of a phrase stand in the text, one right after the
// other, and whole: "cure" is not in "secure". Signs between them do not count. A word of
// the phrase with a # or @ asks for it; one without is found in a hashtag and a name too,
// and several words also where a hashtag joins them. In scripts that are written without
// spaces, and in Hangul, a word may go on before and after the phrase. No phrase without a
// word is found.
//
// Letters that only look alike, and words that are spelt apart to hide them, are others.
func (w Words) Contains(phrase Words) bool {
	n := len(phrase.words)
	if n == 0 {
		return false
	}
	joined := phrase.joined()
	for i := range w.words {
		if i+n <= len(w.words) && follow(w.words[i:i+n], phrase.words) {
			return true
		}
		if joined != "" && w.words[i].sign != 0 && strings.ReplaceAll(w.words[i].text, "_", "") == joined {
			return true
		}
	}
	return false
}

// joined is what a hashtag makes of several words, "" for one word and for a phrase that
// has a sign of its own.
func (w Words) joined() string {
	if len(w.words) < 2 || slices.ContainsFunc(w.words, func(w word) bool { return w.sign != 0 }) {
		return ""
	}
	var joined strings.Builder
	for _, word := range w.words {
		joined.WriteString(word.text)
	}
	return joined.String()
}

func follow(words, phrase []word) bool {
	last := len(phrase) - 1
	for i, p := range phrase {
		w := words[i]
		if w.link != p.link || (p.sign != 0 && p.sign != w.sign) || !p.in(w, i == 0, i == last) {
			return false
		}
	}
	return true
}

// in reports whether the word is another. Where a script has no spaces, the first of a
// phrase may be its end, the last its beginning.
func (p word) in(w word, first, last bool) bool {
	switch {
	case p.text == w.text:
		return true
	case !p.goesOn() || !w.goesOn():
		return false
	case first && last:
		return strings.Contains(w.text, p.text)
	case first:
		return strings.HasSuffix(w.text, p.text)
	}
	return last && strings.HasPrefix(w.text, p.text)
}

// goesOn reports whether words may follow each other without a space.
func (p word) goesOn() bool { return p.unspaced || runsOn(p.text) }

// runsOn reports whether a word is of an alphabet that sets no spaces between words.
func runsOn(text string) bool {
	for _, r := range text {
		return unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	}
	return false
}

// Normal gives all spellings of a text that a reader takes for the same one: compatibility
// forms, case, invisible signs, runs of space, and the shapes of quotation marks and dashes.
func Normal(text string) string {
	if folded, ok := foldASCII(text); ok {
		return spaced(folded)
	}
	seen := strings.Map(func(c rune) rune {
		if saysNothing(c) {
			return -1
		}
		return c
	}, text)
	folded := norm.NFKC.String(cases.Fold().String(norm.NFKC.String(seen)))
	return spaced(plainSigns().Replace(folded))
}

func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

func plainSigns() *strings.Replacer {
	return strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‐", "-", "‑", "-", "–", "-", "—", "-")
}
