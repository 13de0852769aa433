package reach_test

import (
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
	}
}

func TestGainAllocatesNothing(t *testing.T) { //nolint:paralleltest // it counts what all goroutines allocate
	u, s := people(t, nil, 0, 3000).Union(), people(t, nil, 0, 5000)
	if n := testing.AllocsPerRun(20, func() { u.Gain(s) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
