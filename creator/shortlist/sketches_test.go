package shortlist_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
	"github.com/bylinehq/byline/creator/shortlist"
)

// followersFrom is a sketch of people numbered from first.
func followersFrom(first, count uint64) *reach.Sketch {
	s := &reach.Sketch{}
	for id := first; id < first+count; id++ {
		s.AddHash(id)
	}
	return s
}

// followed are candidates at 10 cents without outcomes.
func followed(n int) []shortlist.Candidate {
	var list []shortlist.Candidate
	for i := range n {
		list = append(list, shortlist.Candidate{Key: shortlist.Key{CreatorID: byline.CreatorID(fmt.Sprintf("c%02d", i))}, Price: eur(10)})
	}
	return list
}

func reached(cents int64) shortlist.Request {
	return shortlist.Request{Objective: shortlist.UniqueReach, Budget: eur(cents)}
}

func TestSketchCoverageFaults(t *testing.T) {
	t.Parallel()
	fine, err := reach.NewSketch(&reach.SketchOptions{Precision: reach.FinePrecision, Seed: 4})
	require.NoError(t, err)
	tests := map[string]struct {
		sketches []*reach.Sketch
		want     []string
	}{
		"none":          {nil, []string{"sketches sketch.none"}},
		"none is known": {[]*reach.Sketch{nil, nil}, []string{"sketches sketch.none"}},
		"another shape": {[]*reach.Sketch{nil, {}, fine, {}, fine}, []string{"sketches[2].precision sketch.precision", "sketches[2].seed sketch.seed", "sketches[4].precision sketch.precision", "sketches[4].seed sketch.seed"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			of, err := shortlist.SketchCoverage(tt.sketches)
			require.ErrorIs(t, err, byline.ErrInvalid)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" || of != nil {
				t.Error(diff)
			}
		})
	}
	of, err := shortlist.SketchCoverage([]*reach.Sketch{{}, {}})
	require.NoError(t, err)
	for _, n := range []int{1, 3} {
		if _, err := shortlist.Choose(followed(n), reached(100), &shortlist.Options{Coverage: of}); !cmp.Equal(faultsOf(err), []string{"objective request.coverage"}) {
			t.Errorf("two sketches for %d candidates: %v", n, err)
		}
	}
}

// TestUnknownAudience has a candidate of an unknown audience, and one of an audience of
// nobody. Their outcomes say otherwise and are not read.
func TestUnknownAudience(t *testing.T) {
	t.Parallel()
	cs := followed(4)
	cs[0].Outcome.Value = byline.Known(1e6, "followers;v1", day())
	cs[1].Outcome.Value = byline.Known(1e6, "another", day())
	cs[2].Outcome.Value = byline.Missing(byline.Hidden, "followers;v1", day())
	of, err := shortlist.SketchCoverage([]*reach.Sketch{nil, {}, followersFrom(0, 500), followersFrom(400, 300)})
	require.NoError(t, err)
	l := choose(t, cs, reached(100), &shortlist.Options{Coverage: of})
	if diff := cmp.Diff([]string{"c02", "c03"}, ids(l)); diff != "" || codeOf(l, "c00") != "out.no_audience" || codeOf(l, "c01") != "out.brings_nothing" {
		t.Errorf("%s\n%s", diff, l.Explain())
	}
	if l.Exact || !hasFinding(l, "list.estimated") || hasFinding(l, "list.coverage_doubt") || l.Low != nil || l.Value < 690 || l.Value > 710 {
		t.Errorf("%s", l.Explain())
	}
	r := reached(100)
	r.MustHave = []byline.CreatorID{"c00"}
	if _, err := shortlist.Choose(cs, r, &shortlist.Options{Coverage: of}); !cmp.Equal(faultsOf(err), []string{"must_have[0] must.barred"}) {
		t.Error(err)
	}
}

