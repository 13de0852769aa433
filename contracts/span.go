package contracts

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// spans is a set of instants in its one canonical form: windows that are not empty, in
// order and apart from each other. An open bound is a zero time, as in byline.Window. The
// nil spans is the empty set; no operation changes its operands. In UTC, two sets are
// equal when their windows are.
type spans []byline.Window

// spansOf returns the instants that lie in any of the windows, in UTC.
func spansOf(windows ...byline.Window) spans {
	s := joinSpans(windows)
	for i, w := range s {
		s[i] = byline.Window{Start: w.Start.UTC(), End: w.End.UTC()}
	}
	return s
}

// joinSpans is spansOf on the clocks that the windows came with.
func joinSpans(windows []byline.Window) spans {
	sorted := slices.DeleteFunc(slices.Clone(windows), byline.Window.Empty)
	// An open start is the zero time, which comes first as it should.
	slices.SortFunc(sorted, func(a, b byline.Window) int { return a.Start.Compare(b.Start) })
	var s spans
	for _, w := range sorted {
		if last := len(s) - 1; last >= 0 && !apart(s[last], w) {
			if compareWindowEnds(w.End, s[last].End) > 0 {
				s[last].End = w.End
			}
		} else {
			s = append(s, w)
		}
	}
	return s
}

// spanOfInstant returns the shortest window that holds a point in time.
func spanOfInstant(at time.Time) byline.Window { return byline.Window{Start: at, End: at.Add(1)} }

// apart reports whether an instant lies between a and b, which starts no earlier.
func apart(a, b byline.Window) bool {
	return !a.End.IsZero() && !b.Start.IsZero() && a.End.Before(b.Start)
}

// compareWindowEnds orders ends, of which the zero one is after all others.
func compareWindowEnds(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// intersect returns the instants that lie in both, in one pass over each.
func (s spans) intersect(o spans) spans {
	var both spans
	for i, j := 0, 0; i < len(s) && j < len(o); {
		if w := s[i].Intersect(o[j]); !w.Empty() {
			both = append(both, w)
		}
		if s[i].End.IsZero() || (!o[j].End.IsZero() && o[j].End.Before(s[i].End)) {
			j++
		} else {
			i++
		}
	}
	return both
}

// subtract returns the instants that lie in s and not in o.
func (s spans) subtract(o spans) spans { return s.intersect(o.complement()) }

// complement returns the instants that do not lie in s.
func (s spans) complement() spans {
	var gaps spans
	var from time.Time
	for i, w := range s {
		if i > 0 || !w.Start.IsZero() {
			gaps = append(gaps, byline.Window{Start: from, End: w.Start})
		}
		if w.End.IsZero() {
			return gaps
		}
		from = w.End
	}
	return append(gaps, byline.Window{Start: from})
}

// at is the window of s that contains an instant, found by halves.
func (s spans) at(instant time.Time) (byline.Window, bool) {
	i, found := slices.BinarySearchFunc(s, instant, func(w byline.Window, instant time.Time) int {
		switch {
		case w.Before(instant):
			return -1
		case w.After(instant):
			return 1
		}
		return 0
	})
	if !found {
		return byline.Window{}, false
	}
	return s[i], true
}
