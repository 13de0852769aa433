package response_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/response"
)

// observe draws n observations of a curve at spends up to largest.
func observe(c response.Curve, n int, largest, noise float64, seed uint64) []response.Observation {
	r := rand.New(rand.NewPCG(seed, 7))
	observations := make([]response.Observation, n)
	for i := range observations {
		x := largest * float64(i+1) / float64(n)
		observations[i] = response.Observation{Spend: x, Outcome: c.At(x) + noise*r.NormFloat64()}
	}
	return observations
}

func found(findings []byline.Finding) []string {
	codes := []string{}
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	return slices.Compact(codes)
}

func TestFitFindsTheCurve(t *testing.T) {
	t.Parallel()
	for name, c := range curves() {
		if name == "hill, nearly a step" || name == "power, a straight line" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observations := observe(c, 40, 200, 0, 1)
			for i := range observations {
				observations[i].Outcome += 55
			}
			got, err := response.FitCurve(observations, c.Family(), &response.FitOptions{Baseline: true})
			require.NoError(t, err)
			if diff := cmp.Diff(c, got.Curve, cmpopts.EquateApprox(1e-4, 0)); diff != "" {
				t.Errorf("curve (-want +got):\n%s", diff)
			}
			if !near(got.Baseline, 55, 1e-4) || got.R2 < 1-1e-9 {
				t.Errorf("baseline %g, R² %g", got.Baseline, got.R2)
			}
		})
	}
}

func TestFitIntervalsCover(t *testing.T) {
	t.Parallel()
	truth := response.MichaelisMenten{Ceiling: 900, Half: 40}
	const runs = 40
	covered := map[string]int{}
	for seed := range uint64(runs) {
		fit, err := response.FitCurve(observe(truth, 20, 200, 30, seed), response.MichaelisMentenFamily, &response.FitOptions{Level: 0.9})
		require.NoError(t, err)
		for i, want := range []float64{900, 40} {
			p := fit.Parameters[i]
			if !p.Identified() {
				t.Fatalf("%s is not identified", p.Name)
			}
			if *p.Low <= want && want <= *p.High {
				covered[p.Name]++
			}
		}
	}
	// 90% of 40 are 36; three standard deviations are 6.
	for name, n := range covered {
		if n < 30 {
			t.Errorf("%s covered %d times of %d at 90%%", name, n, runs)
		}
	}
	t.Log(covered)
}

func TestFitOnTheLowEndSaysSo(t *testing.T) {
	t.Parallel()
	truth := response.Hill{Ceiling: 900, Half: 400, Shape: 1}
	fit, err := response.FitCurve(observe(truth, 30, 60, 2, 3), response.MichaelisMentenFamily, nil)
	if refused, ok := errors.AsType[*byline.RefusalError](err); ok {
		if refused.Code != "response.not_identified" {
			t.Error(refused)
		}
		return
	}
	require.NoError(t, err)
	if !slices.Contains(found(fit.Findings), "response.ceiling_not_seen") {
		t.Errorf("nothing said of a ceiling at %g when the largest spend is 60: %v", fit.Curve, found(fit.Findings))
	}
}

func TestFitOnALineIsNotIdentified(t *testing.T) {
	t.Parallel()
	for _, family := range []response.Family{response.MichaelisMentenFamily, response.LogFamily} {
		fit, err := response.FitCurve(observe(response.Power{Scale: 3, Exponent: 1}, 30, 60, 0, 3), family, nil)
		refused, ok := errors.AsType[*byline.RefusalError](err)
		if !ok || refused.Code != "response.not_identified" {
			t.Errorf("%s: got %+v, %v", family, fit.Curve, err)
		}
	}
}

