package byline_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata" // the zones stand in the test binary, not only on some machines

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// day is a day of November 2026 in UTC.
func day(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }

func TestWindowContains(t *testing.T) {
	t.Parallel()
	closed := byline.Window{Start: day(2), End: day(4)}
	tests := []struct {
		name   string
		window byline.Window
		at     time.Time
		want   string // before, in or after, as seen from at
	}{
		{"the nanosecond before the start", closed, day(2).Add(-1), "before"},
		{"the start", closed, day(2), "in"},
		{"the nanosecond after the start", closed, day(2).Add(1), "in"},
		{"the nanosecond before the end", closed, day(4).Add(-1), "in"},
		{"the end", closed, day(4), "after"},
		{"the start, on another clock", closed, day(2).In(time.FixedZone("", -11*3600)), "in"},
		{"the end, on another clock", closed, day(4).In(time.FixedZone("", 14*3600)), "after"},
		{"no start", byline.Window{End: day(4)}, day(4).Add(-1), "in"},
		{"no start, long ago", byline.Window{End: day(4)}, time.Time{}, "in"},
		{"no start, the end", byline.Window{End: day(4)}, day(4), "after"},
		{"no end, the start", byline.Window{Start: day(2)}, day(2), "in"},
		{"no end, before", byline.Window{Start: day(2)}, day(2).Add(-1), "before"},
		{"no end, in 8000 years", byline.Window{Start: day(2)}, day(2).AddDate(7973, 0, 0), "in"},
		{"the zero window", byline.Window{}, day(3), "in"},
		{"the zero window, the zero time", byline.Window{}, time.Time{}, "in"},
		{"start and end are one, at it", byline.Window{Start: day(2), End: day(2)}, day(2), "after"},
		{"start and end are one, before it", byline.Window{Start: day(2), End: day(2)}, day(2).Add(-1), "before"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.window.Contains(tt.at); got != (tt.want == "in") {
				t.Errorf("Contains = %t", got)
			}
			if got := tt.window.Before(tt.at); got != (tt.want == "after") {
				t.Errorf("Before = %t", got)
			}
			if got := tt.window.After(tt.at); got != (tt.want == "before") {
				t.Errorf("After = %t", got)
			}
		})
	}
}

func TestWindowOverDaylightSaving(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, zone string
		month      time.Month
		day        int
		length     time.Duration
	}{
		{"an hour comes twice", "Europe/Berlin", time.October, 25, 25 * time.Hour},
		{"an hour is left out", "Europe/Berlin", time.March, 29, 23 * time.Hour},
		{"half an hour comes twice", "Australia/Lord_Howe", time.April, 5, 24*time.Hour + 30*time.Minute},
		{"no change", "Asia/Tokyo", time.October, 25, 24 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(tt.zone)
			require.NoError(t, err)
			w := byline.Window{
				Start: time.Date(2026, tt.month, tt.day, 0, 0, 0, 0, zone),
				End:   time.Date(2026, tt.month, tt.day+1, 0, 0, 0, 0, zone),
			}
			if got := w.End.Sub(w.Start); got != tt.length {
				t.Errorf("the day lasts %s, want %s", got, tt.length)
			}
			for at := w.Start.Add(-3 * time.Hour); at.Before(w.End.Add(3 * time.Hour)); at = at.Add(10 * time.Minute) {
				if today := at.Day() == tt.day; w.Contains(at) != today || w.Contains(at.UTC()) != today {
					t.Errorf("Contains(%s) = %t", at, !today)
				}
			}
		})
	}
}

// smallWindows returns all windows with bounds among a few instants, open ones and
// those that end before they start included.
func smallWindows(epoch time.Time) (windows []byline.Window, instants []time.Time) {
	bounds := []time.Time{{}}
	for i := range 5 {
		bounds = append(bounds, epoch.Add(time.Duration(2*i)))
	}
	for _, start := range bounds {
		for _, end := range bounds {
			windows = append(windows, byline.Window{Start: start, End: end})
		}
	}
	for i := -1; i <= 9; i++ {
		instants = append(instants, epoch.Add(time.Duration(i)))
	}
	return windows, instants
}

func TestWindowsAgainstBruteForce(t *testing.T) {
	t.Parallel()
	for name, epoch := range map[string]time.Time{
		"now":                     day(2),
		"before the zero of time": time.Date(0, 6, 1, 0, 0, 0, 0, time.UTC), // a year that RFC 3339 can write
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			windows, instants := smallWindows(epoch)
			for _, w := range windows {
				anyIn := false
				for _, at := range instants {
					in := (w.Start.IsZero() || !at.Before(w.Start)) && (w.End.IsZero() || at.Before(w.End))
					anyIn = anyIn || in
					if w.Contains(at) != in {
						t.Fatalf("%v contains %v: %t", w, at, !in)
					}
				}
				if w.Empty() == anyIn {
					t.Errorf("%v: Empty = %t", w, w.Empty())
				}
				for _, o := range windows {
					both := w.Intersect(o)
					anyBoth := false
					for _, at := range instants {
						in := w.Contains(at) && o.Contains(at)
						anyBoth = anyBoth || in
						if both.Contains(at) != in {
							t.Fatalf("%v and %v: the intersection %v contains %v: %t", w, o, both, at, !in)
						}
					}
					if w.Overlaps(o) != anyBoth || both.Empty() == anyBoth {
						t.Errorf("%v and %v: Overlaps %t, Empty %t", w, o, w.Overlaps(o), both.Empty())
					}
					if back := o.Intersect(w); !cmp.Equal(both, back) || o.Overlaps(w) != w.Overlaps(o) {
						t.Errorf("%v and %v: the order matters", w, o)
					}
				}
			}
		})
	}
}

func TestWindowJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   byline.Window
		text string
	}{
		{"open on both sides", byline.Window{}, `{}`},
		{"no end", byline.Window{Start: day(2)}, `{"start":"2026-11-02T00:00:00Z"}`},
		{"no start", byline.Window{End: day(4)}, `{"end":"2026-11-04T00:00:00Z"}`},
		{
			"both, with nanoseconds and an offset",
			byline.Window{Start: day(2).Add(1), End: day(4).In(time.FixedZone("", 3600))},
			`{"start":"2026-11-02T00:00:00.000000001Z","end":"2026-11-04T01:00:00+01:00"}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data, err := json.Marshal(tt.in)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.text, string(data)); diff != "" {
				t.Errorf("JSON mismatch (-want +got):\n%s", diff)
			}
			var back byline.Window
			require.NoError(t, json.Unmarshal(data, &back))
			if diff := cmp.Diff(tt.in, back); diff != "" {
				t.Errorf("round trip mismatch (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("the zero time of another library is an open bound", func(t *testing.T) {
		t.Parallel()
		var got byline.Window
		require.NoError(t, json.Unmarshal([]byte(`{"start":"0001-01-01T00:00:00Z","end":null}`), &got))
		if diff := cmp.Diff(byline.Window{}, got); diff != "" {
			t.Errorf("window mismatch (-want +got):\n%s", diff)
		}
	})
}
