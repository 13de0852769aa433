package brief

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Calendar says which days somebody works, and where their days begin. The zero Calendar
// works from Monday to Friday in UTC without a holiday.
type Calendar struct {
	Zone     *time.Location // nil: UTC
	Weekend  []time.Weekday // nil: Saturday and Sunday; empty: none
	Holidays []Date         // in any order
}

// Date is a day of the calendar, without a time and a zone. As text, in JSON too, it is
// written by ISO 8601: "2026-12-25".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of an instant on the clock that it bears.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// String writes a day by ISO 8601: "2026-03-16".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// MarshalText writes a day of the years 0 to 9999; any other is an error of code
// "calendar.date".
func (d Date) MarshalText() ([]byte, error) {
	if text := d.String(); isDay(text) {
		return []byte(text), nil
	}
	return nil, dateFault("")
}

// UnmarshalText reads what MarshalText writes. A day that no calendar has, as
// "2026-02-29", is an error of code "calendar.date" too.
func (d *Date) UnmarshalText(text []byte) error {
	day, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return dateFault("")
	}
	*d = DateOf(day)
	return nil
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

func dateFault(path string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: "calendar.date", Message: "days are written as 2026-12-25"}
}

// Compare orders days.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// Add returns the day n days later, earlier where n is negative.
func (d Date) Add(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

func (c Calendar) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// Day is the day of an instant where the calendar is.
func (c Calendar) Day(t time.Time) Date { return DateOf(t.In(c.zone())) }

// Start is the first instant of a day. Where clocks leap over midnight the day begins
// later, and where midnight comes twice it begins with the first. A day that a zone left
// out, as Samoa did 30 December 2011, begins and ends with the leap.
func (c Calendar) Start(d Date) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, c.zone())
	since, until := t.ZoneBounds()
	switch c.Day(t).Compare(d) {
	case -1: // there is no midnight, and t lies before the leap
		return until
	case 1:
		return since
	}
	if since.IsZero() {
		return t
	}
	_, now := t.Zone()
	_, before := since.Add(-time.Second).Zone()
	if twin := t.Add(time.Duration(now-before) * time.Second); twin.Before(since) && c.Day(twin) == d {
		return twin
	}
	return t
}

// Works reports whether a day is a working day.
func (c Calendar) Works(d Date) bool {
	return !slices.Contains(c.weekend(), d.Weekday()) && !slices.Contains(c.Holidays, d)
}

func (c Calendar) weekend() []time.Weekday {
	if c.Weekend == nil {
		return []time.Weekday{time.Saturday, time.Sunday}
	}
	return c.Weekend
}

// works reports whether some day of the week is a working day.
func (c Calendar) works() bool {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if !slices.Contains(c.weekend(), day) {
			return true
		}
	}
	return false
}

// mostDays is how far business days are counted.
const mostDays = 36525

// After returns the same time of day n business days later, or earlier where n is
// negative; the day of t itself does not count, whether it is a working day or not, and
// for n of 0 it is t. A time of day that clocks leap over is moved by the leap. It is
// false where nobody ever works, and for more than 36,525 days.
func (c Calendar) After(t time.Time, n int) (time.Time, bool) {
	if n > mostDays || n < -mostDays || (n != 0 && !c.works()) {
		return time.Time{}, false
	}
	if n == 0 {
		return t.In(c.zone()), true
	}
	step := cmp.Compare(n, 0)
	d := c.Day(t)
	for n != 0 {
		d = d.Add(step)
		if c.Works(d) {
			n -= step
		}
	}
	return c.sameTime(t, d), true
}

// sameTime puts the time of day of an instant on another day.
func (c Calendar) sameTime(t time.Time, d Date) time.Time {
	local := t.In(c.zone())
	hour, minute, second := local.Clock()
	moved := time.Date(d.Year, d.Month, d.Day, hour, minute, second, local.Nanosecond(), c.zone())
	if start := c.Start(d); moved.Before(start) {
		return start
	}
	return moved
}

// Between counts the business days after the day of from until the day of to, that one
// included: from Friday to Monday it is one. It is negative where to lies before, and
// counts at most 36,525 days of the calendar.
func (c Calendar) Between(from, to time.Time) int {
	first, last, sign := c.Day(from), c.Day(to), 1
	if first.Compare(last) > 0 {
		first, last, sign = last, first, -1
	}
	n := 0
	for range mostDays {
		if first.Compare(last) >= 0 {
			break
		}
		counted := first.Add(1)
		if sign < 0 { // backwards the first day counts and the last does not
			counted = first
		}
		if c.Works(counted) {
			n += sign
		}
		first = first.Add(1)
	}
	return n
}

// NextOpen is t where it lies on a working day, else the beginning of the next one. It is
// false where nobody ever works.
func (c Calendar) NextOpen(t time.Time) (time.Time, bool) {
	d := c.Day(t)
	if c.Works(d) {
		return t.In(c.zone()), true
	}
	next, ok := c.After(c.Start(d), 1)
	if !ok {
		return time.Time{}, false
	}
	return c.Start(c.Day(next)), true
}

type calendarJSON struct {
	Zone     string         `json:"zone,omitempty"` // IANA name
	Weekend  []time.Weekday `json:"weekend"`        // 0 is Sunday; null: Saturday and Sunday
	Holidays []Date         `json:"holidays,omitempty"`
}

// MarshalJSON writes the zone by its name, and holidays as "2026-12-25".
func (c Calendar) MarshalJSON() ([]byte, error) {
	wire := calendarJSON{Weekend: c.Weekend, Holidays: c.Holidays}
	if c.Zone != nil {
		wire.Zone = c.Zone.String()
	}
	return json.Marshal(wire)
}

// UnmarshalJSON reads what MarshalJSON writes, and reports all faults of the values: a zone
// that this machine does not know, or its own "Local", by the code "calendar.zone"; a day of
// the week that is none by "calendar.weekday"; a holiday that is none by "calendar.date";
// and a field that a calendar does not have by "calendar.field", since a misspelt one would
// make working days of all holidays.
func (c *Calendar) UnmarshalJSON(data []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	var faults faultList
	for _, name := range sortedKeys(fields) {
		if !slices.Contains([]string{"zone", "weekend", "holidays"}, name) {
			faults.add(name, "calendar.field", "a calendar has no such field")
		}
	}
	var wire struct {
		Zone     string
		Weekend  []time.Weekday
		Holidays []string
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	read := Calendar{Weekend: wire.Weekend, Zone: zoneNamed(wire.Zone, &faults), Holidays: daysIn(wire.Holidays, &faults)}
	for i, day := range wire.Weekend {
		if day < time.Sunday || day > time.Saturday {
			faults.add(entry("weekend", i), "calendar.weekday", "days of the week go from 0, Sunday, to 6")
		}
	}
	if len(faults) > 0 {
		return byline.Faults(faults)
	}
	*c = read
	return nil
}

func zoneNamed(name string, faults *faultList) *time.Location {
	if name == "" {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		faults.add("zone", "calendar.zone", "not an IANA time zone that is known here")
		return nil
	}
	return zone
}

func daysIn(texts []string, faults *faultList) []Date {
	var days []Date
	for i, text := range texts {
		var d Date
		if d.UnmarshalText([]byte(text)) != nil {
			*faults = append(*faults, dateFault(entry("holidays", i)))
		}
		days = append(days, d)
	}
	return days
}
