package score_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/score"
)

func value(t testing.TB, a score.Assessment) float64 {
	t.Helper()
	v, ok := a.Score.Value()
	require.True(t, ok)
	return v
}

func near(t *testing.T, what string, want, got float64) {
	t.Helper()
	if math.Abs(want-got) > 1e-9 {
		t.Errorf("%s is %v and not %v", what, got, want)
	}
}

func contribution(t *testing.T, a score.Assessment, metric string) score.Contribution {
	t.Helper()
	for _, k := range a.Contributions {
		if k.Metric == metric {
			return k
		}
	}
	t.Fatalf("no contribution of %s", metric)
	return score.Contribution{}
}

func TestAssessByHand(t *testing.T) {
	t.Parallel()
	a := scorer(t, demoRubric()).Assess(steady())
	// 40 % at 70 points; 20 % at 76 and 10 % at 80; 20 % at 70 and 10 % at 75.
	near(t, "the score", 28+15.2+8+14+7.5, value(t, a))
	near(t, "coverage", 1, a.Coverage)
	near(t, "the low end", 28+15.2+8+14+7.5, a.Missing.Low)
	near(t, "the high end", 28+15.2+8+14+7.5, a.Missing.High)
	// Points at the worse ends: 45, 60, 60, 52.5 and 33.3; at the better ones 100, 88, 96, 90 and 100.
	near(t, "the likely low end", 18+12+6+10.5+10./3, a.Likely.Low)
	near(t, "the likely high end", 40+17.6+9.6+18+10, a.Likely.High)
	if a.Verdict != score.Eligible {
		t.Errorf("verdict %s", a.Verdict)
	}
	near(t, "what orders add", 28, contribution(t, a, "performance.orders_per_post").Adds)
	near(t, "what orders lift", 8, contribution(t, a, "performance.orders_per_post").Lifts)
	near(t, "the audience's points", 0.2*76+0.1*80, a.Groups[1].Points)
}

func TestAssessMissing(t *testing.T) {
	t.Parallel()
	c := without(steady(), "performance.orders_per_post", "engagement.sponsored_ratio")
	c = with(c, missing("authenticity.fake_share", byline.Hidden))
	a := scorer(t, demoRubric()).Assess(c)
	near(t, "coverage", 0.4, a.Coverage)
	near(t, "the score", (15.2+14)/0.4, value(t, a))
	near(t, "the low end", 29.2, a.Missing.Low)
	near(t, "the high end", 89.2, a.Missing.High)
	hidden := contribution(t, a, "authenticity.fake_share")
	if hidden.Known() || hidden.WhyMissing != "the account hides it" || hidden.Adds != 0 || hidden.Lifts != 0 {
		t.Errorf("a hidden reading is %+v", hidden)
	}
	near(t, "its weight", 0.1, hidden.Weight)
}

func TestAssessVerdict(t *testing.T) {
	t.Parallel()
	check := func(code string, state creator.State) creator.Check { return creator.Check{Code: code, State: state} }
	tests := map[string]struct {
		edit func(score.Candidate) score.Candidate
		want score.Verdict
	}{
		"all well": {func(c score.Candidate) score.Candidate { return c }, score.Eligible},
		"too little": {func(c score.Candidate) score.Candidate {
			return without(c, "performance.orders_per_post", "engagement.sponsored_ratio")
		}, score.Thin},
		"just enough": {func(c score.Candidate) score.Candidate { return without(c, "performance.orders_per_post") }, score.Eligible},
		"not checked": {func(c score.Candidate) score.Candidate { c.Checks = c.Checks[:1]; return c }, score.Held},
		"a check failed": {func(c score.Candidate) score.Candidate {
			c.Checks = []creator.Check{check("conflict.competitor", creator.Passed), check("safety.floor", creator.Failed)}
			return c
		}, score.Barred},
		"one of two answers failed": {func(c score.Candidate) score.Candidate {
			c.Checks = append(passed(), check("safety.floor", creator.Failed))
			return c
		}, score.Barred},
		"a check nobody asked for failed": {func(c score.Candidate) score.Candidate {
			c.Checks = append(passed(), check("legal.age", creator.Failed))
			return c
		}, score.Barred},
		"a check without an answer": {func(c score.Candidate) score.Candidate {
			c.Checks = append(passed(), check("legal.age", ""))
			return c
		}, score.Held},
		"failed outweighs undetermined": {func(c score.Candidate) score.Candidate {
			c.Checks = []creator.Check{check("conflict.competitor", creator.Undetermined), check("safety.floor", creator.Failed)}
			return c
		}, score.Barred},
		"below a limit":     {func(c score.Candidate) score.Candidate { return with(c, known("audience.home", 0.29)) }, score.Barred},
		"on a limit":        {func(c score.Candidate) score.Candidate { return with(c, known("audience.home", 0.3)) }, score.Eligible},
		"a limit not known": {func(c score.Candidate) score.Candidate { return with(c, missing("audience.home", byline.Hidden)) }, score.Held},
		"across a limit": {func(c score.Candidate) score.Candidate {
			return with(c, between("authenticity.fake_share", .1, .2, .26, 9))
		}, score.Held},
		"beyond a limit": {func(c score.Candidate) score.Candidate {
			return with(c, between("authenticity.fake_share", .26, .3, .4, 9))
		}, score.Barred},
		"up to a limit": {func(c score.Candidate) score.Candidate {
			return with(c, between("authenticity.fake_share", .1, .2, .25, 9))
		}, score.Eligible},
		"from a limit": {func(c score.Candidate) score.Candidate {
			return with(c, between("authenticity.fake_share", .25, .3, .4, 9))
		}, score.Held},
		"across, not asked": {func(c score.Candidate) score.Candidate { return with(c, between("audience.home", .2, .31, .4, 9)) }, score.Eligible},
		"a bound that lies": {func(c score.Candidate) score.Candidate {
			return with(c, between("authenticity.fake_share", .3, .2, .1, 9))
		}, score.Eligible},
		"an endless bound": {func(c score.Candidate) score.Candidate {
			return with(c, between("authenticity.fake_share", math.Inf(-1), .2, .9, 9))
		}, score.Eligible},
		"two answers pass":   {func(c score.Candidate) score.Candidate { c.Checks = append(passed(), passed()...); return c }, score.Eligible},
		"nothing to look at": {func(c score.Candidate) score.Candidate { c.Readings = nil; return c }, score.Held},
	}
	s := scorer(t, demoRubric())
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := s.Assess(tt.edit(steady())).Verdict; got != tt.want {
				t.Errorf("verdict %s and not %s", got, tt.want)
			}
		})
	}
}

