package search_test

import (
	"cmp"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/search"
)

// Bakers with at least 10,000 followers, of whom surely at most a quarter are fake. Of
// Cleo nobody has counted the fakes, which puts Cleo neither in nor out.
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

// Each filter that people know from elsewhere is a line. A facet for each tells what it did.
func ExampleQuery() {
	q := search.Query{
		Keywords:  &search.Words{Any: []string{"sourdough", "rye bread"}},
		Platforms: &search.Words{Any: []string{string(byline.TikTok)}},
		Markets:   &search.Words{Any: []string{"DE", "AT"}},
		Languages: &search.Words{Any: []string{"de"}},
		Contact:   &search.Contact{Is: creator.CanContact},
		Followers: &search.Followers{On: byline.TikTok, AtLeast: new(10_000.0), AtMost: new(200_000.0)},
		Ranges: []search.Range{
			{Metric: "engagement.rate", Platform: byline.TikTok, AtLeast: new(0.03)},
			{Metric: "growth.rate_30d", Platform: byline.TikTok, AtLeast: new(0.0)},
			{Metric: "authenticity.fake_share", Platform: byline.TikTok, By: search.ByHigh, AtMost: new(0.25)},
		},
		Audience: []search.Share{{Kind: creator.Followers, Dimension: creator.Country, Key: "DE", AtLeast: new(0.4)}},
		Brands:   &search.Brands{None: []string{"Rival Mills"}},
		Prices:   []search.Price{{Format: "video", AtMost: new(byline.Minor(60_000, byline.EUR))}},
		Missing:  search.ShowApart,
	}
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	var b search.Builder
	err := b.Add(search.Entry{
		Dossier: &creator.Dossier{
			Profile: creator.Profile{
				ID: "ada", Name: "ada", Market: "DE", Languages: []string{"de"}, Themes: []string{"sourdough"}, Contact: creator.CanContact,
				Accounts: []creator.Account{{Platform: byline.TikTok, Handle: "ada", Followers: byline.Known(52_000, "tiktok.followers", at)}},
			},
			Rates: []creator.Rate{{Format: "video", Pieces: 2, Price: byline.Minor(100_000, byline.EUR)}},
		},
		Readings: creator.Readings{{Metric: "engagement.rate", Platform: byline.TikTok, Value: byline.Known(.02, "demo.v1", at)}},
	})
	if err != nil {
		fmt.Println(err)
	}
	found, err := b.Build().Search(&q)
	if err != nil {
		fmt.Println(err)
	}
	for _, f := range found.Facets {
		fmt.Println(f.Clause, f.Passed, f.Removed, f.NoData, cmp.Or(f.Hint, "-"))
	}
	// Output:
	// keywords 1 0 0 -
	// platforms 1 0 0 -
	// markets 1 0 0 -
	// languages 1 0 0 -
	// contact 1 0 0 -
	// followers 1 0 0 -
	// ranges[0] 0 1 0 -
	// ranges[1] 0 0 1 nobody has a reading of growth.rate_30d
	// ranges[2] 0 0 1 nobody has a reading of authenticity.fake_share
	// audience[0] 0 0 1 -
	// brands 0 0 1 -
	// prices[0] 1 0 0 -
}
