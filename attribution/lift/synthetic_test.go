package lift

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s is %.12g, want %.12g", what, got, want)
	}
}

func estimated(t *testing.T, d PanelData, method PanelMethod) PanelEffect {
	t.Helper()
	p, err := NewPanel(d)
	require.NoError(t, err)
	e, err := EstimatePanel(p, method, &PanelOptions{MaxMisfit: 1e6})
	require.NoError(t, err)
	return e
}

// changed returns the outcomes put through f.
// The interval is the estimate and 1.96 standard errors to each side, and the standard
// error is made with the ridge of the estimate.
func TestSyntheticDiDInterval(t *testing.T) {
	t.Parallel()
	p := worldPanel(t, 5, 8, 45, 2)
	e, err := SyntheticDiD(p, nil)
	require.NoError(t, err)
	near(t, "low", e.Interval.Low, e.ATT-1.959963984540054*e.StandardError.Value, 1e-9)
	near(t, "high", e.Interval.High, e.ATT+1.959963984540054*e.StandardError.Value, 1e-9)
	near(t, "total", e.Total, e.ATT*2*15, 1e-9)
	none := 0.0
	loose, err := SyntheticDiD(p, &PanelOptions{Zeta: &none})
	require.NoError(t, err)
	if loose.StandardError.Value == e.StandardError.Value {
		t.Error("the placebos do not know the ridge")
	}
	d := p.Data()
	d.Units, d.Outcomes, d.Treated = d.Units[:3], d.Outcomes[:3], d.Treated[:1]
	few, err := NewPanel(d)
	require.NoError(t, err)
	_, err = SyntheticDiD(few, &PanelOptions{MaxMisfit: 1e9})
	wantRefusal(t, err, "panel.few_placebos")
}

// Weighed periods choose the level, so a miss by one constant is none.
func TestMissOfWeighedPeriods(t *testing.T) {
	t.Parallel()
	f := panelFit{effects: []float64{3, 3, 3, 3, 9}, start: 4}
	near(t, "unweighed", f.miss(), 3, 0)
	f.times = []float64{0, 0, 0, 1}
	near(t, "weighed", f.miss(), 0, 0)
}

func TestPanelFindingsOnTheBorder(t *testing.T) {
	t.Parallel()
	e := PanelEffect{ATT: -1.959964, StandardError: &PanelError{Value: 1, Estimates: 20}}
	if f := e.levelFinding(); !strings.HasSuffix(f.Message, "below 95% and holds it above") || f.Severity != byline.Info {
		t.Errorf("%s: %s", f.Severity, f.Message)
	}
	e.StandardError.Estimates = 19
	if f := e.levelFinding(); !strings.Contains(f.Message, "19 re-estimates only") || f.Severity != byline.Warning {
		t.Errorf("%s: %s", f.Severity, f.Message)
	}
	for other, want := range map[float64]byline.Severity{-0.9: byline.Warning, -1.1: byline.Info, -2.9: byline.Info, -3: byline.Warning, 1: byline.Warning} {
		if got := e.versus("panel.shorter_pre", "", other, "%s").Severity; got != want {
			t.Errorf("%v against %v: %s, want %s", other, e.ATT, got, want)
		}
	}
}

// Controls that are copies of each other say nothing of chance.
func TestNoIntervalWhereReEstimatesDoNotDiffer(t *testing.T) {
	t.Parallel()
	p := worldPanel(t, 3, 6, 45, 1)
	p = newPanel(changed(p.data, func(unit, period int, y float64) float64 {
		if unit > 0 {
			return p.data.Outcomes[1][period]
		}
		return y
	}))
	e, err := SyntheticDiD(p, &PanelOptions{MaxMisfit: 100})
	require.NoError(t, err)
	if e.Interval != nil || e.StandardError == nil || e.StandardError.Value != 0 || e.WouldChange[len(e.WouldChange)-1].Severity != byline.Warning {
		t.Errorf("interval %v, standard error %v", e.Interval, e.StandardError)
	}
}

