package reach_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
)

func TestJaccardOverlap(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		a, b, jaccard          float64
		union, shared, smaller float64
	}{
		"a tenth":          {100_000, 60_000, .1, 145_454.5, 14_545.5, .2424},
		"turned around":    {60_000, 100_000, .1, 145_454.5, 14_545.5, .2424},
		"nothing":          {100_000, 60_000, 0, 160_000, 0, 0},
		"one in the other": {100_000, 60_000, .6, 100_000, 60_000, 1},
		"the same":         {5, 5, 1, 5, 5, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, err := reach.JaccardOverlap(tt.a, tt.b, tt.jaccard)
			require.NoError(t, err)
			got := []float64{o.Union.Value, o.Shared.Value, o.OfSmaller.Value, o.Jaccard.Value}
			if diff := cmp.Diff([]float64{tt.union, tt.shared, tt.smaller, tt.jaccard}, got, cmpopts.EquateApprox(0, .05)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestJaccardOverlapRefuses(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	tests := map[string]struct {
		a, b, jaccard float64
		want          []at
	}{
		"more than fits":  {100, 60, .61, []at{{"jaccard", "overlap.jaccard"}}},
		"below nothing":   {100, 60, -.1, []at{{"jaccard", "overlap.jaccard"}}},
		"above the whole": {60, 60, 1.1, []at{{"jaccard", "overlap.jaccard"}}},
		"no number":       {nan, inf, nan, []at{{"a", "overlap.size"}, {"b", "overlap.size"}, {"jaccard", "overlap.jaccard"}}},
		"negative":        {-1, 60, 0, []at{{"a", "overlap.size"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := reach.JaccardOverlap(tt.a, tt.b, tt.jaccard)
			// A negative size makes any index too large as well.
			got := faultsOf(err)
			if diff := cmp.Diff(tt.want, got[:min(len(got), len(tt.want))]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestExactOverlapIsThatOfSmallSketches(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	draw := func(n int) []uint64 {
		ids := make([]uint64, n)
		for i := range ids {
			ids[i] = r.Uint64N(200)
		}
		return ids
	}
	for range 50 {
		a, b := draw(r.IntN(300)), draw(r.IntN(300))
		exact := reach.ExactOverlap(a, b)
		sketched, err := reach.SketchOverlap(sketchOf(t, nil, a...), sketchOf(t, nil, b...))
		require.NoError(t, err)
		if diff := cmp.Diff(exact, sketched); diff != "" {
			t.Fatalf("(-exact +sketched):\n%s", diff)
		}
		if back := reach.ExactOverlap(b, a); back.Shared != exact.Shared || back.Jaccard != exact.Jaccard {
			t.Fatalf("turned around: %+v, %+v", exact, back)
		}
	}
	o := reach.ExactOverlap([]string{"ada", "bruno", "ada"}, []string{"bruno", "cleo", "dario"})
	if o.A.Value != 2 || o.Shared.Value != 1 || o.Union.Value != 4 || o.OfSmaller.Value != .5 {
		t.Errorf("%+v", o)
	}
}

// twoAudiences are two sketches of n people each that share some.
func twoAudiences(t testing.TB, o *reach.SketchOptions, n, shared uint64) (a, b *reach.Sketch) {
	t.Helper()
	return people(t, o, 0, n), people(t, o, n-shared, 2*n-shared)
}

func TestSketchOverlapIsWithinItsError(t *testing.T) {
	t.Parallel()
	const n = 20_000
	for _, percent := range []uint64{0, 1, 5, 20, 50, 100} {
		for seed := range uint64(3) {
			a, b := twoAudiences(t, &reach.SketchOptions{Seed: seed}, n, n*percent/100)
			o, err := reach.SketchOverlap(a, b)
			require.NoError(t, err)
			truth := float64(percent) / float64(200-percent)
			if off := math.Abs(o.Jaccard.Value - truth); off > 4*math.Sqrt(truth*(1-truth)/1024) {
				t.Errorf("%d%%, seed %d: Jaccard %v, truth %v", percent, seed, o.Jaccard, truth)
			}
			shared := float64(n * percent / 100)
			if off := math.Abs(o.Shared.Value - shared); off > 4*math.Hypot(o.Shared.StandardError, 30) {
				t.Errorf("%d%%, seed %d: %v shared, truth %v", percent, seed, o.Shared, shared)
			}
			checkOverlap(t, o)
		}
	}
}

// The index is weighed from the sample and the counts, and has to be nearer than the counts,
// and within its interval about as often as it says.
func TestOverlapIsNearerThanCounts(t *testing.T) {
	t.Parallel()
	const n, seeds = 40_000, 8
	for _, percent := range []uint64{1, 5} {
		truth := float64(n * percent / 100)
		weighed, byCounts, within := 0.0, 0.0, 0
		for seed := range uint64(seeds) {
			a, b := twoAudiences(t, &reach.SketchOptions{Seed: seed}, n, n*percent/100)
			o, err := reach.SketchOverlap(a, b)
			require.NoError(t, err)
			off := o.Shared.Value - truth
			weighed += off * off
			off = a.Count().Value + b.Count().Value - merged(t, a, b).Count().Value - truth
			byCounts += off * off
			if o.Shared.Low <= truth && truth <= o.Shared.High {
				within++
			}
			checkOverlap(t, o)
		}
		if weighed > byCounts || within < seeds*80/100 {
			t.Errorf("%d%%: %.0f people off, %.0f by counts, %d of %d within", percent, math.Sqrt(weighed/seeds), math.Sqrt(byCounts/seeds), within, seeds)
		}
	}
}

// Intervals have to hold where one audience is small, within the other or the same too.
func TestOverlapIntervalsCover(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		a, b, shared uint64
		o            reach.SketchOptions
	}{
		"a few within many":   {10, 12_000, 9, reach.SketchOptions{Sample: 4096}},
		"few and seldom seen": {10, 8000, 9, reach.SketchOptions{}},
		"one of many":         {3, 8000, 3, reach.SketchOptions{}},
		"nobody and many":     {0, 8000, 0, reach.SketchOptions{}},
		"nearly all":          {5000, 5000, 4950, reach.SketchOptions{Sample: 256}},
		"the same people":     {6000, 6000, 6000, reach.SketchOptions{}},
		"one person":          {1100, 5000, 1, reach.SketchOptions{}},
		"fine and few":        {10, 9000, 5, reach.SketchOptions{Precision: reach.FinePrecision}},
		"fine":                {3000, 9000, 300, reach.SketchOptions{Precision: reach.FinePrecision}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const seeds = 30
			shared, jaccard, union := 0, 0, 0
			for seed := range uint64(seeds) {
				o := tt.o
				o.Seed = seed
				got, err := reach.SketchOverlap(people(t, &o, 0, tt.a), people(t, &o, tt.a-tt.shared, tt.a-tt.shared+tt.b))
				require.NoError(t, err)
				truth := float64(tt.a + tt.b - tt.shared)
				checkOverlap(t, got)
				shared += within(got.Shared, float64(tt.shared))
				jaccard += within(got.Jaccard, float64(tt.shared)/truth)
				union += within(got.Union, truth)
			}
			const least = seeds * 88 / 100
			if shared < least || jaccard < least || union < least {
				t.Errorf("of %d: %d of the shared, %d of the indices and %d of the unions are within their intervals", seeds, shared, jaccard, union)
			}
		})
	}
}

// An error that is stated is about the error that is made, neither less nor far more.
func TestOverlapErrorIsTheStated(t *testing.T) {
	t.Parallel()
	const n, seeds = 30_000, 14
	for _, percent := range []uint64{50, 90} {
		truth := float64(percent) / float64(200-percent)
		square := 0.0
		for seed := range uint64(seeds) {
			a, b := twoAudiences(t, &reach.SketchOptions{Seed: seed, Sample: 256}, n, n*percent/100)
			o, err := reach.SketchOverlap(a, b)
			require.NoError(t, err)
			if percent == 90 && o.Jaccard.StandardError > .01 {
				t.Errorf("seed %d: %+v, and counts know the index better", seed, o.Jaccard)
			}
			off := (o.Jaccard.Value - truth) / o.Jaccard.StandardError
			square += off * off / seeds
		}
		if square < .3 || square > 2 {
			t.Errorf("%d%%: errors are %.2f of those stated", percent, math.Sqrt(square))
		}
	}
}

// Two sketches of the same people err together, so that halves of both do not make one sure.
func TestTheSamePeopleAreNoSurer(t *testing.T) {
	t.Parallel()
	s := people(t, nil, 0, 50_000)
	o, err := reach.SketchOverlap(s, s.Clone())
	require.NoError(t, err)
	if o.Shared.Low > o.A.Low || o.Shared.StandardError < o.A.StandardError || o.Shared.Value != o.A.Value {
		t.Errorf("%+v share %+v", o.A, o.Shared)
	}
}

// within counts a truth that an interval holds.
func within(e reach.Estimate, truth float64) int {
	if e.Low-1e-9 <= truth && truth <= e.High+1e-9 {
		return 1
	}
	return 0
}

// checkOverlap holds an overlap to what must be true of any.
func checkOverlap(t testing.TB, o *reach.Overlap) {
	t.Helper()
	for name, e := range map[string]reach.Estimate{"a": o.A, "b": o.B, "shared": o.Shared, "union": o.Union, "jaccard": o.Jaccard} {
		if !(0 <= e.Low && e.Low <= e.Value && e.Value <= e.High) || math.IsInf(e.High, 0) || e.Method == "" {
			t.Errorf("%s is %+v", name, e)
		}
	}
	if s := o.OfSmaller; s != nil && !(0 <= s.Low && s.Low <= s.Value && s.Value <= s.High && s.High <= 1) {
		t.Errorf("of the smaller: %+v", s)
	}
	if o.Shared.Value > min(o.A.Value, o.B.Value) || o.Jaccard.High > 1 || o.Union.Value < max(o.A.Value, o.B.Value)-1e-6 {
		t.Errorf("%+v", o)
	}
}

func TestSketchOverlapIsSymmetric(t *testing.T) {
	t.Parallel()
	a, b := people(t, nil, 0, 30_000), people(t, nil, 29_000, 33_000)
	ab, err := reach.SketchOverlap(a, b)
	require.NoError(t, err)
	ba, err := reach.SketchOverlap(b, a)
	require.NoError(t, err)
	ba.A, ba.B = ba.B, ba.A
	if diff := cmp.Diff(ab, ba); diff != "" {
		t.Errorf("(-a,b +b,a):\n%s", diff)
	}
}

func TestThinSampleIsSaid(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		shared uint64
		want   bool
	}{"nobody": {0, true}, "three in a thousand": {150, true}, "a tenth": {5000, false}}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := twoAudiences(t, nil, 50_000, tt.shared)
			o, err := reach.SketchOverlap(a, b)
			require.NoError(t, err)
			if got := len(o.Findings) == 1 && o.Findings[0].Code == "overlap.sample_thin"; got != tt.want {
				t.Errorf("findings %v", o.Findings)
			}
			if o.Shared.High <= 0 {
				t.Error("no shared person in a sample is not taken as certain")
			}
		})
	}
	for first, want := range map[uint64]int{54: 0, 55: 1} { // ten and nine are shared
		o, err := reach.SketchOverlap(hostile(t, 0, 0xcf, 0x3c, 0xf3), hostile(t, first, 0xcf, 0x3c, 0xf3))
		require.NoError(t, err)
		if len(o.Findings) != want {
			t.Errorf("from %d on: findings %v", first, o.Findings)
		}
	}
	_, err := reach.SketchOverlap(nil, people(t, nil, 0, 1))
	if diff := cmp.Diff([]at{{"", "overlap.sketch"}}, faultsOf(err)); diff != "" {
		t.Errorf("nil (-want +got):\n%s", diff)
	}
}

func TestMatrix(t *testing.T) {
	t.Parallel()
	m, err := reach.NewMatrix([]reach.Audience{
		{Creator: "ada", Sketch: people(t, nil, 0, 100)},
		{Creator: "bruno", Sketch: people(t, nil, 50, 100)},
		{Creator: "cleo", Sketch: people(t, nil, 0, 0)},
	})
	require.NoError(t, err)
	got := map[string][][]float64{"jaccard": m.Jaccard(), "shared": m.Shared()}
	want := map[string][][]float64{
		"jaccard": {{1, .5, 0}, {.5, 1, 0}, {0, 0, 1}},
		"shared":  {{100, 50, 0}, {50, 50, 0}, {0, 0, 0}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	table, err := json.Marshal(m.OfSmaller())
	require.NoError(t, err)
	if diff := cmp.Diff("[[1,1,null],[1,1,null],[null,null,null]]", string(table)); diff != "" {
		t.Errorf("of the smaller (-want +got):\n%s", diff)
	}
	*m.OfSmaller()[0][1] = 7
	if got := *m.OfSmaller()[0][1]; got != 1 {
		t.Errorf("a table writes %v into its matrix", got)
	}
	data, err := json.Marshal(m)
	require.NoError(t, err)
	var back reach.Matrix
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(m, &back); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func TestMatrixRefuses(t *testing.T) {
	t.Parallel()
	_, err := reach.NewMatrix([]reach.Audience{{Creator: "ada"}, {Creator: "ada", Sketch: people(t, nil, 0, 1)}, {Sketch: people(t, &reach.SketchOptions{Seed: 1}, 0, 1)}})
	want := []at{
		{"audiences[1].creator", "reach.creator_twice"}, {"audiences[2].creator", "reach.creator"},
		{"audiences[2].sketch.seed", "sketch.seed"}, {"audiences[0].sketch", "overlap.sketch"},
	}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err = reach.NewMatrix(nil)
	require.ErrorIs(t, err, byline.ErrRefused)
}
