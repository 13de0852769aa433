package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NormalizeCode brings a discount code or a link key to the form in which it is
// compared: Unicode NFKC, trimmed, upper case. "ａｖａ15 " and "Ava15" become "AVA15".
// Look-alike letters of other scripts stay different: a Cyrillic "А" is not an "A".
//
// It is idempotent. Text that is already in that form is returned without allocating.
func NormalizeCode(code string) string {
	if isNormalASCII(code) {
		return code
	}
	// Upper-casing can leave text that NFKC would compose again, and the other way
	// round; a second round settles every letter and mark (tested for each of them).
	for range 3 {
		next := norm.NFKC.String(strings.ToUpper(norm.NFKC.String(trimCode(code))))
		if next == code {
			break
		}
		code = next
	}
	return code
}

func isNormalASCII(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= utf8.RuneSelf || ('a' <= c && c <= 'z') || c == 0x7f {
			return false
		}
	}
	return true
}

// trimCode also cuts what a copy from a web page, a chat or a spreadsheet leaves unseen
// at either end: zero-width and direction marks, soft hyphens, variation selectors.
func trimCode(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Variation_Selector)
	})
}
