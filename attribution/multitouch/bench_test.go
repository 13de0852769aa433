package multitouch_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/bylinehq/byline/attribution/multitouch"
)

// rules is every model that looks at one journey at a time.
func rules() []multitouch.Model {
	return []multitouch.Model{
		multitouch.FirstTouch{}, multitouch.LastTouch{}, multitouch.LastNonDirect{Direct: "c00"},
		multitouch.Linear{}, multitouch.LinearUnique{},
		multitouch.PositionBased{}, multitouch.PositionBased{First: 0.5, Last: 0.3, TwoTouches: multitouch.Renormalize},
		multitouch.WShaped{}, multitouch.PositionDecay{},
	}
}

// perTouch reports what one touch of the journeys cost.
func perTouch(b *testing.B, j *multitouch.Journeys) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(j.Totals().Touches), "ns/touch")
}

func BenchmarkRules(b *testing.B) {
	j := million()
	for b.Loop() {
		if _, err := j.Compare(rules(), nil); err != nil {
			b.Fatal(err)
		}
	}
	perTouch(b, j)
}

// BenchmarkCollect reads journeys whose paths are names.
func BenchmarkCollect(b *testing.B) {
	var rows []multitouch.Journey
	j := million()
	for journey, err := range j.All() {
		if err != nil {
			b.Fatal(err)
		}
		rows = append(rows, journey)
	}
	for b.Loop() {
		got, err := multitouch.Collect(func(yield func(multitouch.Journey, error) bool) {
			for i := range rows {
				if !yield(rows[i], nil) {
					return
				}
			}
		}, nil)
		if err != nil || got.Rows() != j.Rows() {
			b.Fatal(err)
		}
	}
	perTouch(b, j)
}

// BenchmarkGrowth counts journeys as they are drawn, by rules and a chain: neither time nor
// memory of a touch may grow with their number. Most of the time is that of drawing them.
func BenchmarkGrowth(b *testing.B) {
	models := append(rules(), multitouch.Markov{})
	for _, journeys := range []int{20_000, 200_000, 2_000_000} {
		for workers := 1; workers <= 2; workers++ {
			b.Run(fmt.Sprintf("%d/%d", journeys*5, workers), func(b *testing.B) {
				peak, touches := uint64(0), int64(0)
				for b.Loop() {
					tally := newTally(b, models, &multitouch.Options{Workers: workers})
					peak = max(peak, readWatched(b, tally, journeys))
					touches = tally.Totals().Touches
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(touches), "ns/touch")
				b.ReportMetric(float64(peak)/1e6, "MB-held")
			})
		}
	}
}

// readWatched reads drawn journeys and returns the most memory that was held beside what
// was held before.
func readWatched(b *testing.B, tally *multitouch.Tally, journeys int) (peak uint64) {
	b.Helper()
	var memory runtime.MemStats
	held := func() uint64 {
		runtime.GC()
		runtime.ReadMemStats(&memory)
		return memory.HeapAlloc
	}
	before, n := held(), 0
	err := tally.Read(func(yield func(multitouch.Journey, error) bool) {
		for j, err := range synthetic(journeys, 50, 42) {
			if n++; n%(journeys/4) == 0 {
				peak = max(peak, held()-min(before, memory.HeapAlloc))
			}
			if !yield(j, err) {
				return
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	return peak
}

// BenchmarkWorkers counts journeys in memory.
func BenchmarkWorkers(b *testing.B) {
	j := million()
	models := append(rules(), multitouch.Markov{}, multitouch.Markov{Order: 2}, multitouch.Shapley{Variant: multitouch.JourneyRate})
	for workers := 1; workers <= 2; workers++ {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			for b.Loop() {
				tally := newTally(b, models, &multitouch.Options{Workers: workers})
				if err := tally.Count(j); err != nil {
					b.Fatal(err)
				}
			}
			perTouch(b, j)
		})
	}
}
