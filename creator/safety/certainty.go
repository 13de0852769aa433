package safety

import (
	"time"

	"github.com/bylinehq/byline"
)

// stretch is a time of which the ends may not be known: it covers core for certain, and
// nothing outside outer. The zero stretch is not known at all.
type stretch struct{ core, outer byline.Window }

// stretchOf reads a window whose open ends are not known, and lets it last longer by a
// look-back. A window that ends before it starts says nothing.
func stretchOf(w byline.Window, longer time.Duration) stretch {
	switch {
	case w.Empty(), w.Start.IsZero() && w.End.IsZero():
		return stretch{}
	case w.End.IsZero():
		return stretch{core: stretchFrom(w.Start, longer), outer: w}
	case w.Start.IsZero():
		end := w.End.Add(longer)
		return stretch{byline.Window{Start: w.End.Add(-1), End: end}, byline.Window{End: end}}
	}
	whole := byline.Window{Start: w.Start, End: w.End.Add(longer)}
	return stretch{whole, whole}
}

// stretchFrom is the time that an instant keeps, the instant itself at least.
func stretchFrom(t time.Time, longer time.Duration) byline.Window {
	return byline.Window{Start: t, End: t.Add(max(1, longer))}
}

// plannedStretch is the term of the planned work as of a time.
func (r *Rivalry) plannedStretch(at time.Time) stretch {
	p := r.Planned
	if p.Start.IsZero() || p.Empty() {
		p.Start = at
	}
	if p.Empty() { // it has ended, or was never valid: what stands in its way now
		p = byline.Window{Start: at}
	}
	return stretchOf(p, 0)
}

// meeting is whether two stretches have an instant in common.
type meeting int

const (
	apart meeting = iota
	perhaps
	together
)

func meet(a, b stretch) meeting {
	if !a.core.Start.IsZero() && !b.core.Start.IsZero() && a.core.Overlaps(b.core) {
		return together
	}
	if a.outer.Overlaps(b.outer) {
		return perhaps
	}
	return apart
}