func TestAssessReadsWithCare(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Groups[2].Criteria[0].Definition = "engagement.rate;v1"
	s := scorer(t, r)
	whole := s.Assess(steady())

	other := steady()
	other.Readings = slices.Clone(other.Readings)
	slices.Reverse(other.Readings)
	if diff := cmp.Diff(whole, s.Assess(other)); diff != "" {
		t.Errorf("the order of readings matters (-want +got):\n%s", diff)
	}
	if other.Readings[0].Metric != "performance.orders_per_post" {
		t.Error("the caller's readings were put in another order")
	}

	formula := known("engagement.rate", 0.038)
	formula.Value = byline.Known(0.038, "engagement.rate;v2", day)
	if k := contribution(t, s.Assess(with(steady(), formula)), "engagement.rate"); k.Known() {
		t.Errorf("a reading by another formula counts: %+v", k)
	}

	two := steady()
	two.Readings = append(slices.Clone(two.Readings), known("audience.fit", 0.9))
	if k := contribution(t, s.Assess(two), "audience.fit"); k.Known() || k.WhyMissing != "there are two readings of it" {
		t.Errorf("one of two readings was chosen: %+v", k)
	}

	elsewhere := known("engagement.rate", 0.05)
	elsewhere.Platform = byline.TikTok
	three := steady()
	three.Readings = append(slices.Clone(three.Readings), elsewhere)
	if diff := cmp.Diff(whole, s.Assess(three)); diff != "" {
		t.Errorf("another platform's reading counts (-want +got):\n%s", diff)
	}
	three.Platform = byline.TikTok
	near(t, "the platform's own reading", 100, contribution(t, s.Assess(three), "engagement.rate").Points)
}

func TestAssessmentJSON(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	for name, c := range shapes() {
		want := s.Assess(c)
		data, err := json.Marshal(want)
		require.NoError(t, err)
		var got score.Assessment
		require.NoError(t, json.Unmarshal(data, &got))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: JSON round trip mismatch (-want +got):\n%s", name, diff)
		}
		if want.Explain() != got.Explain() {
			t.Errorf("%s explains itself otherwise after JSON", name)
		}
	}
}

// randomCandidate has some readings, some of them missing, some with intervals.
func randomCandidate(rng *rand.Rand) score.Candidate {
	c := score.Candidate{CreatorID: "ada", At: day, Checks: passed()}
	for _, g := range demoRubric().Groups {
		for _, k := range g.Criteria {
			span := k.Target - k.Floor
			v := k.Floor + span*(1.4*rng.Float64()-0.2)
			width := math.Abs(span) * rng.Float64() / 2
			switch rng.IntN(4) {
			case 0:
				c.Readings = append(c.Readings, missing(k.Metric, byline.Hidden))
			case 1:
				c.Readings = append(c.Readings, known(k.Metric, v))
			case 2:
				c.Readings = append(c.Readings, between(k.Metric, v-width, v, v+width, 9))
			}
		}
	}
	creator.SortReadings(c.Readings)
	return c
}