// TestSketchesComeCloseToSets chooses the same by sketches as by exact sets, up to their
// error and what choosing by an estimate adds to it.
func TestSketchesComeCloseToSets(t *testing.T) {
	t.Parallel()
	const people, n = 40_000, 52
	doubted := 0
	for seed := range uint64(2) {
		rng := rand.New(rand.NewPCG(seed, 41))
		cs, sets, sketches := followed(n), make([][]uint64, n), make([]*reach.Sketch, n)
		for i := range n {
			s, err := reach.NewSketch(&reach.SketchOptions{Sample: reach.MinSample})
			require.NoError(t, err)
			cs[i].Price = eur(int64(5 + rng.IntN(20)))
			sets[i], sketches[i] = make([]uint64, people/64), s
			first, count := rng.IntN(people), 500+rng.IntN(5000)
			for k := range count {
				id := (first + k*3) % people
				sets[i][id/64] |= 1 << (id % 64)
				sketches[i].AddHash(uint64(id))
			}
		}
		of, err := shortlist.SketchCoverage(sketches)
		require.NoError(t, err)
		byBits := choose(t, cs, reached(120), &shortlist.Options{Coverage: coverage(sets)})
		bySketch := choose(t, cs, reached(120), &shortlist.Options{Coverage: of})
		if hasFinding(bySketch, "list.coverage_doubt") {
			doubted++
		}
		truth := instance{candidates: cs, sets: sets}.value(picked(cs, bySketch))
		if truth < 0.97*byBits.Value || math.Abs(bySketch.Value-truth) > 0.05*truth || truth > 1.02*bySketch.Bound {
			t.Errorf("seed %d: %g by sets, %g by sketches, truly %g", seed, byBits.Value, bySketch.Value, truth)
		}
	}
	if doubted > 0 {
		t.Errorf("chance was taken for a fault %d times", doubted)
	}
}

// Who chooses the best of many alike by their sketches believes too much; the recount does
// not, and its interval holds the truth.
func TestRecountDoesNotLeanHigh(t *testing.T) {
	t.Parallel()
	const draws, n, each, chosen = 20, 60, 2000, 6
	held, lean, value := 0, 0.0, 0.0
	for draw := range uint64(draws) {
		cs, sketches := followed(n), make([]*reach.Sketch, n)
		for i := range n {
			s, err := reach.NewSketch(&reach.SketchOptions{Sample: reach.MinSample, Seed: draw})
			require.NoError(t, err)
			for k := range each {
				s.AddHash(uint64(i*each + k))
			}
			cs[i].Price, sketches[i] = eur(1), s
		}
		of, err := shortlist.SketchCoverage(sketches)
		require.NoError(t, err)
		list := choose(t, cs, reached(chosen), &shortlist.Options{Coverage: of})
		require.NotNil(t, list.Recount)
		const truth = chosen * each
		if len(list.Picks) != chosen {
			t.Fatalf("%d picks", len(list.Picks))
		}
		if list.Recount.Low <= truth && truth <= list.Recount.High {
			held++
		}
		lean += list.Recount.Value/truth - 1
		value += list.Value/truth - 1
	}
	if held < draws-3 || math.Abs(lean/draws) > 0.03 || value/draws < 0.02 {
		t.Errorf("held %d of %d; the recount leans by %.3f and the value by %.3f", held, draws, lean/draws, value/draws)
	}
}

// The recount is of the picks, whoever stands before them among the candidates.
func TestRecountIsOfThePicks(t *testing.T) {
	t.Parallel()
	sketches := []*reach.Sketch{nil, followersFrom(0, 10), followersFrom(5, 20), followersFrom(100, 30)}
	cs := followed(len(sketches))
	for i := range cs {
		cs[i].Price = eur(1)
	}
	of, err := shortlist.SketchCoverage(sketches)
	require.NoError(t, err)
	list := choose(t, cs, reached(2), &shortlist.Options{Coverage: of})
	want := reach.Estimate{Value: 50, Low: 50, High: 50, Level: 1, Method: reach.Exact}
	if list.Recount == nil || *list.Recount != want {
		t.Errorf("counted anew: %+v", list.Recount)
	}
	sums := choose(t, []shortlist.Candidate{}, shortlist.Request{Objective: shortlist.ExpectedConversions, Budget: eur(1)}, nil)
	if sums.Recount != nil {
		t.Errorf("a list without sketches was counted anew: %+v", sums.Recount)
	}
}
