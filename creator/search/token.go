package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxToken bounds a word, in runes: what is longer is cut, in the index and in the query.
const maxToken = 64

// foldRune takes away case. Up and down again reaches the letters that have two small forms.
func foldRune(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }

// fold is how values are compared: without case, compatibility forms and outer space.
func fold(s string) string {
	return strings.Map(foldRune, norm.NFKC.String(strings.TrimSpace(s)))
}

// tokens calls visit for each word of a text, folded. Scripts that are written without
// spaces give each pair of neighbours, and each sign alone too where single is true.
func tokens(text string, single bool, visit func(token string)) {
	var word, run []rune
	flush := func() {
		if len(word) > 0 {
			visit(string(word[:min(len(word), maxToken)]))
		}
		pairs(run, single, visit)
		word, run = word[:0], run[:0]
	}
	for _, r := range norm.NFKC.String(text) {
		switch r = foldRune(r); {
		case unspaced(r):
			if len(word) > 0 {
				flush()
			}
			run = append(run, r)
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			if len(run) > 0 {
				flush()
			}
			word = append(word, r)
		default:
			flush()
		}
	}
	flush()
}

func pairs(run []rune, single bool, visit func(string)) {
	for i, r := range run {
		if single || len(run) == 1 {
			visit(string(r))
		}
		if i > 0 {
			visit(string(run[i-1 : i+1]))
		}
	}
}

func unspaced(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}
