package performance_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/rank"
	"github.com/bylinehq/byline/creator/performance"
)

// sale has the amounts of an order as attribution states them.
type sale struct {
	order          byline.OrderID
	sold, returned byline.Money
	clicked        bool
}

// Last season's prior reads a season that has only begun. Ada's one order of one click is
// luck as far as anybody can know; Bruno's sixty of a hundred are not. Of Cleo there is nothing.
func Example() {
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	deliver := func(id byline.CreatorID, clicks float64, sales ...sale) performance.Delivery {
		d := performance.Delivery{CreatorID: id, Clicks: byline.Known(clicks, "shop.sessions", at)}
		for _, s := range sales {
			kept, err := s.sold.Sub(s.returned)
			if err != nil {
				fmt.Println(err)
			}
			d.Orders = append(d.Orders, performance.Order{
				ID: s.order, Clicked: s.clicked, Refunded: kept.IsZero(), Contribution: &kept,
			})
		}
		return d
	}
	var sixty []sale
	for i := range 60 {
		sixty = append(sixty, sale{byline.OrderID(fmt.Sprint("demo:", i)), byline.Minor(4000, byline.EUR), byline.Minor(0, byline.EUR), true})
	}
	last := rank.Prior{Family: rank.BetaBinomial, Belief: rank.Belief{Shape: rank.Beta, A: 4, B: 96}}

	report, err := performance.Read([]performance.Delivery{
		deliver("ada", 1, sale{"demo:a", byline.Minor(3000, byline.EUR), byline.Minor(0, byline.EUR), true}),
		deliver("bruno", 100, sixty...),
		deliver("cleo", 0),
	}, &performance.Options{Priors: map[string]rank.Prior{performance.ConversionRate: last}})
	if err != nil {
		fmt.Println(err)
	}
	for _, id := range []byline.CreatorID{"ada", "bruno", "cleo"} {
		r, _ := report.Readings[id].Get(performance.ConversionRate, "")
		if rate, known := r.Value.Value(); known {
			fmt.Printf("%-6s %.3f, from %.3f to %.3f, of %d clicks\n", id, rate, *r.Low, *r.High, r.Count)
			continue
		}
		fmt.Printf("%-6s %s: %s\n", id, r.Refusal.Code, r.Refusal.Message)
	}
	// Output:
	// ada    0.050, from 0.016 to 0.099, of 1 clicks
	// bruno  0.320, from 0.257 to 0.386, of 100 clicks
	// cleo   performance.no_trials: there are no clicks
}
