package brief

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordsOf are the words of a text in lower case: letters, digits and the apostrophes and
// hyphens between them.
func wordsOf(text string) []string {
	fields := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(text, "’", "'")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\'' && r != '-'
	})
	words := fields[:0]
	for _, f := range fields {
		if f = strings.Trim(f, "'-"); f != "" {
			words = append(words, f)
		}
	}
	return words
}

// sentencesOf splits a text where a sentence or a line ends. A point within a number or an
// address ends none.
func sentencesOf(text string) []string {
	var sentences []string
	from := 0
	cut := func(to int) {
		if s := strings.TrimLeft(strings.TrimSpace(text[from:to]), "”») "); len(wordsOf(s)) > 0 {
			sentences = append(sentences, s)
		}
		from = to
	}
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		switch {
		case r == utf8.RuneError:
		case r == '\n' || r == ';', r == '!' || r == '?':
			cut(end)
		case r == '.' && (end == len(text) || !inWord(firstRune(text[end:]))):
			cut(end)
		}
	}
	cut(len(text))
	return sentences
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// phrases splits phrases into their words.
func phrases(texts ...string) [][]string {
	list := make([][]string, len(texts))
	for i, text := range texts {
		list[i] = strings.Fields(text)
	}
	return list
}

// firstPhrase is the phrase that comes first in a text, of those at one place the longest,
// "" where none does.
func firstPhrase(text string, list [][]string) string {
	words := wordsOf(text)
	for i := range words {
		best := 0
		for _, phrase := range list {
			if len(phrase) > best && len(phrase) <= len(words)-i && slices.Equal(words[i:i+len(phrase)], phrase) {
				best = len(phrase)
			}
		}
		if best > 0 {
			return strings.Join(words[i:i+best], " ")
		}
	}
	return ""
}

// says reports whether a text has a phrase in it, as whole words; in scripts that set no
// spaces between words, anywhere.
func says(text, phrase string) bool {
	if strings.ContainsFunc(phrase, unspaced) {
		return strings.Contains(strings.ToLower(text), strings.ToLower(strings.TrimSpace(phrase)))
	}
	words := wordsOf(phrase)
	return len(words) > 0 && firstPhrase(text, [][]string{words}) != ""
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// mostQuoted is how many characters of a passage are quoted.
const mostQuoted = 120

// excerpt is a text on one line, cut between words.
func excerpt(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= mostQuoted {
		return text
	}
	cut := string([]rune(text)[:mostQuoted])
	if space := strings.LastIndexByte(cut, ' '); space > mostQuoted/2 {
		cut = cut[:space]
	}
	return cut + " …"
}
