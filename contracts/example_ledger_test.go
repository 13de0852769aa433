package contracts_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Terms with faults are refused with all of them at once.
func ExampleDraft() {
	_, err := contracts.Draft(contracts.Terms{ID: "ag-ada", Version: 1, Creator: "ada", Pay: contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: 120 * contracts.Percent}}}})
	for _, fault := range byline.Nest("", err) {
		fmt.Println(fault.Code, "at", fault.Path)
	}
	// Output:
	// required at campaign
	// agreement.start at effective.start
	// pay.rate at pay.percentages[0].rate
}

// A ledger is told what should be owed and appends the difference. A refund that comes
// after the payout is carried forward.
func ExampleLedger() {
	var ledger contracts.Ledger
	at := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	owed := func(cents int64, reason contracts.Reason) []contracts.Line {
		return []contracts.Line{{Creator: "ada", Campaign: "autumn", Agreement: "ag-ada", Version: 1,
			Kind: contracts.Commission, Amount: byline.Minor(cents, byline.EUR), Reason: reason}}
	}
	post := func(subject contracts.Subject, lines []contracts.Line) {
		entries, err := ledger.Post(subject, lines, at)
		if err != nil {
			fmt.Println(err)
		}
		for _, e := range entries {
			fmt.Println(e.Subject, e.Amount, e.Reason)
		}
	}
	order := contracts.ForOrder("shop:1001")
	post(order, owed(510, contracts.ReasonEarned))
	post(order, owed(510, contracts.ReasonEarned)) // the same webhook again
	post(contracts.ForPayout("2026-11"), []contracts.Line{{Creator: "ada", Kind: contracts.Payout, Amount: byline.Minor(-510, byline.EUR), Reason: contracts.ReasonPaidOut}})
	post(order, owed(255, contracts.ReasonPartlyReturned))
	balances, err := ledger.Balances("ada")
	fmt.Println("owed:", balances[0].Owed, err)
	// Output:
	// order:shop:1001 5.10 EUR earned
	// payout:2026-11 -5.10 EUR paid_out
	// order:shop:1001 -2.55 EUR partly_returned
	// owed: -2.55 EUR <nil>
}
