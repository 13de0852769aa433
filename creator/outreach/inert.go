package outreach

import (
	"strings"
	"unicode"
)

// inert makes one line of what somebody else wrote: space of any kind is one space, and
// what is not to be seen is left out.
func inert(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			gap = b.Len() > 0
		case isHazard(r):
		default:
			if gap {
				b.WriteByte(' ')
				gap = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isHazard reports whether a character is not to be seen: controls, line and paragraph
// separators, marks of direction and of format, and what is no character. The two joiners
// stay, which emoji and some scripts need.
func isHazard(r rune) bool {
	const zeroWidthNonJoiner, zeroWidthJoiner = '\u200c', '\u200d'
	if r == zeroWidthJoiner || r == zeroWidthNonJoiner {
		return false
	}
	return r == unicode.ReplacementChar || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point)
}
