package contracts

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// windowsOf are the stretches of time in which one grant or another holds, apart from
// each other and in order.
func windowsOf(fit []*heldGrant, asset Asset) []byline.Window {
	var windows []byline.Window
	for _, h := range fit {
		if w, ok := h.holds(asset); ok {
			windows = append(windows, w)
		}
	}
	return joinWindows(windows)
}

// joinWindows merges windows that overlap or touch. None of them may be empty.
func joinWindows(windows []byline.Window) []byline.Window {
	// The zero time is before all others, as an open start is.
	slices.SortFunc(windows, func(a, b byline.Window) int { return a.Start.Compare(b.Start) })
	var joined []byline.Window
	for _, w := range windows {
		last := len(joined) - 1
		if last < 0 || (!joined[last].End.IsZero() && w.Start.After(joined[last].End)) {
			joined = append(joined, w)
		} else if compareWindowEnds(w.End, joined[last].End) > 0 {
			joined[last].End = w.End
		}
	}
	return joined
}

// overlapWindows are the stretches that lie in both of two joined lists.
func overlapWindows(a, b []byline.Window) []byline.Window {
	var both []byline.Window
	for _, x := range a {
		for _, y := range b {
			if x.Overlaps(y) {
				both = append(both, x.Intersect(y))
			}
		}
	}
	return joinWindows(both)
}

// stretchAt is the one of joined windows that contains an instant.
func stretchAt(joined []byline.Window, at time.Time) (byline.Window, bool) {
	for _, w := range joined {
		if w.Contains(at) {
			return w, true
		}
	}
	return byline.Window{}, false
}

// windowsCover reports whether a use lies in one of joined windows as a whole.
func windowsCover(joined []byline.Window, use Use) bool {
	w, ok := stretchAt(joined, use.At)
	if !ok || use.Until.IsZero() {
		return ok
	}
	return use.Until.After(use.At) && (w.End.IsZero() || !use.Until.After(w.End))
}
