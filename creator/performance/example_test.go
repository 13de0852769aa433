package performance_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/rank"
	"github.com/bylinehq/byline/creator/performance"
)

// From decisions to readings: each credit is an order of its creator. The contribution is
// here what the order kept; who knows goods and fees takes them off.
//
// Last season's prior reads a season that has only begun. Ada's one order of one click is
// luck as far as anybody can know; Bruno's sixty of a hundred are not. Of Cleo there is nothing.
func Example() {
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	euros := func(minor int64) byline.Money { return byline.Minor(minor, byline.EUR) }
	decided := func(order, creator string, sold int64) attribution.Decision { // by attribution.Decide
		return attribution.Decision{
			Order: byline.OrderID(order), Standing: attribution.StandingEarning, Sold: euros(sold), Returned: euros(0), Earning: euros(sold),
			Credits: []attribution.Credit{{Creator: byline.CreatorID(creator), By: attribution.ByClick, Sold: euros(sold), Earning: euros(sold)}},
		}
	}
	decisions := []attribution.Decision{decided("demo:a", "ada", 3000)}
	for i := range 60 {
		decisions = append(decisions, decided(fmt.Sprint("demo:b", i), "bruno", 4000))
	}

	orders := map[byline.CreatorID][]performance.Order{}
	for _, d := range decisions {
		for _, c := range d.Credits {
			orders[c.Creator] = append(orders[c.Creator], performance.Order{
				ID: d.Order, Clicked: c.By == attribution.ByClick || c.Corroborated,
				Refunded: d.Returned.Equal(d.Sold), Contribution: &c.Earning,
			})
		}
	}
	var deliveries []performance.Delivery
	clicks := map[byline.CreatorID]float64{"ada": 1, "bruno": 100, "cleo": 0} // by the shop's analytics
	for _, id := range []byline.CreatorID{"ada", "bruno", "cleo"} {
		deliveries = append(deliveries, performance.Delivery{
			CreatorID: id, Clicks: byline.Known(clicks[id], "shop.sessions", at), Orders: orders[id],
		})
	}
	last := rank.Prior{Family: rank.BetaBinomial, Belief: rank.Belief{Shape: rank.Beta, A: 4, B: 96}}
	report, err := performance.Read(deliveries, &performance.Options{Priors: map[string]rank.Prior{performance.ConversionRate: last}})
	if err != nil {
		fmt.Println(err)
	}
	for _, d := range deliveries {
		r, _ := report.Readings[d.CreatorID].Get(performance.ConversionRate, "")
		if rate, known := r.Value.Value(); known {
			fmt.Printf("%-6s %.3f, from %.3f to %.3f, of %d clicks\n", d.CreatorID, rate, *r.Low, *r.High, r.Count)
			continue
		}
		fmt.Printf("%-6s %s: %s\n", d.CreatorID, r.Refusal.Code, r.Refusal.Message)
	}
	// Output:
	// ada    0.050, from 0.016 to 0.099, of 1 clicks
	// bruno  0.320, from 0.257 to 0.386, of 100 clicks
	// cleo   performance.no_trials: there are no clicks
}
