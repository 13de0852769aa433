package odrl

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// parseInstant refuses what cannot be written again, the zero time among it.
func parseInstant(text, layout string, zone *time.Location) (time.Time, bool) {
	at, err := time.Parse(layout, text)
	if zone != nil {
		at, err = time.ParseInLocation(layout, text, zone)
	}
	_, fraction, _ := strings.Cut(text, ".")
	if err != nil || strings.Contains(text, ",") || digits(fraction) > 9 {
		return time.Time{}, false
	}
	return at, writable(at)
}

func writable(at time.Time) bool { return at.UTC().Year() >= 1970 && at.UTC().Year() < 9999 }

// digits counts the leading ones.
func digits(text string) int { return len(text) - len(strings.TrimLeft(text, "0123456789")) }

func isDate(text string) bool { return len(text) == len("2006-01-02") }

// onClock is the first instant at which the clocks of a zone show what shown shows in UTC,
// or the instant at which they leap over it.
func onClock(shown time.Time, zone *time.Location) time.Time {
	year, month, day := shown.Date()
	at := time.Date(year, month, day, shown.Hour(), shown.Minute(), shown.Second(), shown.Nanosecond(), zone)
	_, offset := at.Zone()
	since, until := at.ZoneBounds()
	switch shows := at.Add(time.Duration(offset) * time.Second); {
	case shows.Before(shown):
		return until
	case shows.After(shown):
		return since
	case since.IsZero():
		return at
	}
	_, before := since.Add(-1).Zone()
	if earlier := at.Add(time.Duration(offset-before) * time.Second); earlier.Before(since) {
		return earlier
	}
	return at
}

// location loads a zone. The zone of the host is none: two hosts would read one document
// two ways.
func location(name string) (*time.Location, error) {
	if name == "Local" {
		return nil, errors.New("the host's own zone")
	}
	return time.LoadLocation(name)
}

// Longest spans, as contracts.Term has them.
const (
	maxMonths = 1200
	maxDays   = 36500
)

// parseSpan reads the durations of XML Schema that are whole years, months and days.
func parseSpan(text string) (months, days int, ok bool) {
	rest, ok := strings.CutPrefix(text, "P")
	if !ok || rest == "" {
		return 0, 0, false
	}
	for _, unit := range []string{"Y", "M", "D"} {
		number, after, found := strings.Cut(rest, unit)
		if !found {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil || digits(number) != len(number) || n > maxDays {
			return 0, 0, false
		}
		switch unit {
		case "Y":
			months = 12 * n
		case "M":
			months += n
		case "D":
			days = n
		}
		rest = after
	}
	return months, days, rest == "" && months <= maxMonths && days <= maxDays
}

func formatSpan(months, days int) string {
	text := "P"
	if months > 0 {
		text += strconv.Itoa(months) + "M"
	}
	if days > 0 || months == 0 {
		text += strconv.Itoa(days) + "D"
	}
	return text
}
