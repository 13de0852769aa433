package forecast

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// oneDefinition returns by which definition posts count a measure. Numbers of two
// definitions are not of one kind: a view that a platform redefined is another number.
func oneDefinition(what string, of cohort, posts []Post, measure func(Post) byline.Measure) (string, *byline.RefusalError) {
	seen, found := map[string]bool{}, ""
	for _, p := range posts {
		if m := measure(p); isKnown(m) {
			found = m.Definition()
			seen[found] = true
		}
	}
	if len(seen) > 1 {
		return "", refused("forecast.mixed_definitions", fmt.Sprintf("past posts count %s%s by several definitions; keep to one, or give their posts formats of their own", what, of.place()), float64(len(seen)), 1)
	}
	return found, nil
}

// place names a cohort after a noun; the zero cohort stands for all.
func (c cohort) place() string {
	if c == (cohort{}) {
		return ""
	}
	return " on " + c.String()
}

func isKnown(m byline.Measure) bool {
	_, known := m.Value()
	return known
}

func reachMeasure(p Post) byline.Measure      { return p.Reach }
func clickMeasure(p Post) byline.Measure      { return p.Clicks }
func conversionMeasure(p Post) byline.Measure { return p.Conversions }

// counted are a post's measures, in the order of [measured].
func counted(p Post) [3]byline.Measure { return [3]byline.Measure{p.Reach, p.Clicks, p.Conversions} }

// sameDefinition reports whether a post counts a measure as those that were learnt from.
func (l *learnt) sameDefinition(p Post, measure int) bool {
	of := counted(p)
	return measure >= len(of) || !isKnown(of[measure]) || of[measure].Definition() == l.definitions[measure]
}
