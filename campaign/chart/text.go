package chart

import (
	"html"
	"strings"
	"unicode"
)

// Sizes of type in pixels; the stylesheet says the same.
const (
	nameSize  = 13.0
	smallSize = 12.0
)

// advances holds the widths of the printable ASCII characters from space on: 50ths of the
// size of type, plus ' '. Each is the larger of Inter's (regular and medium, with tabular
// figures) and Liberation Sans's, measured on 2026-11-22.
const advances = "./4@@MB+33:B/7.3AAAAAAAAAA./BBB<SCBEDB?GE.<B<MFGBGDBAECQBC@3338<9=@=@>3?>--<-L>>??3;3>=J<=<313B"

// textWidth is about how wide a text is drawn, rather too wide than too narrow.
func textWidth(s string, size float64) float64 {
	width := 0.0
	for _, r := range s {
		width += advance(r)
	}
	return float64(width * size)
}

func advance(r rune) float64 {
	switch {
	case r >= ' ' && r <= '~':
		return float64(advances[r-' ']-' ') / 50
	case attached(r):
		return 0
	case r == '\uFDFD': // one character that is a sentence
		return 9
	case r == '…', r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3,
		r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60, r >= 0x20000 && r <= 0x3FFFF:
		return 1
	case r >= 0x1F000 && r <= 0x1FAFF:
		return 1.35
	case r < 0x0370: // Latin with marks
		return 0.68
	case r >= 0x0590 && r <= 0x08FF: // Hebrew, Arabic
		return 0.65
	default:
		return 0.9
	}
}

// attached reports whether r is drawn onto the character before it.
func attached(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r >= 0x1F3FB && r <= 0x1F3FF
}

const joiner = '\u200D'

// shorten cuts a text that is wider than max and ends it with "…". It does not part a
// character from its marks, nor an emoji at a joiner.
func shorten(s string, size, limit float64) (short string, cut bool) {
	if textWidth(s, size) <= limit {
		return s, false
	}
	room := limit - textWidth("…", size)
	end, width, before := 0, 0.0, ' '
	for i, r := range s {
		if !attached(r) && before != joiner {
			end = i
		}
		width += float64(advance(r) * size)
		if width > room {
			break
		}
		before = r
	}
	return strings.TrimRight(s[:end], " .,") + "…", true
}

// maxMarks is how many marks may stand on one character. Scripts need up to three; towers
// of them climb over the lines above.
const maxMarks = 4

// clean makes one line of valid text of what came from outside: no control characters, no
// characters that turn the direction of the text that follows.
func clean(s string) string {
	var b strings.Builder
	marks := 0
	for _, r := range strings.TrimSpace(s) {
		switch {
		case r == '\t', r == '\n', r == '\r', r == '\u2028', r == '\u2029':
			r = ' '
		case unicode.IsControl(r), turns(r), r == '\uFFFE', r == '\uFFFF':
			continue
		}
		if !unicode.In(r, unicode.Mn, unicode.Me) {
			marks = 0
		} else if marks++; marks > maxMarks {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func turns(r rune) bool {
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// escape makes clean text safe inside an element and inside a quoted attribute. What is no
// UTF-8 has become U+FFFD in clean.
func escape(s string) string { return html.EscapeString(clean(s)) }

// isolated keeps a text written from right to left from turning the words around it.
func isolated(s string) string {
	s = clean(s)
	for _, r := range s {
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}

func widest(texts []string, size float64) float64 {
	width := 0.0
	for _, t := range texts {
		width = max(width, textWidth(clean(t), size))
	}
	return width
}
