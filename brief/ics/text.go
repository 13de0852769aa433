package ics

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what a calendar shows; longer text ends in an ellipsis.
const (
	longestSummary     = 200  // characters
	longestDescription = 4000 // characters
	longestAddress     = 2000 // bytes
)

// clean makes text that a calendar can hold: UTF-8, with \n as the only control character
// and nothing that turns the direction of what follows. Space within a line becomes a
// single one: a long run of it would be folded into a line that looks blank, which readers
// take for the end of something.
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ").Replace(text)
	text = strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || turns(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(line), " ")
	}
	return shortened(strings.TrimSpace(strings.Join(lines, "\n")), longestDescription)
}

// turns reports whether a character changes the direction of the text after it.
func turns(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }

// oneLine is clean text with a single space for whatever space it has.
func oneLine(text string) string {
	return shortened(strings.Join(strings.Fields(clean(text)), " "), longestSummary)
}

func shortened(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

// webAddress is an address as it can stand in a file, "" for one that is none of the web.
func webAddress(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.User != nil || (parsed.Scheme != "http" && parsed.Scheme != "https") {
		return ""
	}
	parsed.RawQuery = escaped(parsed.RawQuery)
	text := parsed.String()
	if len(text) > longestAddress || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ""
	}
	return text
}

// escaped escapes what a query must not hold as it is.
func escaped(query string) string {
	var out strings.Builder
	for _, b := range []byte(query) {
		if b <= ' ' || b > '~' || b == '"' || b == '<' || b == '>' {
			fmt.Fprintf(&out, "%%%02X", b)
			continue
		}
		out.WriteByte(b)
	}
	return out.String()
}
