package safety

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWord bounds what is read as one word; longer runs of letters match nothing.
const maxWord = 1024

// fold brings a word to the form in which it is compared: compatible forms of a letter as
// the letter, without case, without what cannot be seen, and in Latin script without
// accents. In other scripts a mark changes the word and stays. The word is valid UTF-8.
func fold(word string) string {
	if isPlain(word) {
		return word
	}
	var b strings.Builder
	latin := false
	for _, r := range norm.NFKD.String(word) {
		switch {
		case unicode.Is(unicode.Mn, r) && (latin || isSelector(r)), unicode.Is(unicode.Cf, r):
			continue
		case !isWordRune(r) && !isSign(r):
			continue
		case r == 'ß', r == 'ẞ':
			b.WriteString("ss")
			latin = true
			continue
		}
		if !unicode.Is(unicode.M, r) {
			latin = unicode.Is(unicode.Latin, r)
		}
		b.WriteRune(unicode.ToLower(unicode.ToUpper(r)))
	}
	return norm.NFKC.String(b.String())
}

// isPlain reports whether a word is its own form: lower case letters and digits of ASCII.
func isPlain(word string) bool {
	for i := range len(word) {
		if c := word[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

// isSign reports whether a rune is a word by itself, as an emoji is.
func isSign(r rune) bool { return r != utf8.RuneError && unicode.Is(unicode.So, r) }

// isSelector reports whether a rune says only how the one before is drawn.
func isSelector(r rune) bool {
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || r == 0x034F
}

// isUnspaced reports whether a rune is of a script that puts no space between words. Each
// of them counts as a word, so that a term of several is found inside a sentence.
func isUnspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// nameKey brings the name of a brand or its handle to the form in which it is compared:
// "L'Oréal", "@L.Oreal" and "loreal" are one. It is "" for a name without a letter or
// digit.
func nameKey(name string) string {
	if len(name) > maxWord {
		return ""
	}
	var b strings.Builder
	for _, r := range name {
		if isWordRune(r) {
			b.WriteRune(r)
		}
	}
	return fold(b.String())
}
