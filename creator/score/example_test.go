package score_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/score"
)

// Two criteria and one gate. The engagement rate is known with its margin; how well the
// audience fits is not, so the score covers three quarters of the rubric.
func ExampleNew() {
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	scorer, err := score.New(score.Rubric{
		Name: "spring", Version: "2",
		Groups: []score.Group{
			{Name: "engagement", Weight: 3, Criteria: []score.Criterion{
				{Metric: "engagement.rate", Label: "engagement rate", Weight: 1, Floor: 0.01, Target: 0.05, Unit: score.Percent},
			}},
			{Name: "audience", Weight: 1, Criteria: []score.Criterion{
				{Metric: "audience.fit", Label: "fit of the audience", Weight: 1, Floor: 0.4, Target: 0.9, Unit: score.Percent},
			}},
		},
		Checks: []string{"conflict.competitor"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	low, high := 0.033, 0.047
	ada := scorer.Assess(score.Candidate{
		CreatorID: "ada", Platform: byline.Instagram, At: at,
		Readings: creator.Readings{
			{Metric: "audience.fit", Value: byline.Missing(byline.NotPermitted, "audience.fit;v1", at)},
			{Metric: "engagement.rate", Value: byline.Known(0.04, "engagement.rate;v1", at), Low: &low, High: &high, Level: 0.95, Count: 12},
		},
		Checks: []creator.Check{{Code: "conflict.competitor", State: creator.Passed, Reason: "No rival in 90 days", At: at}},
	})
	fmt.Print(ada.Explain())
	// Output:
	// ada on instagram: 75 of 100 by spring/2, over the 75 % of its weight that is known.
	// May be ranked: no gate stands in the way, and 75 % of the rubric's weight is known (a rank takes 60 %).
	// Once everything is known, the score can be anything from 56 to 81.
	// With the margins of the readings as well: from 43 to 94.
	//
	// What lifts the score:
	//   +25.0  engagement rate: 4 % (3.3 % to 4.7 %), from 12 observations. 75 points; 1 % or less is worth 0, 5 % or more is worth 100
	//
	// Not known, and not counted as zero:
	//    25 % of the weight  fit of the audience: access to it was not granted
	//
	// Gates:
	//   passed        No rival in 90 days
}

// A place is shown with the places that it could be, and whoever fails a gate has none.
func ExampleRank() {
	scorer, err := score.New(score.Rubric{
		Name: "spring", Version: "2",
		Groups: []score.Group{{Name: "engagement", Weight: 1, Criteria: []score.Criterion{
			{Metric: "engagement.rate", Weight: 1, Floor: 0.01, Target: 0.05, Unit: score.Percent},
		}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var list []score.Assessment
	for _, c := range []struct {
		id               byline.CreatorID
		low, value, high float64
		rival            creator.State
	}{{"ada", 0.030, 0.040, 0.050, creator.Passed}, {"bruno", 0.028, 0.031, 0.034, creator.Passed}, {"cleo", 0.04, 0.05, 0.06, creator.Failed}} {
		list = append(list, scorer.Assess(score.Candidate{
			CreatorID: c.id,
			Readings:  creator.Readings{{Metric: "engagement.rate", Value: byline.Known(c.value, "engagement.rate;v1", time.Time{}), Low: &c.low, High: &c.high}},
			Checks:    []creator.Check{{Code: "conflict.competitor", State: c.rival, Reason: "worked for rival.example last month"}},
		}))
	}
	ranking, err := score.Rank(list, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range ranking.Places {
		fmt.Printf("%d. %s, %.0f points; anywhere from place %d to %d\n", p.Rank, p.CreatorID, p.Score, p.Best, p.Worst)
	}
	for _, u := range ranking.Unranked {
		fmt.Printf("%s is %s: %s\n", u.CreatorID, u.Verdict, u.Why)
	}
	// Output:
	// 1. ada, 75 points; anywhere from place 1 to 2
	// 2. bruno, 52 points; anywhere from place 1 to 2
	// cleo is barred: worked for rival.example last month
}
