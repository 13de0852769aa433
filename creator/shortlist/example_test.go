package shortlist_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/reach"
	"github.com/bylinehq/byline/creator/score"
	"github.com/bylinehq/byline/creator/shortlist"
)

func ExampleChoose() {
	at := time.Date(2026, time.November, 20, 0, 0, 0, 0, time.UTC)
	on := func(id byline.CreatorID, tier string, price int64, orders float64) shortlist.Candidate {
		return shortlist.Candidate{
			Key: shortlist.Key{CreatorID: id, Platform: byline.YouTube}, Tier: tier, Price: byline.Minor(price, byline.EUR),
			Outcome: shortlist.Outcome{Value: byline.Known(orders, "orders{28 days};v1", at)},
		}
	}
	candidates := []shortlist.Candidate{
		on("ada", "mid", 90_000, 120),
		on("bruno", "micro", 40_000, 61),
		on("cleo", "micro", 35_000, 48),
		on("dario", "nano", 20_000, 31),
		on("emil", "nano", 20_000, 25),
	}
	list, err := shortlist.Choose(candidates, shortlist.Request{
		Objective: shortlist.ExpectedConversions, Budget: byline.Minor(150_000, byline.EUR), Reserve: 1,
		Quotas: []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 1}},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(list.Explain())
	// Output:
	// 3 picks bring 212 expected conversions for 1500.00 EUR, 0.00 EUR is left.
	// No list within the limits brings more.
	// A  ada on youtube: 900.00 EUR, 7.50 EUR for each
	//    adds 120 expected conversions for 900.00 EUR, place 3 of 3 picks by outcome for the price
	//    the list would lose 72 if the best other stepped in (cleo on youtube)
	// B  bruno on youtube: 400.00 EUR, 6.56 EUR for each
	//    adds 61 expected conversions for 400.00 EUR, place 2 of 3 picks by outcome for the price
	//    the list would lose 13 if the best other stepped in (cleo on youtube)
	// B  dario on youtube: 200.00 EUR, 6.45 EUR for each
	//    adds 31 expected conversions for 200.00 EUR, place 1 of 3 picks by outcome for the price
	//    is needed for at least 1 of tier nano
	//    the list would lose 6 if the best other stepped in (emil on youtube)
	// Reserve cleo on youtube, 350.00 EUR, for bruno on youtube (loses 13), ada on youtube (loses 72)
	// Limit reached: the budget of 1500.00 EUR, one EUR more is worth about 0.133; without it cleo on youtube would come in for 350.00 EUR and bring 48
	// Limit reached: at least 1 of tier nano
	// Out: cleo on youtube: 0.00 EUR is left of the budget of 1500.00 EUR; costs 350.00 EUR and would add 48, in place of the pick named the list would lose 13 (bruno on youtube)
	// Out: emil on youtube: another is picked who counts for the same limits, costs no more and brings no less (dario on youtube)
	// info: a pick has no interval, so the list has none
}

// Bruno's followers are mostly Ada's, so Cleo's fewer ones are worth more beside her. Of
// Dario's audience nothing is known.
func ExampleSketchCoverage() {
	sketch := func(first, count uint64) *reach.Sketch {
		s := &reach.Sketch{}
		for id := first; id < first+count; id++ {
			s.AddHash(id) // a keyed hash of the follower's id
		}
		return s
	}
	on := func(id byline.CreatorID) shortlist.Candidate {
		return shortlist.Candidate{Key: shortlist.Key{CreatorID: id, Platform: byline.TikTok}, Price: byline.Minor(50_000, byline.EUR)}
	}
	candidates := []shortlist.Candidate{on("ada"), on("bruno"), on("cleo"), on("dario")}
	coverage, err := shortlist.SketchCoverage([]*reach.Sketch{sketch(0, 80_000), sketch(10_000, 70_000), sketch(75_000, 30_000), nil})
	if err != nil {
		fmt.Println(err)
		return
	}
	list, err := shortlist.Choose(candidates, shortlist.Request{
		Objective: shortlist.UniqueReach, Budget: byline.Minor(100_000, byline.EUR),
	}, &shortlist.Options{Coverage: coverage})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(list.Explain())
	// Output:
	// 2 picks bring 105,698 people for 1000.00 EUR, 0.00 EUR is left.
	// No list within the limits brings more than 105,698, a gap of 0%.
	// Counted anew by what the choice did not look at, they reach 108,000 people (102,000 to 115,000).
	// A  cleo on tiktok: 500.00 EUR, 19.87 EUR per 1,000
	//    adds 25,160 people for 500.00 EUR, place 2 of 2 picks by outcome for the price
	//    nobody was found who could step in within the limits and bring anything
	// B  ada on tiktok: 500.00 EUR, 6.61 EUR per 1,000
	//    adds 75,620 people for 500.00 EUR, place 1 of 2 picks by outcome for the price
	//    the list would lose 9,543 if the best other stepped in (bruno on tiktok)
	// Limit reached: the budget of 1000.00 EUR
	// Out: bruno on tiktok: would add 0 people to this list
	// Out: dario on tiktok: has an audience that is not known
	// info: people are estimated by sketches, and who is overestimated is chosen more easily: where many candidates are alike, expect some percent fewer
}

// Bruno's rival was not looked for, so he is not chosen until a person has answered.
func ExampleOf() {
	at := time.Date(2026, time.November, 20, 0, 0, 0, 0, time.UTC)
	scorer, err := score.New(score.Rubric{
		Name: "spring", Version: "2", Checks: []string{"conflict.competitor"},
		Groups: []score.Group{{Name: "engagement", Weight: 1, Criteria: []score.Criterion{{Metric: "engagement.rate", Weight: 1, Floor: 0.01, Target: 0.05}}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var candidates []shortlist.Candidate
	for id, checks := range map[byline.CreatorID][]creator.Check{
		"ada":   {{Code: "conflict.competitor", State: creator.Passed, Reason: "no rival in 90 days", At: at}},
		"bruno": nil,
	} {
		assessment := scorer.Assess(score.Candidate{
			CreatorID: id, At: at, Checks: checks,
			Readings: creator.Readings{{Metric: "engagement.rate", Value: byline.Known(0.04, "engagement.rate;v1", at)}},
		})
		expected := creator.Reading{Metric: "orders", Value: byline.Known(61, "orders{28 days};v1", at)}
		candidates = append(candidates, shortlist.Of(assessment, byline.Minor(40_000, byline.EUR), expected))
	}
	list, err := shortlist.Choose(candidates, shortlist.Request{
		Objective: shortlist.ExpectedConversions, Budget: byline.Minor(100_000, byline.EUR), ScoreFloor: 60,
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range list.Picks {
		fmt.Println("in: ", p.Key)
	}
	for _, o := range list.Out {
		fmt.Println("out:", o.Key, o.Reason)
	}
	// Output:
	// in:  ada
	// out: bruno could not be determined: conflict.competitor
}
