package shortlist_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator/shortlist"
)

// table fills a table over count and money, which is exact for a budget and a max.
func table(cs []shortlist.Candidate, budget int64, most int) float64 {
	best := make([][]float64, most+1)
	for k := range best {
		best[k] = make([]float64, budget+1)
	}
	for _, c := range cs {
		value, _ := c.Outcome.Value.Value()
		price := c.Price.Minor()
		for k := most; k > 0; k-- {
			for b := budget; b >= price; b-- {
				best[k][b] = max(best[k][b], best[k-1][b-price]+value)
			}
		}
	}
	return best[most][budget]
}

// TestAgainstTheTable meets problems that are too large for all subsets, among them those
// that are hard for bounds: outcomes that follow the price closely, and subset sums.
func TestAgainstTheTable(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(r *rand.Rand, price int64) float64{
		"unrelated":  func(r *rand.Rand, _ int64) float64 { return 100 * r.Float64() },
		"related":    func(r *rand.Rand, price int64) float64 { return float64(price) + 10*r.Float64() },
		"strongly":   func(_ *rand.Rand, price int64) float64 { return float64(price) + 10 },
		"subset sum": func(_ *rand.Rand, price int64) float64 { return float64(price) },
		"all alike":  func(*rand.Rand, int64) float64 { return 5 },
	}
	for name, value := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			exact := 0
			for seed := range uint64(6) {
				r := rand.New(rand.NewPCG(seed, 21))
				var cs []shortlist.Candidate
				for i := range 120 {
					price := 10 + r.Int64N(90)
					cs = append(cs, candidate(fmt.Sprintf("c%03d", i), price, value(r, price)))
				}
				want := table(cs, 701, 15)
				l, err := shortlist.Choose(cs, shortlist.Request{Objective: shortlist.ExpectedConversions, Budget: eur(701), Max: 15}, &shortlist.Options{Nodes: 100_000})
				require.NoError(t, err)
				if l.Exact {
					exact++
				}
				if l.Bound < want-1e-7 || l.Value > want+1e-7 || l.Exact && !same(l.Value, want) || l.Gap > 0.01 {
					t.Errorf("seed %d: %g to %g (exact %t), and the best is %g", seed, l.Value, l.Bound, l.Exact, want)
				}
			}
			t.Logf("%d of 6 exact", exact)
		})
	}
}

// TestReachBoundHoldsForLarger compares with the best of many random lists, and with what
// an exact search of a part finds.
func TestReachBoundHoldsForLarger(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 23))
		cs := market(60, 0.3)
		sets := followers(cs, 3000, 3)
		q := shortlist.Request{Objective: shortlist.UniqueReach, Budget: eur(200_000 + r.Int64N(300_000)), Max: 8}
		part, err := shortlist.Choose(cs[:16], q, &shortlist.Options{Coverage: coverage(sets)})
		require.NoError(t, err)
		whole, err := shortlist.Choose(cs, q, &shortlist.Options{Coverage: coverage(sets)})
		require.NoError(t, err)
		if !part.Exact || part.Value > whole.Bound+1e-9 || whole.Value > whole.Bound {
			t.Errorf("part %g (exact %t), whole %g to %g", part.Value, part.Exact, whole.Value, whole.Bound)
		}
		for range 200 {
			in := instance{candidates: cs, request: q, sets: sets}
			var picks []int
			for _, n := range r.Perm(60) {
				if keeps(cs, append(picks, n), q) == "" {
					picks = append(picks, n)
				}
			}
			if v := in.value(picks); v > whole.Bound+1e-9 {
				t.Errorf("a random list reaches %g, above the bound %g", v, whole.Bound)
			}
		}
	}
}

// liar counts more the more it has counted, and now and then nothing that is a number.
type liar struct{ added int }

func (l *liar) Gain(i int) float64 {
	switch i {
	case 3:
		return math.NaN()
	case 4:
		return math.Inf(1)
	case 5:
		return -7
	}
	return float64(10 + 5*l.added)
}
func (l *liar) Add(int) { l.added++ }

func TestCoverageThatLiesIsFoundOut(t *testing.T) {
	t.Parallel()
	var cs []shortlist.Candidate
	for i := range 9 {
		cs = append(cs, candidate(fmt.Sprint(i), 10, 1))
	}
	l, err := shortlist.Choose(cs, shortlist.Request{Objective: shortlist.UniqueReach, Budget: eur(60)}, &shortlist.Options{Coverage: func() shortlist.Coverage { return &liar{} }})
	require.NoError(t, err)
	if l.Exact || !hasFinding(l, "list.coverage_doubt") || math.IsNaN(l.Value) || math.IsInf(l.Bound, 0) || math.IsNaN(l.Gap) {
		t.Errorf("%+v", l)
	}
}

func hasFinding(l shortlist.List, code string) bool {
	for _, f := range l.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}
