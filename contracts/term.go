package contracts

import (
	"time"

	"github.com/bylinehq/byline"
)

// Holds returns when the term holds that was started at an instant: Term.Start with
// FromDate, else what the trigger names. Months are calendar months in zone at the same
// time of day and never run over: 31 January and a month is the last of February. Days
// come after the months and are calendar days too, 23 to 25 hours long. A time of day
// that the clocks skip is the instant at which they do, one that comes twice the first.
//
// It is false for a start that is zero and for a term that names no end and is not
// Perpetual: such a term never holds. The window may be [byline.Window.Empty]. A nil
// zone is UTC.
func (t Term) Holds(start time.Time, zone *time.Location) (byline.Window, bool) {
	counted := t.Months > 0 || t.Days > 0
	if start.IsZero() || (!counted && t.End.IsZero() && !t.Perpetual) {
		return byline.Window{}, false
	}
	w := byline.Window{Start: start, End: t.End}
	if counted {
		w = w.Intersect(byline.Window{End: afterCalendar(start, t.Months, t.Days, zone)})
	}
	return w, true
}

// same reports whether two terms say the same, in whatever zone their times are.
func (t Term) same(o Term) bool {
	start, end := t.Start.Equal(o.Start), t.End.Equal(o.End)
	t.Start, t.End, o.Start, o.End = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	return start && end && t == o
}

// starts is when the term's trigger happened, zero when it has not. own says that the
// asset was made under the agreement itself: only then is its first posting the
// agreement's.
func (t Term) starts(signed time.Time, asset Asset, own bool) time.Time {
	switch t.From {
	case FromDate:
		return t.Start
	case FromSigning:
		return signed
	case FromHandover:
		return asset.DeliveredAt
	case FromPosting:
		return asset.PostedAt
	case FromFirstPosting:
		if own {
			return asset.FirstPosting
		}
	}
	return time.Time{}
}

// afterCalendar is months and then days after t, by the calendar and the clocks of zone.
func afterCalendar(t time.Time, months, days int, zone *time.Location) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	local := t.In(zone)
	year, month, day := local.Date()
	first := time.Date(year, month+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	day = min(day, first.AddDate(0, 1, -1).Day()) + days
	hour, minute, second := local.Clock()
	return onClock(time.Date(first.Year(), first.Month(), day, hour, minute, second, local.Nanosecond(), time.UTC), zone)
}

// onClock is the first instant at which the clocks of zone show what shown shows in
// UTC, or the instant at which they skip it. time.Date leaves open which of the two
// offsets around a change it takes.
func onClock(shown time.Time, zone *time.Location) time.Time {
	year, month, day := shown.Date()
	hour, minute, second := shown.Clock()
	t := time.Date(year, month, day, hour, minute, second, shown.Nanosecond(), zone)
	_, offset := t.Zone()
	start, end := t.ZoneBounds()
	switch off := t.Add(time.Duration(offset) * time.Second).Sub(shown); {
	case off < 0:
		return end
	case off > 0:
		return start
	case !start.IsZero():
		_, before := start.Add(-1).Zone()
		if earlier := t.Add(time.Duration(offset-before) * time.Second); earlier.Before(start) {
			return earlier
		}
	}
	return t
}

// dayStart is the first instant of the day that is some days after that of t. It is not
// always midnight, and midnight may come twice.
func dayStart(t time.Time, days int, zone *time.Location) time.Time {
	year, month, day := t.In(zone).Date()
	return onClock(time.Date(year, month, day+days, 0, 0, 0, 0, time.UTC), zone)
}
