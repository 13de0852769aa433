package reach_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
)

func share(v float64) byline.Measure { return byline.Known(v, "demo.share", time.Time{}) }

// shares are audiences of a population of 1, named a, b, c ... by their place.
func shares(formula reach.Method, pairs []reach.PairShare, of ...float64) reach.Shares {
	s := reach.Shares{Population: 1, Pairs: pairs, Formula: formula}
	for i, v := range of {
		s.Audiences = append(s.Audiences, reach.Share{Creator: name(i), Share: share(v)})
	}
	return s
}

func pairOf(a, b int, v float64) reach.PairShare {
	return reach.PairShare{A: name(a), B: name(b), Share: v}
}

// sixPairs are all pairs of four audiences.
func sixPairs(v float64) []reach.PairShare {
	return []reach.PairShare{pairOf(0, 1, v), pairOf(0, 2, v), pairOf(0, 3, v), pairOf(1, 2, v), pairOf(1, 3, v), pairOf(2, 3, v)}
}

// chance is what the shares .3, .2 and .1 share if they are independent.
func chance() []reach.PairShare {
	return []reach.PairShare{pairOf(0, 1, .06), pairOf(2, 0, .03), pairOf(1, 2, .02)}
}

func TestDedupShares(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		in                reach.Shares
		people, low, high float64 // people -1: none
		codes             []string
	}{
		"bounds":                {shares("", nil, .3, .2, .1), -1, .3, .6, nil},
		"bounds by name":        {shares(reach.Bounds, nil, .3, .2, .1), -1, .3, .6, nil},
		"Sainsbury":             {shares(reach.Sainsbury, nil, .3, .2, .1), .496, .3, .6, []string{"reach.random_duplication"}},
		"Sainsbury less 5%":     {shares(reach.Sainsbury95, nil, .3, .2, .1), .4712, .3, .6, []string{"reach.random_duplication"}},
		"Agostini":              {shares(reach.Agostini, chance(), .3, .2, .1), .4974, .49, .51, nil},
		"chance within pairs":   {shares(reach.Sainsbury, chance(), .3, .2, .1), .496, .49, .51, []string{"reach.random_duplication"}},
		"a niche":               {shares(reach.Sainsbury, []reach.PairShare{pairOf(0, 1, .2)}, .3, .2, .1), .4, .3, .4, []string{"reach.random_duplication", "reach.formula_outside"}},
		"one pair":              {shares("", []reach.PairShare{pairOf(1, 0, 0)}, .3, .2, .1), -1, .5, .6, nil},
		"more than everyone":    {shares(reach.Sainsbury, nil, .9, .8), .98, .9, 1, []string{"reach.random_duplication"}},
		"one audience":          {shares(reach.Sainsbury, nil, .4), .4, .4, .4, nil},
		"one, less 5%":          {shares(reach.Sainsbury95, nil, .4), .4, .4, .4, []string{"reach.formula_outside"}},
		"nobody":                {shares(reach.Agostini, []reach.PairShare{pairOf(0, 1, 0)}, 0, 0), 0, 0, 0, nil},
		"Bonferroni by pairs":   {shares("", []reach.PairShare{pairOf(0, 1, .01), pairOf(0, 2, .01), pairOf(1, 2, .01)}, .3, .3, .3), -1, .87, .88, nil},
		"Dawson and Sankoff":    {shares("", []reach.PairShare{pairOf(0, 1, .5), pairOf(0, 2, .5), pairOf(1, 2, .5)}, .7, .7, .7), -1, .9, 1, nil},
		"many pairs":            {shares("", sixPairs(.3), .5, .5, .5, .5), -1, .7333, 1, nil},
		"a share that is whole": {shares(reach.Sainsbury, nil, 1, .2), 1, 1, 1, []string{"reach.random_duplication"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := reach.DedupShares(tt.in)
			require.NoError(t, err)
			people := -1.0
			if r.People != nil {
				people = *r.People
			}
			want, got := []float64{tt.people, tt.low, tt.high}, []float64{people, r.Low, *r.High}
			if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 5e-5)); diff != "" {
				t.Errorf("people, low, high (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.codes, codesOf(r.Findings)); diff != "" || r.Level != 1 || r.Method == "" {
				t.Errorf("%+v\nfindings (-want +got):\n%s", r, diff)
			}
			data, err := json.Marshal(r)
			require.NoError(t, err)
			var back reach.Reached
			require.NoError(t, json.Unmarshal(data, &back))
			if diff := cmp.Diff(r, &back); diff != "" {
				t.Errorf("JSON (-want +got):\n%s", diff)
			}
		})
	}
}

