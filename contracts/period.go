package contracts

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// stretch is one period of an agreement.
type stretch struct {
	byline.Window
	opening   *Agreement // the version in force when it begins; it says how long the period is
	governing *Agreement // the last version that came into force within it
}

// stretches are the periods that have begun at an instant, over all versions, the
// earliest first. They do not overlap, and leave nothing out but the time in which no
// version is in force. A period without an end is of terms without one.
func stretches(versions []*Agreement, at time.Time) []stretch {
	var all []stretch
	for start := nextStart(versions, time.Time{}); !start.IsZero() && !start.After(at); {
		s := stretch{Window: byline.Window{Start: start}, opening: inForce(versions, start)}
		if s.opening == nil {
			start = nextStart(versions, start)
			continue
		}
		s.End = s.opening.nextPeriod(start)
		s.Window = s.Intersect(byline.Window{End: reignEnd(versions, start)})
		s.governing = governing(versions, s, at)
		all = append(all, s)
		if s.End.IsZero() {
			break
		}
		start = s.End
	}
	return all
}

// nextStart is when a version comes into force for the first time after t; zero where
// none does.
func nextStart(versions []*Agreement, t time.Time) time.Time {
	var next time.Time
	for _, a := range versions {
		if start := a.terms.Effective.Start; start.After(t) && (next.IsZero() || start.Before(next)) {
			next = start
		}
	}
	return next
}

// reignEnd is until when some version is in force without a gap from t on; zero where
// that has no end.
func reignEnd(versions []*Agreement, t time.Time) time.Time {
	for {
		later := t
		for _, a := range versions {
			if !a.terms.Effective.Contains(t) {
				continue
			}
			if a.terms.Effective.End.IsZero() {
				return time.Time{}
			}
			if a.terms.Effective.End.After(later) {
				later = a.terms.Effective.End
			}
		}
		if !later.After(t) {
			return t
		}
		t = later
	}
}

// governing is the last version in force within a period, as far as it has run.
func governing(versions []*Agreement, s stretch, at time.Time) *Agreement {
	last := at
	if s.Before(at) {
		last = s.End.Add(-1)
	}
	return inForce(versions, last)
}

// inForce is the latest version whose time contains an instant, or nil.
func inForce(versions []*Agreement, at time.Time) *Agreement {
	for _, version := range slices.Backward(versions) {
		if version.terms.Effective.Contains(at) {
			return version
		}
	}
	return nil
}

// nextPeriod is the first instant of the month, quarter or year after the one that t
// lies in; zero where the whole term is one period.
func (a *Agreement) nextPeriod(t time.Time) time.Time {
	year, month, _ := t.In(a.Location()).Date()
	switch a.terms.Pay.Period {
	case Monthly:
		month++
	case Quarterly:
		month += 3 - (month-1)%3
	case Yearly:
		year, month = year+1, time.January
	default:
		return time.Time{}
	}
	// Not midnight, which some days do not have.
	return onClock(time.Date(year, month, 1, 0, 0, 0, 0, time.UTC), a.Location())
}
