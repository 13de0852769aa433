package reach_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
)

func name(i int) byline.CreatorID { return byline.CreatorID(fmt.Sprintf("creator-%03d", i)) }

func size(n float64) byline.Measure { return byline.Known(n, "demo.followers", time.Time{}) }

// row is a line of audiences of n people of which each shares some with the next.
func row(t testing.TB, o *reach.SketchOptions, audiences int, n, shared uint64) []reach.Audience {
	t.Helper()
	list := make([]reach.Audience, audiences)
	for i := range list {
		from := uint64(i) * (n - shared)
		list[i] = reach.Audience{Creator: name(i), Sketch: people(t, o, from, from+n)}
	}
	return list
}

func TestDedupIsWithinItsError(t *testing.T) {
	t.Parallel()
	const audiences, n = 5, 20_000
	for _, percent := range []uint64{0, 5, 30, 50} {
		for seed := range uint64(3) {
			shared := n * percent / 100
			r, err := reach.Dedup(row(t, &reach.SketchOptions{Seed: seed}, audiences, n, shared))
			require.NoError(t, err)
			truth := float64(audiences*n - (audiences-1)*shared)
			if off := math.Abs(*r.People - truth); off > 4*truth*1.04/128 {
				t.Errorf("%d%%, seed %d: %v people, truth %v", percent, seed, *r.People, truth)
			}
			repeated := float64((audiences - 1) * shared)
			if off := math.Abs(r.Repeated.Value - repeated); off > 4*r.Repeated.StandardError+1 {
				t.Errorf("%d%%, seed %d: %+v follow two, truth %v", percent, seed, r.Repeated, repeated)
			}
			// Who stands at an end shares with one neighbour, the others with two.
			for i, want := range []float64{float64(n - shared), float64(n - 2*shared)} {
				got := r.Exclusive[i].People
				if off := math.Abs(got.Value - want); off > 4*math.Max(got.StandardError, want*.01) {
					t.Errorf("%d%%, seed %d: %+v are %s's alone, truth %v", percent, seed, got, r.Exclusive[i].Creator, want)
				}
			}
			if *r.Frequency < 1 || r.Low > *r.People || *r.High < *r.People || r.Method != reach.HyperLogLog {
				t.Errorf("%+v", r)
			}
		}
	}
}

func TestExclusiveIsWhatTheRestWouldGain(t *testing.T) {
	t.Parallel()
	audiences := row(t, nil, 6, 5000, 1500)
	for i := range uint64(5) {
		audiences = append(audiences, reach.Audience{Creator: name(10 + int(i)), Sketch: people(t, nil, 90_000+100*i, 90_003+100*i)})
	}
	r, err := reach.Dedup(audiences)
	require.NoError(t, err)
	for i := range audiences {
		u := audiences[0].Sketch.Union()
		for k, a := range audiences {
			if k != i {
				require.NoError(t, u.Add(a.Sketch))
			}
		}
		if want, got := u.Gain(audiences[i].Sketch), r.Exclusive[i].People.Value; want != got {
			t.Errorf("%s: %v, and a union gains %v", audiences[i].Creator, got, want)
		}
		if e := r.Exclusive[i].People; e.Level != reach.Level || e.Low < 0 || e.High < e.Value {
			t.Errorf("%s: %+v", audiences[i].Creator, e)
		}
	}
}

func TestDedupOfSmallSketchesIsExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for range 30 {
		lists := make([]reach.List[uint64], 1+r.IntN(6))
		audiences := make([]reach.Audience, len(lists))
		for i := range lists {
			ids := make([]uint64, r.IntN(900))
			for k := range ids {
				ids[k] = r.Uint64N(1500)
			}
			lists[i] = reach.List[uint64]{Creator: name(i), IDs: ids}
			audiences[i] = reach.Audience{Creator: name(i), Sketch: sketchOf(t, nil, ids...)}
		}
		exact, err := reach.DedupExact(lists)
		require.NoError(t, err)
		sketched, err := reach.Dedup(audiences)
		require.NoError(t, err)
		if diff := cmp.Diff(exact, sketched); diff != "" {
			t.Fatalf("(-exact +sketched):\n%s", diff)
		}
	}
}

