package contracts

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// A month begins when the clocks first show it, where they leave out its midnight too.
func TestStretchesMeetWhereMidnightIsSkipped(t *testing.T) {
	t.Parallel()
	a, err := Draft(Terms{
		ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "spring", Zone: "America/Asuncion",
		Effective: byline.Window{Start: time.Date(2023, 9, 15, 4, 0, 0, 0, time.UTC), End: time.Date(2023, 11, 10, 3, 0, 0, 0, time.UTC)},
		Pay:       Pay{Period: Monthly, Percentages: []Percentage{{ID: "sales", Rate: 12 * Percent}}},
	})
	require.NoError(t, err)
	var got []string
	for _, s := range stretches([]*Agreement{a}, a.terms.Effective.End) {
		got = append(got, s.Start.In(a.Location()).Format(time.DateTime))
	}
	want := []string{"2023-09-15 00:00:00", "2023-10-01 01:00:00", "2023-11-01 00:00:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("periods begin (-want +got):\n%s", diff)
	}
}

// Whatever the clocks of a zone do, a month ends on the first of the next one.
func TestNextPeriodIsTheFirstOfAMonthInEveryZone(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"America/Asuncion", "America/Havana", "Asia/Beirut", "Africa/Cairo", "America/Santiago", "America/Sao_Paulo", "Asia/Amman", "Asia/Tehran"} {
		location, err := time.LoadLocation(zone)
		require.NoError(t, err)
		a := &Agreement{terms: Terms{Pay: Pay{Period: Monthly}}, zone: location}
		at := time.Date(2010, 1, 1, 0, 0, 0, 0, location)
		for months := range 27 * 12 {
			next := a.nextPeriod(at)
			want := time.Date(2010, time.Month(2+months), 1, 12, 0, 0, 0, location)
			year, month, day := next.In(location).Date()
			if !next.After(at) || year != want.Year() || month != want.Month() || day != 1 {
				t.Fatalf("%s: after %s comes %s", zone, at.In(location), next.In(location))
			}
			at = next
		}
	}
}

// version is what of an agreement its periods depend on.
type version struct {
	start, end string // no end: open
	period     Period
}

