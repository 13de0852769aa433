package search_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/search"
)

// Bakers with at least 10,000 followers, of whom surely at most a quarter are fake. Of
// Cleo nobody has counted the fakes: she is neither in nor out.
func Example() {
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	dossier := func(id string, followers float64, themes ...string) *creator.Dossier {
		return &creator.Dossier{Profile: creator.Profile{
			ID: byline.CreatorID(id), Name: id, Themes: themes,
			Accounts: []creator.Account{{Platform: byline.TikTok, Handle: id, Followers: byline.Known(followers, "tiktok.followers", at)}},
		}}
	}
	fakes := func(share, low, high float64) creator.Readings {
		value := byline.Known(share, "authenticity.fake_share;calibration=demo;v1", at)
		return creator.Readings{{Metric: "authenticity.fake_share", Value: value, Low: &low, High: &high, Level: 0.95}}
	}
	var b search.Builder
	for _, e := range []search.Entry{
		{Dossier: dossier("ada", 52_000, "Sourdough"), Readings: fakes(.12, .08, .18)},
		{Dossier: dossier("bruno", 81_000, "sourdough", "pizza"), Readings: fakes(.21, .15, .29)},
		{Dossier: dossier("cleo", 30_000, "sourdough")},
		{Dossier: dossier("dario", 9_000, "running"), Readings: fakes(.05, .02, .09)},
	} {
		if err := b.Add(e); err != nil {
			fmt.Println(err)
		}
	}
	found, err := b.Build().Search(&search.Query{
		Themes:    &search.Words{Any: []string{"sourdough"}},
		Followers: &search.Followers{AtLeast: new(10_000.0)},
		Ranges:    []search.Range{{Metric: "authenticity.fake_share", By: search.ByHigh, AtMost: new(0.25)}},
	})
	if err != nil {
		fmt.Println(err)
	}
	for _, h := range found.Hits {
		fmt.Println(h.CreatorID, h.Because)
	}
	for _, h := range found.Apart {
		fmt.Println(h.CreatorID, "is open:", h.Unknown)
	}
	for _, f := range found.Facets {
		fmt.Printf("%-10s passed %d, removed %d (%d alone), no data %d\n", f.Clause, f.Passed, f.Removed, f.OnlyHere, f.NoData)
	}
	// Output:
	// ada [{themes sourdough} {followers 52000} {ranges[0] authenticity.fake_share high 0.18}]
	// cleo is open: [ranges[0]]
	// themes     passed 3, removed 1 (0 alone), no data 0
	// followers  passed 3, removed 1 (0 alone), no data 0
	// ranges[0]  passed 2, removed 1 (1 alone), no data 1
}
