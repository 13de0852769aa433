package brief_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

func on(y int, m time.Month, d int) brief.Date { return brief.Date{Year: y, Month: m, Day: d} }

func TestEarliestPost(t *testing.T) {
	t.Parallel()
	utc := func(m time.Month, d, hour int) time.Time { return time.Date(2026, m, d, hour, 0, 0, 0, time.UTC) }
	in := func(name string, y int, m time.Month, d, hour int) time.Time {
		return time.Date(y, m, d, hour, 0, 0, 0, zone(t, name))
	}
	tests := map[string]struct {
		due                 time.Time
		rounds, days, legal int
		brand, creator      brief.Calendar
		want                time.Time
	}{
		"two rounds of five days":  {due: utc(3, 2, 0), rounds: 2, days: 5, want: utc(3, 16, 0)},
		"with one public holiday":  {due: utc(3, 2, 0), rounds: 2, days: 5, brand: brief.Calendar{Holidays: []brief.Date{on(2026, 3, 10)}}, want: utc(3, 17, 0)},
		"a holiday on a Saturday":  {due: utc(3, 2, 0), rounds: 2, days: 5, brand: brief.Calendar{Holidays: []brief.Date{on(2026, 3, 7)}}, want: utc(3, 16, 0)},
		"the hour is kept":         {due: utc(3, 2, 17), rounds: 2, days: 5, want: utc(3, 16, 17)},
		"a legal review once":      {due: utc(3, 2, 0), rounds: 2, days: 5, legal: 3, want: utc(3, 19, 0)},
		"no round is still a look": {due: utc(3, 2, 0), days: 5, want: utc(3, 9, 0)},
		"no review at all":         {due: utc(3, 2, 9), want: utc(3, 2, 9)},
		"drafts on a Saturday":     {due: utc(3, 7, 12), rounds: 1, days: 1, want: utc(3, 9, 12)},
		"a weekend of Friday and Saturday": {
			due: utc(3, 2, 0), rounds: 2, days: 5,
			brand:   brief.Calendar{Weekend: []time.Weekday{time.Friday, time.Saturday}},
			creator: brief.Calendar{Weekend: []time.Weekday{time.Friday, time.Saturday}}, want: utc(3, 16, 0),
		},
		"no weekend": {
			due: utc(3, 2, 0), rounds: 2, days: 5, brand: brief.Calendar{Weekend: []time.Weekday{}}, want: utc(3, 12, 0),
		},
		"over the end of the year": {
			due: in("UTC", 2026, 12, 28, 0), rounds: 1, days: 5,
			brand: brief.Calendar{Holidays: []brief.Date{on(2027, 1, 1)}}, want: in("UTC", 2027, 1, 5, 0),
		},
		"clocks go forward in between": { // 8 March 2026 in New York: the hour on the wall stays
			due: in("America/New_York", 2026, 3, 6, 17), rounds: 1, days: 1,
			brand: brief.Calendar{Zone: zone(t, "America/New_York")}, want: in("UTC", 2026, 3, 9, 21),
		},
		"clocks go back in between": { // 25 October 2026 in Berlin
			due: in("Europe/Berlin", 2026, 10, 23, 9), rounds: 1, days: 1,
			brand: brief.Calendar{Zone: zone(t, "Europe/Berlin")}, want: in("UTC", 2026, 10, 26, 8),
		},
		"the brand's Friday is the creator's Saturday": {
			due: in("America/Los_Angeles", 2026, 3, 6, 17), days: 0,
			brand: brief.Calendar{Zone: zone(t, "America/Los_Angeles")}, creator: brief.Calendar{Zone: zone(t, "Pacific/Auckland")},
			want: in("Pacific/Auckland", 2026, 3, 9, 0),
		},
		"the brand is a day ahead": { // Monday 2 March 08:00 in Auckland is Sunday in Honolulu
			due: in("Pacific/Honolulu", 2026, 3, 1, 9), rounds: 2, days: 5,
			brand: brief.Calendar{Zone: zone(t, "Pacific/Auckland")}, creator: brief.Calendar{Zone: zone(t, "Pacific/Honolulu")},
			want: in("Pacific/Honolulu", 2026, 3, 16, 0), // approved Monday morning there, still Sunday here
		},
		"the creator's holiday": {due: utc(3, 2, 0), rounds: 2, days: 5, creator: brief.Calendar{Holidays: []brief.Date{on(2026, 3, 16)}}, want: utc(3, 17, 0)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := brief.Brief{
				Timeline: brief.Timeline{DraftsDue: tt.due, LegalReview: tt.legal}, Approval: brief.Approval{Rounds: tt.rounds, Days: tt.days},
			}
			got, ok := brief.EarliestPost(b, tt.brand, tt.creator)
			if !ok || !got.Equal(tt.want) {
				t.Errorf("earliest post is %v (%v), not %v", got, ok, tt.want)
			}
		})
	}
}

func TestEarliestPostCannotTell(t *testing.T) {
	t.Parallel()
	never := brief.Calendar{Weekend: []time.Weekday{0, 1, 2, 3, 4, 5, 6}}
	b := brief.Brief{Approval: brief.Approval{Rounds: 1, Days: 1}}
	if _, ok := brief.EarliestPost(b, brief.Calendar{}, brief.Calendar{}); ok {
		t.Error("there is an earliest post without a draft")
	}
	b.Timeline.DraftsDue = time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC)
	if _, ok := brief.EarliestPost(b, never, brief.Calendar{}); ok {
		t.Error("a brand that never works reviews")
	}
	if _, ok := brief.EarliestPost(b, brief.Calendar{}, never); ok {
		t.Error("a creator who never works posts")
	}
	if _, ok := (brief.Calendar{}).After(b.Timeline.DraftsDue, 1<<40); ok {
		t.Error("counted for ever")
	}
}

