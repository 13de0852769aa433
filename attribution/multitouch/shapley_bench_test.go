package multitouch_test

import (
	"testing"

	"github.com/bylinehq/byline/attribution/multitouch"
)

// benchmarkShapley counts and plays.
func benchmarkShapley(b *testing.B, j *multitouch.Journeys, m multitouch.Shapley) {
	b.Helper()
	for b.Loop() {
		if _, err := j.Attribute(m, nil); err != nil {
			b.Fatal(err)
		}
	}
	perTouch(b, j)
}

// journeysOf draws 10,000 journeys, about as many and as long as ChannelAttribution's
// sample has.
func journeysOf(b *testing.B, channels int) *multitouch.Journeys {
	b.Helper()
	j, err := multitouch.Collect(synthetic(10_000, channels, 42), nil)
	if err != nil {
		b.Fatal(err)
	}
	return j
}

func BenchmarkShapleyMillion(b *testing.B) {
	for _, m := range []multitouch.Shapley{
		{Variant: multitouch.SetSum},
		{Variant: multitouch.OrderedPosition},
		{Variant: multitouch.JourneyRate},
		{Variant: multitouch.JourneyRate, Size: 64},
		{Variant: multitouch.JourneyRateOrdered},
		{Variant: multitouch.SubsetRate, Samples: 100},
		{Variant: multitouch.MarkovGame, Samples: 1000},
	} {
		b.Run(m.Name(), func(b *testing.B) { benchmarkShapley(b, million(), m) })
	}
}

func BenchmarkShapley12(b *testing.B) {
	j := journeysOf(b, 12)
	for _, m := range []multitouch.Shapley{
		{Variant: multitouch.JourneyRate},
		{Variant: multitouch.JourneyRate, Size: 12},
		{Variant: multitouch.JourneyRateOrdered},
		{Variant: multitouch.SubsetRate},
		{Variant: multitouch.MarkovGame},
		{Variant: multitouch.MarkovGame, Order: 2},
		{Variant: multitouch.MarkovGame, Order: 3},
		{Variant: multitouch.MarkovGame, Order: 4},
	} {
		b.Run(m.Name(), func(b *testing.B) { benchmarkShapley(b, j, m) })
	}
}

func BenchmarkShapley20(b *testing.B) {
	j := journeysOf(b, 20)
	for _, m := range []multitouch.Shapley{
		{Variant: multitouch.SubsetRate},
		{Variant: multitouch.MarkovGame},
	} {
		b.Run(m.Name(), func(b *testing.B) { benchmarkShapley(b, j, m) })
	}
}

func BenchmarkShapley21(b *testing.B) {
	j := journeysOf(b, 21)
	for _, m := range []multitouch.Shapley{
		{Variant: multitouch.SubsetRate, Samples: 1000},
		{Variant: multitouch.MarkovGame, Samples: 1000},
		{Variant: multitouch.MarkovGame, Order: 2, Samples: 100},
	} {
		b.Run(m.Name(), func(b *testing.B) { benchmarkShapley(b, j, m) })
	}
}
