package disclosure

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

func (r Rule) on(categories ...Category) Rule {
	r.Scope.Categories = categories
	return r
}

func (r Rule) marked(marks ...Mark) Rule {
	r.Scope.Marks = marks
	return r
}

// unconfirmed is a gate that is only recalled, so that it warns and never blocks. Its id
// is named for the first category.
func unconfirmed(m byline.Market, instrument, says string, categories ...Category) Rule {
	return ruleOf(string(m)+"."+string(categories[0]), m, undated(), instrument, "not confirmed", byline.Recalled).
		on(categories...).liable(Brand, Creator).says(says)
}

// until is the window of what held up to a day, since one that is not known.
func until(y int, m time.Month, d int) byline.Window { return byline.Window{End: day(y, m, d)} }

// without returns the ties but for some.
func without(ties []Tie, some ...Tie) []Tie {
	return slices.DeleteFunc(slices.Clone(ties), func(t Tie) bool { return slices.Contains(some, t) })
}

// openInEnglish are words that English content uses in markets whose lists name only
// words of their own language. Whether they do there is open.
func openInEnglish() []Label {
	return recalled(words("en", "#ad", "ad", "advertisement", "sponsored"))
}
