package brief_test

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/internal/golden"
	"github.com/bylinehq/byline/internal/promise"
)

func day(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }

func goodDeliverable() brief.Deliverable {
	return brief.Deliverable{
		Platform: byline.Instagram, Format: brief.Reel, Count: 2,
		Posting: byline.Window{Start: day(2), End: day(9)}, Code: "ADA15", Link: "ada-autumn",
	}
}

type at struct{ Path, Code string }

// faultsOf returns where the faults of an error are and their codes, in order.
func faultsOf(t *testing.T, err error) []at {
	t.Helper()
	if err == nil {
		return nil
	}
	all, ok := errors.AsType[*byline.ValidationError](err)
	if !ok || !errors.Is(err, byline.ErrInvalid) {
		t.Fatalf("error is %v", err)
	}
	var faults []at
	for _, f := range all.Fields {
		if f.Message == "" {
			t.Errorf("%s has no message", f.Path)
		}
		faults = append(faults, at{f.Path, f.Code})
	}
	return faults
}

type deliverableCase struct {
	name string
	edit func(*brief.Deliverable)
	want at
}

// deliverableCases break a good deliverable in one place each.
func deliverableCases() []deliverableCase {
	return []deliverableCase{
		{"no platform", func(d *brief.Deliverable) { d.Platform = "" }, at{"platform", "required"}},
		{"a platform that is none", func(d *brief.Deliverable) { d.Platform = "myspace" }, at{"platform", "platform"}},
		{"a platform in mixed case", func(d *brief.Deliverable) { d.Platform = "Instagram" }, at{"platform", "platform"}},
		{"no format", func(d *brief.Deliverable) { d.Format = "" }, at{"format", "required"}},
		{"a format of another platform", func(d *brief.Deliverable) { d.Format = brief.Short }, at{"format", "deliverable.format"}},
		{"a format that is none", func(d *brief.Deliverable) { d.Format = "hologram" }, at{"format", "deliverable.format"}},
		{"none of it", func(d *brief.Deliverable) { d.Count = 0 }, at{"count", "min"}},
		{"fewer than none", func(d *brief.Deliverable) { d.Count = -1 }, at{"count", "min"}},
		{"1001 of it", func(d *brief.Deliverable) { d.Count = 1001 }, at{"count", "max"}},
		{"no posting window", func(d *brief.Deliverable) { d.Posting = byline.Window{} }, at{"posting", "deliverable.posting"}},
		{"no start", func(d *brief.Deliverable) { d.Posting.Start = time.Time{} }, at{"posting", "deliverable.posting"}},
		{"no end", func(d *brief.Deliverable) { d.Posting.End = time.Time{} }, at{"posting", "deliverable.posting"}},
		{"an end before the start", func(d *brief.Deliverable) { d.Posting.End = day(1) }, at{"posting", "deliverable.posting_order"}},
		{"an end at the start", func(d *brief.Deliverable) { d.Posting.End = day(2) }, at{"posting", "deliverable.posting_order"}},
	}
}

func TestValidateRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range deliverableCases() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := goodDeliverable()
			tt.edit(&d)
			if diff := cmp.Diff([]at{tt.want}, faultsOf(t, d.Validate())); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestValidateKeepsItsPromise(t *testing.T) {
	t.Parallel()
	var produced []string
	for _, first := range deliverableCases() {
		for _, second := range deliverableCases() { // with itself too
			d := goodDeliverable()
			first.edit(&d)
			second.edit(&d)
			for _, f := range faultsOf(t, d.Validate()) {
				produced = append(produced, f.Code)
			}
		}
	}
	slices.Sort(produced)
	if diff := cmp.Diff(promise.Codes(t, "deliverable.go", "Validate"), slices.Compact(produced)); diff != "" {
		t.Errorf("codes mismatch (-promised +produced):\n%s", diff)
	}
}