func TestAssessProperties(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		c := randomCandidate(rng)
		a := s.Assess(c)
		v, known := a.Score.Value()
		if known != (a.Coverage > 0) {
			t.Fatalf("a score without coverage, or the other way: %+v", a)
		}
		inside(t, a.Missing, v, known)
		inside(t, a.Weights, v, known)
		if a.Likely.Low > a.Missing.Low+1e-9 || a.Likely.High < a.Missing.High-1e-9 || a.Likely.Low < 0 || a.Likely.High > 100 {
			t.Fatalf("likely %v is narrower than %v", a.Likely, a.Missing)
		}
		var adds, lifts, weights, covered float64
		for _, k := range a.Contributions {
			adds, lifts, weights = adds+k.Adds, lifts+k.Lifts, weights+k.Weight
			if k.Known() {
				covered += k.Weight
			}
		}
		near(t, "the sum of the weights", 1, weights)
		near(t, "the weight that is known", a.Coverage, covered)
		if known && adds != v {
			t.Fatalf("contributions sum to %v and not to %v", adds, v)
		}
		if known {
			near(t, "the sum of the lifts", v-score.Neutral, lifts)
		}
		worst, best := complete(c, 0), complete(c, 100)
		near(t, "the score with the rest at its worst", a.Missing.Low, value(t, s.Assess(worst)))
		near(t, "the score with the rest at its best", a.Missing.High, value(t, s.Assess(best)))
	}
}

func inside(t *testing.T, r score.Range, v float64, known bool) {
	t.Helper()
	if r.Low < 0 || r.High > 100 || r.Low > r.High || known && (v < r.Low-1e-9 || v > r.High+1e-9) {
		t.Fatalf("%v is not around %v", r, v)
	}
}

// complete puts readings of that many points where they are missing.
func complete(c score.Candidate, points float64) score.Candidate {
	for _, g := range demoRubric().Groups {
		for _, k := range g.Criteria {
			r, found := c.Readings.Get(k.Metric, "")
			if _, ok := r.Value.Value(); !found || !ok {
				c = with(c, known(k.Metric, k.Floor+(k.Target-k.Floor)*points/100))
			}
		}
	}
	return c
}

// A better reading never lowers the score, and a worse one never raises it.
func TestAssessIsMonotone(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		c := randomCandidate(rng)
		for _, g := range demoRubric().Groups {
			for _, k := range g.Criteria {
				lower, upper := rng.NormFloat64(), rng.NormFloat64()
				if lower > upper {
					lower, upper = upper, lower
				}
				worse, better := s.Assess(with(c, known(k.Metric, lower))), s.Assess(with(c, known(k.Metric, upper)))
				if k.Target < k.Floor {
					worse, better = better, worse
				}
				if value(t, better) < value(t, worse)-1e-9 {
					t.Fatalf("%s: %v is worse than %v", k.Metric, upper, lower)
				}
			}
		}
	}
}

// Weights are the range over all corners of the box of weights, tried one by one.
func TestWeightsAgainstAllCorners(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	rng := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		a := s.Assess(randomCandidate(rng))
		if a.Coverage == 0 {
			continue
		}
		want := score.Range{Low: 100, High: 0}
		for corner := range 1 << len(a.Groups) {
			var points, share float64
			for i, g := range a.Groups {
				factor := 0.8
				if corner>>i&1 == 1 {
					factor = 1.2
				}
				points, share = points+factor*g.Points, share+factor*g.Coverage
			}
			want.Low, want.High = math.Min(want.Low, points/share), math.Max(want.High, points/share)
		}
		near(t, "the low end", want.Low, a.Weights.Low)
		near(t, "the high end", want.High, a.Weights.High)
	}
}

func TestAssessExtremes(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Groups[0].Criteria[0].Floor, r.Groups[0].Criteria[0].Target = -1e300, 1e300
	r.Groups[1].Criteria[0].Floor, r.Groups[1].Criteria[0].Target = 0, 5e-324
	r.Groups[2].Weight = 1e-100
	s := scorer(t, r)
	for _, v := range []float64{math.MaxFloat64, -math.MaxFloat64, 0, 5e-324, -5e-324, 1e300} {
		c := steady()
		for _, k := range c.Readings {
			c = with(c, known(k.Metric, v))
		}
		a := s.Assess(c)
		inside(t, a.Missing, value(t, a), true)
		if _, err := json.Marshal(a); err != nil {
			t.Errorf("at %v: %v", v, err)
		}
	}
}

func FuzzAssess(f *testing.F) {
	f.Add(0.1, 0.0, 1.0, 0.5, 2.0, int8(3))
	f.Add(math.NaN(), math.Inf(1), 0.0, 1e-320, 1e308, int8(-1))
	f.Fuzz(func(t *testing.T, v, low, high, floor, target float64, n int8) {
		r := demoRubric()
		r.Groups[0].Criteria[0].Floor, r.Groups[0].Criteria[0].Target = floor, target
		s, err := score.New(r)
		if err != nil {
			require.ErrorIs(t, err, byline.ErrInvalid)
			return
		}
		reading := between("performance.orders_per_post", low, v, high, int(n))
		a := s.Assess(with(steady(), reading))
		inside(t, a.Missing, value(t, a), true)
		inside(t, a.Likely, value(t, a), true)
		inside(t, a.Weights, value(t, a), true)
		_ = a.Explain()
	})
}

func BenchmarkAssess(b *testing.B) {
	s := scorer(b, demoRubric())
	c := steady()
	b.ReportAllocs()
	for b.Loop() {
		s.Assess(c)
	}
}
