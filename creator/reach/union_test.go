package reach_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator/reach"
)

func TestUnionGainIsWhatAddAdds(t *testing.T) {
	t.Parallel()
	u, err := reach.NewUnion(nil)
	require.NoError(t, err)
	for i := range uint64(20) {
		s := people(t, nil, i*700, i*700+(i*i*300))
		before, gain := u.Count().Value, u.Gain(s)
		require.NoError(t, u.Add(s))
		if got := u.Count().Value - before; got != gain || gain < 0 {
			t.Errorf("creator %d: gain %v, then %v more", i, gain, got)
		}
		if again := u.Gain(s); again != 0 {
			t.Errorf("creator %d adds %v a second time", i, again)
		}
	}
}

func TestUnionNeverFalls(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(13, 14))
	for range 5 {
		u, err := reach.NewUnion(nil)
		require.NoError(t, err)
		for range 30 {
			s := sketchOf(t, nil)
			for range r.IntN(1 << r.IntN(14)) {
				s.AddHash(r.Uint64N(20_000))
			}
			wider := u.Clone()
			require.NoError(t, wider.Add(s))
			if wider.Count().Value < u.Count().Value || wider.Count().Value != u.Count().Value+u.Gain(s) && math.Abs(u.Count().Value+u.Gain(s)-wider.Count().Value) > 1e-6 {
				t.Fatalf("%v, then %v", u.Count(), wider.Count())
			}
			u = wider
		}
		u.Reset()
		if u.Count().Value != 0 || u.Gain(nil) != 0 || u.Gain(&reach.Sketch{}) != 0 {
			t.Fatal("somebody is left after a reset")
		}
		s, fresh := people(t, nil, 0, 100), people(t, nil, 0, 1).Union()
		require.NoError(t, errors.Join(u.Add(s), fresh.Add(s)))
		if next := people(t, nil, 50, 500); u.Gain(next) != fresh.Gain(next) {
			t.Fatalf("after a reset %v are gained, of %v", u.Gain(next), fresh.Gain(next))
		}
	}
}

// Who is chosen for the gain is chosen for luck too. Sketches of another seed know nothing
// of that luck.
func TestAnotherSeedCountsWhatWasChosen(t *testing.T) {
	t.Parallel()
	const candidates, chosen, n = 150, 15, 2000
	sketches := [2][candidates]*reach.Sketch{}
	for seed := range sketches {
		for i := range uint64(candidates) {
			sketches[seed][i] = people(t, &reach.SketchOptions{Seed: uint64(seed), Sample: 64}, i*n, i*n+n)
		}
	}
	u, again := sketches[0][0].Union(), sketches[1][0].Union()
	taken := [candidates]bool{}
	for range chosen {
		best, most := 0, -1.0
		for i, s := range sketches[0] {
			if gain := u.Gain(s); !taken[i] && gain > most {
				best, most = i, gain
			}
		}
		taken[best] = true
		require.NoError(t, u.Add(sketches[0][best]))
		require.NoError(t, again.Add(sketches[1][best]))
	}
	const truth = chosen * n
	if got := u.Count(); got.Low < truth {
		t.Errorf("the chosen count %+v of %d: the documentation says that they read high", got, truth)
	}
	if got := again.Count(); within(got, truth) == 0 {
		t.Errorf("the chosen count %+v of %d by another seed", got, truth)
	}
}

func TestGainAllocatesNothing(t *testing.T) { //nolint:paralleltest // it counts what all goroutines allocate
	u, s := people(t, nil, 0, 3000).Union(), people(t, nil, 0, 5000)
	if n := testing.AllocsPerRun(20, func() { u.Gain(s) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
