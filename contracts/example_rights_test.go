package contracts_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

func ExampleAgreement_MayUse() {
	signed := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	agreement, err := contracts.Draft(contracts.Terms{
		ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "spring", Effective: byline.Window{Start: signed}, SignedAt: signed,
		Pay: contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: byline.Minor(100000, byline.EUR)}}},
		Grants: []contracts.Grant{{
			ID: "ads", Channels: []contracts.Channel{contracts.ChannelSparkAd},
			Territory: contracts.Territory{Regions: []contracts.Region{contracts.DACH}},
			Term:      contracts.Term{From: contracts.FromPosting, Months: 3},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	posted := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	reel := contracts.Asset{ID: "reel-7", Agreement: "ag-ada", PostedAt: posted, Permissions: []contracts.PlatformPermission{{
		Channel: contracts.ChannelSparkAd, Status: contracts.PermissionActive, Holds: byline.Window{Start: posted, End: posted.AddDate(0, 0, 30)},
	}}}
	flight := contracts.Use{Channel: contracts.ChannelSparkAd, Market: "AT", At: posted.AddDate(0, 0, 7), Until: posted.AddDate(0, 0, 21)}
	fmt.Println(agreement.MayUse(reel, flight).Explain())

	flight.Until = posted.AddDate(0, 0, 60)
	fmt.Println(agreement.MayUse(reel, flight).Explain())

	flight.Market = "FR"
	fmt.Println(agreement.MayUse(reel, flight).Reasons[0].Code)
	// Output:
	// Yes: reel-7 for Spark ads in AT from 8 Mar 2026 12:00 UTC until 22 Mar 2026 12:00 UTC. It stands on grant ads of agreement ag-ada, version 1, and may go on until 31 Mar 2026 12:00 UTC.
	// No: reel-7 for Spark ads in AT from 8 Mar 2026 12:00 UTC until 30 Apr 2026 12:00 UTC. The contract allows it, the platform does not. It stands on grant ads of agreement ag-ada, version 1. The platform's permission ends at 31 Mar 2026 12:00 UTC, before the flight does. It may run until 31 Mar 2026 12:00 UTC. To mend it: ask the creator for a Spark code of 60 days, or end the flight by 31 Mar 2026 12:00 UTC.
	// rights.territory
}

func ExampleRights_Windows() {
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	agreement, err := contracts.Draft(contracts.Terms{
		ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "spring", Effective: byline.Window{Start: start}, SignedAt: start,
		Pay: contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: byline.Minor(100000, byline.EUR)}}},
		Grants: []contracts.Grant{{
			ID: "ads", Channels: []contracts.Channel{contracts.ChannelSparkAd},
			Territory: contracts.Territory{Worldwide: true}, Term: contracts.Term{From: contracts.FromSigning, Months: 3},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	rights, err := contracts.NewRights(agreement)
	if err != nil {
		fmt.Println(err)
		return
	}
	reel := contracts.Asset{ID: "reel-7", Agreement: "ag-ada", Permissions: []contracts.PlatformPermission{{
		Channel: contracts.ChannelSparkAd, Status: contracts.PermissionActive, Holds: byline.Window{Start: start, End: start.AddDate(0, 0, 60)},
	}}}
	contract, platform := rights.Windows(reel, contracts.Use{Channel: contracts.ChannelSparkAd, Market: "DE"})
	fmt.Println("contract until", contract[0].End.Format(time.DateOnly))
	fmt.Println("platform until", platform[0].End.Format(time.DateOnly))
	// Output:
	// contract until 2026-06-01
	// platform until 2026-04-30
}