func TestStretches(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		versions []version
		at       string
		want     []string // start, end, opening and governing version
	}{
		"before all":                       {[]version{{"2026-11-01", "2026-12-01", Monthly}}, "2026-10-31", nil},
		"as it begins":                     {[]version{{"2026-11-01", "2026-12-01", Monthly}}, "2026-11-01", []string{"2026-11-01 2026-12-01 1 1"}},
		"as it ends":                       {[]version{{"2026-11-01", "2026-12-01", Monthly}}, "2026-12-01", []string{"2026-11-01 2026-12-01 1 1"}},
		"the first month is short":         {[]version{{"2026-11-05", "", Monthly}}, "2027-01-01", []string{"2026-11-05 2026-12-01 1 1", "2026-12-01 2027-01-01 1 1", "2027-01-01 2027-02-01 1 1"}},
		"the last month is short":          {[]version{{"2026-11-01", "2026-12-10", Monthly}}, "2027-01-01", []string{"2026-11-01 2026-12-01 1 1", "2026-12-01 2026-12-10 1 1"}},
		"from a quarter's first month":     {[]version{{"2026-10-01", "", Quarterly}}, "2026-12-31", []string{"2026-10-01 2027-01-01 1 1"}},
		"from a quarter's second month":    {[]version{{"2026-08-31", "", Quarterly}}, "2026-10-01", []string{"2026-08-31 2026-10-01 1 1", "2026-10-01 2027-01-01 1 1"}},
		"from a quarter's third month":     {[]version{{"2026-03-31", "", Quarterly}}, "2026-04-01", []string{"2026-03-31 2026-04-01 1 1", "2026-04-01 2026-07-01 1 1"}},
		"years":                            {[]version{{"2026-11-05", "", Yearly}}, "2027-01-01", []string{"2026-11-05 2027-01-01 1 1", "2027-01-01 2028-01-01 1 1"}},
		"the whole term":                   {[]version{{"2026-11-05", "2027-03-04", WholeTerm}}, "2027-05-01", []string{"2026-11-05 2027-03-04 1 1"}},
		"a term without an end":            {[]version{{"2026-11-05", "", WholeTerm}}, "2027-05-01", []string{"2026-11-05 - 1 1"}},
		"an amendment, before it":          {[]version{{"2026-11-01", "", Monthly}, {"2026-11-15", "", Monthly}}, "2026-11-14", []string{"2026-11-01 2026-12-01 1 1"}},
		"an amendment, from it on":         {[]version{{"2026-11-01", "", Monthly}, {"2026-11-15", "", Monthly}}, "2026-11-15", []string{"2026-11-01 2026-12-01 1 2"}},
		"an amendment at a period's end":   {[]version{{"2026-11-01", "", Monthly}, {"2026-12-01", "", Quarterly}}, "2026-12-01", []string{"2026-11-01 2026-12-01 1 1", "2026-12-01 2027-01-01 2 2"}},
		"an amendment to the whole term":   {[]version{{"2026-11-01", "2027-03-01", Monthly}, {"2026-12-15", "2027-03-01", WholeTerm}}, "2027-02-01", []string{"2026-11-01 2026-12-01 1 1", "2026-12-01 2027-01-01 1 2", "2027-01-01 2027-03-01 2 2"}},
		"an amendment dated back":          {[]version{{"2026-11-05", "2026-12-01", Monthly}, {"2026-11-01", "2026-12-01", Monthly}}, "2026-11-20", []string{"2026-11-01 2026-12-01 2 2"}},
		"a version that has ended":         {[]version{{"2026-11-01", "", Monthly}, {"2026-12-01", "2027-01-01", Monthly}}, "2027-01-15", []string{"2026-11-01 2026-12-01 1 1", "2026-12-01 2027-01-01 2 2", "2027-01-01 2027-02-01 1 1"}},
		"a version within a month, in it":  {[]version{{"2026-12-01", "", Monthly}, {"2026-12-10", "2026-12-20", Monthly}}, "2026-12-15", []string{"2026-12-01 2027-01-01 1 2"}},
		"a version within a month, past":   {[]version{{"2026-12-01", "", Monthly}, {"2026-12-10", "2026-12-20", Monthly}}, "2026-12-20", []string{"2026-12-01 2027-01-01 1 1"}},
		"a gap":                            {[]version{{"2026-11-01", "2026-11-20", Monthly}, {"2026-12-10", "2026-12-31", Monthly}}, "2027-02-01", []string{"2026-11-01 2026-11-20 1 1", "2026-12-10 2026-12-31 2 2"}},
		"in a gap":                         {[]version{{"2026-11-01", "2026-11-20", Monthly}, {"2026-12-10", "2026-12-31", Monthly}}, "2026-12-05", []string{"2026-11-01 2026-11-20 1 1"}},
		"a gap of whole months":            {[]version{{"2026-09-01", "2026-10-01", Monthly}, {"2026-12-01", "2027-01-01", Monthly}}, "2026-12-01", []string{"2026-09-01 2026-10-01 1 1", "2026-12-01 2027-01-01 2 2"}},
		"one follows the other at once":    {[]version{{"2026-11-01", "2026-11-20", Monthly}, {"2026-11-20", "2026-11-25", Monthly}}, "2026-12-05", []string{"2026-11-01 2026-11-25 1 2"}},
		"a later version is over sooner":   {[]version{{"2026-11-01", "2027-02-01", Monthly}, {"2026-11-10", "2026-11-20", Monthly}}, "2026-12-05", []string{"2026-11-01 2026-12-01 1 1", "2026-12-01 2027-01-01 1 1"}},
		"the latest of those in force":     {[]version{{"2026-11-01", "", Monthly}, {"2026-11-10", "", Monthly}, {"2026-11-15", "2026-11-20", Monthly}}, "2026-12-01", []string{"2026-11-01 2026-12-01 1 2", "2026-12-01 2027-01-01 2 2"}},
		"an open one after one that ended": {[]version{{"2026-11-01", "2026-11-20", WholeTerm}, {"2026-11-10", "", WholeTerm}}, "2026-12-05", []string{"2026-11-01 - 1 2"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var versions []*Agreement
			for i, v := range tt.versions {
				versions = append(versions, v.drafted(t, i+1))
			}
			var got []string
			for _, s := range stretches(versions, day(t, tt.at)) {
				end := "-"
				if !s.End.IsZero() {
					end = s.End.Format(time.DateOnly)
				}
				got = append(got, fmt.Sprint(s.Start.Format(time.DateOnly), " ", end, " ", s.opening.terms.Version, " ", s.governing.terms.Version))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("periods (-want +got):\n%s", diff)
			}
		})
	}
}

func (v version) drafted(t *testing.T, number int) *Agreement {
	t.Helper()
	terms := Terms{
		ID: "ag-ada", Version: number, Creator: "ada", Campaign: "autumn", Effective: byline.Window{Start: day(t, v.start)},
		Pay: Pay{Period: v.period, Percentages: []Percentage{{ID: "sales", Rate: 12 * Percent}}},
	}
	if v.end != "" {
		terms.Effective.End = day(t, v.end)
	}
	a, err := Draft(terms)
	require.NoError(t, err)
	return a
}

func day(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return at
}