func changed(d PanelData, f func(unit, period int, y float64) float64) PanelData {
	d = d.clone()
	for i, row := range d.Outcomes {
		for t, y := range row {
			row[t] = f(i, t, y)
		}
	}
	return d
}

func TestEstimatesKeepTheirShape(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		d := worldPanel(t, seed, 9, 30, 1+int(seed%3)).Data()
		for _, method := range panelMethods() {
			base := estimated(t, d, method)
			scaled := estimated(t, changed(d, func(_, _ int, y float64) float64 { return 250 * y }), method)
			near(t, string(method)+" scaled", scaled.ATT, 250*base.ATT, 1e-8*(1+math.Abs(base.ATT)))
			moved := estimated(t, changed(d, func(_, _ int, y float64) float64 { return y + 400 }), method)
			near(t, string(method)+" moved", moved.ATT, base.ATT, 1e-8)
			// What happens to all units in a period is no effect.
			if method != PanelSyntheticDiD { // its ridge follows the size of all steps, shared ones too
				shocked := estimated(t, changed(d, func(_, p int, y float64) float64 { return y + 7*math.Sin(float64(p)) }), method)
				near(t, string(method)+" shocked", shocked.ATT, base.ATT, 1e-8)
			}
			raised := estimated(t, changed(d, func(i, p int, y float64) float64 {
				if p >= d.Start && slices.Contains(d.Treated, d.Units[i]) {
					return y + 11
				}
				return y
			}), method)
			near(t, string(method)+" raised", raised.ATT, base.ATT+11, 1e-8)
			if method == PanelSynthetic {
				continue
			}
			levelled := estimated(t, changed(d, func(i, _ int, y float64) float64 { return y + float64(100*i) }), method)
			near(t, string(method)+" with other levels", levelled.ATT, base.ATT, 1e-8)
		}
	}
}

func TestOrderOfDonorsDoesNotMatter(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for seed := range uint64(12) {
		d := worldPanel(t, seed, 10, 24, 2).Data()
		d.Outcomes[7] = slices.Clone(d.Outcomes[5]) // twins share
		other := d.clone()
		r.Shuffle(len(other.Units), func(i, j int) {
			other.Units[i], other.Units[j] = other.Units[j], other.Units[i]
			other.Outcomes[i], other.Outcomes[j] = other.Outcomes[j], other.Outcomes[i]
		})
		for _, method := range panelMethods() {
			a, b := estimated(t, d, method), estimated(t, other, method)
			near(t, string(method), b.ATT, a.ATT, 1e-10)
			if diff := cmp.Diff(byName(a.Weights), byName(b.Weights), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
				t.Errorf("%s, seed %d (-one order +other):\n%s", method, seed, diff)
			}
		}
	}
}

func byName(weights []DonorWeight) map[string]float64 {
	named := map[string]float64{}
	for _, w := range weights {
		named[w.Unit] = w.Weight
	}
	return named
}

func TestExactMixIsRecovered(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		d := worldPanel(t, seed, 6, 40, 1).Data()
		mix := []float64{0, .5, 0, .3, .2, 0}
		for p := range d.Outcomes[0] {
			d.Outcomes[0][p] = 0
			for i, w := range mix {
				if i > 0 {
					d.Outcomes[0][p] += w * d.Outcomes[i][p]
				}
			}
		}
		for _, method := range []PanelMethod{PanelSynthetic, PanelFixedEffect} {
			e := estimated(t, d, method)
			near(t, "effect", e.ATT, 0, 1e-10)
			near(t, "misfit", e.Misfit, 0, 1e-10)
			got := byName(e.Weights)
			for i, w := range mix {
				near(t, d.Units[i], got[d.Units[i]], w, 1e-9)
			}
		}
	}
}

