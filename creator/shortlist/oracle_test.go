package shortlist_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
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
			for seed := range uint64(3) {
				r := rand.New(rand.NewPCG(seed, 21))
				var cs []shortlist.Candidate
				for i := range 80 {
					price := 10 + r.Int64N(90)
					cs = append(cs, candidate(fmt.Sprintf("c%03d", i), price, value(r, price)))
				}
				want := table(cs, 701, 15)
				l, err := shortlist.Choose(cs, shortlist.Request{Objective: shortlist.ExpectedConversions, Budget: eur(701), Max: 15}, &shortlist.Options{Nodes: 30_000})
				require.NoError(t, err)
				if l.Exact {
					exact++
				}
				if l.Bound < want-1e-7 || l.Value > want+1e-7 || l.Exact && !same(l.Value, want) || l.Gap > 0.01 {
					t.Errorf("seed %d: %g to %g (exact %t), and the best is %g", seed, l.Value, l.Bound, l.Exact, want)
				}
			}
			t.Logf("%d of 3 exact", exact)
		})
	}
}

// TestReachBoundHoldsForLarger compares with the best of many random lists, and with what
// an exact search of a part finds.
func TestReachBoundHoldsForLarger(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
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

// grower counts one more for everyone that it has counted, and is honest otherwise.
type grower struct{ added int }

func (g *grower) Gain(int) float64 { return float64(10 + g.added) }
func (g *grower) Add(int)          { g.added++ }

func TestGainsThatGrowAreFoundOut(t *testing.T) {
	t.Parallel()
	var cs []shortlist.Candidate
	for i := range 60 {
		cs = append(cs, candidate(fmt.Sprint(i), 10, 1))
	}
	l, err := shortlist.Choose(cs, shortlist.Request{Objective: shortlist.UniqueReach, Budget: eur(60)}, &shortlist.Options{Coverage: func() shortlist.Coverage { return &grower{} }})
	require.NoError(t, err)
	if l.Exact || !hasFinding(l, "list.coverage_doubt") || hasFinding(l, "list.estimated") {
		t.Errorf("%+v", l.Findings)
	}
}

// TestSwapsMendGreed has one who reaches most, and two who together reach more than either
// does beside them, among more candidates than are searched.
func TestSwapsMendGreed(t *testing.T) {
	t.Parallel()
	sets := [][]uint64{{0x8ff0}, {0x00ff}, {0xff00}}
	var cs []shortlist.Candidate
	for i := range 60 {
		cs = append(cs, candidate(fmt.Sprintf("c%02d", i), 10, 1))
		if i >= len(sets) {
			sets = append(sets, []uint64{1})
		}
	}
	l := choose(t, cs, shortlist.Request{Objective: shortlist.UniqueReach, Budget: eur(20)}, &shortlist.Options{Coverage: coverage(sets)})
	if diff := cmp.Diff([]string{"c01", "c02"}, ids(l)); diff != "" || l.Value != 16 {
		t.Errorf("%s\n%s", diff, l.Explain())
	}
}

// TestTwinStepsIn has a hundred others who add more to the list than the twin of a pick,
// who alone reaches all but one that the pick does.
func TestTwinStepsIn(t *testing.T) {
	t.Parallel()
	sets := make([][]uint64, 303)
	var cs []shortlist.Candidate
	for i := range sets {
		cs = append(cs, candidate(fmt.Sprintf("c%03d", i), 10, 1))
		sets[i] = make([]uint64, len(sets))
		sets[i][i] = 3
	}
	sets[0], sets[1], sets[2] = make([]uint64, len(sets)), make([]uint64, len(sets)), make([]uint64, len(sets))
	sets[0][0], sets[1][0], sets[2][2] = 1<<40-1, 1<<39-1, 1<<30-1
	l := choose(t, cs, shortlist.Request{Objective: shortlist.UniqueReach, Budget: eur(20), Reserve: 1}, &shortlist.Options{Coverage: coverage(sets)})
	if diff := cmp.Diff([]string{"c000", "c002"}, ids(l)); diff != "" {
		t.Fatal(diff)
	}
	for _, p := range l.Picks {
		if p.CreatorID == "c000" && (p.Loss != 1 || p.Priority != shortlist.Replaceable) {
			t.Errorf("%s", l.Explain())
		}
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

// TestLargeListsKeepTheirWord looks at thousands of candidates, in two orders, with the
// search cut short.
func TestLargeListsKeepTheirWord(t *testing.T) {
	t.Parallel()
	cs, q := market(300, 0.2), fifty(shortlist.ExpectedConversions)
	o := &shortlist.Options{Nodes: 2_000}
	first, err := shortlist.Choose(cs, q, o)
	require.NoError(t, err)
	if broken := keeps(cs, picked(cs, first), q); broken != "" || first.Gap > 0.1 || len(first.Out)+len(first.Picks) != len(cs) {
		t.Errorf("breaks %q, gap %g", broken, first.Gap)
	}
	rand.New(rand.NewPCG(5, 5)).Shuffle(len(cs), func(i, j int) { cs[i], cs[j] = cs[j], cs[i] })
	second, err := shortlist.Choose(cs, q, o)
	require.NoError(t, err)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
}

// TestManyLimits is wide in every direction: it may not be solved, and must not hang.
func TestManyLimits(t *testing.T) {
	t.Parallel()
	cs := market(950, 0.5)
	q := shortlist.Request{Objective: shortlist.ExpectedConversions, Budget: eur(1_500_000)}
	for i := range 300 {
		tier := fmt.Sprint("tier ", i)
		cs[3*i].Tier = tier
		q.Quotas = append(q.Quotas, shortlist.Quota{Dimension: shortlist.Tier, Key: tier, Max: 1})
		q.Apart = append(q.Apart, [2]byline.CreatorID{cs[0].CreatorID, cs[i+1].CreatorID}, [2]byline.CreatorID{cs[i].CreatorID, cs[2*i+1].CreatorID})
	}
	l, err := shortlist.Choose(cs, q, &shortlist.Options{Nodes: 10_000})
	require.NoError(t, err)
	if broken := keeps(cs, picked(cs, l), q); broken != "" || l.Gap > 0.1 {
		t.Errorf("breaks %q, gap %g", broken, l.Gap)
	}
}
