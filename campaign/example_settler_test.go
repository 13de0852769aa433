package campaign_test

import (
	"context"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
)

// A policy that binds a customer to the creator who brought them looks at earlier orders.
// They may come late, and change: what follows for later ones is settled with them.
func ExampleSettler() {
	placed := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	book, _ := attribution.NewBook([]attribution.Offer{{Creator: "ada", Campaign: "autumn", Code: "ADA15"}})
	agreement, _ := contracts.Draft(contracts.Terms{
		ID: "ada-autumn", Version: 1, Creator: "ada", Campaign: "autumn", Pay: contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: 10 * contracts.Percent}}},
		Effective: byline.Window{Start: placed.AddDate(0, -1, 0)},
	})
	agreements, _ := contracts.NewRegister(agreement)
	store, ledger := &attribution.Memory{}, &contracts.Ledger{}
	settler, err := campaign.NewSettler(campaign.Settler[attribution.NoTx]{
		Orders: store, History: store, Aliases: store, Ledger: ledger, Book: book, Agreements: agreements,
		Policies: []attribution.Policy{{Version: "bound/1", Rules: []attribution.Rule{
			{Evidence: []attribution.EvidenceKind{attribution.ByCode}}, {Evidence: []attribution.EvidenceKind{attribution.ByBinding}},
		}}},
		Now: func() time.Time { return placed },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	first := attribution.Order{
		ID: "1", Shop: "demo.example", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: byline.EUR,
		Customer: attribution.Customer{ID: "7"}, Codes: []attribution.CodeUse{{Code: "ada15", Kind: attribution.Genuine}},
		Lines: []attribution.Line{{ID: "mug", Quantity: 1, Gross: byline.Minor(2000, byline.EUR)}},
	}
	second := first
	second.ID, second.PlacedAt, second.Codes = "2", placed.AddDate(0, 0, 3), nil
	cancelled := first
	cancelled.UpdatedAt, cancelled.CancelledAt = placed.Add(time.Hour), placed.Add(time.Hour)

	for _, o := range []attribution.Order{second, first, cancelled} { // in the order in which they arrive
		settlement, err := settler.Settle(context.Background(), attribution.NoTx{}, o)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, made := range append([]campaign.Settlement{settlement}, settlement.Later...) {
			d := made.Record.Decision
			fmt.Printf("order %s, %s: %d credited, posted", d.Order, d.Standing, len(d.Credits))
			for _, e := range made.Entries {
				fmt.Print(" ", e.Amount)
			}
			fmt.Println()
		}
	}
	// Output:
	// order 2, earning: 0 credited, posted
	// order 1, earning: 1 credited, posted 2.00 EUR
	// order 2, earning: 1 credited, posted 2.00 EUR
	// order 1, cancelled: 1 credited, posted -2.00 EUR
	// order 2, earning: 0 credited, posted -2.00 EUR
}