// TestFindingsStandWhereTheyShould puts observations on either side of every finding.
func TestFindingsStandWhereTheyShould(t *testing.T) {
	t.Parallel()
	mm, logistic := response.MichaelisMenten{Ceiling: 900, Half: 40}, response.Logistic{Ceiling: 900, Rate: 0.03}
	half := math.Log(3) / 0.03 // of a logistic
	tests := map[string]struct {
		observations []response.Observation
		family       response.Family
		window       int
		code         string
		want         bool
	}{
		"the half is seen":              {observe(mm, 30, 42, 0.01, 1), mm.Family(), 0, "response.ceiling_not_seen", false},
		"the half is not seen":          {observe(mm, 30, 38, 0.01, 1), mm.Family(), 0, "response.ceiling_not_seen", true},
		"a logistic's half is seen":     {observe(logistic, 30, half*1.05, 0.01, 1), logistic.Family(), 0, "response.ceiling_not_seen", false},
		"a logistic's half is not seen": {observe(logistic, 30, half*0.95, 0.01, 1), logistic.Family(), 0, "response.ceiling_not_seen", true},
		"better than the mean":          {observe(mm, 30, 100, 5, 1), mm.Family(), 0, "response.no_better_than_mean", false},
		"no carry-over":                 {observe(mm, 30, 100, 0.1, 1), mm.Family(), 3, "response.decay_at_edge", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fit, err := response.FitCurve(tt.observations, tt.family, &response.FitOptions{Window: tt.window})
			require.NoError(t, err)
			if got := slices.Contains(found(fit.Findings), tt.code); got != tt.want {
				t.Errorf("%+v, R² %g: found %v, %s: want %t", fit.Curve, fit.R2, found(fit.Findings), tt.code, tt.want)
			}
		})
	}
}

func TestFitCarryOver(t *testing.T) {
	t.Parallel()
	truth, adstock := response.Hill{Ceiling: 900, Half: 60, Shape: 1.8}, response.FiniteGeometric{Decay: 0.6, Window: 8, Normalise: true}
	r := rand.New(rand.NewPCG(5, 5))
	spend := make([]float64, 70)
	for i := range spend {
		if r.Float64() < 0.7 {
			spend[i] = 200 * r.Float64()
		}
	}
	effective, err := adstock.Apply(spend)
	require.NoError(t, err)
	observations := make([]response.Observation, len(spend))
	for i, x := range spend {
		observations[i] = response.Observation{Spend: x, Outcome: 100 + truth.At(effective[i]) + 8*r.NormFloat64()}
	}
	fit, err := response.FitCurve(observations, response.HillFamily, &response.FitOptions{Baseline: true, Window: 8})
	require.NoError(t, err)
	if math.Abs(fit.Adstock.Decay-0.6) > 0.03 {
		t.Errorf("decay %g, want about 0.6", fit.Adstock.Decay)
	}
	decay := fit.Parameters[len(fit.Parameters)-1]
	if decay.Name != "decay" || !decay.Identified() || *decay.Low > 0.6 || *decay.High < 0.6 {
		t.Errorf("decay %+v", decay)
	}
	t.Logf("%+v baseline %g sd %g", fit.Curve, fit.Baseline, fit.ResidualSD)
}

func TestWeightIsRepetition(t *testing.T) {
	t.Parallel()
	once := observe(response.Log{Scale: 200, Spread: 25}, 12, 100, 10, 9)
	var twice []response.Observation
	weighted := slices.Clone(once)
	for i, o := range once {
		twice = append(twice, o)
		if i%3 == 0 {
			twice = append(twice, o)
			weighted[i].Weight = 2
		}
	}
	a, err := response.FitCurve(weighted, response.LogFamily, nil)
	require.NoError(t, err)
	b, err := response.FitCurve(twice, response.LogFamily, nil)
	require.NoError(t, err)
	if diff := cmp.Diff(a.Curve, b.Curve, cmpopts.EquateApprox(1e-6, 0)); diff != "" {
		t.Errorf("curve (-weighted +repeated):\n%s", diff)
	}
}

func TestFitIsTheLeastSum(t *testing.T) {
	t.Parallel()
	observations := observe(response.Hill{Ceiling: 900, Half: 60, Shape: 2}, 30, 200, 25, 11)
	fit, err := response.FitCurve(observations, response.HillFamily, nil)
	require.NoError(t, err)
	sum := func(c response.Curve) (sum float64) {
		for _, o := range observations {
			sum += (o.Outcome - c.At(o.Spend)) * (o.Outcome - c.At(o.Spend))
		}
		return sum
	}
	best, h := sum(fit.Curve), fit.Curve.(response.Hill)
	r := rand.New(rand.NewPCG(3, 3))
	for range 20_000 {
		wide := math.Pow(10, -5*r.Float64())
		other := response.Hill{
			Ceiling: h.Ceiling * math.Exp(wide*r.NormFloat64()), Half: h.Half * math.Exp(wide*r.NormFloat64()),
			Shape: h.Shape * math.Exp(wide*r.NormFloat64()),
		}
		if s := sum(other); s < best*(1-1e-9) {
			t.Fatalf("%+v leaves %g, the fit %+v leaves %g", other, s, h, best)
		}
	}
}

