package campaign_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign"
)

// A plan with several mistakes is refused once, with all of them.
func ExampleNew() {
	start := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	_, err := campaign.New(campaign.Plan{
		ID:      "autumn",
		Window:  byline.Window{Start: start, End: start.AddDate(0, 0, -1)},
		Markets: []byline.Market{"DE", "UK"},
		Budget:  byline.Minor(0, byline.EUR),
		Primary: campaign.Objective{Goal: campaign.Conversion, Metric: campaign.Reach, Target: decimal.NewFromInt(500), Deadline: start},
		Secondary: []campaign.Objective{
			{Goal: campaign.Consideration, Metric: campaign.EngagementRate, Target: decimal.NewFromInt(35), Deadline: start},
		},
	})
	if all, ok := errors.AsType[*byline.ValidationError](err); ok {
		for _, f := range all.Fields {
			fmt.Printf("%-20s %-18s %s\n", f.Path, f.Code, f.Message)
		}
	}
	// Output:
	// name                 required           a value is required
	// markets[1]           market             not an ISO 3166-1 country code
	// window               plan.window_order  the campaign ends before it starts
	// budget               plan.budget        a campaign needs a budget in an ISO 4217 currency
	// primary.metric       plan.metric        this metric cannot show whether the goal is reached
	// secondary[0].target  plan.rate          a rate is at most 1
}
