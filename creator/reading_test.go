package creator_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// reading tells readings apart by their source.
func reading(metric string, on byline.Platform, source string) creator.Reading {
	return creator.Reading{Metric: metric, Platform: on, Source: source}
}

func TestReadingsGet(t *testing.T) {
	t.Parallel()
	readings := creator.Readings{
		reading("b", byline.YouTube, "on YouTube"), reading("c", byline.TikTok, "on TikTok alone"),
		reading("b", "", "over all"), reading("a", "", "first"), reading("b", byline.TikTok, "on TikTok"), reading("d", "", "last"),
	}
	creator.SortReadings(readings)
	tests := map[string]struct {
		metric string
		on     byline.Platform
		want   string // "" where there is none
	}{
		"of the platform":               {"b", byline.TikTok, "on TikTok"},
		"of the platform that is last":  {"b", byline.YouTube, "on YouTube"},
		"over all, asked for":           {"b", "", "over all"},
		"over all, for lack of its own": {"b", byline.Instagram, "over all"},
		"over all, of the first metric": {"a", byline.TikTok, "first"},
		"over all, of the last metric":  {"d", byline.YouTube, "last"},
		"not that of another platform":  {"c", byline.YouTube, ""},
		"no platform stands for all":    {"c", "", ""},
		"a metric between two":          {"bb", "", ""},
		"a metric before all":           {"", "", ""},
		"a metric after all":            {"e", byline.TikTok, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := readings.Get(tt.metric, tt.on)
			if got.Source != tt.want || ok != (tt.want != "") {
				t.Errorf("Get(%q, %q) is %q, %t, want %q", tt.metric, tt.on, got.Source, ok, tt.want)
			}
		})
	}
	if got, ok := creator.Readings(nil).Get("a", ""); ok {
		t.Errorf("no readings have %+v", got)
	}
}

// A missing reading of the platform is not replaced: it says why there is none.
func TestReadingsGetKeepsTheMissingOne(t *testing.T) {
	t.Parallel()
	hidden := creator.Reading{Metric: "a", Platform: byline.TikTok, Value: byline.Missing(byline.Hidden, "v1", time.Time{})}
	got, ok := creator.Readings{reading("a", "", "over all"), hidden}.Get("a", byline.TikTok)
	if diff := cmp.Diff(hidden, got); !ok || diff != "" {
		t.Errorf("%t (-want +got):\n%s", ok, diff)
	}
}

// Readings that stand there twice keep their order, and the first is found.
func TestSortReadings(t *testing.T) {
	t.Parallel()
	var empty creator.Readings
	creator.SortReadings(empty)
	readings := creator.Readings{
		reading("b", byline.TikTok, "1"), reading("a", byline.TikTok, "2"), reading("b", "", "3"),
		reading("a", byline.TikTok, "4"), reading("a", "", "5"), reading("b", byline.TikTok, "6"),
	}
	creator.SortReadings(readings)
	order := ""
	for _, r := range readings {
		order += r.Source
	}
	if want := "524316"; order != want {
		t.Errorf("sorted to %s, want %s", order, want)
	}
	if got, _ := readings.Get("a", byline.TikTok); got.Source != "2" {
		t.Errorf("found the %s", got.Source)
	}
}