// The first instant of every day of some years, in zones with odd clocks: it lies on the
// day, and the instant before does not.
func TestCalendarStartIsTheFirstInstant(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"America/Havana", "America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "America/New_York", "Australia/Lord_Howe", "Asia/Amman", "Pacific/Apia", "America/Asuncion", "UTC",
	} {
		c := brief.Calendar{Zone: zone(t, name)}
		for d := on(2010, 1, 1); d.Year < 2019; d = d.Add(1) {
			if name == "Pacific/Apia" && d == on(2011, 12, 30) {
				continue // there was none
			}
			start := c.Start(d)
			if c.Day(start) != d || c.Day(start.Add(-1)) != d.Add(-1) && name != "Pacific/Apia" {
				t.Fatalf("%s: %s begins at %v", name, d, start)
			}
			if c.Day(start.Add(-2*time.Hour)) == d {
				t.Fatalf("%s: %s begins before %v", name, d, start)
			}
		}
	}
}

// Counting forth and back, and between, agree.
func TestCalendarCountsAgree(t *testing.T) {
	t.Parallel()
	c := brief.Calendar{
		Zone: zone(t, "Europe/Berlin"), Weekend: []time.Weekday{time.Friday, time.Saturday},
		Holidays: []brief.Date{on(2026, 12, 24), on(2027, 1, 1), on(2026, 12, 31), on(2026, 10, 25)},
	}
	start := time.Date(2026, 10, 20, 12, 30, 0, 0, c.Zone) // a working Tuesday
	for n := range 90 {
		later, ok := c.After(start, n)
		require.True(t, ok)
		if got := c.Between(start, later); got != n {
			t.Errorf("%d business days later there are %d between", n, got)
		}
		if got := c.Between(later, start); got != -n {
			t.Errorf("%d business days back there are %d between", n, got)
		}
		back, _ := c.After(later, -n)
		if !back.Equal(start) {
			t.Errorf("%d forth and back is %v", n, back)
		}
	}
}

func TestCalendarJSON(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]brief.Calendar{
		"zero":       {},
		"no weekend": {Weekend: []time.Weekday{}},
		"all of it":  {Zone: zone(t, "Asia/Dubai"), Weekend: []time.Weekday{6, 0}, Holidays: []brief.Date{on(2026, 12, 2)}},
	} {
		data, err := json.Marshal(c)
		require.NoError(t, err)
		var got brief.Calendar
		require.NoError(t, json.Unmarshal(data, &got))
		if diff := cmp.Diff(c, got, cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for text, code := range map[string]string{
		`{"zone":"Mars/Olympus"}`: "calendar.zone", `{"zone":"Local"}`: "calendar.zone", `{"weekend":[7]}`: "calendar.weekday", `{"weekend":[-1]}`: "calendar.weekday",
		`{"holidays":["2026-02-29"]}`: "calendar.date", `{"holidays":[""]}`: "calendar.date", `{"holliday":["2026-12-25"]}`: "calendar.field",
	} {
		var c brief.Calendar
		err := json.Unmarshal([]byte(text), &c)
		var fault *byline.FieldError
		require.ErrorAs(t, err, &fault)
		if fault.Code != code {
			t.Errorf("%s: code %q", text, fault.Code)
		}
	}
}

// Holidays are written as everybody writes days, and a file tells all that is wrong with it.
func TestCalendarText(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(brief.Calendar{Holidays: []brief.Date{on(2026, 12, 25), on(33, 4, 3)}})
	require.NoError(t, err)
	if diff := cmp.Diff(`{"weekend":null,"holidays":["2026-12-25","0033-04-03"]}`, string(data)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := json.Marshal(on(12026, 1, 1)); err == nil {
		t.Error("a day that cannot be read again is written")
	}
	kept := brief.Calendar{Holidays: []brief.Date{on(2026, 1, 1)}}
	var paths []string
	for _, f := range byline.Nest("brand", json.Unmarshal([]byte(`{"holliday":[],"zone":"Local","holidays":["2026-01-01","26-1-1","2026-13-01"],"weekend":[6,8]}`), &kept)) {
		paths = append(paths, f.Path+" "+f.Code)
	}
	want := []string{"brand.holliday calendar.field", "brand.zone calendar.zone", "brand.holidays[1] calendar.date", "brand.holidays[2] calendar.date", "brand.weekend[1] calendar.weekday"}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(kept.Holidays) != 1 {
		t.Errorf("a file with faults changed the calendar: %v", kept)
	}
}

func FuzzCalendar(f *testing.F) {
	f.Add([]byte(`{"zone":"Asia/Dubai","weekend":[6,0],"holidays":["2026-12-02"]}`))
	f.Add([]byte(`{"weekend":null,"holidays":[null,""]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var c, again brief.Calendar
		if json.Unmarshal(data, &c) != nil {
			return
		}
		text, err := json.Marshal(c)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &again))
		require.Equal(t, c.Holidays, again.Holidays)
	})
}
