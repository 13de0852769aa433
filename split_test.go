package byline_test

import (
	"encoding/binary"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

func minors(parts []byline.Money) []int64 {
	var units []int64
	for _, p := range parts {
		units = append(units, p.Minor())
	}
	return units
}

func TestSplit(t *testing.T) {
	t.Parallel()
	const most = math.MaxInt64
	tests := []struct {
		name    string
		minor   int64
		weights []int64
		want    []int64
	}{
		{"one part", 1050, []int64{7}, []int64{1050}},
		{"even", 100, []int64{1, 1}, []int64{50, 50}},
		{"a tie goes to the earlier weight", 100, []int64{1, 1, 1}, []int64{34, 33, 33}},
		{"two left over go to the first two", 101, []int64{1, 1, 1}, []int64{34, 34, 33}},
		{"the largest remainder goes before the earlier weight", 10, []int64{1, 2, 4}, []int64{1, 3, 6}},
		{"a tie of remainders, not of weights", 2, []int64{1, 3}, []int64{1, 1}},
		{"the same tie the other way round", 2, []int64{3, 1}, []int64{2, 0}},
		{"fewer units than parts", 2, []int64{1, 1, 1, 1}, []int64{1, 1, 0, 0}},
		{"a zero weight gets nothing", 5, []int64{0, 1, 0, 1}, []int64{0, 3, 0, 2}},
		{"negative", -100, []int64{1, 1, 1}, []int64{-34, -33, -33}},
		{"nothing", 0, []int64{1, 2}, []int64{0, 0}},
		{"the largest in three", most, []int64{1, 1, 1}, []int64{most/3 + 1, most / 3, most / 3}},
		{"the largest by the largest", most, []int64{most}, []int64{most}},
		{"the largest by all but one", most, []int64{most - 1, 1}, []int64{most - 1, 1}},
		{"the smallest int64", math.MinInt64, []int64{1, 1}, []int64{math.MinInt64 / 2, math.MinInt64 / 2}},
		{"the smallest int64 in one part", math.MinInt64, []int64{most}, []int64{math.MinInt64}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			given := append([]int64{}, tt.weights...)
			got, err := byline.Minor(tt.minor, byline.KWD).Split(given...)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, minors(got)); diff != "" {
				t.Errorf("parts mismatch (-want +got):\n%s", diff)
			}
			for _, p := range got {
				if p.Currency() != byline.KWD {
					t.Errorf("a part has currency %q", p.Currency())
				}
			}
			if diff := cmp.Diff(tt.weights, given); diff != "" {
				t.Errorf("the weights were changed (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("the zero Money", func(t *testing.T) {
		t.Parallel()
		got, err := byline.Money{}.Split(1, 2)
		require.NoError(t, err)
		if diff := cmp.Diff([]byline.Money{{}, {}}, got); diff != "" {
			t.Errorf("parts mismatch (-want +got):\n%s", diff)
		}
	})
}

func TestSplitRefuses(t *testing.T) {
	t.Parallel()
	const most = math.MaxInt64
	tests := map[string][]int64{
		"no weights":                       nil,
		"only zeros":                       {0, 0},
		"a negative one":                   {1, -1, 1},
		"a negative one that sums to more": {5, -1},
		"the smallest int64":               {math.MinInt64},
		"a sum beyond int64":               {most, 1},
		"a sum that wraps to 0":            {most, most, 2},
		"a sum that wraps to 1":            {most, most, 3},
	}
	for name, weights := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := byline.Minor(100, byline.EUR).Split(weights...)
			refused(t, "money.weight", byline.Money{}, err)
			if got != nil {
				t.Errorf("%v came with the error", got)
			}
		})
	}
}

// hamilton splits by whole numbers of any size: exact shares towards zero, then one
// unit to the largest remainder that has none yet, the first of equals.
func hamilton(minor int64, weights []int64) []int64 {
	total := new(big.Int)
	for _, w := range weights {
		total.Add(total, big.NewInt(w))
	}
	whole := new(big.Int).Abs(big.NewInt(minor))
	left := new(big.Int).Set(whole)
	parts, remainders := make([]*big.Int, len(weights)), make([]*big.Int, len(weights))
	for i, w := range weights {
		parts[i], remainders[i] = new(big.Int).QuoRem(new(big.Int).Mul(whole, big.NewInt(w)), total, new(big.Int))
		left.Sub(left, parts[i])
	}
	for ; left.Sign() > 0; left.Sub(left, big.NewInt(1)) {
		largest := 0
		for i, r := range remainders {
			if r.Cmp(remainders[largest]) > 0 {
				largest = i
			}
		}
		parts[largest].Add(parts[largest], big.NewInt(1))
		remainders[largest] = big.NewInt(-1)
	}
	units := make([]int64, len(parts))
	for i, p := range parts {
		if minor < 0 {
			p.Neg(p)
		}
		units[i] = p.Int64()
	}
	return units
}

