package reach_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator/reach"
)

func BenchmarkGain(b *testing.B) {
	u, err := reach.NewUnion(nil)
	require.NoError(b, err)
	for i := range uint64(20) {
		require.NoError(b, u.Add(people(b, nil, i*50_000, i*50_000+100_000)))
	}
	s := people(b, nil, 500_000, 1_600_000)
	small := people(b, nil, 990_000, 1_010_000)
	empty := s.Union()
	b.Run("large on large", func(b *testing.B) {
		for b.Loop() {
			u.Gain(s)
		}
	})
	b.Run("small on large", func(b *testing.B) {
		for b.Loop() {
			u.Gain(small)
		}
	})
	b.Run("on nothing", func(b *testing.B) {
		for b.Loop() {
			empty.Gain(s)
		}
	})
}

const million = 1_000_000

// hundred is a hundred creators with a million followers each, of whom every two
// neighbours share 5%.
func hundred(b *testing.B, o *reach.SketchOptions) (audiences []reach.Audience, truth float64) {
	b.Helper()
	return row(b, o, 100, million, million/20), 100*million - 99*million/20
}

func reportError(b *testing.B, got, truth float64) {
	b.Helper()
	b.ReportMetric(100*math.Abs(got-truth)/truth, "%error")
}

func BenchmarkDedup100x1M(b *testing.B) {
	for name, o := range map[string]*reach.SketchOptions{"precision 14": nil, "precision 16": {Precision: 16}} {
		b.Run(name, func(b *testing.B) {
			audiences, truth := hundred(b, o)
			var r *reach.Reached
			for b.Loop() {
				var err error
				r, err = reach.Dedup(audiences)
				require.NoError(b, err)
			}
			reportError(b, *r.People, truth)
		})
	}
}

func BenchmarkUnion100x1M(b *testing.B) {
	audiences, truth := hundred(b, nil)
	u := audiences[0].Sketch.Union()
	for b.Loop() {
		u.Reset()
		for _, a := range audiences {
			require.NoError(b, u.Add(a.Sketch))
		}
	}
	reportError(b, u.Count().Value, truth)
}

func BenchmarkIncremental100x1M(b *testing.B) {
	audiences, truth := hundred(b, nil)
	candidates := make([]reach.Candidate, len(audiences))
	for i, a := range audiences {
		candidates[i] = reach.Candidate{Creator: a.Creator, Sketch: a.Sketch}
	}
	var c *reach.Curve
	for b.Loop() {
		var err error
		c, err = reach.Incremental(candidates, "")
		require.NoError(b, err)
	}
	reportError(b, c.Steps[len(c.Steps)-1].Reach.Value, truth)
}

// Two audiences of a million share 5%. Beside the time it shows the root mean square error
// over 20 seeds, and that of two counts less the count of the union.
func BenchmarkOverlap1M(b *testing.B) {
	const shared = million / 20
	weighed, byCounts := 0.0, 0.0
	for seed := range uint64(20) {
		x, y := twoAudiences(b, &reach.SketchOptions{Seed: seed}, million, shared)
		o, err := reach.SketchOverlap(x, y)
		require.NoError(b, err)
		off := o.Shared.Value - shared
		weighed += off * off / 20
		all := merged(b, x, y).Count().Value
		off = x.Count().Value + y.Count().Value - all - shared
		byCounts += off * off / 20
	}
	x, y := twoAudiences(b, nil, million, shared)
	for b.Loop() {
		_, err := reach.SketchOverlap(x, y)
		require.NoError(b, err)
	}
	b.ReportMetric(math.Sqrt(weighed), "people_off")
	b.ReportMetric(math.Sqrt(byCounts), "people_off_by_counts")
}

func BenchmarkMatrix100(b *testing.B) {
	audiences := row(b, nil, 100, 20_000, 1000)
	for b.Loop() {
		_, err := reach.NewMatrix(audiences)
		require.NoError(b, err)
	}
}

func BenchmarkAdd(b *testing.B) {
	s := people(b, nil, 0, million)
	id := uint64(million)
	b.Run("hash", func(b *testing.B) {
		for b.Loop() {
			s.AddHash(id)
			id++
		}
	})
	b.Run("id", func(b *testing.B) {
		for b.Loop() {
			s.Add("user_00012345")
		}
	})
}

func BenchmarkMarshal(b *testing.B) {
	s := people(b, nil, 0, million)
	data := written(b, s)
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			written(b, s)
		}
	})
	b.Run("read", func(b *testing.B) {
		var back reach.Sketch
		for b.Loop() {
			require.NoError(b, back.UnmarshalBinary(data))
		}
	})
}
