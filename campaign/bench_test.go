package campaign_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/campaign"
)

// BenchmarkSettle answers what it costs to settle one more order: alone, beside a store
// of touches that nobody asks about other orders, and behind five orders of the customer
// that bind them. Everything is in memory, so this is the settler's own work.
func BenchmarkSettle(b *testing.B) {
	for name, tt := range map[string]struct {
		policy  attribution.Policy
		history bool
	}{
		"alone":         {attribution.Policy{}, false},
		"touches":       {attribution.Policy{}, true},
		"earlier=5":     {lookingBack()["binding"], true},
		"earlier+touch": {lookingBack()["all at once"], true},
	} {
		b.Run(name, func(b *testing.B) {
			d := newDesk(b)
			s := *d.Settler
			s.Policies = []attribution.Policy{tt.policy}
			if tt.history {
				s.History = d.orders
			}
			made, err := campaign.NewSettler(s)
			require.NoError(b, err)
			who := attribution.Customer{ID: "1", Email: "e1.1", Visitor: "v"}
			for i, id := range []byline.OrderID{"1", "2", "3", "4", "5"} {
				_, err := made.Settle(b.Context(), attribution.NoTx{}, onDay(id, i, who, "bruno15"))
				require.NoError(b, err)
			}
			next := onDay("6", 5, who)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := made.Settle(b.Context(), attribution.NoTx{}, next); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