// checkSplit compares a split with hamilton and with what Split promises.
func checkSplit(t *testing.T, minor int64, weights []int64) {
	t.Helper()
	total := new(big.Int)
	negative := false
	for _, w := range weights {
		total.Add(total, big.NewInt(w))
		negative = negative || w < 0
	}
	m := byline.Minor(minor, byline.EUR)
	parts, err := m.Split(weights...)
	if negative || total.Sign() == 0 || !total.IsInt64() {
		refused(t, "money.weight", byline.Money{}, err)
		return
	}
	require.NoError(t, err)
	got := minors(parts)
	if diff := cmp.Diff(hamilton(minor, weights), got); diff != "" {
		t.Fatalf("%d by %d mismatch (-want +got):\n%s", minor, weights, diff)
	}
	if sum, err := byline.Sum(parts...); minor != math.MinInt64 && (err != nil || sum != m) {
		t.Errorf("%d by %d sums to %v, %v", minor, weights, sum, err)
	}
	first := map[int64]int64{} // by weight, the size of its first part
	for i, w := range weights {
		part := new(big.Int).Mul(big.NewInt(got[i]), total)
		off := part.Sub(part, new(big.Int).Mul(big.NewInt(minor), big.NewInt(w)))
		if off.CmpAbs(total) >= 0 {
			t.Errorf("%d by %d: part %d is %d, a unit or more from its exact share", minor, weights, i, got[i])
		}
		if w == 0 && got[i] != 0 || got[i] < 0 && minor > 0 || got[i] > 0 && minor < 0 {
			t.Errorf("%d by %d: part %d is %d", minor, weights, i, got[i])
		}
		size := max(got[i], -got[i])
		if before, met := first[w]; met && before != size && before != size+1 {
			t.Errorf("%d by %d: equal weights got %d and then %d", minor, weights, before, size)
		} else if !met {
			first[w] = size
		}
	}
	if minor > 0 {
		mirrored, err := m.Neg().Split(weights...)
		require.NoError(t, err)
		for i, p := range mirrored {
			if p != parts[i].Neg() {
				t.Errorf("%d by %d: part %d is %v, and %v of the opposite", minor, weights, i, parts[i], p)
			}
		}
	}
}

func TestSplitAgainstBigIntegers(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 2))
	for range 5000 {
		weights := make([]int64, 1+r.IntN(12))
		room := r.IntN(64)
		for i := range weights {
			switch r.IntN(6) {
			case 0: // stays zero
			case 1:
				weights[i] = weights[r.IntN(len(weights))]
			default:
				weights[i] = int64(r.Uint64()>>1) >> room >> r.IntN(8)
			}
		}
		checkSplit(t, anyInt64(r), weights)
	}
	for n := 1; n <= 40; n++ { // equal and nearly equal weights, many ties
		weights := make([]int64, n)
		for i := range weights {
			weights[i] = 1 + int64(r.IntN(2))
		}
		for minor := int64(-50); minor <= 50; minor++ {
			checkSplit(t, minor, weights)
		}
	}
}

func FuzzSplit(f *testing.F) {
	pack := func(weights ...int64) (data []byte) {
		for _, w := range weights {
			data = binary.BigEndian.AppendUint64(data, uint64(w))
		}
		return data
	}
	f.Add(int64(100), pack(1, 1, 1))
	f.Add(int64(-1), pack(0, 5, 0))
	f.Add(int64(math.MaxInt64), pack(math.MaxInt64-1, 1))
	f.Add(int64(math.MinInt64), pack(3, 5, 7))
	f.Add(int64(7), pack(-1, 2))
	f.Add(int64(7), pack(math.MaxInt64, math.MaxInt64, 3))
	f.Add(int64(0), pack())
	f.Fuzz(func(t *testing.T, minor int64, data []byte) {
		var weights []int64
		for ; len(data) >= 8 && len(weights) < 50; data = data[8:] {
			weights = append(weights, int64(binary.BigEndian.Uint64(data)))
		}
		checkSplit(t, minor, weights)
	})
}

