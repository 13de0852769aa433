package contracts

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// spans is a set of instants in its one canonical form: windows that are not empty, in
// order, apart from each other and in UTC, so that two sets are equal when their windows
// are. An open bound is a zero time, as in byline.Window. The nil spans is the empty set;
// no operation changes its operands.
type spans []byline.Window

// spansOf returns the instants that lie in any of the windows.
func spansOf(windows ...byline.Window) spans {
	sorted := make([]byline.Window, 0, len(windows))
	for _, w := range windows {
		if !w.Empty() {
			sorted = append(sorted, byline.Window{Start: w.Start.UTC(), End: w.End.UTC()})
		}
	}
	// An open start is the zero time, which comes first as it should.
	slices.SortFunc(sorted, func(a, b byline.Window) int { return a.Start.Compare(b.Start) })
	var s spans
	for _, w := range sorted {
		if last := len(s) - 1; last >= 0 && !apart(s[last], w) {
			s[last].End = laterEnd(s[last].End, w.End)
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

// laterEnd is the later of two ends, of which an open one is the latest.
func laterEnd(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return a
	}
	return b
}

// union returns the instants that lie in s, in o or in both.
func (s spans) union(o spans) spans { return spansOf(slices.Concat(s, o)...) }

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

// contains reports whether an instant lies in s, by halves.
func (s spans) contains(at time.Time) bool {
	_, found := slices.BinarySearchFunc(s, at, func(w byline.Window, at time.Time) int {
		switch {
		case w.Before(at):
			return -1
		case w.After(at):
			return 1
		}
		return 0
	})
	return found
}
