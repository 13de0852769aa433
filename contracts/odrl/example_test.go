package odrl_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/odrl"
)

func Example() {
	terms := contracts.Terms{
		ID: "spring-ada", Version: 1, Creator: "ada", Zone: "Europe/Berlin",
		Grants: []contracts.Grant{{
			ID: "ads", Channels: []contracts.Channel{contracts.ChannelPartnershipAd}, Territory: contracts.Territory{Regions: []contracts.Region{contracts.DACH}},
			Term: contracts.Term{From: contracts.FromPosting, Months: 3}, FeeFirst: true, Fee: byline.Minor(150_000, byline.EUR),
		}},
	}
	policy, err := odrl.FromTerms(terms, "brand.example")
	if err != nil {
		fmt.Println(err)
		return
	}
	reel := contracts.Asset{ID: "reel-7", Agreement: "spring-ada", PostedAt: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	use := contracts.Use{Channel: contracts.ChannelPartnershipAd, Market: "AT", At: time.Date(2026, 3, 8, 0, 0, 0, 0, time.UTC)}
	fmt.Print(policy.Evaluate(odrl.Ask(use, reel, "brand.example")).Explain())

	reel.PaidAt = time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC)
	fmt.Print(policy.Evaluate(odrl.Ask(use, reel, "brand.example")).Explain())
	// Output:
	// Not allowed: what no permission allows is denied.
	// permission[0] does not hold: permission[0].duty[0] is not fulfilled.
	// prohibition[0] is about other actions.
	// Allowed.
	// permission[0] holds.
	// prohibition[0] is about other actions.
}
