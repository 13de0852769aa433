package multitouch_test

import (
	"fmt"

	"github.com/bylinehq/byline/attribution/multitouch"
)

// Three games on the same journeys. Ada converts on her own, and Bruno seldom does: where
// rates are compared he costs conversions, where they are counted or chained he has some.
func ExampleShapley() {
	journeys := []multitouch.Journey{
		{Path: []string{"ada"}, Conversions: 30, Nulls: 70},
		{Path: []string{"bruno"}, Conversions: 1, Nulls: 99},
		{Path: []string{"bruno", "ada"}, Conversions: 10, Nulls: 90},
	}
	read := func(yield func(multitouch.Journey, error) bool) {
		for _, j := range journeys {
			if !yield(j, nil) {
				return
			}
		}
	}
	comparison, err := multitouch.Compare(read, []multitouch.Model{
		multitouch.Shapley{Variant: multitouch.SetSum},
		multitouch.Shapley{Variant: multitouch.SubsetRate},
		multitouch.Shapley{Variant: multitouch.MarkovGame},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range comparison.Results {
		fmt.Printf("%-22s", r.Model)
		for _, c := range r.Credits {
			fmt.Printf("  %s %6.2f", c.Channel, c.Conversions)
		}
		fmt.Printf("  of %.4f\n", r.Game.GrandValue)
	}
	// Output:
	// shapley(set_sum)        ada  35.00  bruno   6.00  of 41.0000
	// shapley(subset_rate)    ada  64.00  bruno -23.00  of 0.1367
	// shapley(markov_game,1)  ada  30.00  bruno  11.00  of 0.1367
}

// A game of the caller's own: two of three partners have to agree.
func ExampleShapleyValues() {
	worth := []float64{0, 0, 0, 90, 0, 90, 90, 90}
	phi, err := multitouch.ShapleyValues(worth)
	fmt.Println(phi, err)
	// Output: [30 30 30] <nil>
}
