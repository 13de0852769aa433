package trust_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
)

// A code that was used after a click four times in five is suddenly used by people whom
// the creator never sent.
func ExampleReview() {
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	var uses []trust.Use
	for i := range 160 {
		use := trust.Use{
			Order: byline.OrderID(fmt.Sprintf("demo:%d", i)), Code: "ADA15", Creator: "ada", At: at.Add(time.Duration(i) * time.Hour),
			Click: trust.Yes, Amount: byline.Minor(4000, byline.EUR),
		}
		if leaked := i >= 100; i%5 == 0 || leaked && i%10 != 1 {
			use.Click = trust.No
		}
		uses = append(uses, use)
	}
	reports, err := trust.Review(uses, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range reports {
		fmt.Println(r.Code, r.Verdict, r.Leak.Orders, "orders", r.Leak.Amounts, "score", r.Leak.Score)
		for _, e := range r.Leak.Evidence {
			fmt.Println(e.Reason, "-", e.Message)
			fmt.Printf("an unchanged code gets here with a chance of %.2f%% at most\n", 100*e.Chance)
		}
		if _, doubtful := r.Signal(at); !doubtful {
			fmt.Println("the first orders are in no doubt")
		}
	}
	// Output:
	// ADA15 leak 58 orders [2320.00 EUR] score 84
	// no_click - since 6 Nov 2026 15:00 UTC, 53 of 58 uses (91%) were without a click; 10 of the first 50 allow 45% at most
	// an unchanged code gets here with a chance of 0.25% at most
	// the first orders are in no doubt
}

// A creator orders with another e-mail address and pays with the card that the shop
// knows.
func ExampleRulebook_SelfDealing() {
	identity := attribution.Identity{Key: "a demo secret of thirty-two bytes or more"}
	parties, err := trust.NewParties([]trust.Party{{Creator: "ada", Customer: attribution.Customer{
		Email: identity.Email("ada@demo.example"), Payment: identity.Payment("fp_demo"),
		Address: identity.Address(attribution.PostalAddress{Street: "Hauptstraße 12", PostCode: "10115", Market: "DE"}),
	}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	order := attribution.Order{ID: "demo:7", Shop: "demo.example", Customer: attribution.Customer{
		Email: identity.Email("someone@demo.example"), Payment: identity.Payment("fp_demo"),
		Address: identity.Address(attribution.PostalAddress{Street: "Hauptstr. 12", PostCode: "D-10115", Market: "DE"}),
	}}
	for _, s := range (trust.Rulebook{}).SelfDealing(order, parties) {
		fmt.Println(s.Code, s.Creator, s.Score)
		for _, p := range s.Points {
			fmt.Println(p.Points, p.Reason, "-", p.Message)
		}
	}
	// Output:
	// self_dealing ada 100
	// 90 own_payment - the order was paid with the creator's payment means
	// 40 own_address - the order went to the creator's address
}