func TestPortion(t *testing.T) {
	t.Parallel()
	const most = math.MaxInt64
	tests := []struct {
		name            string
		minor, num, den int64
		want            int64
		code            string
	}{
		{"12.5 %", 10_000, 1250, 10_000, 1250, ""},
		{"half goes away from zero", 5, 1, 2, 3, ""},
		{"half goes away from zero below it too", -5, 1, 2, -3, ""},
		{"under half goes towards zero", 1, 49, 100, 0, ""},
		{"over half", 1, 51, 100, 1, ""},
		{"a third", 1, 1, 3, 0, ""},
		{"two thirds", 1, 2, 3, 1, ""},
		{"nothing of it", 5, 0, 7, 0, ""},
		{"nothing", 0, 3, 7, 0, ""},
		{"more than all", 5, 3, 1, 15, ""},
		{"all of the largest", most, most, most, most, ""},
		{"all of the smallest", -most, 1, 1, -most, ""},
		{"half of the largest", most, 1, 2, most/2 + 1, ""},
		{"the largest numerator", 1, most, 1, most, ""},
		{"just under half of 1", 1, most / 2, most, 0, ""},
		{"just over half of 1", 1, most/2 + 1, most, 1, ""},
		{"half of the smallest int64", math.MinInt64, 1, 2, math.MinInt64 / 2, ""},

		{"one beyond the largest", most, most, most - 1, 0, "money.range"},
		// 3 × 6148914691236517205 = 2^64 - 1, and half of that rounds up to 2^63.
		{"half a unit beyond the largest", 3, 6148914691236517205, 2, 0, "money.range"},
		{"far too much", most, most, 1, 0, "money.range"},
		{"the smallest int64 has no portion of itself", math.MinInt64, 1, 1, 0, "money.range"},
		// 31 × 1190112520884487201 = 2^65 - 1, and half of that rounds up to 2^64.
		{"a quotient of 64 ones that rounds up", 31, 1190112520884487201, 2, 0, "money.range"},
		{"the same below zero", -31, 1190112520884487201, 2, 0, "money.range"},
		{"a negative numerator", 5, -1, 2, 0, "money.ratio"},
		{"a negative denominator", 5, 1, -2, 0, "money.ratio"},
		{"both negative", 5, -1, -2, 0, "money.ratio"},
		{"no denominator", 5, 1, 0, 0, "money.ratio"},
		{"the smallest int64 as numerator", 5, math.MinInt64, 1, 0, "money.ratio"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := byline.Minor(tt.minor, byline.EUR).Portion(tt.num, tt.den)
			if tt.code != "" {
				refused(t, tt.code, got, err)
				return
			}
			require.NoError(t, err)
			if diff := cmp.Diff(byline.Minor(tt.want, byline.EUR), got); diff != "" {
				t.Errorf("portion mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPortionAgainstBigIntegers(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 3))
	var kept, overflows int
	for range 30_000 {
		minor, num, den := anyInt64(r), anyInt64(r), anyInt64(r)
		got, err := byline.Minor(minor, byline.EUR).Portion(num, den)
		if num < 0 || den <= 0 {
			refused(t, "money.ratio", got, err)
			continue
		}
		product := new(big.Int).Mul(new(big.Int).Abs(big.NewInt(minor)), big.NewInt(num))
		want, rest := product.QuoRem(product, big.NewInt(den), new(big.Int))
		if rest.Lsh(rest, 1).Cmp(big.NewInt(den)) >= 0 {
			want.Add(want, big.NewInt(1))
		}
		if !want.IsInt64() {
			overflows++
			refused(t, "money.range", got, err)
			continue
		}
		kept++
		if minor < 0 {
			want.Neg(want)
		}
		if err != nil || got != byline.Minor(want.Int64(), byline.EUR) {
			t.Fatalf("%d × %d / %d = %d, %v; want %s", minor, num, den, got.Minor(), err, want)
		}
	}
	if kept < 3000 || overflows < 1000 {
		t.Errorf("%d portions and %d overflows were tried", kept, overflows)
	}
}
