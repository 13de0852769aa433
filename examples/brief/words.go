package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// line keeps a text on one line.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }

// sentence begins with a capital and ends with a point.
func sentence(text string) string {
	text = line(text)
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	text = string(unicode.ToUpper(first)) + text[size:]
	if strings.ContainsAny(text[len(text)-1:], ".!?") || strings.HasSuffix(text, ".”") {
		return text
	}
	return text + "."
}

// clean makes visible what a terminal or a reader's eye would obey: control characters,
// and marks that turn the direction of what follows. Text in a file comes from anybody.
func clean(text string) string {
	const joiner, noBreak = '\u200d', '\u00a0' // of the parts of a picture; of a currency and its amount
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == joiner || r == noBreak || r == '\n' {
			return r
		}
		return utf8.RuneError
	}, text)
}
