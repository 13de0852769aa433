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
	for seed := range uint64(3) {
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
		r, err := run(last, priorOnly())
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

// TestFitOfEqualErrors: with one standard error for all, the maximum has a closed form: the
// mean of the means, and the mean of their squares about it less the squared error.
func TestFitOfEqualErrors(t *testing.T) {
	t.Parallel()
	const se = 1.5 // more than what creators differ by
	means := []float64{10, 12.5, 7.5, 10.5, 9.5, 12, 8, 10, 13, 7}
	var data []Average
	squares := 0.0
	for i, m := range means {
		data = append(data, Average{byline.CreatorID(fmt.Sprint(i)), m, se, 0})
		squares += (m - 10) * (m - 10) / float64(len(means))
	}
	for _, unit := range []float64{1e-6, 1, 1e6} {
		scaled := make([]Average, len(data))
		for i, d := range data {
			scaled[i] = Average{d.CreatorID, d.Mean * unit, d.StandardError * unit, 0}
		}
		r, err := Averages(scaled, nil)
		require.NoError(t, err)
		b, want := r.Prior.Belief, math.Sqrt(squares-se*se)*unit
		if b.Shape != Normal || math.Abs(b.A-10*unit) > 1e-9*unit || math.Abs(b.B-want) > 1e-7*unit {
			t.Errorf("in units of %g: %v, want normal(%g, %g)", unit, b, 10*unit, want)
		}
		weight := want * want / (want*want + se*se*unit*unit)
		for _, p := range r.Creators {
			mean, sd := b.A+weight*(*p.Raw-b.A), math.Sqrt(weight)*se*unit
			if math.Abs(p.Mean-mean) > 1e-7*unit || math.Abs(p.SD-sd) > 1e-7*unit || math.Abs(p.OwnWeight-weight) > 1e-7 {
				t.Errorf("in units of %g: %+v, want mean %g, sd %g, weight %g", unit, p, mean, sd, weight)
			}
		}
	}
}

// TestStandardErrorsOfTheFit: against the inverse of the curvature of a likelihood that is
// written down independently, by differences.
func TestStandardErrorsOfTheFit(t *testing.T) {
	t.Parallel()
	data := season(25, 80)
	r, err := Rates(data, priorOnly())
	require.NoError(t, err)
	f := r.Prior.Fit
	log := func(du, dv float64) float64 {
		b := BetaBinomial.beliefAt(f.Location+du, f.Spread+dv)
		return betaBinomialLog(data, b.A, b.B)
	}
	const h = 1e-3
	uu := (log(h, 0) - 2*log(0, 0) + log(-h, 0)) / (h * h)
	vv := (log(0, h) - 2*log(0, 0) + log(0, -h)) / (h * h)
	uv := (log(h, h) - log(h, -h) - log(-h, h) + log(-h, -h)) / (4 * h * h)
	det := uu*vv - uv*uv
	m := r.Prior.Belief.Mean()
	for name, pair := range map[string][2]float64{
		"location": {f.LocationSE, math.Sqrt(-vv / det)}, "spread": {f.SpreadSE, math.Sqrt(-uu / det)},
		"correlation": {f.Correlation, uv / math.Sqrt(uu*vv)}, "mean": {f.MeanSE, math.Sqrt(-vv/det) * m * (1 - m)},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-3*math.Abs(pair[1])+1e-5 || math.Abs(pair[1]) < 1e-4 {
			t.Errorf("%s: %g, by differences %g", name, pair[0], pair[1])
		}
	}
}

// TestRedrawKeepsTogetherWhatBelongsTogether: location and spread are drawn with the
// correlation of the fit, and a spread that is hardly determined stays near.
func TestRedrawKeepsTogetherWhatBelongsTogether(t *testing.T) {
	t.Parallel()
	p := Prior{BetaBinomial, Belief{Beta, 5, 95}, &Fit{Location: math.Log(5.0 / 95), LocationSE: 0.1, Spread: math.Log(100), SpreadSE: 50, Correlation: -0.8}}
	source := rand.NewPCG(2, 2)
	const draws = 4000
	uu, vv, uv := 0.0, 0.0, 0.0
	for range draws {
		b := p.Redraw(source).Belief
		u, v := math.Log(b.A/b.B)-p.Fit.Location, math.Log(b.A+b.B)-p.Fit.Spread
		uu, vv, uv = uu+u*u/draws, vv+v*v/draws, uv+u*v/draws
	}
	if math.Abs(math.Sqrt(uu)-0.1) > 0.01 || math.Abs(math.Sqrt(vv)-1) > 0.1 || math.Abs(uv/math.Sqrt(uu*vv)+0.8) > 0.05 {
		t.Errorf("drawn with %g, %g and a correlation of %g", math.Sqrt(uu), math.Sqrt(vv), uv/math.Sqrt(uu*vv))
	}
}

// TestFindingsOfThePrior: at their limits.
func TestFindingsOfThePrior(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fit  Fit
		want []string
	}{
		"plain, of ten":   {Fit{Creators: 10, LogLikelihood: -8, NoVariationLogLikelihood: -10}, nil},
		"hardly, of nine": {Fit{Creators: 9, LogLikelihood: -8.1, NoVariationLogLikelihood: -10}, []string{"rank.variation_uncertain", "rank.few_creators"}},
		"not at all":      {Fit{Creators: 10, NoVariation: true, LogLikelihood: -10, NoVariationLogLikelihood: -10}, []string{"rank.no_variation"}},
	} {
		var got []string
		for _, f := range (Prior{Fit: &c.fit}).findings() {
			got = append(got, f.Code)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// TestDispersionAndSize: thinned evidence is no smaller a sample, and one success of one
// trial is thinned like all others.
func TestDispersionAndSize(t *testing.T) {
	t.Parallel()
	weak := Prior{Family: BetaBinomial, Belief: Belief{Beta, 0.025, 0.475}}
	for dispersion, want := range map[float64]int{1: 1, 4: 0} {
		r, err := Rates([]Trials{{"ada", 5, 12}, {"bruno", 1, 2}}, &Options{Prior: &weak, Dispersion: dispersion})
		require.NoError(t, err)
		if len(r.Apart) != want || len(r.Findings) != want {
			t.Errorf("dispersion %g: apart %+v, findings %+v", dispersion, r.Apart, r.Findings)
		}
	}
	r, err := Rates([]Trials{{"ada", 5, 12}}, &Options{Prior: &weak, Dispersion: 4, MinSize: 12})
	require.NoError(t, err)
	if len(r.Creators) != 1 {
		t.Errorf("12 trials of 12 are too few: %+v", r.Apart)
	}
}

func TestNamelessAreNotTwice(t *testing.T) {
	t.Parallel()
	_, err := Rates([]Trials{{"", 1, 2}, {"", 1, 2}}, nil)
	if fields := byline.Nest("", err); len(fields) != 2 || fields[1].Code != "rank.creator" {
		t.Errorf("%v", err)
	}
}
