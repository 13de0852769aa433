package lookalike

import (
	"math"
	"slices"
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

// Each group by itself, of three known creators of whom two bake bread.
func TestCompareByHand(t *testing.T) {
	t.Parallel()
	half := math.Exp(-.5)
	audience := func(shares ...float64) []distribution {
		all, _ := sharesOf(breakdown(shares...))
		return []distribution{{"followers\x00age", all}}
	}
	number := func(x float64) []trait { return []trait{{"k", x}} }
	tests := map[string]struct {
		group Group
		a, b  features
		want  float64
	}{
		"a rare word weighs more":       {Themes, features{sets: [5][]string{{"bread", "cake"}}}, features{sets: [5][]string{{"bread"}}}, 1. / 3},
		"platforms weigh alike":         {Platforms, features{sets: [5][]string{4: {"tiktok", "x"}}}, features{sets: [5][]string{4: {"x", "youtube"}}}, 1. / 3},
		"half of the place":             {Place, features{spoken: []string{"de"}, market: "DE"}, features{spoken: []string{"de"}, market: "AT"}, .5},
		"the same place":                {Place, features{spoken: []string{"de"}, market: "DE"}, features{spoken: []string{"de"}, market: "DE"}, 1},
		"opposite is not less than not": {Embeddings, features{vectors: map[string][]float32{"a": {1}, "b": {1}}, models: []string{"a", "b"}}, features{vectors: map[string][]float32{"a": {-1}, "b": {2}}}, .5},
		"the same audience":             {Audience, features{audience: audience(.4, .6)}, features{audience: audience(.4, .6)}, 1},
		"another audience":              {Audience, features{audience: audience(1, 0)}, features{audience: audience(0, 1)}, 0},
		"3.2 times the followers":       {Size, features{size: number(4.5)}, features{size: number(4)}, half},
		"a deviation away":              {Readings, features{readings: number(7)}, features{readings: number(5)}, half},
		"twice the price":               {Price, features{price: number(2)}, features{price: number(2 + math.Log10(2))}, half},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := &Model{known: make([]example, 3), weight: 4, scales: map[string]float64{"k": 2}}
			m.counts[0] = map[string]int{"bread": 2}
			at := slices.Index(groupList(), tt.group)
			m.weights[at] = 1
			if r := m.compare(&tt.a, &tt.b); math.Abs(r.total-tt.want) > 1e-5 || !r.known[at] || r.coverage != .25 {
				t.Errorf("similarity is %+v, want %g on a quarter", r, tt.want)
			}
			if r := m.compare(&tt.a, &features{}); r.known[at] || r.coverage != 0 {
				t.Errorf("with nobody: %+v", r)
			}
		})
	}
}

func TestScalesNeedFiveCreators(t *testing.T) {
	t.Parallel()
	m := &Model{}
	for i, x := range []float64{1, 2, 3, 4, 100} {
		e := example{features: features{readings: []trait{{"five", x}}}}
		if i > 0 {
			e.features.readings = append(e.features.readings, trait{"four", x})
		}
		m.known = append(m.known, e)
	}
	m.learn()
	if diff := cmp.Diff(map[string]float64{"five": 1.4826}, m.scales); diff != "" {
		t.Errorf("scales (-want +got):\n%s", diff)
	}
}

func TestWordsAreASet(t *testing.T) {
	t.Parallel()
	got := wordSet([]string{" Rye ", "bread", "rye", "", "BREAD", "apple"})
	if diff := cmp.Diff([]string{"apple", "bread", "rye"}, got); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}

func TestTheLargestAccountCounts(t *testing.T) {
	t.Parallel()
	account := func(n float64) creator.Account {
		return creator.Account{Platform: byline.X, Followers: byline.Known(n, "x", time.Time{})}
	}
	got := sizes([]creator.Account{account(9), account(99), account(0)})
	if diff := cmp.Diff([]trait{{"x\x00x", 2}}, got, cmp.AllowUnexported(trait{})); diff != "" {
		t.Errorf("sizes (-want +got):\n%s", diff)
	}
}

func TestTheLatestAudienceCounts(t *testing.T) {
	t.Parallel()
	snapshot := func(d int, share float64) creator.Audience {
		at := time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC)
		return creator.Audience{Kind: creator.Followers, Base: byline.Known(100, "x", at), Breakdowns: []creator.Breakdown{breakdown(share, 1-share)}}
	}
	got := audiences([]creator.Audience{snapshot(2, .5), snapshot(3, .25), snapshot(1, .75)})
	want := []distribution{{"followers\x00age", []trait{{"a", .25}, {"b", .75}}}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(distribution{}, trait{})); diff != "" {
		t.Errorf("audiences (-want +got):\n%s", diff)
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
