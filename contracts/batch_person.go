package contracts

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// personOf makes one of the ways to write a name, so that nobody is two people: of one
// case and width, composed, and without what cannot be seen. A text of marks alone names
// nobody.
func personOf(name string) string {
	seen := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
			return -1
		}
		return r
	}, name)
	// Folding takes letters apart that were composed, and makes some that are not plain.
	folded := norm.NFKC.String(cases.Fold().String(norm.NFKC.String(seen)))
	if strings.IndexFunc(folded, func(r rune) bool { return !unicode.In(r, unicode.M, unicode.Z, unicode.C) }) < 0 {
		return ""
	}
	return strings.Join(strings.Fields(folded), " ")
}
