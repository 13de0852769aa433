package rank

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// hits are the successes in the first 45 at bats of 18 players, from Efron and Morris
// (1975, Journal of the American Statistical Association 70, 311).
func hits() []int64 {
	return []int64{18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7}
}

func TestEfronMorris(t *testing.T) {
	t.Parallel()
	// The published transform makes the variance 1.
	var means []float64
	for _, h := range hits() {
		means = append(means, math.Sqrt(45)*math.Asin(2*float64(h)/45-1))
	}
	s, err := JamesStein(means, 1)
	require.NoError(t, err)
	if math.Abs(s.Squares-18.9627) > 5e-5 || math.Abs(s.Factor-0.2089742) > 5e-8 {
		t.Errorf("squares %.7f, factor %.8f", s.Squares, s.Factor)
	}
	if first := (math.Sin(s.Values[0]/math.Sqrt(45)) + 1) / 2; math.Abs(first-0.290127) > 5e-7 {
		t.Errorf("the first player: %.7f, want .290127", first)
	}
}

func TestJamesSteinRefuses(t *testing.T) {
	t.Parallel()
	_, err := JamesStein([]float64{1, 2, 3}, 1)
	require.ErrorIs(t, err, byline.ErrRefused)
	_, err = JamesStein([]float64{1, 2, math.Inf(1), 4}, 0)
	require.ErrorIs(t, err, byline.ErrInvalid)
	s, err := JamesStein([]float64{5, 5, 5, 5}, 1)
	require.NoError(t, err)
	if diff := cmp.Diff([]float64{5, 5, 5, 5}, s.Values); diff != "" || s.Factor != 0 {
		t.Errorf("equal means: %+v", s)
	}
}

// TestOneOfOneStaysBehind: in whatever season of few percent, one success of one trial
// stands below 60 of 100, and below by every order.
func TestOneOfOneStaysBehind(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		data := append(season(5+5*int(seed), seed), Trials{"lucky", 1, 1}, Trials{"proven", 60, 100})
		for _, order := range []Order{ByMean, ByExpectedRank} {
			r, err := Rates(data, &Options{Order: order, Top: 1})
			require.NoError(t, err)
			place := map[byline.CreatorID]int{}
			for _, p := range r.Creators {
				place[p.CreatorID] = p.Place
			}
			if place["lucky"] <= place["proven"] {
				t.Errorf("season %d by %s: 1 of 1 in place %d, 60 of 100 in place %d, prior %v", seed, order, place["lucky"], place["proven"], r.Prior.Belief)
			}
		}
	}
}

// TestOneOfOneCondition: what the package's comment says about it is exact.
func TestOneOfOneCondition(t *testing.T) {
	t.Parallel()
	for _, mean := range []float64{0.01, 0.05, 0.3, 0.55, 0.59, 0.7} {
		for _, strength := range []float64{0.1, 0.5, 0.74, 1, 3, 10, 1000} {
			p := Prior{Family: BetaBinomial, Belief: Belief{Beta, mean * strength, (1 - mean) * strength}}
			lucky, err := p.AfterTrials(1, 1)
			require.NoError(t, err)
			proven, err := p.AfterTrials(60, 100)
			require.NoError(t, err)
			if behind := lucky.Mean() < proven.Mean(); behind != (strength*(59-99*mean) > 40) {
				t.Errorf("mean %g, strength %g: behind %v", mean, strength, behind)
			}
		}
	}
}

