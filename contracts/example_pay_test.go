package contracts_test

import (
	"context"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// A hybrid: a fee at signing and a commission with tiers, which waits for the return
// window. Every part has an id, by which a ledger and a statement name it.
func ExamplePay() {
	pay := contracts.Pay{
		Currency: byline.EUR,
		Fees:     []contracts.Fee{{ID: "signing", Amount: byline.Minor(40000, byline.EUR), Due: contracts.AtSigning}},
		Percentages: []contracts.Percentage{{ID: "sales", Mode: contracts.Marginal, Tiers: []contracts.Tier{
			{From: byline.Minor(0, byline.EUR), Rate: 10 * contracts.Percent},
			{From: byline.Minor(100000, byline.EUR), Rate: 15 * contracts.Percent},
		}}},
		Period: contracts.Monthly,
		Hold:   contracts.Hold{From: contracts.HeldPlaced, Days: 14},
	}
	for _, sentence := range pay.Describe() {
		fmt.Println("-", sentence)
	}
	commission, err := pay.Percentages[0].Commission(byline.Minor(150000, byline.EUR))
	fmt.Println("on sales of 1500.00:", commission, err)
	// Output:
	// - 400.00 EUR at signing
	// - 10%, 15% from 1000.00 EUR of net sales, on each part, counted each month
	// - commission waits 14 days from the order
	// - paid in EUR
	// on sales of 1500.00: 175.00 EUR <nil>
}

// What is held is posted as held, and released when its time is over. A refund in
// between takes it from where it stands.
func ExampleRelease() {
	at := func(day int) time.Time { return time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC) }
	agreement, err := contracts.Draft(contracts.Terms{
		ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "autumn", Effective: byline.Window{Start: at(1)},
		Pay: contracts.Pay{
			Percentages: []contracts.Percentage{{ID: "sales", Rate: 10 * contracts.Percent}},
			Hold:        contracts.Hold{From: contracts.HeldPlaced, Days: 14},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ada := attribution.Credit{Creator: "ada", Campaign: "autumn", Share: attribution.Share{Num: 1, Den: 1}, Sold: byline.Minor(5000, byline.EUR), Earning: byline.Minor(5000, byline.EUR)}
	order := attribution.Decision{Order: "shop:1", PlacedAt: at(2), Standing: attribution.StandingEarning, Sold: ada.Sold, Earning: ada.Earning, Credits: []attribution.Credit{ada}}

	var ledger contracts.Ledger
	show := func(entries []contracts.Entry, err error) {
		for _, e := range entries {
			fmt.Printf("%s %q %s %s\n", e.PostedAt.Format(time.DateOnly), e.Account, e.Amount, e.Reason)
		}
		if err != nil {
			fmt.Println(err)
		}
	}
	lines, err := agreement.Earn(order, &contracts.EarnOptions{At: at(3)})
	if err != nil {
		fmt.Println(err)
	}
	show(ledger.Post(contracts.ForOrder(order.Order), lines, at(3)))
	show(contracts.PostRelease(context.Background(), attribution.NoTx{}, &ledger, contracts.ForOrder(order.Order), at(16), at(16)))
	// Output:
	// 2026-11-03 "held" 5.00 EUR earned
	// 2026-11-16 "" 5.00 EUR released
	// 2026-11-16 "held" -5.00 EUR released
}
