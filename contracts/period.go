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
	governing *Agreement // the last version that has come into force within it
}

// stretches are the periods that have begun at an instant, over all versions, the
// earliest first. They do not overlap and leave nothing out. A period without an end is
// of terms without one.
func stretches(versions []*Agreement, at time.Time) []stretch {
	if len(versions) == 0 {
		return nil
	}
	var all []stretch
	end := lastEnd(versions)
	for start := firstStart(versions); !start.After(at) && (end.IsZero() || start.Before(end)); {
		s := stretch{Window: byline.Window{Start: start, End: end}, opening: inForce(versions, start)}
		if next := s.opening.nextPeriod(start); !next.IsZero() {
			s.Window = s.Intersect(byline.Window{End: next})
		}
		last := at
		if s.Before(at) {
			last = s.End.Add(-1)
		}
		s.governing = inForce(versions, last)
		all = append(all, s)
		if s.End.IsZero() {
			break
		}
		start = s.End
	}
	return all
}

func firstStart(versions []*Agreement) time.Time {
	first := versions[0].terms.Effective.Start
	for _, a := range versions[1:] {
		if a.terms.Effective.Start.Before(first) {
			first = a.terms.Effective.Start
		}
	}
	return first
}

// lastEnd is zero where a version has no end.
func lastEnd(versions []*Agreement) time.Time {
	var last time.Time
	for _, a := range versions {
		switch end := a.terms.Effective.End; {
		case end.IsZero():
			return time.Time{}
		case end.After(last):
			last = end
		}
	}
	return last
}

// inForce is the latest version that has started, or nil.
func inForce(versions []*Agreement, at time.Time) *Agreement {
	for _, a := range slices.Backward(versions) {
		if !a.terms.Effective.After(at) {
			return a
		}
	}
	return nil
}

// nextPeriod is the first instant of the month, quarter or year after the one that t
// lies in; zero where the whole term is one period.
func (a *Agreement) nextPeriod(t time.Time) time.Time {
	zone := a.Location()
	year, month, _ := t.In(zone).Date()
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
	return onClock(time.Date(year, month, 1, 0, 0, 0, 0, time.UTC), zone)
}
