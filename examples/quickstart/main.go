// Quickstart credits one order and says what is owed for it: no network, no storage.
package main

import (
	"cmp"
	"fmt"
	"log"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

func main() {
	november := byline.Window{Start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)}
	placed := november.Start.AddDate(0, 0, 19)

	book, errBook := attribution.NewBook([]attribution.Offer{{Creator: "ada", Campaign: "autumn", Code: "ADA15", Active: november}})
	agreement, errDraft := contracts.Draft(contracts.Terms{ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "autumn",
		Effective: november, Pay: contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: 12 * contracts.Percent}}}})
	if err := cmp.Or(errBook, errDraft); err != nil {
		log.Fatal(err)
	}
	order := attribution.Order{
		ID: "shop:1001", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: byline.EUR,
		Lines: []attribution.Line{{ID: "mug", Quantity: 2, Gross: byline.Minor(5000, byline.EUR), Discount: byline.Minor(750, byline.EUR)}},
		Codes: []attribution.CodeUse{{Code: "ada15", Kind: attribution.Genuine, Discount: byline.Minor(750, byline.EUR)}},
	}
	decision := attribution.Decide(order, nil, book, attribution.Policy{})
	fmt.Println(decision.Explain())
	lines, err := agreement.Earn(decision, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("Owed to %s: %s, which is %s of %s.\n", lines[0].Creator, lines[0].Amount, lines[0].Rate, lines[0].Base)
}
