package sentiment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one word, emoticon or other run of letters between spaces.
type word struct {
	term

	text    string // in lower case, without the marks around it
	shouted bool   // in capitals
}

// marks is what is taken off a word at both ends: ASCII punctuation.
const marks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// spell writes emoji by their names, each as words of its own.
func (e *English) spell(text string) string {
	if isASCII(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) * 2)
	afterSpace := true
	for _, r := range text {
		name, ok := e.emoji[string(r)]
		switch {
		case ok && afterSpace:
			b.WriteString(name)
		case ok:
			b.WriteString(" " + name)
		default:
			b.WriteRune(r)
		}
		afterSpace = r == ' '
	}
	return b.String()
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// split cuts a text at its spaces and looks each word up.
func (e *English) split(text string) []word {
	fields := strings.FieldsFunc(text, isSpace)
	words := make([]word, len(fields))
	for i, field := range fields {
		bare := strip(field)
		// Python has İ in lower case as two characters, and Go as an i.
		lower := strings.ToLower(strings.ReplaceAll(bare, "İ", "i\u0307"))
		words[i] = word{text: lower, shouted: isShouted(bare), term: e.terms[lower]}
		if strings.Contains(lower, "n't") {
			words[i].negates = true
		}
	}
	return words
}

// isSpace counts the ASCII separators in, as the reference does.
func isSpace(r rune) bool { return unicode.IsSpace(r) || (r >= 0x1c && r <= 0x1f) }

// strip takes the marks off a word. What has two letters or fewer without them is likely
// an emoticon and stays whole.
func strip(field string) string {
	bare := strings.Trim(field, marks)
	if utf8.RuneCountInString(bare) <= 2 {
		return field
	}
	return bare
}

// isShouted reports whether a word has a capital and no small letter.
func isShouted(text string) bool {
	capital := false
	for _, r := range text {
		switch {
		case unicode.IsLower(r), unicode.IsTitle(r), unicode.Is(unicode.Other_Lowercase, r):
			return false
		case unicode.IsUpper(r), unicode.Is(unicode.Other_Uppercase, r):
			capital = true
		}
	}
	return capital
}
