package attribution_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// What would change if links won over codes? The orders of the past tell.
func ExampleReplay() {
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Code: "ADA15", Link: "ada"},
		{Creator: "bruno", Campaign: "autumn", Code: "BRUNO10", Link: "bruno"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ours, err := attribution.NewDecider(book, attribution.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	preset, _ := attribution.PresetNamed("refersion")
	theirs, err := attribution.NewDecider(book, preset.Policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	placed := time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC)
	past := func(yield func(attribution.Case, error) bool) {
		for i, link := range []string{"", "ada", "bruno"} {
			c := attribution.Case{Order: attribution.Order{
				ID: byline.OrderID(fmt.Sprintf("shop:%d", i+1)), PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: byline.EUR,
				Lines: []attribution.Line{{ID: "mug", Quantity: 1, Gross: byline.Minor(4250, byline.EUR)}},
				Codes: []attribution.CodeUse{{Code: "ADA15", Kind: attribution.Genuine}},
			}}
			if link != "" {
				c.History = &attribution.History{Touches: []attribution.Touch{{Link: link, At: placed.Add(-time.Hour)}}}
			}
			if !yield(c, nil) {
				return
			}
		}
	}
	comparison, err := attribution.Replay(past, ours, theirs, &attribution.ReplayOptions{Changed: func(c attribution.Change) error {
		fmt.Println(c.Case.Order.ID, "goes from", c.A.Credits[0].Creator, "to", c.B.Credits[0].Creator)
		return nil
	}})
	for _, c := range comparison.Creators {
		fmt.Println(c.Creator, "gains", c.Difference)
	}
	fmt.Println(comparison.Changed, "of", comparison.Orders, "orders change;", err)
	// Output:
	// shop:3 goes from ada to bruno
	// ada gains -42.50 EUR
	// bruno gains 42.50 EUR
	// 1 of 3 orders change; <nil>
}
