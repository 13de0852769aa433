package rank

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// TestRankingsAddUp: in whatever season, the chances of the top places are as many as the
// places, one creator is the best, and the expected ranks are those of n creators.
func TestRankingsAddUp(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		data := season(11+7*int(seed), 60+seed)
		for range seed { // some who cannot be told apart
			data = append(data, Trials{byline.CreatorID(fmt.Sprintf("same%d", len(data))), 5, 90})
		}
		o := &Options{Top: 1 + 3*int(seed), LowerIsBetter: seed%2 == 1, Newcomers: []byline.CreatorID{"new", "newer"}}
		for name, run := range map[string]func() (Ranking, error){
			"rates":    func() (Ranking, error) { return Rates(data, o) },
			"counts":   func() (Ranking, error) { return Counts(asEvents(data), o) },
			"averages": func() (Ranking, error) { return Averages(asAverages(data), o) },
		} {
			r, err := run()
			require.NoError(t, err, name)
			checkSums(t, fmt.Sprintf("%s %d", name, seed), r)
		}
	}
}

func checkSums(t *testing.T, name string, r Ranking) {
	t.Helper()
	n := float64(len(r.Creators))
	top, best, ranks := 0.0, 0.0, 0.0
	for i, p := range r.Creators {
		top, best, ranks = top+p.TopChance, best+p.BestChance, ranks+p.ExpectedRank
		if p.BestChance > p.TopChance+r.ChanceError {
			t.Errorf("%s: %s is likelier the best than among the best", name, p.CreatorID)
		}
		if i > 0 && p.Belief == r.Creators[i-1].Belief {
			before := r.Creators[i-1]
			if p.Place != before.Place || math.Abs(p.ExpectedRank-before.ExpectedRank) > 1e-9 || math.Abs(p.TopChance-before.TopChance) > 1e-9 || p.CreatorID < before.CreatorID {
				t.Errorf("%s: equals stand apart: %+v, %+v", name, before, p)
			}
		}
	}
	k := float64(r.Top)
	if math.Abs(ranks-n*(n+1)/2) > 1e-9*n*n || math.Abs(best-1) > r.ChanceError+1e-12 || math.Abs(top-k) > k*r.ChanceError+1e-12 || r.ChanceError > 2e-3 {
		t.Errorf("%s: ranks %g of %g, best %g, top %g of %g, stated error %g", name, ranks, n*(n+1)/2, best, top, k, r.ChanceError)
	}
}

// TestQuantilesByIntegration: the share below an interval's end, added up from the density.
func TestQuantilesByIntegration(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(8, 8))
	for range 12 {
		a, b := math.Exp(random.Float64()*6), math.Exp(random.Float64()*6)
		for _, c := range []struct {
			belief Belief
			log    func(x float64) float64
		}{
			{Belief{Beta, a, b}, func(x float64) float64 { return (a-1)*math.Log(x) + (b-1)*math.Log1p(-x) - lnBeta(a, b) }},
			{Belief{Gamma, a, b}, func(x float64) float64 {
				norm, _ := math.Lgamma(a)
				return a*math.Log(b) + (a-1)*math.Log(x) - b*x - norm
			}},
		} {
			for _, p := range []float64{0.025, 0.5, 0.975} {
				q, err := c.belief.Quantile(p)
				require.NoError(t, err)
				const steps = 20000
				below := 0.0
				for i := range steps { // in x = q s², which tames a density that is steep at 0
					s := (float64(i) + 0.5) / steps
					below += math.Exp(c.log(q*s*s)) * 2 * q * s / steps
				}
				if math.Abs(below-p) > 1e-6 {
					t.Errorf("%v: below its quantile %g lie %g", c.belief, p, below)
				}
			}
		}
	}
}

// TestPriorOfLastSeason: a prior that was stored and read again gives the same bits.
func TestPriorOfLastSeason(t *testing.T) {
	t.Parallel()
	last, next := season(30, 70), season(6, 71)
	for name, run := range map[string]func(data []Trials, o *Options) (Ranking, error){
		"rates":    func(data []Trials, o *Options) (Ranking, error) { return Rates(data, o) },
		"counts":   func(data []Trials, o *Options) (Ranking, error) { return Counts(asEvents(data), o) },
		"averages": func(data []Trials, o *Options) (Ranking, error) { return Averages(asAverages(data), o) },
	} {
		r, err := run(last, nil)
		require.NoError(t, err, name)
		text, err := json.Marshal(r.Prior)
		require.NoError(t, err, name)
		var read Prior
		require.NoError(t, json.Unmarshal(text, &read), name)
		want, err := run(next, &Options{Prior: &r.Prior})
		require.NoError(t, err, name)
		got, err := run(next, &Options{Prior: &read})
		require.NoError(t, err, name)
		if diff := cmp.Diff(want, got); diff != "" || want.Prior.Fit.Creators != 30 {
			t.Errorf("%s: the stored prior ranks otherwise:\n%s", name, diff)
		}
	}
}
