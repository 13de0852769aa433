package shortlist_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
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
	// Out: emil on youtube: another of the same kind is picked who costs no more and brings no less (dario on youtube)
	// info: a pick has no interval, so the list has none
}
