package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// between is a window of days; its end is the first day on which something else holds.
func between(start, end time.Time) byline.Window { return byline.Window{Start: start, End: end} }

// inForce gives a record another window.
func (r Rule) inForce(effective byline.Window) Rule { r.Effective = effective; return r }

// readIn gives a record another source.
func (r Rule) readIn(instrument, source string, c byline.Confidence) Rule {
	r.Instrument, r.Source, r.Confidence = instrument, source, c
	return r
}

// reported are wordings of which the press or a law firm tells, in a rule whose own text
// was read.
func reported(labels []Label) []Label {
	told := make([]Label, len(labels))
	for i, label := range labels {
		label.Confidence = byline.Secondary
		told[i] = label
	}
	return told
}
