package byline

import "time"

// Window is the half-open interval [Start, End): an event at Start is inside, one at
// End is not. A zero bound is open, so the zero Window contains every instant.
type Window struct {
	Start time.Time `json:"start,omitzero"`
	End   time.Time `json:"end,omitzero"`
}

// Contains reports whether t lies in the window.
func (w Window) Contains(t time.Time) bool {
	return !w.Before(t) && !w.After(t)
}

// Before reports whether the window has ended at t.
func (w Window) Before(t time.Time) bool { return !w.End.IsZero() && !t.Before(w.End) }

// After reports whether the window has yet to start at t.
func (w Window) After(t time.Time) bool { return !w.Start.IsZero() && t.Before(w.Start) }

// Empty reports whether no instant lies in the window.
func (w Window) Empty() bool {
	return !w.Start.IsZero() && !w.End.IsZero() && !w.Start.Before(w.End)
}

// Intersect returns the instants that lie in both windows; the result may be
// [Window.Empty].
func (w Window) Intersect(o Window) Window {
	if w.Start.IsZero() || (!o.Start.IsZero() && w.Start.Before(o.Start)) {
		w.Start = o.Start
	}
	if w.End.IsZero() || (!o.End.IsZero() && o.End.Before(w.End)) {
		w.End = o.End
	}
	return w
}

// Overlaps reports whether some instant lies in both windows.
func (w Window) Overlaps(o Window) bool {
	return !w.Empty() && !o.Empty() && !w.Intersect(o).Empty()
}
