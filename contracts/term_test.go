package contracts_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/contracts"
)

func TestTermHolds(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		zone         string
		start        string // on the zone's clock
		months, days int
		want         string // RFC 3339
	}{
		"a month":                         {"UTC", "2026-03-15 00:00:00", 1, 0, "2026-04-15T00:00:00Z"},
		"the last of February":            {"UTC", "2026-01-31 00:00:00", 1, 0, "2026-02-28T00:00:00Z"},
		"of a leap year":                  {"UTC", "2028-01-31 00:00:00", 1, 0, "2028-02-29T00:00:00Z"},
		"from a leap day":                 {"UTC", "2028-02-29 00:00:00", 12, 0, "2029-02-28T00:00:00Z"},
		"31 May and 13 months":            {"UTC", "2026-05-31 12:00:00", 13, 0, "2027-06-30T12:00:00Z"},
		"over the year's end":             {"UTC", "2026-11-30 00:00:00", 3, 0, "2027-02-28T00:00:00Z"},
		"months, then days":               {"UTC", "2026-01-31 00:00:00", 1, 1, "2026-03-01T00:00:00Z"},
		"days":                            {"UTC", "2026-03-01 00:00:00", 0, 90, "2026-05-30T00:00:00Z"},
		"the clocks go forward":           {"Europe/Berlin", "2026-03-01 00:00:00", 0, 90, "2026-05-30T00:00:00+02:00"},
		"a day of 23 hours":               {"Europe/Berlin", "2026-03-28 12:00:00", 0, 1, "2026-03-29T12:00:00+02:00"},
		"a day of 25 hours":               {"Europe/Berlin", "2026-10-24 12:00:00", 0, 1, "2026-10-25T12:00:00+01:00"},
		"into the hour that is skipped":   {"Europe/Berlin", "2026-02-28 02:30:00", 1, 1, "2026-03-29T03:00:00+02:00"},
		"into the hour that comes twice":  {"Europe/Berlin", "2026-09-25 02:30:00", 1, 0, "2026-10-25T02:30:00+02:00"},
		"into a midnight that is skipped": {"Africa/Cairo", "2026-03-24 00:00:00", 1, 0, "2026-04-24T01:00:00+03:00"},
		"the skipped hour in the west":    {"America/New_York", "2026-02-08 02:30:00", 1, 0, "2026-03-08T03:00:00-04:00"},
		"twice in the west":               {"America/New_York", "2026-10-01 01:30:00", 1, 0, "2026-11-01T01:30:00-04:00"},
		"half an hour of change":          {"Australia/Lord_Howe", "2026-09-04 02:15:00", 1, 0, "2026-10-04T02:30:00+11:00"},
		"a hundred years":                 {"UTC", "2026-01-01 00:00:00", 1200, 0, "2126-01-01T00:00:00Z"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(tt.zone)
			require.NoError(t, err)
			start, err := time.ParseInLocation(time.DateTime, tt.start, zone)
			require.NoError(t, err)
			want, err := time.Parse(time.RFC3339, tt.want)
			require.NoError(t, err)
			w, ok := contracts.Term{Months: tt.months, Days: tt.days}.Holds(start.UTC(), zone)
			if !ok || !w.Start.Equal(start) || !w.End.Equal(want) {
				t.Errorf("%t from %s until %s, want %s", ok, w.Start, w.End.In(zone), tt.want)
			}
		})
	}
}

func TestTermHoldsNot(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		term  contracts.Term
		start time.Time
	}{
		"no start": {contracts.Term{Months: 1}, time.Time{}},
		"no end":   {contracts.Term{}, date(1, 1)},
	} {
		if w, ok := tt.term.Holds(tt.start, nil); ok {
			t.Errorf("%s: %v", name, w)
		}
	}
	if w, ok := (contracts.Term{Perpetual: true}).Holds(date(1, 1), nil); !ok || !w.End.IsZero() {
		t.Errorf("perpetual until %s", w.End)
	}
	if w, ok := (contracts.Term{Months: 1, End: date(1, 2)}).Holds(date(1, 5), nil); !ok || !w.Empty() {
		t.Errorf("an end before the start: %v", w)
	}
}
