package multitouch_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/bylinehq/byline/attribution/multitouch"
)

// countLoop counts the pairs of a flat list of numbers: what any chain of order 1 has to
// do at least, and what its speed is quoted against.
func countLoop(ids []uint16, weights *[64 * 64]uint64) {
	from := uint(ids[0]) & 63
	for _, to := range ids[1:] {
		at := uint(to) & 63
		weights[from<<6|at]++
		from = at
	}
}

func flatIDs(j *multitouch.Journeys) []uint16 {
	names := j.Channels()
	var ids []uint16
	for journey, err := range j.All() {
		if err != nil {
			panic(err)
		}
		for _, name := range journey.Path {
			at, _ := slices.BinarySearch(names, name)
			ids = append(ids, uint16(at))
		}
	}
	return ids
}

func BenchmarkCountLoop(b *testing.B) {
	j := million()
	ids := flatIDs(j)
	var weights [64 * 64]uint64
	for b.Loop() {
		countLoop(ids, &weights)
	}
	perTouch(b, j)
}

// BenchmarkMarkov credits conversions and value from journeys in memory. "x" is how many
// times as long as BenchmarkCountLoop it takes, in the same run.
func BenchmarkMarkov(b *testing.B) {
	j := million()
	ids := flatIDs(j)
	var weights [64 * 64]uint64
	for order := 1; order <= 3; order++ {
		b.Run(fmt.Sprint(order), func(b *testing.B) {
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			loop := time.Duration(1 << 62)
			for b.Loop() {
				r, err := j.Attribute(multitouch.Markov{Order: order}, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(r.Chain.Sweeps), "sweeps")
				b.ReportMetric(r.Chain.Residual*1e15, "residual-1e-15")
				b.StopTimer()
				start := time.Now()
				countLoop(ids, &weights)
				loop = min(loop, time.Since(start))
				b.StartTimer()
			}
			runtime.ReadMemStats(&after)
			perTouch(b, j)
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(loop), "x")
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/1e6, "MB-allocated")
			b.ReportMetric((float64(after.HeapSys)-float64(before.HeapSys))/1e6, "MB-heap-grown")
		})
	}
}

// BenchmarkMarkov4 is apart, on a tenth of the journeys, because a million take it most of
// a minute.
func BenchmarkMarkov4(b *testing.B) {
	j, err := multitouch.Collect(synthetic(100_000, 50, 42), nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := j.Attribute(multitouch.Markov{Order: 4}, nil); err != nil {
			b.Fatal(err)
		}
	}
	perTouch(b, j)
}
