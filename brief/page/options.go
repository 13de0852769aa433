package page

import (
	"time"

	"github.com/bylinehq/byline/brief/disclosure"
)

// Options says who reads. nil has every default.
type Options struct {
	// Language is that of headings and fixed words, BCP 47: en, de, fr, es, it, pt, nl, ja
	// or ko, with any region ("en-US" writes the month first). Default: the brief's. Where
	// a language has no words here, English stands in, and a note says so.
	Language string
	Zone     *time.Location // of all days and times; nil: UTC
	// At is the day whose rules say where a label has to stand, for a piece without a
	// posting window. Zero: nothing is said about it.
	At time.Time
	// Rules say where a label has to stand. nil: those of [disclosure.Rules].
	Rules []disclosure.Rule
}
