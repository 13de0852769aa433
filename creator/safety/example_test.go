package safety_test

import (
	"fmt"
	"os"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/safety"
)

// A hit is a question to a person. The answer stays with the text it was given for.
func ExampleJudge() {
	book, err := safety.NewLexicon(safety.English(), safety.Wordlist{
		Name: "demo-brand", Version: "1", Source: "demo.example",
		Terms: []safety.Term{{ID: "sugar", Topic: "x-sugar", Language: "en", Risk: safety.MediumRisk, Words: []string{"sugar rush", "candy*"}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	on := creator.Ref{Platform: byline.TikTok, Handle: "ada"}
	posts := []creator.Post{
		{ID: "p1", Account: on, PublishedAt: day(1), Language: "en", Text: "Playing Assassin's Creed in Essex"},
		{ID: "p2", Account: on, PublishedAt: day(2), Language: "en-GB", Text: "My glue gun and a #SugarRush"},
		{ID: "p3", Account: on, PublishedAt: day(3), Language: "en", Text: "Our museum talk on gun safety"},
		{ID: "p4", Account: on, PublishedAt: day(4), Language: "de", Text: "Guten Morgen"},
	}
	scanned := safety.Scan(posts, book, nil)
	if err := scanned.WriteText(os.Stdout); err != nil {
		fmt.Println(err)
	}

	brand := safety.Tolerance{Default: safety.LowRisk, MinPosts: 3, MinShare: 0.5}
	show := func(decisions ...safety.Decision) {
		for _, c := range safety.Judge(scanned, brand, decisions, day(20)) {
			fmt.Printf("%s %s: %s\n", c.Code, c.State, c.Reason)
		}
	}
	show()
	show(scanned.Hits[0].Decide(safety.FalsePositive, "cleo", day(19)))
	// Output:
	// Read: 3 posts of 3 days, from 2026-11-01 to 2026-11-03 (3 in en).
	// Not read, so not known to be clean: 1 post in languages that the lists do not know.
	// List: byline-english 2026-11-22, 44 terms, SHA-256 619a3d40501d.
	// List: demo-brand 1, 1 term, SHA-256 167916c8fb94.
	//   1. sugar, Medium Risk: "#SugarRush" in post p2 of 2026-11-02 on tiktok: “My glue gun and a #SugarRush”; read out of another spelling (term sugar)
	//   2. Arms & Ammunition, Low Risk: "gun" in post p3 of 2026-11-03 on tiktok: “Our museum talk on gun safety”; not Medium Risk, as "museum" nearby speaks for education (term en-arms-gun)
	// A hit is a word and no verdict. Only text was read, no pictures or sound.
	// safety.floor passed: nothing above the tolerance is open in the text of 3 posts of 3 days, from 2026-11-01 to 2026-11-03 (3 in en)
	// safety.topic undetermined: 1 piece of evidence waits for a person in 3 posts of 3 days, from 2026-11-01 to 2026-11-03 (3 in en)
	// safety.floor passed: nothing above the tolerance is open in the text of 3 posts of 3 days, from 2026-11-01 to 2026-11-03 (3 in en)
	// safety.topic passed: nothing above the tolerance is open in the text of 3 posts of 3 days, from 2026-11-01 to 2026-11-03 (3 in en)
}

// An agreement of the contracts package is passed on as plain values: what it promises,
// to whom, and from when to when it binds.
func ExampleCheckConflicts() {
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }
	// As contracts.Exclusivity is shaped, with the window that Agreement.Exclusive gives.
	exclusivity := struct {
		Bound                   string
		Categories, Competitors []string
		Markets                 []byline.Market
		Binds                   byline.Window
	}{Bound: "creator", Categories: []string{"beauty"}, Markets: []byline.Market{"DE", "AT"}, Binds: byline.Window{Start: day(8, 1), End: day(12, 11)}}

	rivalry := safety.Rivalry{
		Brand: safety.Name{Name: "Demo Glow"}, Categories: []string{"beauty/skincare"}, Competitors: safety.Named("Apple", "Cleo Cosmetics"),
		Markets: []byline.Market{"DE"}, Lookback: 90, Planned: byline.Window{Start: day(12, 1), End: day(12, 31)},
		Promises: []safety.Promise{{
			By: safety.Bound(exclusivity.Bound), Party: "Bruno Balms", Categories: exclusivity.Categories, Competitors: exclusivity.Competitors,
			Markets: exclusivity.Markets, During: exclusivity.Binds, Source: "agreement ag-balms",
		}},
	}
	ada := &creator.Dossier{
		Profile:      creator.Profile{ID: "ada"},
		Partnerships: []creator.Partnership{{Brand: "Dario Cycles", Categories: []string{"sport"}, Commerce: creator.Sponsored, During: byline.Window{Start: day(9, 1), End: day(10, 1)}}},
		Posts:        []creator.Post{{ID: "p1", PublishedAt: day(10, 5), Text: "apple pie, thanks @cleo.cosmetics", Commerce: creator.Sponsored}},
	}
	for _, c := range safety.CheckConflicts(ada, rivalry, day(11, 22)) {
		fmt.Println(c.Code, c.State)
		for _, f := range c.Findings {
			fmt.Println(" ", f.Message)
			fmt.Println("  →", f.Fix)
		}
	}
	// Output:
	// conflict.competitor undetermined
	//   post p1 names the competitor Cleo Cosmetics as @cleo.cosmetics, on 2026-10-05; clear for work from 2027-01-03: “apple pie, thanks @cleo.cosmetics”
	//   → start the work at 2027-01-03 or later, or agree in writing on an exception
	// conflict.category passed
	// conflict.exclusivity failed
	//   the creator's promise to Bruno Balms covers beauty/skincare, from 2026-08-01 until 2026-12-11; clear for work from 2026-12-11
	//   → start the work at 2026-12-11 or later, or agree in writing on an exception
}