func TestDedupExact(t *testing.T) {
	t.Parallel()
	r, err := reach.DedupExact([]reach.List[string]{
		{Creator: "ada", IDs: []string{"p", "q", "r", "q"}},
		{Creator: "bruno", IDs: []string{"q", "r", "s"}},
		{Creator: "cleo", IDs: []string{"r"}},
		{Creator: "dario"},
	})
	require.NoError(t, err)
	got := []float64{*r.People, r.Low, *r.High, *r.Frequency, r.Repeated.Value}
	for _, e := range r.Exclusive {
		got = append(got, e.People.Value)
	}
	if diff := cmp.Diff([]float64{4, 4, 4, 7.0 / 4, 2, 1, 1, 0, 0}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err = reach.DedupExact[string](nil)
	require.ErrorIs(t, err, byline.ErrRefused)
	_, err = reach.DedupExact([]reach.List[int]{{Creator: "ada"}, {Creator: "ada"}, {}})
	if diff := cmp.Diff([]at{{"lists[1].creator", "reach.creator_twice"}, {"lists[2].creator", "reach.creator"}}, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	nobody, err := reach.DedupExact([]reach.List[int]{{Creator: "ada"}})
	require.NoError(t, err)
	if *nobody.People != 0 || nobody.Frequency != nil {
		t.Errorf("an empty audience: %+v", nobody)
	}
}

func TestOrderOfAudiencesDoesNotMatter(t *testing.T) {
	t.Parallel()
	audiences := row(t, &reach.SketchOptions{Sample: 64}, 7, 3000, 1000)
	want, err := reach.Dedup(audiences)
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(7, 8))
	for range 10 {
		r.Shuffle(len(audiences), func(i, k int) { audiences[i], audiences[k] = audiences[k], audiences[i] })
		got, err := reach.Dedup(audiences)
		require.NoError(t, err)
		slices.SortFunc(got.Exclusive, func(a, b reach.Exclusive) int { return strings.Compare(string(a.Creator), string(b.Creator)) })
		if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

func TestUnknownAudiencesAreBounds(t *testing.T) {
	t.Parallel()
	known := people(t, nil, 0, 1000)
	tests := map[string]struct {
		audiences []reach.Audience
		low, high float64 // high 0: none
		codes     []string
	}{
		"of known size":     {[]reach.Audience{{Creator: "ada", Sketch: known}, {Creator: "bruno", Size: size(500)}}, 1000, 1500, nil},
		"larger than seen":  {[]reach.Audience{{Creator: "ada", Sketch: known}, {Creator: "bruno", Size: size(2100)}}, 2000, 3100, nil},
		"of unknown size":   {[]reach.Audience{{Creator: "ada", Sketch: known}, {Creator: "bruno"}}, 1000, 0, nil},
		"nobody's":          {[]reach.Audience{{Creator: "ada"}, {Creator: "bruno"}}, 0, 0, nil},
		"a part of one":     {[]reach.Audience{{Creator: "ada", Sketch: known, Size: size(10_500)}}, 10_000, 10_500, []string{"reach.audience_partial"}},
		"none seen of many": {[]reach.Audience{{Creator: "ada", Sketch: &reach.Sketch{}, Size: size(21)}}, 20, 21, []string{"reach.audience_partial"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := reach.Dedup(tt.audiences)
			require.NoError(t, err)
			if r.People != nil || r.Frequency != nil || r.Refusal == nil || r.Refusal.Code != "reach.audience_unknown" {
				t.Fatalf("%+v", r)
			}
			high := 0.0
			if r.High != nil {
				high = *r.High
			}
			if diff := cmp.Diff([]float64{tt.low, tt.high}, []float64{r.Low, high}, cmpopts.EquateApprox(1e-9, 0)); diff != "" {
				t.Errorf("bounds (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.codes, codesOf(r.Findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			for _, e := range r.Exclusive {
				if e.People.Low != 0 {
					t.Errorf("%s's own may all follow somebody unknown: %+v", e.Creator, e.People)
				}
			}
		})
	}
}

// Whose audience is known in part may have own people outside the sketch, and who repeats
// is not known at all.
func TestPartsLeaveEndsOpen(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		audiences []reach.Audience
		want      []float64 // the most that each may have alone
	}{
		"one in part": {
			[]reach.Audience{{Creator: "ada", Sketch: people(t, nil, 0, 1000), Size: size(10_500)}, {Creator: "bruno", Sketch: people(t, nil, 900, 1000)}},
			[]float64{900 + 9500, 0},
		},
		"one unknown": {
			[]reach.Audience{{Creator: "cleo"}, {Creator: "ada", Sketch: people(t, nil, 0, 1000), Size: size(1000)}},
			[]float64{1000},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := reach.Dedup(tt.audiences)
			require.NoError(t, err)
			var most []float64
			for _, e := range r.Exclusive {
				most = append(most, e.People.High)
			}
			if diff := cmp.Diff(tt.want, most); diff != "" || r.Repeated != nil {
				t.Errorf("repeated %+v, alone at most (-want +got):\n%s", r.Repeated, diff)
			}
		})
	}
}

// A sample seldom shows one of few repeated people, and must not then rule them out.
func TestRepeatedIntervalsCover(t *testing.T) {
	t.Parallel()
	const n, repeated, seeds = 1250, 6, 200
	covered := 0
	for seed := range uint64(seeds) {
		r, err := reach.Dedup(row(t, &reach.SketchOptions{Sample: 64, Seed: seed}, 2, n, repeated))
		require.NoError(t, err)
		covered += within(*r.Repeated, repeated)
	}
	if covered < seeds*92/100 {
		t.Errorf("%d of %d intervals hold the truth", covered, seeds)
	}
}

// Nobody is reached who is in no audience, however far the union alone might err.
func TestReachIsNoMoreThanTheSum(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		o := &reach.SketchOptions{Seed: seed}
		many, few := people(t, o, 0, 1100), people(t, o, 1100, 2100)
		r, err := reach.Dedup([]reach.Audience{{Creator: "ada", Sketch: many}, {Creator: "bruno", Sketch: few}})
		require.NoError(t, err)
		if most := max(*r.People, many.Count().High+few.Count().High); *r.High > most {
			t.Errorf("seed %d: up to %v of %v", seed, *r.High, most)
		}
	}
}

func TestWhoFollowsThreeRepeatsOnce(t *testing.T) {
	t.Parallel()
	s := people(t, nil, 0, 5000)
	r, err := reach.Dedup([]reach.Audience{{Creator: "ada", Sketch: s}, {Creator: "bruno", Sketch: s}, {Creator: "cleo", Sketch: s}})
	require.NoError(t, err)
	if r.Repeated.Value != *r.People || r.Repeated.Low > r.Low {
		t.Errorf("%v people, repeated %+v", *r.People, r.Repeated)
	}
}

// The same person has another id on another platform, so nothing may add them up.
func TestSpacesDoNotMix(t *testing.T) {
	t.Parallel()
	tube, tok := people(t, &reach.SketchOptions{Space: "youtube"}, 0, 2000), people(t, &reach.SketchOptions{Space: "tiktok"}, 0, 10)
	audiences := []reach.Audience{{Creator: "ada", Sketch: tube}, {Creator: "bruno", Sketch: tok}, {Creator: "cleo", Sketch: &reach.Sketch{}}}
	_, dedup := reach.Dedup(audiences)
	_, matrix := reach.NewMatrix(audiences)
	for name, err := range map[string]error{"Dedup": dedup, "NewMatrix": matrix} {
		want := []at{{"audiences[1].sketch.space", "sketch.space"}, {"audiences[2].sketch.space", "sketch.space"}}
		if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	_, err := reach.Incremental([]reach.Candidate{{Creator: "ada", Sketch: tube}, {Creator: "bruno", Sketch: tok}}, "")
	if diff := cmp.Diff([]at{{"candidates[1].sketch.space", "sketch.space"}}, faultsOf(err)); diff != "" {
		t.Errorf("Incremental (-want +got):\n%s", diff)
	}
	for want, s := range map[string]*reach.Sketch{
		"reach.people{hyperloglog};precision=14;sample=1024;seed=0;v1;space=youtube": tube,
		"reach.people{exact};v1;space=tiktok":                                        tok,
		"reach.people{exact};v1":                                                     {},
	} {
		r, err := reach.Dedup([]reach.Audience{{Creator: "ada", Sketch: s}})
		require.NoError(t, err)
		if diff := cmp.Diff(want, r.Definition); diff != "" {
			t.Errorf("definition (-want +got):\n%s", diff)
		}
	}
}

func codesOf(findings []byline.Finding) []string {
	var found []string
	for _, f := range findings {
		found = append(found, f.Code)
	}
	return found
}

func TestSizesBesideSketches(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		size byline.Measure
		want []string
	}{
		"the same":       {size(1000), nil},
		"rounded up":     {size(1049), nil},
		"rounded down":   {size(960), nil},
		"hidden":         {byline.Missing(byline.Hidden, "demo.followers", time.Time{}), nil},
		"far too little": {size(500), []string{"reach.size_contradicts"}},
		"nobody":         {size(0), []string{"reach.size_contradicts"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := reach.Dedup([]reach.Audience{{Creator: "ada", Sketch: people(t, nil, 0, 1000), Size: tt.size}})
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, codesOf(r.Findings)); diff != "" || *r.People != 1000 || r.Low != 1000 || *r.High != 1000 {
				t.Errorf("%+v\nfindings (-want +got):\n%s", r, diff)
			}
		})
	}
}

