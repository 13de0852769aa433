package multitouch

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// TestExactParts adds the parts up in many orders: never is there anything to round.
func TestExactParts(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 4))
	for name, draw := range map[string]func() float64{
		"positive":    random.Float64,
		"both signs":  func() float64 { return random.Float64() - 0.45 },
		"far apart":   func() float64 { return math.Ldexp(random.Float64()-0.4, random.IntN(60)-30) },
		"nearly none": func() float64 { return random.Float64() - 0.5 },
	} {
		for _, total := range []float64{1, 3, 19_785, 1<<53 - 1, 1 << 53, 1 << 62, math.MaxInt64} {
			if total == 1<<53-1 && name != "positive" {
				continue // no room for a last bit beside the signs
			}
			for range 40 {
				shares := make([]float64, 2+random.IntN(60))
				sum := 0.0
				for i := 1; i < len(shares); i++ {
					shares[i] = draw()
					sum += shares[i]
				}
				for i := range shares {
					shares[i] /= sum
				}
				shares[0] = 0
				parts := exactParts(total, shares)
				for i, p := range parts {
					if i == 0 && p != 0 || name == "positive" && p < 0 {
						t.Fatalf("%s: a share of %v became %v", name, shares[i], p)
					}
				}
				for range 5 {
					random.Shuffle(len(parts), func(i, k int) { parts[i], parts[k] = parts[k], parts[i] })
					got := 0.0
					for _, p := range parts {
						got += p
					}
					if got != total {
						t.Fatalf("%s: the parts of %v sum to %v", name, total, got)
					}
				}
			}
		}
	}
}

// TestApportion compares with whole numbers and fractions of any size.
func TestApportion(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		total  int64
		shares []float64
		want   []int64
	}{
		"even":               {10, []float64{0.5, 0.5}, []int64{5, 5}},
		"a tie":              {11, []float64{0.5, 0.5}, []int64{6, 5}},
		"the largest rest":   {10, []float64{0.125, 0.375, 0.5}, []int64{1, 4, 5}},
		"a share below 0":    {10, []float64{1.5, -0.5}, []int64{15, -5}},
		"a total below 0":    {-3, []float64{0.25, 0.75}, []int64{-1, -2}},
		"all there is":       {math.MaxInt64, []float64{1}, []int64{math.MaxInt64}},
		"all less what is 0": {-math.MaxInt64, []float64{0, 1}, []int64{0, -math.MaxInt64}},
		"shares above 1":     {1, []float64{1, 1}, []int64{1, 0}},
		"nothing for nobody": {7, []float64{0, 0.5, 0.499999999999999}, []int64{0, 4, 3}},
		"nothing of nobody":  {7, []float64{0, 1, 1}, []int64{0, 4, 3}},
		"no total":           {0, []float64{2, -1}, []int64{0, 0}},
		"odd at the limit":   {math.MaxInt64, []float64{0.5, 0.5}, []int64{1 << 62, 1<<62 - 1}},
	} {
		if diff := cmp.Diff(tt.want, apportion(tt.total, tt.shares)); diff != "" {
			t.Errorf("%s: mismatch (-want +got):\n%s", name, diff)
		}
	}
}

// TestWide compares sums with numbers of any size.
func TestWide(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(6, 6))
	for range 200 {
		var sum wide
		want := new(big.Int)
		for range 50 {
			value, part := (random.Int64()-1<<62)>>random.IntN(60), random.Uint64N(whole/50)
			sum.addValue(value, part)
			want.Add(want, new(big.Int).Mul(big.NewInt(value), new(big.Int).SetUint64(part)))
		}
		units, rest := sum.floor()
		floor, left := new(big.Int).DivMod(want, new(big.Int).SetUint64(whole), new(big.Int))
		if units != floor.Int64() || rest != left.Uint64() {
			t.Fatalf("the sum is %d and %d, want %s and %s", units, rest, floor, left)
		}
		exact, _ := new(big.Rat).SetFrac(want, new(big.Int).SetUint64(whole)).Float64()
		if got := sum.float(); math.Abs(got-exact) > 1e-15*math.Abs(exact) {
			t.Fatalf("the sum is %v, want %v", got, exact)
		}
	}
}

