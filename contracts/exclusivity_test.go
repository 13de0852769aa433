package contracts_test

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the zones stand in the test binary, not only on some machines

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/contracts"
)

// zonedTime reads a time with its zone, "" as the zero time.
func zonedTime(t testing.TB, text string) time.Time {
	t.Helper()
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return at
}

func zonedTimes(t testing.TB, texts ...string) []time.Time {
	t.Helper()
	times := make([]time.Time, len(texts))
	for i, text := range texts {
		times[i] = zonedTime(t, text)
	}
	return times
}

func TestExclusiveAroundPosts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		zone          string
		before, after int
		posts         []string
		start, end    string
	}{
		"the day of the post alone": {"", 0, 0, []string{"2026-11-10T18:00:00Z"}, "2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z"},
		"at midnight":               {"", 0, 0, []string{"2026-11-10T00:00:00Z"}, "2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z"},
		"a moment before midnight":  {"", 1, 1, []string{"2026-11-09T23:59:59.999999999Z"}, "2026-11-08T00:00:00Z", "2026-11-11T00:00:00Z"},
		"first and last, unsorted":  {"", 3, 30, []string{"2026-11-20T12:00:00Z", "2026-11-10T12:00:00Z", "", "2026-11-15T12:00:00Z"}, "2026-11-07T00:00:00Z", "2026-12-21T00:00:00Z"},
		"over the new year":         {"", 10, 10, []string{"2026-12-31T12:00:00Z"}, "2026-12-21T00:00:00Z", "2027-01-11T00:00:00Z"},
		"over a leap day":           {"", 1, 1, []string{"2028-02-28T12:00:00Z"}, "2028-02-27T00:00:00Z", "2028-03-01T00:00:00Z"},
		"to no leap day":            {"", 1, 1, []string{"2027-02-28T12:00:00Z"}, "2027-02-27T00:00:00Z", "2027-03-02T00:00:00Z"},
		"from a leap day":           {"", 366, 365, []string{"2028-02-29T12:00:00Z"}, "2027-02-28T00:00:00Z", "2029-03-01T00:00:00Z"},

		"another day in the zone":      {"Asia/Tokyo", 0, 0, []string{"2026-11-10T18:00:00Z"}, "2026-11-11T00:00:00+09:00", "2026-11-12T00:00:00+09:00"},
		"a short day, Berlin":          {"Europe/Berlin", 0, 0, []string{"2026-03-29T12:00:00Z"}, "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"},
		"a long day, Berlin":           {"Europe/Berlin", 0, 0, []string{"2026-10-25T12:00:00Z"}, "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"},
		"over both changes, Berlin":    {"Europe/Berlin", 90, 180, []string{"2026-05-01T12:00:00Z"}, "2026-01-31T00:00:00+01:00", "2026-10-29T00:00:00+01:00"},
		"midnight is left out":         {"America/Sao_Paulo", 0, 0, []string{"2018-11-04T12:00:00-02:00"}, "2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00"},
		"it ends where one is":         {"America/Sao_Paulo", 0, 0, []string{"2018-11-03T12:00:00-03:00"}, "2018-11-03T00:00:00-03:00", "2018-11-04T01:00:00-02:00"},
		"midnight is left out, Beirut": {"Asia/Beirut", 0, 0, []string{"2022-03-27T12:00:00+03:00"}, "2022-03-27T01:00:00+03:00", "2022-03-28T00:00:00+03:00"},
		"midnight comes twice":         {"Asia/Amman", 0, 0, []string{"2021-10-29T12:00:00+02:00"}, "2021-10-29T00:00:00+03:00", "2021-10-30T00:00:00+02:00"},
		"midnight comes twice, Havana": {"America/Havana", 0, 0, []string{"2026-11-01T12:00:00-05:00"}, "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"},
		"the last hour comes twice":    {"America/Sao_Paulo", 0, 0, []string{"2018-02-17T12:00:00-02:00"}, "2018-02-17T00:00:00-02:00", "2018-02-18T00:00:00-03:00"},
		"a day that never was":         {"Pacific/Apia", 1, 1, []string{"2011-12-29T12:00:00-10:00"}, "2011-12-28T00:00:00-10:00", "2011-12-31T00:00:00+14:00"},
		"a day before it":              {"Pacific/Apia", 1, 0, []string{"2011-12-31T12:00:00+14:00"}, "2011-12-31T00:00:00+14:00", "2012-01-01T00:00:00+14:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := draft(t, func(a *contracts.Terms) { a.Zone = tt.zone })
			posts := zonedTimes(t, tt.posts...)
			given := slices.Clone(posts)
			got := a.Exclusive(contracts.Exclusivity{Before: tt.before, After: tt.after}, posts)
			want := byline.Window{Start: zonedTime(t, tt.start), End: zonedTime(t, tt.end)}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("binds (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(given, posts); diff != "" {
				t.Errorf("the posts have changed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExclusiveWithoutPosts(t *testing.T) {
	t.Parallel()
	planned := func(windows ...byline.Window) []brief.Deliverable {
		var list []brief.Deliverable
		for _, w := range windows {
			list = append(list, brief.Deliverable{Platform: byline.TikTok, Format: brief.Video, Count: 1, Posting: w})
		}
		return list
	}
	ten, twenty := byline.Window{Start: date(11, 10), End: date(11, 12)}, byline.Window{Start: date(11, 20), End: date(11, 21).Add(time.Hour)}
	tests := map[string]struct {
		effective    byline.Window
		deliverables []brief.Deliverable
		e            contracts.Exclusivity
		want         byline.Window
	}{
		"its own window, as it is": {ten, nil, contracts.Exclusivity{Window: byline.Window{End: date(11, 15).Add(1)}, Before: 5, After: 5}, byline.Window{End: date(11, 15).Add(1)}},
		"an open end":              {ten, nil, contracts.Exclusivity{Window: byline.Window{Start: date(11, 15)}}, byline.Window{Start: date(11, 15)}},
		"the effective window":     {ten, nil, contracts.Exclusivity{Before: 1, After: 2}, byline.Window{Start: date(11, 9), End: date(11, 14)}},
		"without an end":           {byline.Window{Start: date(11, 10)}, nil, contracts.Exclusivity{Before: 1, After: 2}, byline.Window{Start: date(11, 9)}},
		"what is planned":          {ten, planned(twenty, ten), contracts.Exclusivity{}, byline.Window{Start: date(11, 10), End: date(11, 22)}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := draft(t, func(a *contracts.Terms) { a.Effective, a.Deliverables = tt.effective, tt.deliverables })
			if diff := cmp.Diff(tt.want, a.Exclusive(tt.e, nil)); diff != "" {
				t.Errorf("binds (-want +got):\n%s", diff)
			}
		})
	}
}

// In every zone and whatever the clocks do, the window begins and ends with a day and
// holds the post.
func TestExclusiveHoldsItsPost(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Europe/Berlin", "America/Sao_Paulo", "America/Havana", "Asia/Amman", "Asia/Beirut", "Pacific/Apia", "Atlantic/Azores", "Australia/Lord_Howe", "Africa/Casablanca"} {
		a := draft(t, func(a *contracts.Terms) { a.Zone = zone })
		location, err := time.LoadLocation(zone)
		require.NoError(t, err)
		at := time.Date(2010, 1, 1, 0, 30, 0, 0, time.UTC)
		for range 1300 {
			at = at.Add(13 * time.Hour)
			w := a.Exclusive(contracts.Exclusivity{}, []time.Time{at})
			day := at.In(location).Format(time.DateOnly)
			if !w.Contains(at) || w.Start.In(location).Format(time.DateOnly) != day || w.End.Add(-1).In(location).Format(time.DateOnly) != day ||
				w.Start.Add(-1).In(location).Format(time.DateOnly) == day || w.End.In(location).Format(time.DateOnly) == day {
				t.Fatalf("%s: %s binds from %s until %s", zone, at.In(location), w.Start, w.End)
			}
		}
	}
}
