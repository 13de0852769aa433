package main

import (
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const benchPlacements = 10_000

// BenchmarkAudit is of an inventory of 10,000 placements of 1,001 assets, on one core.
func BenchmarkAudit(b *testing.B) {
	in := randomInventory(b, rand.New(rand.NewPCG(1, 1)), benchPlacements)
	c := config{at: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), leads: []int{30, 14, 1}}
	b.Run("library", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := in.rights.Audit(in.placements, c.at)
			require.NoError(b, err)
		}
		b.ReportMetric(float64(b.N)*benchPlacements/b.Elapsed().Seconds(), "placements/s")
	})
	b.Run("report", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r, err := in.report(b.Context(), c)
			require.NoError(b, err)
			require.NoError(b, r.writeHTML(io.Discard))
		}
		b.ReportMetric(float64(b.N)*benchPlacements/b.Elapsed().Seconds(), "placements/s")
	})
}
