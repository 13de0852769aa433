package contracts_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Before Luma signs Ada for a serum it asks what stands in the way: her agreement with
// Glow does, until a month after her last post for them.
func ExampleConflicts() {
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }
	glow, err := contracts.Draft(contracts.Terms{
		ID: "ag-glow", Version: 1, Creator: "ada", Campaign: "autumn", SignedAt: day(10, 20),
		Effective: byline.Window{Start: day(11, 1), End: day(12, 1)},
		Pay:       contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: 12 * contracts.Percent}}},
		Parties:   []contracts.Party{{Role: contracts.RoleBrand, Name: "Glow"}}, Categories: []contracts.Category{"beauty/skincare"},
		Exclusivity: []contracts.Exclusivity{{
			ID: "skin", BoundParty: contracts.RoleCreator, Categories: []contracts.Category{"beauty/skincare"},
			Territory: contracts.Territory{Regions: []contracts.Region{contracts.DACH}}, After: 30,
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	others := []contracts.Engagement{contracts.EngagementOf(glow, []time.Time{day(11, 10)})}

	luma := contracts.Engagement{
		Creator: "ada", Brand: "Luma", Agreement: "ag-luma", Categories: []contracts.Category{"beauty/skincare/serum"},
		Territory: contracts.Territory{Markets: []byline.Market{"DE", "FR"}}, Window: byline.Window{Start: day(12, 1), End: day(12, 24)},
	}
	for _, c := range contracts.Conflicts(luma, others, nil) {
		fmt.Println(c.Explain())
	}
	for _, w := range contracts.ConflictFree(luma, others, nil) {
		fmt.Println("free from", w.Start.Format(time.DateOnly), "until", w.End.Format(time.DateOnly))
	}
	// Output:
	// Blocker: exclusivity skin of agreement ag-glow binds ada, and Luma in agreement ag-luma promotes beauty/skincare/serum, which lies in beauty/skincare. Both hold from 1 Dec 2026 00:00 UTC until 11 Dec 2026 00:00 UTC, in DE.
	// free from 2026-12-11 until 2026-12-24
}
