package attribution_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// An order is decided from what it carries: here a code, and a landing page that a
// tracked link led to.
func ExampleDecide() {
	november := byline.Window{
		Start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
		End:   time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC),
	}
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Code: "ADA15", Link: "ada-autumn", Active: november},
		{Creator: "bruno", Campaign: "autumn", Code: "BRUNO10", Link: "bruno-autumn", Active: november},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	placed := time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC)
	order := attribution.Order{
		ID: "shop:1001", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: byline.EUR,
		Lines: []attribution.Line{{ID: "mug", Quantity: 2, Gross: byline.Minor(5000, byline.EUR), Discount: byline.Minor(750, byline.EUR)}},
		Codes: []attribution.CodeUse{{Code: "ada15", Kind: attribution.Genuine, Discount: byline.Minor(750, byline.EUR)}},
	}
	clicks := []attribution.Touch{
		{Link: "ada-autumn", At: placed.Add(-48 * time.Hour)},
		{Link: "bruno-autumn", At: placed.Add(-time.Hour)},
	}
	decision := attribution.Decide(order, &attribution.History{Touches: clicks}, book, attribution.Policy{})
	fmt.Println(decision.Explain())
	for _, c := range decision.Candidates {
		fmt.Println(c.Kind, c.Evidence, c.Accepted, c.Reason)
	}
	// Output:
	// ada15 was used; it belongs to ada until 30 Nov 2026, and a click on ada-autumn 2 days earlier agrees. 42.50 EUR counts, net of discounts and without tax, shipping, tips and gift cards.
	// code ada15 true code_owner
	// click ada-autumn true click_corroborates
	// click bruno-autumn false click_outranked
}

// Pieces of an order may arrive in any order: here a refund before the order itself.
func ExampleOrder_Merge() {
	placed := time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC)
	refund := attribution.Order{ID: "shop:1001", Shop: "shop.example", Refunds: []attribution.Refund{{
		ID: "r1", At: placed, AsOf: placed, State: attribution.Settled,
		Lines: []attribution.RefundLine{{Line: "mug", Quantity: 1, Subtotal: byline.Minor(2125, byline.EUR)}},
	}}}
	document := attribution.Order{
		ID: "shop:1001", Shop: "shop.example", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: byline.EUR,
		Lines: []attribution.Line{{ID: "mug", Quantity: 2, Gross: byline.Minor(5000, byline.EUR), Discount: byline.Minor(750, byline.EUR)}},
	}
	order, err := refund.Merge(document)
	if err != nil {
		fmt.Println(err)
		return
	}
	sales, err := order.Sales()
	fmt.Println(sales.Sold, "sold,", sales.Returned, "returned,", sales.Kept, "kept", err)
	// Output: 42.50 EUR sold, 21.25 EUR returned, 21.25 EUR kept <nil>
}

func ExampleNormalizeCode() {
	fmt.Println(attribution.NormalizeCode(" ａva15\u00a0"), attribution.NormalizeCode("Ava15"))
	// Output: AVA15 AVA15
}