// pairedWithUnknown knows what an audience shares with one of unknown size.
func pairedWithUnknown() reach.Shares {
	s := shares(reach.Sainsbury, nil, .3, .2)
	s.Audiences = append(s.Audiences, reach.Share{Creator: "cleo"})
	s.Pairs = []reach.PairShare{{A: name(0), B: "cleo", Share: .1}}
	return s
}

func TestSharesRefuse(t *testing.T) {
	t.Parallel()
	missing := func(formula reach.Method) reach.Shares {
		s := shares(formula, nil, .3, .2)
		s.Audiences = append(s.Audiences, reach.Share{Creator: "cleo"})
		return s
	}
	tests := map[string]struct {
		in        reach.Shares
		want      byline.RefusalError
		low, high float64
	}{
		"a share is missing": {missing(reach.Sainsbury), byline.RefusalError{Code: "reach.audience_unknown", Have: 2, Need: 3}, .3, 1},
		"for Agostini too":   {missing(reach.Agostini), byline.RefusalError{Code: "reach.audience_unknown", Have: 2, Need: 3}, .3, 1},
		"a pair of unknown":  {pairedWithUnknown(), byline.RefusalError{Code: "reach.audience_unknown", Have: 2, Need: 3}, .3, 1},
		"pairs are missing":  {shares(reach.Agostini, chance()[:2], .3, .2, .1), byline.RefusalError{Code: "reach.pairs_missing", Have: 2, Need: 3}, .44, .51},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := reach.DedupShares(tt.in)
			require.NoError(t, err)
			if diff := cmp.Diff(&tt.want, r.Refusal, cmpopts.IgnoreFields(byline.RefusalError{}, "Message")); diff != "" || r.People != nil {
				t.Errorf("%+v\nrefusal (-want +got):\n%s", r, diff)
			}
			if diff := cmp.Diff([]float64{tt.low, tt.high}, []float64{r.Low, *r.High}, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
				t.Errorf("bounds (-want +got):\n%s", diff)
			}
		})
	}
	_, err := reach.DedupShares(reach.Shares{})
	require.ErrorIs(t, err, byline.ErrRefused)
}

