package attribution_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
)

// BenchmarkReplay replays orders of which few, about a half, or all that could change do.
// Its metric is orders of the stream, each decided by both policies.
func BenchmarkReplay(b *testing.B) {
	cases := pastCases(rand.New(rand.NewPCG(17, 18)), 4096)
	plain := make([]attribution.Case, len(cases))
	for i, c := range cases {
		plain[i] = attribution.Case{Order: paidOrder("ADA15")}
		plain[i].Order.ID, plain[i].Order.PlacedAt, plain[i].Order.Customer = c.Order.ID, c.Order.PlacedAt, c.Order.Customer
	}
	for name, bb := range map[string]struct {
		cases []attribution.Case
		b     string
		opts  *attribution.ReplayOptions
	}{
		"codes alone, none changes":           {plain, "redtrack", nil},
		"codes alone, carried, none changes":  {plain, "redtrack", &attribution.ReplayOptions{Customer: customerID}},
		"all kinds of evidence, a part of it": {cases, "redtrack", nil},
		"all kinds of evidence, carried":      {cases, "dub", &attribution.ReplayOptions{Customer: customerID}},
	} {
		b.Run(name, func(b *testing.B) {
			x, y := presetDecider(b, "byline"), presetDecider(b, bb.b)
			var changed int64
			b.ReportAllocs()
			for b.Loop() {
				got, err := attribution.Replay(stream(bb.cases...), x, y, bb.opts)
				require.NoError(b, err)
				changed = got.Changed
			}
			orders := float64(len(bb.cases))
			b.ReportMetric(orders*float64(b.N)/b.Elapsed().Seconds(), "orders/s")
			b.ReportMetric(100*float64(changed)/orders, "%changed")
		})
	}
}