func TestDedupRefuses(t *testing.T) {
	t.Parallel()
	_, err := reach.Dedup([]reach.Audience{
		{Creator: "ada", Size: size(-1)}, {Creator: "ada", Sketch: &reach.Sketch{}, Size: size(1e308)},
		{Creator: "bruno", Sketch: people(t, &reach.SketchOptions{Sample: 64}, 0, 1)},
	})
	want := []at{{"audiences[1].creator", "reach.creator_twice"}, {"audiences[0].size", "reach.size"}, {"audiences[1].size", "reach.size"}, {"audiences[2].sketch.sample", "sketch.sample"}}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err = reach.Dedup(nil)
	require.ErrorIs(t, err, byline.ErrRefused)
}

func TestReachedSurvivesJSON(t *testing.T) {
	t.Parallel()
	for _, audiences := range [][]reach.Audience{row(t, nil, 3, 3000, 100), {{Creator: "ada"}}, {{Creator: "ada", Sketch: people(t, nil, 0, 9), Size: size(90)}}} {
		r, err := reach.Dedup(audiences)
		require.NoError(t, err)
		data, err := json.Marshal(r)
		require.NoError(t, err)
		var back reach.Reached
		require.NoError(t, json.Unmarshal(data, &back))
		if diff := cmp.Diff(r, &back); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}