func TestSharesFaults(t *testing.T) {
	t.Parallel()
	with := func(f func(*reach.Shares)) reach.Shares {
		s := shares("", []reach.PairShare{pairOf(0, 1, .1)}, .3, .9, .1)
		f(&s)
		return s
	}
	tests := map[string]struct {
		in   reach.Shares
		want []at
	}{
		"no population":        {with(func(s *reach.Shares) { s.Population = 0; s.Pairs = nil }), []at{{"population", "reach.population"}}},
		"a population of NaN":  {with(func(s *reach.Shares) { s.Population = math.NaN(); s.Pairs = nil }), []at{{"population", "reach.population"}}},
		"endless":              {with(func(s *reach.Shares) { s.Population = math.Inf(1); s.Pairs = nil }), []at{{"population", "reach.population"}}},
		"a formula of hope":    {with(func(s *reach.Shares) { s.Formula = "hope"; s.Pairs = nil }), []at{{"formula", "reach.formula"}}},
		"exact by shares":      {with(func(s *reach.Shares) { s.Formula = reach.Exact; s.Pairs = nil }), []at{{"formula", "reach.formula"}}},
		"a share in percent":   {with(func(s *reach.Shares) { s.Audiences[2].Share = share(10); s.Pairs = nil }), []at{{"audiences[2].share", "reach.share"}}},
		"below nothing":        {with(func(s *reach.Shares) { s.Audiences[2].Share = share(-.1); s.Pairs = nil }), []at{{"audiences[2].share", "reach.share"}}},
		"a creator twice":      {with(func(s *reach.Shares) { s.Audiences[2].Creator = name(0); s.Pairs = nil }), []at{{"audiences[2].creator", "reach.creator_twice"}}},
		"too small a pair":     {with(func(*reach.Shares) {}), []at{{"pairs[0].share", "reach.pair_share"}}},
		"too large a pair":     {with(func(s *reach.Shares) { s.Pairs[0].Share = .31 }), []at{{"pairs[0].share", "reach.pair_share"}}},
		"above the second":     {with(func(s *reach.Shares) { s.Pairs[0] = pairOf(1, 2, .11) }), []at{{"pairs[0].share", "reach.pair_share"}}},
		"a pair of NaN":        {with(func(s *reach.Shares) { s.Pairs[0].Share = math.NaN() }), []at{{"pairs[0].share", "reach.pair_share"}}},
		"a pair of one":        {with(func(s *reach.Shares) { s.Pairs[0].A = s.Pairs[0].B }), []at{{"pairs[0]", "reach.pair_creator"}}},
		"a pair with a friend": {with(func(s *reach.Shares) { s.Pairs[0].A = "dario" }), []at{{"pairs[0]", "reach.pair_creator"}}},
		"a pair twice": {
			with(func(s *reach.Shares) { s.Pairs = []reach.PairShare{pairOf(0, 1, .25), pairOf(1, 0, .25)} }),
			[]at{{"pairs[1]", "reach.pair_twice"}},
		},
		"pairs that cannot be": {
			shares("", []reach.PairShare{pairOf(0, 1, 0), pairOf(0, 2, 0), pairOf(1, 2, 0)}, .5, .5, .5),
			[]at{{"pairs", "reach.pairs_contradict"}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := reach.DedupShares(tt.in)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// crowd is a population of which everybody's place in every audience is known.
func crowd(r *rand.Rand) (audiences [][]int, everybody int) {
	everybody = 1 + r.IntN(60)
	audiences = make([][]int, 1+r.IntN(6))
	for i := range audiences {
		keen := r.Float64()
		for person := range everybody {
			if r.Float64() < keen {
				audiences[i] = append(audiences[i], person)
			}
		}
	}
	return audiences, everybody
}

// Whatever the people do, and whichever pairs are known, the truth is within the bounds,
// and knowing a pair more never makes them wider.
func TestBoundsHold(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	for range 500 {
		audiences, everybody := crowd(r)
		in := reach.Shares{Population: float64(everybody)}
		lists := make([]reach.List[int], len(audiences))
		var pairs []reach.PairShare
		for i, a := range audiences {
			lists[i] = reach.List[int]{Creator: name(i), IDs: a}
			in.Audiences = append(in.Audiences, reach.Share{Creator: name(i), Share: share(float64(len(a)) / float64(everybody))})
			for k, b := range audiences[:i] {
				pairs = append(pairs, pairOf(i, k, reach.ExactOverlap(a, b).Shared.Value/float64(everybody)))
			}
		}
		truth, err := reach.DedupExact(lists)
		require.NoError(t, err)
		r.Shuffle(len(pairs), func(i, k int) { pairs[i], pairs[k] = pairs[k], pairs[i] })
		low, high := 0.0, math.Inf(1)
		for n := range len(pairs) + 1 {
			in.Pairs = pairs[:n]
			got, err := reach.DedupShares(in)
			require.NoError(t, err)
			const rounding = 1e-6
			if got.Low > *truth.People+rounding || *got.High < *truth.People-rounding || got.Low < low-rounding || *got.High > high+rounding {
				t.Fatalf("%d of %d pairs: %v to %v after %v to %v, truth %v\n%+v", n, len(pairs), got.Low, *got.High, low, high, *truth.People, in)
			}
			low, high = got.Low, *got.High
		}
		checkKounias(t, in, high)
	}
}

// checkKounias computes the simpler upper bound, the best star, which a tree never exceeds.
func checkKounias(t *testing.T, in reach.Shares, high float64) {
	t.Helper()
	sum, star := 0.0, map[byline.CreatorID]float64{}
	for _, a := range in.Audiences {
		v, _ := a.Share.Value()
		sum += v
	}
	best := 0.0
	for _, p := range in.Pairs {
		star[p.A] += p.Share
		star[p.B] += p.Share
		best = max(best, star[p.A], star[p.B])
	}
	if high > (sum-best)*in.Population+1e-6 {
		t.Fatalf("%v is above the bound of Kounias, %v", high, (sum-best)*in.Population)
	}
}

// A formula is the same for the same audiences in another order, and grows with them.
func TestFormulasAreSound(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(11, 12))
	for range 300 {
		of := make([]float64, 2+r.IntN(6))
		for i := range of {
			of[i] = r.Float64()
		}
		for _, formula := range []reach.Method{reach.Sainsbury, reach.Sainsbury95} {
			all, err := reach.DedupShares(shares(formula, nil, of...))
			require.NoError(t, err)
			fewer, err := reach.DedupShares(shares(formula, nil, of[1:]...))
			require.NoError(t, err)
			if *fewer.People > *all.People+1e-12 || *all.People < all.Low || *all.People > *all.High {
				t.Fatalf("%s of %v: %v, and %v without the first", formula, of, *all.People, *fewer.People)
			}
			r.Shuffle(len(of), func(i, k int) { of[i], of[k] = of[k], of[i] })
			again, err := reach.DedupShares(shares(formula, nil, of...))
			require.NoError(t, err)
			if math.Abs(*again.People-*all.People) > 1e-12 {
				t.Fatalf("%s: %v and %v", formula, *all.People, *again.People)
			}
		}
	}
}