func TestValidateReportsAllAtOnce(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   brief.Deliverable
		want []at
	}{
		{"the zero deliverable", brief.Deliverable{}, []at{
			{"platform", "required"}, {"format", "required"}, {"count", "min"}, {"posting", "deliverable.posting"},
		}},
		{
			"many faults", brief.Deliverable{Platform: byline.Podcast, Format: brief.Pin, Count: 5000, Posting: byline.Window{Start: day(3), End: day(2)}},
			[]at{{"count", "max"}, {"format", "deliverable.format"}, {"posting", "deliverable.posting_order"}},
		},
		{
			"no format is right or wrong on an unknown platform", brief.Deliverable{Platform: "myspace", Format: "hologram", Count: 1, Posting: byline.Window{Start: day(2), End: day(3)}},
			[]at{{"platform", "platform"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, faultsOf(t, tt.in.Validate())); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestValidateAccepts(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*brief.Deliverable){
		"a full deliverable":       func(*brief.Deliverable) {},
		"neither code nor link":    func(d *brief.Deliverable) { d.Code, d.Link = "", "" },
		"one":                      func(d *brief.Deliverable) { d.Count = 1 },
		"a thousand":               func(d *brief.Deliverable) { d.Count = 1000 },
		"a window of a nanosecond": func(d *brief.Deliverable) { d.Posting.End = d.Posting.Start.Add(1) },
	}
	for name, edit := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := goodDeliverable()
			edit(&d)
			require.NoError(t, d.Validate())
			data, err := json.Marshal(d)
			require.NoError(t, err)
			var back brief.Deliverable
			require.NoError(t, json.Unmarshal(data, &back))
			if diff := cmp.Diff(d, back); diff != "" {
				t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// The constants are read from the source, so that a new platform or format cannot be
// forgotten here.
func TestFormats(t *testing.T) {
	t.Parallel()
	listed := promise.Constants(t, "deliverable.go", "Format")
	var carried []string
	for _, name := range promise.Constants(t, filepath.Join(golden.ModuleRoot(t), "platform.go"), "Platform") {
		formats := brief.Formats(byline.Platform(name))
		if len(formats) == 0 {
			t.Errorf("%s carries no format", name)
			continue
		}
		for _, format := range listed {
			d := goodDeliverable()
			d.Platform, d.Format = byline.Platform(name), brief.Format(format)
			var want []at
			if !slices.Contains(formats, d.Format) {
				want = []at{{"format", "deliverable.format"}}
			}
			if diff := cmp.Diff(want, faultsOf(t, d.Validate())); diff != "" {
				t.Errorf("a %s on %s: faults mismatch (-want +got):\n%s", format, name, diff)
			}
		}
		seen := map[brief.Format]bool{}
		for _, format := range formats {
			if seen[format] {
				t.Errorf("%s carries %s twice", name, format)
			}
			seen[format] = true
			carried = append(carried, string(format))
		}
		formats[0] = "hologram"
		if brief.Formats(byline.Platform(name))[0] == "hologram" {
			t.Errorf("the caller can change what %s carries", name)
		}
	}
	slices.Sort(carried)
	if diff := cmp.Diff(slices.Sorted(slices.Values(listed)), slices.Compact(carried)); diff != "" {
		t.Errorf("formats that no platform carries, or that are no constants (-listed +carried):\n%s", diff)
	}
	for _, name := range []byline.Platform{"", "myspace", "Instagram"} {
		if got := brief.Formats(name); got != nil {
			t.Errorf("the unknown platform %q carries %v", name, got)
		}
	}
}

func TestFormatsOfEachPlatform(t *testing.T) {
	t.Parallel()
	tests := []struct {
		platform byline.Platform
		carries  []brief.Format
		not      []brief.Format
	}{
		{byline.YouTube, []brief.Format{brief.Short, brief.Video}, []brief.Format{brief.Reel, brief.Story}},
		{byline.Instagram, []brief.Format{brief.Reel, brief.Story, brief.Carousel}, []brief.Format{brief.Short, brief.Pin}},
		{byline.TikTok, []brief.Format{brief.Video}, []brief.Format{brief.Reel, brief.Short, brief.Article}},
		{byline.Twitch, []brief.Format{brief.Livestream}, []brief.Format{brief.Story}},
		{byline.Podcast, []brief.Format{brief.Episode}, []brief.Format{brief.Video}},
		{byline.Blog, []brief.Format{brief.Article}, []brief.Format{brief.Episode}},
		{byline.Pinterest, []brief.Format{brief.Pin}, []brief.Format{brief.Reel}},
	}
	for _, tt := range tests {
		got := brief.Formats(tt.platform)
		for _, format := range tt.carries {
			if !slices.Contains(got, format) {
				t.Errorf("%s does not carry %s", tt.platform, format)
			}
		}
		for _, format := range tt.not {
			if slices.Contains(got, format) {
				t.Errorf("%s carries %s", tt.platform, format)
			}
		}
	}
}