func TestFitRefuses(t *testing.T) {
	t.Parallel()
	curve := response.MichaelisMenten{Ceiling: 900, Half: 40}
	flat, one, falling := observe(curve, 10, 100, 0, 1), observe(curve, 10, 100, 5, 1), observe(curve, 10, 100, 0, 1)
	for i := range flat {
		flat[i].Outcome, one[i].Spend, falling[i].Outcome = 7, 50, -falling[i].Outcome
	}
	tests := map[string]struct {
		observations []response.Observation
		code         string
	}{
		"nothing":           {nil, "response.too_few"},
		"few":               {observe(curve, 4, 100, 0, 1), "response.too_few"},
		"one spend":         {one, "response.no_variation"},
		"one outcome":       {flat, "response.no_variation"},
		"a falling outcome": {falling, "response.not_rising"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := response.FitCurve(tt.observations, response.MichaelisMentenFamily, nil)
			require.ErrorIs(t, err, byline.ErrRefused)
			if refused, ok := errors.AsType[*byline.RefusalError](err); !ok || refused.Code != tt.code {
				t.Errorf("got %v, want %s", err, tt.code)
			}
		})
	}
}

func TestFitFaultsComeAllAtOnce(t *testing.T) {
	t.Parallel()
	observations := []response.Observation{{Spend: -1, Outcome: math.NaN(), Weight: math.Inf(1)}}
	_, err := response.FitCurve(observations, "magic", &response.FitOptions{Level: 2, Window: 9})
	var got []string
	for _, f := range byline.Nest("", err) {
		got = append(got, f.Path+" "+f.Code)
	}
	want := []string{
		"level response.level", "window response.window", "family response.family",
		"observations[0].spend response.observation", "observations[0].outcome response.observation", "observations[0].weight response.observation",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestFitSurvivesJSON(t *testing.T) {
	t.Parallel()
	fit, err := response.FitCurve(observe(response.Hill{Ceiling: 900, Half: 60, Shape: 2}, 30, 200, 25, 11), response.HillFamily, &response.FitOptions{Window: 3})
	require.NoError(t, err)
	text, err := json.Marshal(fit)
	require.NoError(t, err)
	var got response.Fit
	require.NoError(t, json.Unmarshal(text, &got))
	if diff := cmp.Diff(fit, got); diff != "" {
		t.Errorf("fit (-want +got):\n%s", diff)
	}
}

func TestCompareFindsTheFamily(t *testing.T) {
	t.Parallel()
	candidates, err := response.Compare(observe(response.Sigmoid{Ceiling: 900, Rate: 0.1, Middle: 80}, 60, 200, 8, 2), nil)
	require.NoError(t, err)
	if candidates[0].Family != response.SigmoidFamily {
		t.Errorf("best is %s", candidates[0].Family)
	}
	var sum float64
	for _, c := range candidates {
		sum += c.Weight
		if (c.Fit == nil) == (c.Refused == nil) {
			t.Errorf("%s has both or neither", c.Family)
		}
	}
	if !near(sum, 1, 1e-12) {
		t.Errorf("weights sum to %g", sum)
	}
}

func BenchmarkFitHill(b *testing.B) {
	observations := observe(response.Hill{Ceiling: 900, Half: 60, Shape: 2}, 104, 200, 25, 11)
	for b.Loop() {
		if _, err := response.FitCurve(observations, response.HillFamily, &response.FitOptions{Baseline: true}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFitHillWithCarryOver(b *testing.B) {
	observations := observe(response.Hill{Ceiling: 900, Half: 60, Shape: 2}, 104, 200, 25, 11)
	for b.Loop() {
		if _, err := response.FitCurve(observations, response.HillFamily, &response.FitOptions{Baseline: true, Window: 8}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestHostileObservations(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(13, 13))
	scales := []float64{1e-300, 1e-30, 1e-6, 1, 1e6, 3e14}
	outcomes := map[string]int{}
	for range 8 {
		x, y := scales[r.IntN(len(scales))], scales[r.IntN(len(scales))]
		observations := make([]response.Observation, 6+r.IntN(15))
		for i := range observations {
			o := &observations[i]
			o.Spend, o.Outcome = x*float64(r.IntN(5)), y*(r.Float64()-0.3)
			if r.IntN(5) == 0 {
				o.Spend, o.Weight = x*r.Float64()*1e-3, 1e-12+1e15*r.Float64()*float64(r.IntN(2))
			}
			o.Spend, o.Outcome = min(o.Spend, 1e15), o.Outcome*float64(r.IntN(4))
		}
		for _, family := range response.Families() {
			fit, err := response.FitCurve(observations, family, &response.FitOptions{Baseline: r.IntN(2) == 0, Window: r.IntN(3)})
			switch {
			case errors.Is(err, byline.ErrRefused):
				outcomes["refused"]++
			case err != nil:
				t.Fatalf("%s: %v", family, err)
			default:
				outcomes["fitted"]++
				if _, err := json.Marshal(fit); err != nil {
					t.Errorf("%s: %v: %+v of %+v", family, err, fit, observations)
				}
			}
		}
	}
	t.Log(outcomes)
}

func TestTheUnitOfWeightsDoesNotMatter(t *testing.T) {
	t.Parallel()
	observations := observe(response.MichaelisMenten{Ceiling: 900, Half: 40}, 20, 200, 20, 3)
	options := &response.FitOptions{Baseline: true}
	want, err := response.FitCurve(observations, response.MichaelisMentenFamily, options)
	require.NoError(t, err)
	for _, weight := range []float64{1e-12, 1e12} {
		for i := range observations {
			observations[i].Weight = weight
		}
		got, err := response.FitCurve(observations, response.MichaelisMentenFamily, options)
		require.NoError(t, err)
		if diff := cmp.Diff(want.Parameters, got.Parameters, cmpopts.EquateApprox(1e-4, 0)); diff != "" {
			t.Errorf("weights of %g (-want +got):\n%s", weight, diff)
		}
	}
}

// TestTheUnitOfTheOutcomeDoesNotMatter reads the same observations as thousands and as
// units, as yen are beside a bitcoin.
func TestTheUnitOfTheOutcomeDoesNotMatter(t *testing.T) {
	t.Parallel()
	truth := response.Hill{Ceiling: 900, Half: 60, Shape: 2}
	options := &response.FitOptions{Baseline: true}
	want, err := response.FitCurve(observe(truth, 30, 200, 20, 4), response.HillFamily, options)
	require.NoError(t, err)
	for _, unit := range []float64{1e-9, 1e9} {
		observations := observe(truth, 30, 200, 20, 4)
		for i := range observations {
			observations[i].Outcome *= unit
		}
		got, err := response.FitCurve(observations, response.HillFamily, options)
		require.NoError(t, err)
		for i, p := range got.Parameters {
			if p.Name == "ceiling" || p.Name == "baseline" {
				got.Parameters[i] = response.Parameter{Name: p.Name, Value: p.Value / unit, Low: new(*p.Low / unit), High: new(*p.High / unit)}
			}
		}
		if diff := cmp.Diff(want.Parameters, got.Parameters, cmpopts.EquateApprox(1e-4, 0)); diff != "" {
			t.Errorf("outcomes of %g (-want +got):\n%s", unit, diff)
		}
	}
}

func TestFitRefusesWhatLooksLikeData(t *testing.T) {
	t.Parallel()
	falling, level, one := make([]response.Observation, 9), make([]response.Observation, 9), make([]response.Observation, 9)
	for i := range 9 {
		falling[i] = response.Observation{Spend: float64(10 + 10*i), Outcome: float64(100 - 7*i)}
		level[i] = response.Observation{Spend: float64(i), Outcome: 0.1}
		one[i] = response.Observation{Spend: float64(i % 2 * 50), Outcome: float64(i%2*20 + i)}
	}
	for name, tt := range map[string]struct {
		observations []response.Observation
		families     []response.Family
		code         string
	}{
		"a falling outcome above 0":               {falling, response.Families(), "response.not_rising"},
		"an outcome whose mean has to be rounded": {level, response.Families(), "response.no_variation"},
		"one spend beside none": {one, []response.Family{
			response.MichaelisMentenFamily, response.LogisticFamily, response.TanhFamily, response.LogFamily, response.PowerFamily,
		}, "response.no_variation"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, family := range tt.families {
				fit, err := response.FitCurve(tt.observations, family, nil)
				if refused, ok := errors.AsType[*byline.RefusalError](err); !ok || refused.Code != tt.code {
					t.Errorf("%s: got %+v, %v, want %s", family, fit.Curve, err, tt.code)
				}
			}
		})
	}
}

func TestAFitsCurveIsNamedInItsFaults(t *testing.T) {
	t.Parallel()
	err := json.Unmarshal([]byte(`{"curve":{"curve":"log","scale":1}}`), &response.Fit{})
	if faults := byline.Nest("", err); len(faults) != 1 || faults[0].Path != "curve.spread" {
		t.Errorf("got %v", err)
	}
}

// TestFitFigures computes what is said of a fit from its residuals.
func TestFitFigures(t *testing.T) {
	t.Parallel()
	observations := observe(response.MichaelisMenten{Ceiling: 900, Half: 40}, 11, 200, 60, 8)
	for i := range observations {
		observations[i].Weight = 1 + float64(i%3)
	}
	for window, unknowns := range []float64{3, 3, 4} {
		fit, err := response.FitCurve(observations, response.MichaelisMentenFamily, &response.FitOptions{Baseline: true, Window: window})
		require.NoError(t, err)
		var spend []float64
		var n, weight, mean, around, sum float64
		for _, o := range observations {
			spend = append(spend, o.Spend)
			n, weight, mean = n+1, weight+o.Weight, mean+o.Weight*o.Outcome
		}
		if fit.Adstock != nil {
			spend, err = fit.Adstock.Apply(spend)
			require.NoError(t, err)
		}
		for i, o := range observations {
			sum += o.Weight * math.Pow(o.Outcome-fit.Baseline-fit.Curve.At(spend[i]), 2)
			away := o.Outcome - mean/weight
			around += o.Weight * away * away
		}
		k := unknowns + 1 // the variance is estimated too
		for name, pair := range map[string][2]float64{
			"residual sd": {fit.ResidualSD, math.Sqrt(sum / (n - unknowns))}, "R²": {fit.R2, 1 - sum/around},
			"AICc":    {fit.AICc, n*math.Log(sum/n) + 2*k + 2*k*(k+1)/(n-k-1)},
			"largest": {fit.LargestSpend, slices.Max(spend)},
		} {
			if !near(pair[0], pair[1], 1e-9) {
				t.Errorf("window %d: %s is %g, want %g", window, name, pair[0], pair[1])
			}
		}
	}
}

// TestFitNeedsThreeMore draws the line at three observations beyond the unknowns.
func TestFitNeedsThreeMore(t *testing.T) {
	t.Parallel()
	for need, options := range map[int]*response.FitOptions{5: nil, 6: {Baseline: true}, 7: {Baseline: true, Window: 2}} {
		all := observe(response.MichaelisMenten{Ceiling: 900, Half: 40}, need, 100, 5, 1)
		_, err := response.FitCurve(all[:need-1], response.MichaelisMentenFamily, options)
		refused, ok := errors.AsType[*byline.RefusalError](err)
		if !ok || refused.Code != "response.too_few" || refused.Need != float64(need) {
			t.Errorf("%d: got %v", need-1, err)
		}
		if _, err = response.FitCurve(all, response.MichaelisMentenFamily, options); err != nil {
			if refused, ok := errors.AsType[*byline.RefusalError](err); !ok || refused.Code == "response.too_few" {
				t.Errorf("%d: got %v", need, err)
			}
		}
	}
}

// TestAkaikeWeights holds the weights of a comparison to the differences beside them.
func TestAkaikeWeights(t *testing.T) {
	t.Parallel()
	candidates, err := response.Compare(observe(response.MichaelisMenten{Ceiling: 900, Half: 40}, 12, 200, 60, 3), nil)
	require.NoError(t, err)
	for _, c := range candidates {
		if c.Family == response.TanhFamily {
			t.Error("tanh is logistic by another name")
		}
		if c.Fit != nil && (!near(c.Weight, candidates[0].Weight*math.Exp(-c.Behind/2), 1e-12) || !near(c.Behind+1, c.Fit.AICc-candidates[0].Fit.AICc+1, 1e-12)) {
			t.Errorf("%s is %g behind and weighs %g", c.Family, c.Behind, c.Weight)
		}
	}
}

func TestWindowIsBounded(t *testing.T) {
	t.Parallel()
	observations := make([]response.Observation, 10_002)
	_, err := response.FitCurve(observations, response.LogFamily, &response.FitOptions{Window: 10_001})
	if faults := byline.Nest("", err); len(faults) != 1 || faults[0].Code != "response.window" {
		t.Errorf("got %v", err)
	}
}

// TestNoSpendTellsOfABaseline takes the periods without spend for what they are.
func TestNoSpendTellsOfABaseline(t *testing.T) {
	t.Parallel()
	var observations []response.Observation
	for i := range 12 {
		x := []float64{0, 30, 90}[i%3]
		observations = append(observations, response.Observation{Spend: x, Outcome: 50 + 900*x/(40+x) + float64(i)/10})
	}
	fit, err := response.FitCurve(observations, response.MichaelisMentenFamily, &response.FitOptions{Baseline: true})
	require.NoError(t, err)
	if !near(fit.Baseline, 50, 0.02) {
		t.Errorf("baseline %g", fit.Baseline)
	}
}
