package lookalike

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

func breakdown(shares ...float64) creator.Breakdown {
	b := creator.Breakdown{Dimension: creator.Age}
	for i, s := range shares {
		b.Buckets = append(b.Buckets, creator.Bucket{Key: string(rune('a' + i)), Share: byline.Known(s, "x", time.Time{})})
	}
	return b
}

// The golden numbers are those of the definition, to base 2.
func TestDistance(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		p, q []float64
		want float64
	}{
		"near":                {[]float64{.5, .3, .2}, []float64{.4, .4, .2}, .095843},
		"the same":            {[]float64{.5, .5}, []float64{.5, .5}, 0},
		"disjoint":            {[]float64{1, 0}, []float64{0, 1}, 1},
		"unknown is a bucket": {[]float64{.5}, []float64{.5, .5}, math.Sqrt(.5)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, _ := sharesOf(breakdown(tt.p...))
			q, _ := sharesOf(breakdown(tt.q...))
			if got := distance(p, q); math.Abs(got-tt.want) > 1e-6 || distance(q, p) != got {
				t.Errorf("distance is %g, and %g the other way, want %g", got, distance(q, p), tt.want)
			}
		})
	}
}

func TestSharesThatAreNoDistribution(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]creator.Breakdown{
		"120 percent": breakdown(.7, .5), "negative": breakdown(-.1, .5), "nothing": breakdown(), "zeros": breakdown(0, 0),
		"interests": {Dimension: creator.Interest, Buckets: breakdown(.5).Buckets},
	} {
		if got, ok := sharesOf(b); ok {
			t.Errorf("%s gives %v", name, got)
		}
	}
}

func TestCosine(t *testing.T) {
	t.Parallel()
	nan, huge := float32(math.NaN()), float32(math.MaxFloat32)
	tests := map[string]struct {
		a, b []float32
		want float64
		ok   bool
	}{
		"the same":       {[]float32{1, 2}, []float32{2, 4}, 1, true},
		"upright":        {[]float32{1, 0}, []float32{0, 1}, 0, true},
		"opposite":       {[]float32{1}, []float32{-1}, -1, true},
		"huge":           {[]float32{huge, huge}, []float32{huge, huge}, 1, true},
		"other lengths":  {[]float32{1}, []float32{1, 2}, 0, false},
		"nothing":        {nil, nil, 0, false},
		"zeros":          {[]float32{0}, []float32{1}, 0, false},
		"not a number":   {[]float32{nan}, []float32{1}, 0, false},
		"missing vector": {[]float32{1}, nil, 0, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := cosine(tt.a, tt.b)
			if ok != tt.ok || ok && math.Abs(got-tt.want) > 1e-12 {
				t.Errorf("cosine is %g, %t", got, ok)
			}
		})
	}
}

func TestPricesTakeTheLatestPerPiece(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	got := prices([]creator.Rate{
		{Format: "Reel", Pieces: 2, Price: byline.Minor(2000, byline.EUR), QuotedAt: day},
		{Format: "reel", Pieces: 1, Price: byline.Minor(9000, byline.EUR), QuotedAt: day.AddDate(0, 0, -1)},
		{Format: "reel", Pieces: 0, Price: byline.Minor(1, byline.EUR), QuotedAt: day},
		{Format: "reel", Pieces: 1, Price: byline.Minor(0, byline.EUR), QuotedAt: day},
	})
	if diff := cmp.Diff([]trait{{"\x00reel\x00EUR", 3}}, got, cmp.AllowUnexported(trait{})); diff != "" {
		t.Errorf("prices (-want +got):\n%s", diff)
	}
}