// The fixed effect is the plain method on series whose own mean before the start is
// taken out by hand, and added back to what is expected.
func TestFixedEffectByHand(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		d := worldPanel(t, seed, 9, 36, 1+int(seed%2)).Data()
		plain := estimated(t, changed(d, func(i, _ int, y float64) float64 { return y - seriesMean(d.Outcomes[i][:d.Start]) }), PanelSynthetic)
		fixed := estimated(t, d, PanelFixedEffect)
		near(t, "ATT", fixed.ATT, plain.ATT, 1e-9)
		if diff := cmp.Diff(plain.Weights, fixed.Weights, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Errorf("weights (-by hand +got):\n%s", diff)
		}
		level := 0.0
		for _, unit := range d.Treated {
			level += seriesMean(d.Outcomes[slices.Index(d.Units, unit)][:d.Start]) / float64(len(d.Treated))
		}
		near(t, "expected", fixed.Periods[30].Expected, plain.Periods[30].Expected+level, 1e-9)
	}
}

func TestPredictors(t *testing.T) {
	t.Parallel()
	d := soundPanel()
	d.Units = append(d.Units, "west")
	d.Outcomes = append(d.Outcomes, []float64{1, 1, 1, 1, 1, 1})
	p, err := NewPanel(d)
	require.NoError(t, err)
	// One predictor: north is a quarter of the way from south to east, and west is far off.
	// The two others make west worse still, so the answer by hand is 3/4 and 1/4.
	e, err := SyntheticControl(p, &PanelOptions{MaxMisfit: 100, Predictors: []PanelPredictor{
		{Name: "price", Values: []float64{5, 4, 8, 40}, Weight: 2},
		{Name: "income", Values: []float64{1, 1, 1, -70}, Weight: 1},
	}})
	require.NoError(t, err)
	if diff := cmp.Diff([]DonorWeight{{"south", .75}, {"east", .25}}, e.Weights, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("weights (-want +got):\n%s", diff)
	}
	// Observed 18 and 19, expected (3*13+24)/4 and (3*14+25)/4.
	near(t, "ATT", e.ATT, (18-63./4+19-67./4)/2, 1e-12)

	// A trade-off between two predictors. South misses the first by 1, east the second by 1,
	// both scaled alike; weights 4 to 1 in the distance make it 1/5 to 4/5 of the way.
	e, err = SyntheticControl(p, &PanelOptions{MaxMisfit: 100, Predictors: []PanelPredictor{
		{Name: "a", Values: []float64{0, 1, 0, 9}, Weight: 4},
		{Name: "b", Values: []float64{0, 0, 1, 9}, Weight: 1},
	}})
	require.NoError(t, err)
	if diff := cmp.Diff([]DonorWeight{{"east", .8}, {"south", .2}}, e.Weights, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("weights (-want +got):\n%s", diff)
	}
	if e.Robustness.ShorterATT != nil {
		t.Error("a shorter past was tried where the weights do not hang on it")
	}
}

