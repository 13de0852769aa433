package contracts

import (
	"time"

	"github.com/bylinehq/byline/attribution"
)

// wait says whether money waits and until when; a zero until is not ended by time.
type wait struct {
	held  bool
	until time.Time
}

// later is the longer of two waits.
func (w wait) later(o wait) wait {
	switch {
	case !w.held:
		return o
	case !o.held || w.until.IsZero():
		return w
	case o.until.IsZero() || o.until.After(w.until):
		return o
	}
	return w
}

// byItem reports whether the goods of one order may wait for different times.
func (h *Hold) byItem() bool { return h.From == HeldDelivery || len(h.Items) > 0 }

// of is how long a line's goods wait. A nil line stands for the order as a whole.
func (h *Hold) of(l *attribution.LineSales, placed time.Time) wait {
	if h.From == NotHeld {
		return wait{}
	}
	days := h.Days
	if l != nil {
		for i := range h.Items {
			if h.Items[i].Scope.hasLine(l) {
				days = h.Items[i].Days
				break
			}
		}
	}
	from := placed
	if h.From == HeldDelivery {
		from = time.Time{}
		if l != nil {
			from = l.DeliveredAt
		}
		if from.IsZero() {
			if h.AtMost == 0 {
				return wait{held: true}
			}
			from, days = placed, h.AtMost
		}
	}
	return wait{held: true, until: stamp(from.Add(time.Duration(days) * 24 * time.Hour))}
}

// at is the wait as seen at an instant, at which it may be over. At the zero time nothing
// is.
func (w wait) at(t time.Time) wait {
	if w.held && !w.until.IsZero() && !t.IsZero() && !t.Before(w.until) {
		return wait{}
	}
	return w
}

// stamp is an instant as a ledger keeps it, to the microsecond and in UTC, so that what
// is read back equals what is computed anew.
func stamp(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}
