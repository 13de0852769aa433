package page

import (
	"testing"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

func makerIn(tag string, zone *time.Location) *maker {
	w, _ := wordsIn(tag[:2])
	return &maker{words: w, style: styleIn(tag[:2], american(tag)), zone: zone}
}

func TestMoments(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 3600)
	midnight, evening := time.Date(2026, 3, 1, 0, 0, 0, 0, zone), time.Date(2026, 11, 2, 8, 5, 0, 0, time.UTC)
	tests := map[string][2]string{
		"en":    {"Sun, 1 March 2026", "Mon, 2 November 2026, 09:05"},
		"en-us": {"Sun, March 1, 2026", "Mon, November 2, 2026, 9:05\u00a0AM"},
		"de":    {"So., 1. März 2026", "Mo., 2. November 2026, 09:05"},
		"fr":    {"dim. 1 mars 2026", "lun. 2 novembre 2026, 09:05"},
		"es":    {"dom, 1 de marzo de 2026", "lun, 2 de noviembre de 2026, 09:05"},
		"it":    {"dom 1 marzo 2026", "lun 2 novembre 2026, 09:05"},
		"pt":    {"dom., 1 de março de 2026", "seg., 2 de novembro de 2026, 09:05"},
		"nl":    {"zo 1 maart 2026", "ma 2 november 2026, 09:05"},
		"ja":    {"2026年3月1日(日)", "2026年11月2日(月) 09:05"},
		"ko":    {"2026년 3월 1일 (일)", "2026년 11월 2일 (월) 09:05"},
	}
	for tag, want := range tests {
		m := makerIn(tag, zone)
		if got := [2]string{m.moment(midnight), m.moment(evening)}; got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func TestSpans(t *testing.T) {
	t.Parallel()
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	noon := day(2026, 11, 2).Add(12 * time.Hour)
	tests := map[string]struct {
		tag  string
		in   byline.Window
		want string
	}{
		"none":           {"en", byline.Window{}, ""},
		"one day":        {"en", byline.Window{Start: day(2026, 11, 2), End: day(2026, 11, 3)}, "Mon, 2 November 2026"},
		"a week":         {"en", byline.Window{Start: day(2026, 11, 2), End: day(2026, 11, 9)}, "Mon, 2 November – Sun, 8 November 2026"},
		"in America":     {"en-us", byline.Window{Start: day(2026, 11, 2), End: day(2026, 11, 9)}, "Mon, November 2 – Sun, November 8, 2026"},
		"in Japan":       {"ja", byline.Window{Start: day(2026, 11, 2), End: day(2026, 11, 9)}, "2026年11月2日(月)～11月8日(日)"},
		"in Korea":       {"ko", byline.Window{Start: day(2026, 11, 2), End: day(2026, 11, 9)}, "2026년 11월 2일 (월) ~ 11월 8일 (일)"},
		"to new year":    {"en", byline.Window{Start: day(2026, 12, 30), End: day(2027, 1, 1)}, "Wed, 30 December – Thu, 31 December 2026"},
		"over new year":  {"de", byline.Window{Start: day(2026, 12, 30), End: day(2027, 1, 2)}, "Mi., 30. Dezember 2026 – Fr., 1. Januar 2027"},
		"with times":     {"en", byline.Window{Start: noon, End: noon.Add(time.Hour)}, "Mon, 2 November 2026, 12:00 – Mon, 2 November 2026, 13:00"},
		"an open end":    {"en", byline.Window{Start: noon}, "Mon, 2 November 2026, 12:00 –"},
		"an open start":  {"en", byline.Window{End: day(2026, 11, 3)}, "– Mon, 2 November 2026"},
		"the wrong way":  {"en", byline.Window{Start: day(2026, 11, 9), End: day(2026, 11, 2)}, "Mon, 9 November – Sun, 1 November 2026"},
		"the first year": {"en", byline.Window{Start: day(1, 1, 2), End: day(1, 1, 3)}, "Tue, 2 January 1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := makerIn(tt.tag, time.UTC).span(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLengths(t *testing.T) {
	t.Parallel()
	tests := map[time.Duration][3]string{
		0:                       {"", "", ""},
		-time.Second:            {"", "", ""},
		time.Second:             {"1 s", "1 s", "1秒"},
		1500 * time.Millisecond: {"1.5 s", "1,5 s", "1.5秒"},
		time.Minute:             {"60 s", "60 s", "60秒"},
		90 * time.Second:        {"90 s", "90 s", "90秒"},
		2 * time.Minute:         {"2 min", "2 Min.", "2分"},
		time.Hour:               {"60 min", "60 Min.", "60分"},
		24 * time.Hour:          {"24 hours", "24 Stunden", "24時間"},
		36 * time.Hour:          {"36 hours", "36 Stunden", "36時間"},
		30 * 24 * time.Hour:     {"30 days", "30 Tage", "30日"},
	}
	for in, want := range tests {
		var got [3]string
		for i, tag := range []string{"en", "de", "ja"} {
			got[i] = makerIn(tag, time.UTC).length(in)
		}
		if got != want {
			t.Errorf("%v: %q, want %q", in, got, want)
		}
	}
}

func TestBands(t *testing.T) {
	t.Parallel()
	tests := map[brief.LengthBand]string{
		{}: "",
		{Min: time.Minute, Max: 90 * time.Second}:                    "60–90 s",
		{Min: 8 * time.Minute, Max: 10 * time.Minute}:                "8–10 min",
		{Min: 90 * time.Second, Max: 3 * time.Minute}:                "90–180 s",
		{Min: 30 * time.Minute, Max: 2 * time.Hour}:                  "30–120 min",
		{Min: 2 * time.Hour, Max: 3 * time.Hour}:                     "2–3 hours",
		{Min: 15 * time.Second}:                                      "at least 15 s",
		{Max: 3 * time.Minute}:                                       "up to 3 min",
		{Min: 30 * time.Second, Max: 30 * time.Second}:               "30 s",
		{Min: 1500 * time.Millisecond, Max: 2250 * time.Millisecond}: "1.5–2.25 s",
		{Min: -time.Second, Max: -time.Second}:                       "",
	}
	for in, want := range tests {
		if got := makerIn("en", time.UTC).band(in); got != want {
			t.Errorf("%v: %q, want %q", in, got, want)
		}
	}
}
