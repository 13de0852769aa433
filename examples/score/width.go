package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// width is how many columns of a terminal a text takes. East Asian scripts and pictures
// take two, marks that sit on the letter before them none. These are the main blocks of
// Unicode Standard Annex 11; what a terminal does beyond them differs.
func width(text string) int {
	columns := 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			columns++
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case wide(r):
			columns += 2
		default:
			columns++
		}
	}
	return columns
}

// wide tells letters of the width of two.
func wide(r rune) bool {
	for _, block := range [...][2]rune{
		{0x1100, 0x115f},   // Hangul Jamo
		{0x2e80, 0x303e},   // CJK radicals and punctuation
		{0x3041, 0xa4cf},   // kana, CJK, Yi
		{0xac00, 0xd7a3},   // Hangul
		{0xf900, 0xfaff},   // CJK compatibility
		{0xfe30, 0xfe6f},   // CJK forms
		{0xff00, 0xff60},   // full width
		{0xffe0, 0xffe6},   // full width signs
		{0x1f300, 0x1faff}, // pictures
		{0x20000, 0x3fffd}, // CJK extensions
	} {
		if r >= block[0] && r <= block[1] {
			return true
		}
	}
	return false
}

// clean makes visible what a terminal would obey: control characters, and marks that
// turn the direction of what follows. Text in a file comes from anybody.
func clean(text string) string {
	const joiner, noBreak = '\u200d', '\u00a0' // of the parts of a picture; of a currency and its amount
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == joiner || r == noBreak {
			return r
		}
		return utf8.RuneError
	}, text)
}

// short cuts a text that is wider than the given columns.
func short(text string, columns int) string {
	if width(text) <= columns {
		return text
	}
	for width(text) >= columns {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text + "…"
}
