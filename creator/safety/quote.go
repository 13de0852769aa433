package safety

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a quote on each side of what was found.
const (
	quoteWords = 6
	quoteBytes = 80
)

// quoter cuts quotes out of a text.
type quoter struct {
	text  string
	words []word
}

// around returns what stands at a place with a few words before and after.
func (q quoter) around(start, end int) string {
	first := sort.Search(len(q.words), func(i int) bool { return q.words[i].end > start })
	last := sort.Search(len(q.words), func(i int) bool { return q.words[i].start >= end }) - 1
	from, to := 0, len(q.text)
	if at := first - quoteWords; at > 0 {
		from = q.words[at].start
	}
	if at := last + quoteWords; at < len(q.words)-1 {
		to = q.words[at].end
	}
	from, to = max(from, start-quoteBytes), min(to, end+quoteBytes)
	for from < start && !utf8.RuneStart(q.text[from]) {
		from++
	}
	for to > end && to < len(q.text) && !utf8.RuneStart(q.text[to]) {
		to--
	}
	quote := oneLine(q.text[from:to])
	if from > 0 {
		quote = "…" + quote
	}
	if to < len(q.text) {
		quote += "…"
	}
	return quote
}

// oneLine brings a text to one line without what a screen would obey: control characters
// and marks that turn the direction of writing.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r) && r != '\u200d':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Join(strings.Fields(text), " ")
}
