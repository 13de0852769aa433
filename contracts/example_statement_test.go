package contracts_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// A refund that comes after the payout is told as what it is.
func ExampleNewStatement() {
	var ledger contracts.Ledger
	post := func(subject contracts.Subject, day int, line contracts.Line) {
		line.Creator = "ada"
		if _, err := ledger.Post(subject, []contracts.Line{line}, time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC)); err != nil {
			fmt.Println(err)
		}
	}
	commission := contracts.Line{Kind: contracts.Commission, Rate: 10 * contracts.Percent, Base: byline.Minor(5105, byline.EUR), Sold: byline.Minor(5105, byline.EUR),
		Amount: byline.Minor(511, byline.EUR), Reason: contracts.ReasonEarned}
	post(contracts.ForOrder("shop:1001"), 3, commission)
	post(contracts.ForPayout("2026-11"), 12, contracts.Line{Kind: contracts.Payout, Amount: byline.Minor(-511, byline.EUR), Reason: contracts.ReasonPaidOut})
	commission.Base = byline.Minor(2550, byline.EUR)
	commission.Amount, commission.Reason = byline.Minor(255, byline.EUR), contracts.ReasonPartlyReturned
	post(contracts.ForOrder("shop:1001"), 20, commission)

	ctx := context.Background()
	statement, err := contracts.NewStatement(ctx, &ledger, contracts.StatementOptions{
		Creator: "ada", Name: "Ada", Brand: "Demo Brand", Number: "2026-11",
		Period: byline.Window{Start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := statement.WriteText(ctx, os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Statement 2026-11
	// for Ada
	// from Demo Brand
	// 1 Nov 2026 to 30 Nov 2026 (UTC)
	//
	// EUR
	//   Opening balance                                                     0.00 EUR
	//   Earned                                                              5.11 EUR
	//   Came back                                                          −2.56 EUR
	//   Paid out                                                           −5.11 EUR
	//   Closing balance                                                    −2.56 EUR
	//     Payable                                                          −2.56 EUR
	//   Carried forward: −2.56 EUR will be taken from what you earn next.
	//
	//   What happened
	//    3 Nov 2026  Order shop:1001 · Commission                          +5.11 EUR
	//                The order is paid and nothing of it came back. 10% of 51.05 EUR
	//                = 5.105, rounded half up to 5.11 EUR.
	//   12 Nov 2026  Payout 2026-11 · Paid                                 −5.11 EUR
	//                Money has been paid to you.
	//   20 Nov 2026  Order shop:1001 · Commission taken back               −2.56 EUR
	//                Part of the order came back; the commission is on what is left.
	//                10% of −25.55 EUR = −2.555, rounded half away from zero to
	//                −2.56 EUR.
}
