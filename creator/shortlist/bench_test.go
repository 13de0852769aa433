package shortlist_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
	"github.com/bylinehq/byline/creator/shortlist"
)

// market draws candidates whose price follows what they bring, loosely: the looser, the
// easier.
func market(n int, noise float64) []shortlist.Candidate {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	tiers, markets := []string{"nano", "micro", "mid", "macro"}, []byline.Market{"DE", "FR", "GB", "IT", "ES"}
	platforms := []byline.Platform{byline.YouTube, byline.TikTok, byline.Instagram}
	var list []shortlist.Candidate
	for i := range n {
		size := r.NormFloat64()
		value := math.Exp(2.5 + size + noise*r.NormFloat64())
		c := candidate(fmt.Sprintf("creator %05d", i), int64(math.Exp(10.5+0.8*size+noise*r.NormFloat64())), value)
		low, high := value*0.7, value*1.4
		c.Outcome.Low, c.Outcome.High = &low, &high
		c.Platform = platforms[r.IntN(3)]
		c.Tier = tiers[min(3, max(0, int(size+2)))]
		c.Markets = []byline.Market{markets[r.IntN(5)]}
		list = append(list, c)
	}
	return list
}

func fifty(objective shortlist.Objective) shortlist.Request {
	return shortlist.Request{
		Objective: objective, Budget: eur(50 * 30_000), Min: 30, Max: 50, Reserve: 5, OnePerCreator: true,
		Quotas: []shortlist.Quota{
			{Dimension: shortlist.Tier, Key: "nano", Min: 8}, {Dimension: shortlist.Tier, Key: "macro", Max: 5},
			{Dimension: shortlist.Platform, Key: "tiktok", Min: 10, Max: 25}, {Dimension: shortlist.Market, Key: "DE", Min: 10, Cap: eur(500_000)},
			{Dimension: shortlist.Market, Key: "FR", Max: 12},
		},
	}
}

func BenchmarkFiftyOfTenThousand(b *testing.B) {
	for _, noise := range []float64{0.5, 0.1} {
		b.Run(fmt.Sprintf("sum/noise=%g", noise), func(b *testing.B) {
			candidates := market(10_000, noise)
			for b.Loop() {
				report(b, candidates, fifty(shortlist.ExpectedConversions), nil)
			}
		})
	}
	for _, each := range []float64{5, 30} {
		b.Run(fmt.Sprintf("reach/overlap=%g", each), func(b *testing.B) {
			candidates := market(10_000, 0.5)
			o := &shortlist.Options{Coverage: coverage(followers(candidates, 100_000, each))}
			for b.Loop() {
				report(b, candidates, fifty(shortlist.UniqueReach), o)
			}
		})
	}
}

// BenchmarkSketches chooses 50 of 10,000 by sketches of 1,000 to 1,000,000 people, who
// share segments with others of their topic.
func BenchmarkSketches(b *testing.B) {
	candidates, sketches := sketched(b, 10_000)
	of, err := shortlist.SketchCoverage(sketches)
	require.NoError(b, err)
	for b.Loop() {
		report(b, candidates, fifty(shortlist.UniqueReach), &shortlist.Options{Coverage: of})
	}
}

// sketched draws 40 topics with segments of 500 to 500,000 people. A candidate has a
// segment or some of one topic, and people of their own, at a price that follows how many
// they are, loosely.
func sketched(b *testing.B, n int) ([]shortlist.Candidate, []*reach.Sketch) {
	b.Helper()
	r := rand.New(rand.NewPCG(3, 3))
	id := uint64(0)
	people := func(count int) *reach.Sketch {
		s, err := reach.NewSketch(&reach.SketchOptions{Sample: reach.MinSample})
		require.NoError(b, err)
		for range count {
			id++
			s.AddHash(id)
		}
		return s
	}
	segments := make([]*reach.Sketch, 400)
	for i := range segments {
		segments[i] = people(int(500 * math.Pow(1000, r.Float64())))
	}
	candidates, sketches := market(n, 0.5), make([]*reach.Sketch, n)
	for i := range sketches {
		sketches[i] = people(300 + r.IntN(700))
		topic := r.IntN(40)
		for range 1 + r.IntN(4) {
			require.NoError(b, sketches[i].Merge(segments[topic*10+r.IntN(10)]))
		}
		count := sketches[i].Count().Value
		candidates[i].Price = eur(int64(8 * math.Pow(count, 0.7) * math.Exp(0.5*r.NormFloat64())))
	}
	return candidates, sketches
}

func report(b *testing.B, candidates []shortlist.Candidate, r shortlist.Request, o *shortlist.Options) {
	b.Helper()
	l, err := shortlist.Choose(candidates, r, o)
	require.NoError(b, err)
	b.ReportMetric(100*l.Gap, "gap%")
	b.ReportMetric(float64(l.Nodes), "nodes")
	b.ReportMetric(float64(len(l.Picks)), "picks")
	b.ReportMetric(l.Value, "value")
}

// followers draws who follows whom of a number of people: more where more is expected, and
// most among those who follow many.
func followers(candidates []shortlist.Candidate, people int, each float64) [][]uint64 {
	r := rand.New(rand.NewPCG(2, 2))
	sets := make([][]uint64, len(candidates))
	for i, c := range candidates {
		sets[i] = make([]uint64, (people+63)/64)
		value, _ := c.Outcome.Value.Value()
		for range int(min(each*value, 5000)) {
			p := int(float64(people) * math.Pow(r.Float64(), 1.5))
			sets[i][p/64] |= 1 << (p % 64)
		}
	}
	return sets
}
