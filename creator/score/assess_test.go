package score_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
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
		}, score.Held},
		"an endless bound": {func(c score.Candidate) score.Candidate {
			return with(c, between("authenticity.fake_share", math.Inf(-1), .2, .24, 9))
		}, score.Held},
		"no bound, and within": {func(c score.Candidate) score.Candidate {
			return with(c, known("authenticity.fake_share", .2))
		}, score.Held},
		"no bound, and beyond": {func(c score.Candidate) score.Candidate {
			return with(c, known("authenticity.fake_share", .26))
		}, score.Barred},
		"two readings of a limit": {func(c score.Candidate) score.Candidate {
			c.Readings = append(slices.Clone(c.Readings), known("audience.home", .9))
			return c
		}, score.Held},
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
		if known {
			near(t, "the sum of what contributions add", v, adds)
			near(t, "the sum of the lifts", v-score.Neutral, lifts)
		}
		worst, best := complete(c, 0), complete(c, 100)
		near(t, "the score with the rest at its worst", a.Missing.Low, value(t, s.Assess(worst)))
		near(t, "the score with the rest at its best", a.Missing.High, value(t, s.Assess(best)))
	}
}

func inside(t *testing.T, r score.Range, v float64, known bool) {
	t.Helper()
	if r.Low < 0 || r.High > 100 || r.Low > r.High || v > 100 || known && (v < r.Low-1e-9 || v > r.High+1e-9) {
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

// largeCase is a rubric of twelve criteria and five gates, and a candidate who has all.
func largeCase() (score.Rubric, score.Candidate) {
	r := score.Rubric{Name: "large", Version: "1", Checks: []string{"conflict.competitor", "safety.floor"}}
	c := score.Candidate{CreatorID: "ada", Platform: byline.Instagram, At: day, Checks: passed()}
	for g := range 4 {
		group := score.Group{Name: fmt.Sprint("group", g), Weight: float64(1 + g)}
		for k := range 3 {
			metric := fmt.Sprintf("metric.%d.%d", g, k)
			group.Criteria = append(group.Criteria, score.Criterion{Metric: metric, Weight: 1, Floor: 0.1, Target: 0.9, Unit: score.Percent})
			c.Readings = append(c.Readings, between(metric, 0.4, 0.5, 0.6, 30))
		}
		r.Groups = append(r.Groups, group)
	}
	for g := range 3 {
		least := 0.3
		r.Limits = append(r.Limits, score.Limit{Metric: fmt.Sprintf("metric.%d.0", g), AtLeast: &least, Unit: score.Percent, Sure: true})
	}
	return r, c
}

func BenchmarkAssessLarge(b *testing.B) {
	r, c := largeCase()
	s := scorer(b, r)
	if a := s.Assess(c); a.Verdict != score.Eligible || a.Coverage < 0.999 {
		b.Fatalf("%s at %v", a.Verdict, a.Coverage)
	}
	b.ReportAllocs()
	for b.Loop() {
		s.Assess(c)
	}
}

// The score against sums of fractions that lose nothing.
func TestAssessAgainstFractions(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	rng := rand.New(rand.NewPCG(21, 22))
	rat := func(v float64) *big.Rat { return new(big.Rat).SetFloat64(v) }
	for range 500 {
		c := randomCandidate(rng)
		points, share := new(big.Rat), new(big.Rat)
		for _, g := range demoRubric().Groups {
			within := new(big.Rat)
			for _, k := range g.Criteria {
				within.Add(within, rat(k.Weight))
			}
			for _, k := range g.Criteria {
				r, _ := c.Readings.Get(k.Metric, "")
				v, known := r.Value.Value()
				if !known {
					continue
				}
				p := new(big.Rat).Sub(rat(v), rat(k.Floor))
				p.Quo(p, new(big.Rat).Sub(rat(k.Target), rat(k.Floor)))
				if p.Sign() < 0 {
					p.SetInt64(0)
				}
				if p.Cmp(big.NewRat(1, 1)) > 0 {
					p.SetInt64(1)
				}
				w := new(big.Rat).Mul(rat(g.Weight), new(big.Rat).Quo(rat(k.Weight), within))
				points.Add(points, p.Mul(p, w))
				share.Add(share, w)
			}
		}
		if share.Sign() == 0 {
			continue
		}
		want, _ := new(big.Rat).Mul(big.NewRat(100, 1), points.Quo(points, share)).Float64()
		near(t, "the score", want, value(t, s.Assess(c)))
	}
}

func TestAssessDoubtsBounds(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	plain := s.Assess(with(steady(), known("audience.fit", 0.6)))
	half := known("audience.fit", 0.6)
	half.Low = new(float64)
	findings := make([]byline.Finding, 1, 8)
	findings[0] = byline.Finding{Code: "fit.small", Severity: byline.Info, Message: "few"}
	half.Findings = findings
	for name, r := range map[string]creator.Reading{
		"one end alone": half, "above it": between("audience.fit", 0.7, 0.6, 0.8, 0), "below it": between("audience.fit", 0.3, 0.6, 0.5, 0),
		"endless": between("audience.fit", 0.3, 0.6, math.Inf(1), 0), "no number": between("audience.fit", math.NaN(), 0.6, 0.7, 0),
	} {
		a := s.Assess(with(steady(), r))
		k := contribution(t, a, "audience.fit")
		if a.Likely != plain.Likely || k.Low != nil || k.High != nil {
			t.Errorf("%s: the bounds count: %+v", name, k)
		}
		if n := len(k.Findings); n != len(r.Findings)+1 || k.Findings[n-1].Code != "score.interval" {
			t.Errorf("%s: findings %+v", name, k.Findings)
		}
	}
	if diff := cmp.Diff(byline.Finding{}, findings[:2][1]); diff != "" {
		t.Errorf("the caller's findings were written to:\n%s", diff)
	}
	good := s.Assess(steady())
	k := contribution(t, good, "audience.fit")
	if k.Level != 0.95 || *k.Low != 0.7 || *k.High != 0.84 || len(k.Findings) != 0 {
		t.Errorf("a good interval is %+v", k)
	}
}

func TestLimitOfOneDefinition(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Limits[0].Definition = "audience.home;v2"
	a := scorer(t, r).Assess(steady())
	want := "audience at home: not known, as it was computed by another formula than the rubric asks for"
	if a.Verdict != score.Held || a.Checks[2].Reason != want || a.Checks[2].Code != "limit.audience.home" {
		t.Errorf("%s: %+v", a.Verdict, a.Checks[2])
	}
}

func TestTwoReadingsInAnyOrder(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	one, two := steady(), steady()
	one.Readings = append(creator.Readings{known("audience.fit", 0.9), known("audience.home", 0.9)}, one.Readings...)
	two.Readings = append(slices.Clone(two.Readings), known("audience.fit", 0.9), known("audience.home", 0.9))
	a, b := s.Assess(one), s.Assess(two)
	if diff := cmp.Diff(a, b); diff != "" || a.Verdict != score.Held {
		t.Errorf("%s; the order of two readings of one thing matters (-one +two):\n%s", a.Verdict, diff)
	}
}

// Shares that do not sum to one by a last digit lead nowhere beyond the ends.
func TestNothingBeyondTheEnds(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(41, 42))
	r, c := largeCase()
	for i := range r.Groups {
		for k := range r.Groups[i].Criteria {
			c = with(c, sure(r.Groups[i].Criteria[k].Metric, 0.9))
		}
	}
	for range 500 {
		for i := range r.Groups {
			r.Groups[i].Weight = rng.Float64() + 0.01
			for k := range r.Groups[i].Criteria {
				r.Groups[i].Criteria[k].Weight = rng.Float64() + 0.01
			}
		}
		a := scorer(t, r).Assess(c)
		inside(t, a.Missing, value(t, a), true)
		inside(t, a.Likely, value(t, a), true)
		inside(t, a.Weights, value(t, a), true)
		if a.Coverage > 1 || a.Verdict != score.Eligible {
			t.Fatalf("%s at %v", a.Verdict, a.Coverage)
		}
	}
}

// Each reason has words of its own, and a refusal without words does not hide them.
func TestWhyMissing(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	for reason, want := range map[byline.MissingReason]string{
		byline.NotCollected: "nobody has collected it", byline.Hidden: "the account hides it", byline.NotPermitted: "access to it was not granted",
		byline.BelowThreshold: "the platform withholds small numbers", byline.NotSupported: "the platform does not offer it",
		byline.NotFinite: "it could not be computed", byline.TooFew: "there is too little to compute it from",
	} {
		r := missing("audience.fit", reason)
		r.Refusal = &byline.RefusalError{Code: "fit.few"}
		if got := contribution(t, s.Assess(with(steady(), r)), "audience.fit").WhyMissing; got != want {
			t.Errorf("%s: %q", reason, got)
		}
	}
}

func TestPlatformsOfReadings(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	least, most := 0.3, 0.7
	r.Limits[0].AtLeast, r.Limits[0].AtMost = &least, &most
	s := scorer(t, r)
	c := steady()
	for _, metric := range []string{"audience.home", "audience.fit"} {
		own := known(metric, 0.71)
		own.Platform = byline.Instagram
		c.Readings = append(slices.Clone(c.Readings), own)
	}
	a := s.Assess(c)
	if got := contribution(t, a, "audience.fit").Platform; got != byline.Instagram {
		t.Errorf("the platform of the fit is %q", got)
	}
	if got := contribution(t, a, "engagement.rate").Platform; got != "" {
		t.Errorf("the platform of the rate is %q", got)
	}
	if want := "audience at home: 71 %; the limit is from 30 % to 70 %"; a.Checks[2].Reason != want || a.Checks[2].State != creator.Failed {
		t.Errorf("%+v", a.Checks[2])
	}
	c.Platform = byline.TikTok
	c.Readings = creator.Readings{c.Readings[len(c.Readings)-1]}
	if got := contribution(t, s.Assess(c), "audience.fit").WhyMissing; got != "it is known of another platform alone" {
		t.Errorf("a reading of Instagram is missing on TikTok because %s", got)
	}
	if got := a.Score.Definition(); got != "byline.score/1;autumn/1" {
		t.Errorf("the definition of the score is %q", got)
	}
	if got := s.Assess(score.Candidate{}).Weights; got != (score.Range{Low: 0, High: 100}) {
		t.Errorf("by other weights nothing is %v", got)
	}
}

// A rubric that asks for next to nothing still does not rank who has nothing.
func TestNothingKnownIsThin(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Coverage, r.Checks, r.Limits = 1e-12, nil, nil
	if a := scorer(t, r).Assess(score.Candidate{CreatorID: "ada"}); a.Verdict != score.Thin {
		t.Errorf("verdict %s", a.Verdict)
	}
}

// Points at the anchors are whole, wherever the anchors lie.
func TestPointsAtTheAnchors(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(31, 32))
	for range 2000 {
		r := demoRubric()
		k := &r.Groups[0].Criteria[0]
		k.Floor, k.Target = rng.NormFloat64()*100, rng.NormFloat64()*100
		s := scorer(t, r)
		for v, want := range map[float64]float64{k.Floor: 0, k.Target: 100} {
			if got := contribution(t, s.Assess(with(steady(), known(k.Metric, v))), k.Metric).Points; got != want {
				t.Fatalf("%v points at %v between %v and %v", got, v, k.Floor, k.Target)
			}
		}
	}
}

// A limit asks of whom nothing is known, too, unless it says otherwise, and brings the
// findings of its reading along.
func TestLimitIfKnown(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Limits[0].IfKnown = true
	s := scorer(t, r)
	home := func(a score.Assessment) creator.Check {
		i := slices.IndexFunc(a.Checks, func(c creator.Check) bool { return c.Code == "limit.audience.home" })
		return a.Checks[i]
	}
	hidden := home(s.Assess(with(steady(), missing("audience.home", byline.Hidden))))
	if want := "audience at home: not known, as the account hides it, and asked only where it is known"; hidden.State != creator.Passed || hidden.Reason != want {
		t.Errorf("of whom nothing is known: %+v", hidden)
	}
	low := known("audience.home", 0.1)
	low.Findings = []byline.Finding{{Code: "fit.sum_under", Severity: byline.Warning, Message: "shares are missing"}}
	failed := home(s.Assess(with(steady(), low)))
	if failed.State != creator.Failed || len(failed.Findings) != 1 {
		t.Errorf("of whom it is known: %+v", failed)
	}
}