func TestOptionFaults(t *testing.T) {
	t.Parallel()
	p, err := NewPanel(soundPanel())
	require.NoError(t, err)
	negative := -1.0
	for name, c := range map[string]struct {
		method PanelMethod
		opts   PanelOptions
		want   []string
	}{
		"all at once": {PanelSyntheticDiD, PanelOptions{
			Level: 2, MaxMisfit: -1, Zeta: &negative, Replications: -1, StandardError: "guess",
			Predictors: []PanelPredictor{{Values: []float64{1, math.NaN(), 3}, Weight: -1}},
		}, []string{
			"level lift.level", "max_misfit panel.misfit", "zeta panel.zeta", "replications panel.replications",
			"standard_error panel.error_method", "predictors panel.method",
			"predictors[0].values[1] panel.predictor", "predictors[0].weight panel.predictor",
		}},
		"predictors short": {PanelSynthetic, PanelOptions{Predictors: []PanelPredictor{{Values: []float64{1}, Weight: 1}}}, []string{"predictors[0].values panel.predictor"}},
		"unknown method":   {"magic", PanelOptions{}, []string{"method panel.method"}},
		"level no number":  {PanelSynthetic, PanelOptions{Level: math.NaN()}, []string{"level lift.level"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := EstimatePanel(p, c.method, &c.opts)
			if diff := cmp.Diff(c.want, faultCodes(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPoorFitIsRefused(t *testing.T) {
	t.Parallel()
	d := soundPanel()
	d.Outcomes[0] = []float64{100, 120, 110, 130, 180, 190} // far above every control
	p, err := NewPanel(d)
	require.NoError(t, err)
	_, err = SyntheticControl(p, nil)
	code, have, need := refusedWith(err)
	if code != "panel.poor_fit" || have < 5 || need != DefaultMaxMisfit {
		t.Errorf("got %q (%v), have %v, need %v", code, err, have, need)
	}
	if _, err = SyntheticControl(p, &PanelOptions{MaxMisfit: 100}); err != nil {
		t.Errorf("the caller may allow it, got %v", err)
	}
	d.Outcomes[0] = []float64{7, 7, 7, 7, 9, 9}
	p, err = NewPanel(d)
	require.NoError(t, err)
	_, err = SyntheticControl(p, nil)
	wantRefusal(t, err, "panel.no_variation")
	_, err = SyntheticDiD(p, &PanelOptions{StandardError: JackknifeError, MaxMisfit: 1e9})
	wantRefusal(t, err, "panel.no_variation")
}

func TestStandardErrors(t *testing.T) {
	t.Parallel()
	p := worldPanel(t, 3, 12, 30, 2)
	placebo, err := SyntheticDiD(p, nil)
	require.NoError(t, err)
	if s := placebo.StandardError; s.Estimates != 45 || !s.Exhaustive { // 10 over 2
		t.Errorf("placebo %+v", *s)
	}
	drawn, err := SyntheticDiD(p, &PanelOptions{Replications: 20, Seed: 7})
	require.NoError(t, err)
	again, err := SyntheticDiD(p, &PanelOptions{Replications: 20, Seed: 7})
	require.NoError(t, err)
	if diff := cmp.Diff(drawn, again); diff != "" || drawn.StandardError.Exhaustive || drawn.StandardError.Estimates != 20 {
		t.Errorf("the same seed, %+v:\n%s", *drawn.StandardError, diff)
	}
	knife, err := SyntheticDiD(p, &PanelOptions{StandardError: JackknifeError})
	require.NoError(t, err)
	if s := knife.StandardError; s.Estimates != 12 || s.Value <= 0 {
		t.Errorf("jackknife %+v", *s)
	}
	_, err = SyntheticDiD(worldPanel(t, 3, 12, 30, 1), &PanelOptions{StandardError: JackknifeError})
	wantRefusal(t, err, "panel.no_jackknife")
	_, err = SyntheticDiD(worldPanel(t, 3, 4, 30, 2), nil)
	wantRefusal(t, err, "panel.few_placebos")
}

// The jackknife of a plain mean is its standard error: with equal weights and fixed
// donors the formula can be done by hand.
func TestJackknifeByHand(t *testing.T) {
	t.Parallel()
	d := PanelData{
		Units: []string{"a", "b", "c", "d"}, Periods: []string{"1", "2", "3", "4", "5"}, Start: 4, Treated: []string{"a", "b"},
		Outcomes: [][]float64{{0, 0, 0, 0, 3}, {0, 0, 0, 0, 5}, {0, 0, 0, 0, 1}, {0, 0, 0, 0, 2}},
	}
	p, err := NewPanel(d)
	require.NoError(t, err)
	got, err := p.jackknifeError(panelFit{weights: []float64{.5, .5}}, PanelOptions{})
	require.NoError(t, err)
	// Left out a, b, c, d: 5-1.5, 3-1.5, 4-2, 4-1. Mean 2.5, squares 1+1+.25+.25; times 3/4.
	near(t, "jackknife", got.Value, math.Sqrt(2.5*3/4), 1e-12)
}

func TestFindingsAreComputed(t *testing.T) {
	t.Parallel()
	d := soundPanel()
	one := d.clone()
	one.Units, one.Outcomes = one.Units[:2], one.Outcomes[:2]
	for name, c := range map[string]struct {
		data PanelData
		want []string
	}{
		"two donors": {d, []string{"panel.donor_range", "panel.heavy_donor", "panel.equal_weights", "panel.short_past", "panel.no_interval"}},
		"one donor":  {one, []string{"panel.one_donor", "panel.equal_weights", "panel.short_past", "panel.no_interval"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := estimated(t, c.data, PanelFixedEffect)
			var got []string
			for _, f := range e.WouldChange {
				got = append(got, f.Code)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
	e := estimated(t, d, PanelFixedEffect)
	smaller := d.clone()
	at := slices.Index(smaller.Units, e.Weights[0].Unit)
	smaller.Units, smaller.Outcomes = slices.Delete(smaller.Units, at, at+1), slices.Delete(smaller.Outcomes, at, at+1)
	near(t, "without the heaviest", e.Robustness.WithoutDonor[0].ATT, estimated(t, smaller, PanelFixedEffect).ATT, 1e-12)
}

func TestSignThatHangsOnOneDonor(t *testing.T) {
	t.Parallel()
	d := PanelData{
		Units: []string{"shop", "twin", "other"}, Periods: []string{"1", "2", "3", "4", "5"}, Start: 4, Treated: []string{"shop"},
		Outcomes: [][]float64{{1, 5, 2, 6, 10}, {1, 5, 2, 6, 4}, {2, 4, 3, 6, 20}},
	}
	e := estimated(t, d, PanelSynthetic)
	if !slices.ContainsFunc(e.WouldChange, func(f byline.Finding) bool {
		return f.Code == "panel.donor_sign" && f.Severity == byline.Warning && strings.Contains(f.Message, "twin")
	}) {
		t.Errorf("findings %v", e.WouldChange)
	}
}

// Twins fit alike before the start and part after it: the most even weights halve them,
// and the finding says what one of them alone would give.
func TestTwinsAreSaidToBeOfEqualFit(t *testing.T) {
	t.Parallel()
	e := estimated(t, PanelData{
		Units: []string{"shop", "twin", "other"}, Periods: []string{"1", "2", "3", "4", "5"}, Start: 4, Treated: []string{"shop"},
		Outcomes: [][]float64{{1, 5, 2, 6, 10}, {1, 5, 2, 6, 4}, {1, 5, 2, 6, 8}},
	}, PanelSynthetic)
	near(t, "ATT", e.ATT, 4, 1e-12)
	if e.Unique || e.Robustness.OtherWeights == nil || !slices.Contains(codesOf(e.WouldChange), "panel.not_unique") {
		t.Fatalf("unique %v, findings %v", e.Unique, codesOf(e.WouldChange))
	}
	if other := *e.Robustness.OtherWeights; math.Abs(other-6) > 1e-12 && math.Abs(other-2) > 1e-12 {
		t.Errorf("one twin alone gives 6 or 2, got %v", other)
	}
}

func TestEffectSurvivesJSON(t *testing.T) {
	t.Parallel()
	for _, method := range panelMethods() {
		e := estimated(t, worldPanel(t, 8, 8, 24, 2).Data(), method)
		body, err := json.Marshal(e)
		require.NoError(t, err)
		var back PanelEffect
		require.NoError(t, json.Unmarshal(body, &back))
		if diff := cmp.Diff(e, back); diff != "" {
			t.Errorf("%s (-before +after):\n%s", method, diff)
		}
	}
}

// Not parallel: it turns the number of processors, which all tests share.
func TestSameBitsOnAnyMachine(t *testing.T) { //nolint:paralleltest // see above
	d := worldPanel(t, 11, 90, 60, 2).Data()
	d.Outcomes[40] = slices.Clone(d.Outcomes[41])
	run := func(processors int) PanelEffect {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		return estimated(t, d, PanelFixedEffect)
	}
	if diff := cmp.Diff(run(1), run(8)); diff != "" {
		t.Errorf("one processor and eight (-1 +8):\n%s", diff)
	}
}

func BenchmarkFixedEffect200Units(b *testing.B) {
	c := worldPanel(b, 1, 200, 135, 5).comparison(PanelOptions{})
	b.ReportAllocs()
	for b.Loop() {
		c.fit(PanelFixedEffect, nil)
	}
}

func BenchmarkSyntheticDiD200Units(b *testing.B) {
	c := worldPanel(b, 1, 200, 135, 5).comparison(PanelOptions{})
	b.ReportAllocs()
	for b.Loop() {
		c.fit(PanelSyntheticDiD, nil)
	}
}