// TestSplitRest gives what rounding leaves to the first of the heaviest.
func TestSplitRest(t *testing.T) {
	t.Parallel()
	parts := make([]uint64, 3)
	split([]float64{1, 5, 5}, parts)
	if parts[1] < parts[2] || parts[0]+parts[1]+parts[2] != whole {
		t.Errorf("parts are %d", parts)
	}
	split([]float64{1, 1, 1}, parts)
	if parts[0] <= parts[1] || parts[1] != parts[2] {
		t.Errorf("parts are %d", parts)
	}
}

// TestWeightsAtTheEnds splits what rules could stumble over.
func TestWeightsAtTheEnds(t *testing.T) {
	t.Parallel()
	two := Journey{Path: []string{"ada", "bruno"}, Conversions: 8, Ages: []time.Duration{0, 8000 * time.Hour}}
	for name, tt := range map[string]struct {
		model Model
		want  []float64
	}{
		"the last has all that is left": {PositionBased{Last: 0.5, TwoTouches: Renormalize}, []float64{0, 8}},
		"the middle is halved":          {PositionBased{Last: 0.5}, []float64{2, 6}},
		"the youngest comes first":      {TimeDecay{HalfLife: time.Hour}, []float64{8, 0}},
		"by steps":                      {TimeDecay{HalfLife: time.Hour, Stepwise: true}, []float64{8, 0}},
	} {
		r, err := Attribute(each([]Journey{two}), tt.model, nil)
		require.NoError(t, err, name)
		if diff := cmp.Diff(tt.want, []float64{r.Credits[0].Conversions, r.Credits[1].Conversions}); diff != "" {
			t.Errorf("%s: mismatch (-want +got):\n%s", name, diff)
		}
	}
	three := Journey{Path: []string{"ada", "bruno", "cleo"}, Conversions: 8, Ages: []time.Duration{0, 0, 8000 * time.Hour}}
	r, err := Attribute(each([]Journey{three}), TimeDecay{HalfLife: time.Hour}, nil)
	require.NoError(t, err)
	if r.Credits[0].Conversions != 4 || r.Credits[1].Conversions != 4 {
		t.Errorf("credits are %+v", r.Credits)
	}
}

// TestTotalsAtTheLimit adds to each sum what it has no room for.
func TestTotalsAtTheLimit(t *testing.T) {
	t.Parallel()
	const most = math.MaxInt64
	for name, tt := range map[string]struct {
		have Totals
		row  Journey
	}{
		"touches":             {Totals{Touches: most}, Journey{Path: []string{"a"}, Nulls: 1}},
		"conversions":         {Totals{Conversions: most}, Journey{Path: []string{"a"}, Conversions: 1}},
		"nulls":               {Totals{Nulls: most}, Journey{Path: []string{"a"}, Nulls: 1}},
		"conversions of none": {Totals{Untouched: Untouched{Conversions: most}}, Journey{Conversions: 1}},
		"nulls of none":       {Totals{Untouched: Untouched{Nulls: most}}, Journey{Nulls: 1}},
		"value":               {Totals{Value: byline.Minor(most, byline.EUR)}, Journey{Path: []string{"a"}, Conversions: 1, Value: byline.Minor(1, byline.EUR)}},
		"value of none":       {Totals{Untouched: Untouched{Value: byline.Minor(most, byline.EUR)}}, Journey{Conversions: 1, Value: byline.Minor(1, byline.EUR)}},
	} {
		added, merged := tt.have, tt.have
		var more Totals
		require.Nil(t, more.add(&tt.row, len(tt.row.Path)), name)
		if why := added.add(&tt.row, len(tt.row.Path)); why == nil || added != tt.have {
			t.Errorf("%s: was added: %v", name, why)
		}
		if why := merged.mergeChecked(more); why == nil || merged != tt.have {
			t.Errorf("%s: was merged: %v", name, why)
		}
	}
}