// TestLuckNeverStandsFirst: where the fitted prior itself would put 1 of 1 above 60 of 100,
// thin creators stand apart, and they do not when the caller says so.
func TestLuckNeverStandsFirst(t *testing.T) {
	t.Parallel()
	thin := []Trials{{"lucky", 1, 1}, {"proven", 60, 100}, {CreatorID: "new"}, {"four", 4, 4}, {"five", 5, 5}}
	for name, data := range map[string][]Trials{
		"from nothing to all": {{"a", 0, 100}, {"b", 1, 90}, {"c", 99, 100}, {"d", 60, 60}, {"e", 0, 30}},
		"most do better":      {{"a", 70, 100}, {"b", 80, 90}, {"c", 79, 100}, {"d", 50, 60}, {"e", 20, 30}},
		"of all kinds":        {{"a", 50, 100}, {"b", 20, 90}, {"c", 79, 100}, {"d", 55, 60}, {"e", 2, 30}},
	} {
		for _, order := range []Order{ByMean, ByExpectedRank} {
			r, err := Rates(append(data, thin...), &Options{Order: order})
			require.NoError(t, err)
			var apart []byline.CreatorID
			for _, a := range r.Apart {
				apart = append(apart, a.CreatorID)
			}
			if diff := cmp.Diff([]byline.CreatorID{"four", "lucky", "new"}, apart); diff != "" || len(r.Creators) != 7 || r.Apart[0].Need != DefaultMinTrials {
				t.Errorf("%s by %s: apart %+v\n%s", name, order, r.Apart, diff)
			}
			if n := len(r.Findings); n == 0 || r.Findings[n-1].Code != "rank.luck_first" {
				t.Errorf("%s: findings %+v", name, r.Findings)
			}
		}
	}
	p := Prior{Family: BetaBinomial, Belief: Belief{Beta, 0.1, 0.1}}
	asked, err := Rates(thin, &Options{Prior: &p, MinSize: 1})
	require.NoError(t, err)
	if len(asked.Apart) != 1 || len(asked.Findings) != 1 || asked.Findings[0].Code != "rank.luck_first" {
		t.Errorf("a given size is changed: %+v, %+v", asked.Apart, asked.Findings)
	}
	lowest, err := Rates(thin, &Options{Prior: &p, LowerIsBetter: true})
	require.NoError(t, err)
	if len(lowest.Apart) != 0 || !lowest.LowerIsBetter {
		t.Errorf("the lowest is best, and apart stand %+v", lowest.Apart)
	}
}

// TestLuckByExpectedRank: a skewed belief may have the lower mean and still be above more
// often than not. Such a prior is no better.
func TestLuckByExpectedRank(t *testing.T) {
	t.Parallel()
	p := Prior{Family: BetaBinomial, Belief: Belief{Beta, 0.04, 0.76}}
	data := []Trials{{"lucky", 1, 1}, {"proven", 60, 100}, {"other", 5, 100}}
	for order, want := range map[Order]int{ByMean: 3, ByExpectedRank: 2} {
		r, err := Rates(data, &Options{Order: order, Prior: &p})
		require.NoError(t, err)
		if len(r.Creators) != want || r.Creators[0].CreatorID != "proven" {
			t.Errorf("by %s: %+v", order, r.Creators)
		}
	}
	// Among creators better than 60%, 60 of 100 is surely behind them and 1 of 1 is not.
	high := Prior{Family: BetaBinomial, Belief: Belief{Beta, 0.1, 0.85}}
	r, err := Rates(append(data[:2], Trials{"a", 150, 205}, Trials{"b", 35, 45}, Trials{"c", 110, 149}, Trials{"d", 88, 111}), &Options{Order: ByExpectedRank, Prior: &high})
	require.NoError(t, err)
	if len(r.Apart) != 1 || r.Apart[0].CreatorID != "lucky" {
		t.Errorf("by expected rank: %+v", r.Creators)
	}
}

func TestExplainSaysWhatItIs(t *testing.T) {
	t.Parallel()
	counts := Prior{Family: GammaPoisson, Belief: Belief{Gamma, 2, 1}}
	r, err := Counts([]Events{{"ada", 8, 12}, {"bruno", 1, 0.5}, {"cleo", 4, 9}}, &Options{Prior: &counts, MinSize: 1, LowerIsBetter: true, Level: 0.9})
	require.NoError(t, err)
	want := "The prior was given: mean 2, standard deviation 1.414, worth 1 of exposure.\n" +
		"Lower is better; the true value lies in the brackets with a chance of 90%.\n" +
		"1. cleo: 0.6 (0.2613 to 1.051; raw 0.4444, 90% own data), 70% to be the first\n" +
		"2. ada: 0.7692 (0.4173 to 1.208; raw 0.6667, 92% own data), 30% to be the first\n" +
		"bruno is not ranked: too little data to be ranked (0.5 of 1 of exposure)\n"
	if diff := cmp.Diff(want, r.Explain()); diff != "" {
		t.Error(diff)
	}
	rates := Prior{Family: BetaBinomial, Belief: Belief{Beta, 0.001, 9.999}}
	shares, err := Rates([]Trials{{"ada", 0, 12}, {"bruno", 0, 0}, {"cleo", 0, 9}}, &Options{Prior: &rates, MinSize: 1, Top: 1})
	require.NoError(t, err)
	want = "The prior was given: mean 0.01%, standard deviation 0.301%, worth 10 trials.\n" +
		"Higher is better; the true value lies in the brackets with a chance of 95%.\n" +
		"1. cleo: 0.00526% (0% to 0%; raw 0%, 47% own data), 50% to be the first\n" +
		"2. ada: 0.00455% (0% to 0%; raw 0%, 55% own data), 50% to be the first\n" +
		"bruno is not ranked: too little data to be ranked (0 of 1 trial)\n"
	if diff := cmp.Diff(want, shares.Explain()); diff != "" {
		t.Error(diff)
	}
}

func TestNewcomerHasThePrior(t *testing.T) {
	t.Parallel()
	r, err := Rates(append(season(30, 2), Trials{CreatorID: "new"}), nil)
	require.NoError(t, err)
	for _, p := range r.Creators {
		if p.CreatorID != "new" {
			continue
		}
		if !p.PriorOnly || p.Raw != nil || p.OwnWeight != 0 || p.Belief != r.Prior.Belief {
			t.Errorf("the newcomer is %+v, the prior %+v", p, r.Prior)
		}
		return
	}
	t.Error("the newcomer is dropped")
}

func TestNewcomersOfAnyFamily(t *testing.T) {
	t.Parallel()
	data, o := season(30, 2), &Options{Newcomers: []byline.CreatorID{"new"}}
	for name, run := range map[string]func() (Ranking, error){
		"rates":    func() (Ranking, error) { return Rates(data, o) },
		"counts":   func() (Ranking, error) { return Counts(asEvents(data), o) },
		"averages": func() (Ranking, error) { return Averages(asAverages(data), o) },
	} {
		r, err := run()
		require.NoError(t, err, name)
		marked := 0
		for _, p := range r.Creators {
			if p.PriorOnly && p.CreatorID == "new" && p.Belief == r.Prior.Belief {
				marked++
			}
		}
		if marked != 1 || len(r.Creators) != 31 {
			t.Errorf("%s: %d newcomers of %d", name, marked, len(r.Creators))
		}
	}
	_, err := Rates(data, &Options{Newcomers: []byline.CreatorID{"", data[3].CreatorID}})
	want := []string{"options.newcomers[0].creator_id", "[31].creator_id"}
	var got []string
	for _, f := range byline.Nest("", err) {
		got = append(got, f.Path)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestThinStandApart(t *testing.T) {
	t.Parallel()
	data := append(season(30, 2), Trials{"thin", 3, 9})
	r, err := Rates(data, &Options{MinSize: 10})
	require.NoError(t, err)
	if len(r.Creators)+len(r.Apart) != len(data) {
		t.Fatalf("%d ranked and %d apart of %d", len(r.Creators), len(r.Apart), len(data))
	}
	whole, err := Rates(data, nil)
	require.NoError(t, err)
	if r.Prior.Belief != whole.Prior.Belief {
		t.Error("who stands apart is not heard for the prior")
	}
	for _, a := range r.Apart {
		if a.Have >= a.Need || a.Need != 10 || a.Code != "rank.too_thin" {
			t.Errorf("apart: %+v", a)
		}
	}
	all, err := Rates(data, &Options{MinSize: 1e6})
	require.NoError(t, err)
	if len(all.Creators) != 0 || len(all.Apart) != len(data) {
		t.Errorf("%d ranked of nobody with enough", len(all.Creators))
	}
}

// TestThinAverages: a size that is not known is not held against a mean; a newcomer's is
// known to be nothing.
func TestThinAverages(t *testing.T) {
	t.Parallel()
	p := Prior{Family: NormalNormal, Belief: Belief{Normal, 40, 5}}
	data := []Average{{"few", 50, 3, 4}, {"many", 45, 1, 90}, {"unsaid", 44, 1, 0}}
	r, err := Averages(data, &Options{Prior: &p, MinSize: 10, Newcomers: []byline.CreatorID{"new"}})
	require.NoError(t, err)
	if len(r.Creators) != 2 || len(r.Apart) != 2 || r.Apart[0].CreatorID != "few" || r.Apart[1].CreatorID != "new" {
		t.Errorf("ranked %+v, apart %+v", r.Creators, r.Apart)
	}
}

func TestGivenPrior(t *testing.T) {
	t.Parallel()
	last := Prior{Family: BetaBinomial, Belief: Belief{Beta, 5, 95}}
	stored, err := json.Marshal(last)
	require.NoError(t, err)
	var read Prior
	require.NoError(t, json.Unmarshal(stored, &read))
	r, err := Rates([]Trials{{"ada", 0, 40}, {"bruno", 0, 4}}, &Options{Prior: &read})
	require.NoError(t, err)
	want := []Belief{{Beta, 5, 99}, {Beta, 5, 135}}
	if diff := cmp.Diff(want, []Belief{r.Creators[0].Belief, r.Creators[1].Belief}); diff != "" || r.Creators[0].CreatorID != "bruno" {
		t.Errorf("beliefs:\n%s", diff)
	}
	if len(r.Findings) != 0 || r.Top != 2 {
		t.Errorf("%+v", r)
	}
}

func TestDispersionThinsTheEvidence(t *testing.T) {
	t.Parallel()
	p := Prior{Family: GammaPoisson, Belief: Belief{Gamma, 2, 3}}
	r, err := Counts([]Events{{"ada", 8, 12}}, &Options{Prior: &p, Dispersion: 4})
	require.NoError(t, err)
	if diff := cmp.Diff(Belief{Gamma, 4, 6}, r.Creators[0].Belief); diff != "" || *r.Creators[0].Raw != 8.0/12 {
		t.Error(diff)
	}
}

func TestLowerIsBetter(t *testing.T) {
	t.Parallel()
	r, err := Averages(asAverages(season(12, 1)), &Options{LowerIsBetter: true, Top: 2})
	require.NoError(t, err)
	for i := 1; i < len(r.Creators); i++ {
		if r.Creators[i].Mean < r.Creators[i-1].Mean {
			t.Errorf("place %d is lower than the one before", i+1)
		}
	}
	if r.Creators[0].BestChance <= r.Creators[11].BestChance {
		t.Error("the lowest is not the likeliest best")
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	same := func(n int, successes, trials int64) []Trials {
		var data []Trials
		for i := range n {
			data = append(data, Trials{byline.CreatorID(fmt.Sprint(i)), successes, trials})
		}
		return data
	}
	single := append(same(6, 0, 1), Trials{"x", 1, 1})
	extreme := append(same(6, 0, 50), Trials{"x", 50, 50}, Trials{"y", 40, 40})
	for code, data := range map[string][]Trials{
		"rank.no_creators":      nil,
		"rank.too_few_creators": append(same(4, 3, 10), Trials{CreatorID: "none"}),
		"rank.no_successes":     same(8, 0, 100),
		"rank.no_failures":      same(8, 100, 100),
		"rank.single_trials":    single,
		"rank.extremes":         extreme,
	} {
		_, err := Rates(data, nil)
		refused, ok := errors.AsType[*byline.RefusalError](err)
		if !ok || refused.Code != code {
			t.Errorf("%s: got %v", code, err)
		}
	}
	_, err := Counts(asEvents(same(8, 0, 100)), nil)
	require.ErrorIs(t, err, byline.ErrRefused)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	_, rates := Rates([]Trials{{"", 1, 2}, {"a", 3, 2}, {"a", 0, -1}, {"b", -1, 1}, {"c", 1, math.MaxInt64}},
		&Options{MinCreators: 2, MinSize: nan, Top: -1, Level: nan, Order: "x", Dispersion: nan, Prior: &Prior{Family: GammaPoisson, Belief: Belief{Gamma, 1, 1}}})
	_, counts := Counts([]Events{{"a", -1, 1}, {"b", 1, nan}, {"c", 1, 0}, {"d", 0, math.Inf(1)}}, &Options{Prior: &Prior{Family: GammaPoisson, Belief: Belief{Point, -1, 0}}})
	_, averages := Averages([]Average{{"a", nan, 1, 0}, {"b", 1, 0, 0}, {"c", 1, 1, -1}}, &Options{Prior: &Prior{}})
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"rates": {rates, []string{
			"options.min_creators rank.min_creators", "options.min_size rank.min_size", "options.top rank.top", "options.level rank.level",
			"options.order rank.order", "options.dispersion rank.dispersion", "options.prior.family rank.prior_family", "[0].creator_id rank.creator",
			"[1].successes rank.successes", "[2].trials rank.trials", "[3].successes rank.successes", "[4].trials rank.trials", "[2].creator_id rank.creator_twice",
		}},
		"counts": {counts, []string{
			"options.prior.belief.a rank.belief_parameter", "[0].count rank.count", "[1].exposure rank.exposure", "[2].exposure rank.exposure", "[3].exposure rank.exposure",
		}},
		"averages": {averages, []string{
			"options.prior.belief.shape rank.belief_shape", "[0].mean rank.mean", "[1].standard_error rank.standard_error", "[2].size rank.size",
		}},
	} {
		var got []string
		for _, f := range byline.Nest("", c.err) {
			got = append(got, f.Path+" "+f.Code)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestRankingSurvivesJSON(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]Trials{"a season": season(20, 5), "no variation": append(season(0, 0), Trials{"a", 5, 100}, Trials{"b", 5, 100}, Trials{"c", 5, 100}, Trials{"d", 5, 100}, Trials{"e", 5, 100})} {
		r, err := Rates(data, &Options{MinSize: 3})
		require.NoError(t, err, name)
		text, err := json.Marshal(r)
		require.NoError(t, err, name)
		var read Ranking
		require.NoError(t, json.Unmarshal(text, &read), name)
		if diff := cmp.Diff(r, read); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// FuzzRates: whatever comes in, an answer is finite and complete, or there is none.
func FuzzRates(f *testing.F) {
	f.Add(int64(1), int64(1), int64(60), int64(100), int64(3), int64(1000), int64(0), int64(4), 1.0)
	f.Add(int64(0), int64(1), int64(1), int64(1), int64(1), int64(2), int64(1)<<51, int64(1)<<52, 9.5)
	f.Fuzz(func(t *testing.T, k1, n1, k2, n2, k3, n3, k4, n4 int64, dispersion float64) {
		data := []Trials{{"a", k1, n1}, {"b", k2, n2}, {"c", k3, n3}, {"d", k4, n4}, {"e", 1, 20}}
		r, err := Rates(data, &Options{MinCreators: 3, Dispersion: dispersion})
		if err != nil {
			if !errors.Is(err, byline.ErrInvalid) && !errors.Is(err, byline.ErrRefused) {
				t.Fatalf("an error of no kind: %v", err)
			}
			return
		}
		if _, err := json.Marshal(r); err != nil || len(r.Creators)+len(r.Apart) != len(data) {
			t.Fatalf("%d creators ranked and %d apart of %d: %v", len(r.Creators), len(r.Apart), len(data), err)
		}
		if len(r.Apart) > 0 && !slices.ContainsFunc(r.Findings, func(f byline.Finding) bool { return f.Code == "rank.luck_first" }) {
			t.Errorf("apart without a reason: %+v", r.Apart)
		}
		for _, p := range r.Creators {
			if p.Mean < 0 || p.Mean > 1 || p.Low > p.High || p.TopChance < 0 || p.TopChance > 1 {
				t.Errorf("%+v", p)
			}
		}
	})
}

// FuzzAverages: also of means and errors of any size.
func FuzzAverages(f *testing.F) {
	f.Add(1.0, 0.1, 2.0, 0.3, -4.0, 1e9, 1e30, 1e-30)
	f.Fuzz(func(t *testing.T, m1, s1, m2, s2, m3, s3, m4, s4 float64) {
		data := []Average{{"a", m1, s1, 0}, {"b", m2, s2, 0}, {"c", m3, s3, 0}, {"d", m4, s4, 0}}
		events := []Events{{"a", 3, s1}, {"b", 0, s2}, {"c", 70, s3}, {"d", 1, s4}}
		first, err := Averages(data, &Options{MinCreators: 3})
		second, other := Counts(events, &Options{MinCreators: 3})
		for _, e := range []error{err, other} {
			if e != nil && !errors.Is(e, byline.ErrInvalid) && !errors.Is(e, byline.ErrRefused) {
				t.Fatalf("an error of no kind: %v", e)
			}
		}
		for _, r := range []Ranking{first, second} {
			if _, err := json.Marshal(r); err != nil {
				t.Fatal(err)
			}
			for _, p := range r.Creators {
				if p.Low > p.High || p.TopChance < 0 || p.TopChance > 1 || p.ExpectedRank < 1-1e-6 || p.ExpectedRank > 4+1e-6 {
					t.Errorf("%+v", p)
				}
			}
		}
	})
}

// FuzzBelief: a belief that passes its check gives numbers, in order.
func FuzzBelief(f *testing.F) {
	f.Add(0, 1e-9, 1e-9, 0.5)
	f.Add(1, 1e17, 1e-100, 1e-300)
	f.Add(0, 1e17, 1e-9, 0.999)
	f.Fuzz(func(t *testing.T, shape int, a, b, p float64) {
		belief := Belief{[]Shape{Beta, Gamma, Normal, Point}[shape&3], a, b}
		x, err := belief.Quantile(p)
		if err != nil {
			return
		}
		for _, v := range []float64{x, belief.Mean(), belief.SD(), belief.CDF(x)} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%v at %g: %g, %g, %g, %g", belief, p, x, belief.Mean(), belief.SD(), belief.CDF(x))
			}
		}
	})
}

func BenchmarkRates(b *testing.B) {
	for _, n := range []int{20, 1000, 5000} {
		data := season(n, 1)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := Rates(data, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
