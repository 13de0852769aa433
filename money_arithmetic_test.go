package byline_test

import (
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// anyInt64 draws from all magnitudes alike and often from the ends of the range.
func anyInt64(r *rand.Rand) int64 {
	switch r.IntN(8) {
	case 0:
		return int64(r.IntN(5) - 2)
	case 1:
		return math.MaxInt64 - int64(r.IntN(3))
	case 2:
		return math.MinInt64 + int64(r.IntN(3))
	default:
		return int64(r.Uint64()) >> r.IntN(64)
	}
}

// fits reports whether v is an amount: an int64 that has an opposite.
func fits(v *big.Int) bool { return v.IsInt64() && v.Int64() != math.MinInt64 }

func TestAddAndSubAgainstBigIntegers(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	var overflows int
	for range 20_000 {
		a, b := anyInt64(r), anyInt64(r)
		m, o := byline.Minor(a, byline.EUR), byline.Minor(b, byline.EUR)
		sum := new(big.Int).Add(big.NewInt(a), big.NewInt(b))
		got, err := m.Add(o)
		if !fits(sum) {
			overflows++
			refused(t, "money.range", got, err)
		} else if err != nil || got != byline.Minor(sum.Int64(), byline.EUR) {
			t.Fatalf("%d + %d = %d, %v; want %s", a, b, got.Minor(), err, sum)
		}
		difference := new(big.Int).Sub(big.NewInt(a), big.NewInt(b))
		got, err = m.Sub(o)
		if !fits(difference) || b == math.MinInt64 {
			refused(t, "money.range", got, err)
		} else if err != nil || got != byline.Minor(difference.Int64(), byline.EUR) {
			t.Fatalf("%d - %d = %d, %v; want %s", a, b, got.Minor(), err, difference)
		}
	}
	if overflows < 1000 {
		t.Errorf("only %d overflows were tried", overflows)
	}
}

func TestAddAtTheEdges(t *testing.T) {
	t.Parallel()
	const most = math.MaxInt64
	tests := []struct {
		name string
		a, b int64
		want int64
		code string
	}{
		{"up to the largest", most - 1, 1, most, ""},
		{"one beyond the largest", most, 1, 0, "money.range"},
		{"twice the largest", most, most, 0, "money.range"},
		{"down to the smallest", -most + 1, -1, -most, ""},
		{"one beyond the smallest, which int64 could hold", -most, -1, 0, "money.range"},
		{"twice the smallest", -most, -most, 0, "money.range"},
		{"both ends", most, -most, 0, ""},
		{"nothing to the largest", most, 0, most, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := byline.Minor(tt.a, byline.JPY).Add(byline.Minor(tt.b, byline.JPY))
			if tt.code != "" {
				refused(t, tt.code, got, err)
				return
			}
			require.NoError(t, err)
			if diff := cmp.Diff(byline.Minor(tt.want, byline.JPY), got); diff != "" {
				t.Errorf("sum mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNeg(t *testing.T) {
	t.Parallel()
	tests := map[int64]int64{0: 0, 1: -1, -5: 5, math.MaxInt64: -math.MaxInt64, -math.MaxInt64: math.MaxInt64, math.MinInt64: math.MinInt64}
	for in, want := range tests {
		if got := byline.Minor(in, byline.EUR).Neg(); got != byline.Minor(want, byline.EUR) {
			t.Errorf("the opposite of %d is %v, want %d", in, got, want)
		}
	}
	if got := (byline.Money{}).Neg(); got != (byline.Money{}) {
		t.Errorf("the opposite of the zero Money is %v", got)
	}
}

func TestSignAndIsZero(t *testing.T) {
	t.Parallel()
	for minor, want := range map[int64]int{0: 0, 1: 1, -1: -1, math.MaxInt64: 1, math.MinInt64: -1} {
		m := byline.Minor(minor, byline.EUR)
		if m.Sign() != want || m.IsZero() != (want == 0) {
			t.Errorf("%v has sign %d and IsZero %t", m, m.Sign(), m.IsZero())
		}
	}
	if !(byline.Money{}).IsZero() {
		t.Error("the zero Money is not zero")
	}
}

func TestMixedCurrencies(t *testing.T) {
	t.Parallel()
	euros, yen := byline.Minor(5, byline.EUR), byline.Minor(5, byline.JPY)
	calls := map[string]func() (byline.Money, error){
		"Add":                       func() (byline.Money, error) { return euros.Add(yen) },
		"Sub":                       func() (byline.Money, error) { return euros.Sub(yen) },
		"Sum":                       func() (byline.Money, error) { return byline.Sum(euros, euros, yen) },
		"Sum, first without amount": func() (byline.Money, error) { return byline.Sum(byline.Money{}, euros, yen) },
		"Add, where one is nothing": func() (byline.Money, error) { return euros.Add(byline.Minor(0, byline.JPY)) },
		"Cmp": func() (byline.Money, error) {
			order, err := euros.Cmp(yen)
			return byline.Minor(int64(order), ""), err
		},
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := call()
			mismatch, ok := errors.AsType[*byline.CurrencyMismatchError](err)
			if !ok || !errors.Is(err, byline.ErrInvalid) || errors.Is(err, byline.ErrConflict) {
				t.Fatalf("error is %v", err)
			}
			if diff := cmp.Diff(&byline.CurrencyMismatchError{A: byline.EUR, B: byline.JPY}, mismatch); diff != "" {
				t.Errorf("error mismatch (-want +got):\n%s", diff)
			}
			if want := `currencies differ: "EUR" and "JPY"`; err.Error() != want {
				t.Errorf("error reads %q, want %q", err, want)
			}
			if got != (byline.Money{}) {
				t.Errorf("%v came with the error", got)
			}
		})
	}
	t.Run("a count without a currency is no neutral element", func(t *testing.T) {
		t.Parallel()
		_, err := byline.Minor(5, "").Add(euros)
		require.ErrorIs(t, err, byline.ErrInvalid)
		_, err = euros.Add(byline.Minor(5, ""))
		require.ErrorIs(t, err, byline.ErrInvalid)
	})
}

func TestZeroMoneyIsNeutral(t *testing.T) {
	t.Parallel()
	zero := byline.Money{}
	for _, m := range []byline.Money{zero, byline.Minor(0, byline.EUR), byline.Minor(7, byline.EUR), byline.Minor(-7, byline.KWD), byline.Minor(math.MaxInt64, byline.JPY)} {
		sums := []struct {
			name      string
			got, want byline.Money
			err       error
		}{
			{name: "0 + m", want: m},
			{name: "m + 0", want: m},
			{name: "m - 0", want: m},
			{name: "0 - m", want: m.Neg()},
			{name: "sum", want: m},
		}
		sums[0].got, sums[0].err = zero.Add(m)
		sums[1].got, sums[1].err = m.Add(zero)
		sums[2].got, sums[2].err = m.Sub(zero)
		sums[3].got, sums[3].err = zero.Sub(m)
		sums[4].got, sums[4].err = byline.Sum(zero, m, zero)
		for _, s := range sums {
			require.NoError(t, s.err)
			if s.got != s.want {
				t.Errorf("%s = %v, want %v for m = %v", s.name, s.got, s.want, m)
			}
		}
		order, err := zero.Cmp(m)
		require.NoError(t, err)
		if order != -m.Sign() {
			t.Errorf("Cmp(0, %v) = %d", m, order)
		}
	}
	got, err := byline.Sum()
	require.NoError(t, err)
	if got != zero {
		t.Errorf("the sum of nothing is %v", got)
	}
}

func TestSumStopsAtOverflow(t *testing.T) {
	t.Parallel()
	most := byline.Minor(math.MaxInt64, byline.EUR)
	got, err := byline.Sum(most, byline.Minor(1, byline.EUR), byline.Minor(-1, byline.EUR))
	refused(t, "money.range", got, err)
}

func TestEqualities(t *testing.T) {
	t.Parallel()
	all := []byline.Money{
		{}, byline.Minor(0, byline.EUR), byline.Minor(0, byline.JPY), byline.Minor(5, byline.EUR), byline.Minor(5, byline.JPY),
		byline.Minor(-5, byline.EUR), byline.Minor(6, byline.EUR), byline.Minor(5, ""),
	}
	seen := map[byline.Money]int{}
	for i, a := range all {
		seen[a] = i
		for j, b := range all {
			if same := i == j; (a == b) != same || a.Equal(b) != same || cmp.Equal(a, b) != same {
				t.Errorf("%v and %v: == %t, Equal %t, cmp.Equal %t, want %t", a, b, a == b, a.Equal(b), cmp.Equal(a, b), same)
			}
			forth, errForth := a.Cmp(b)
			back, errBack := b.Cmp(a)
			if forth != -back || (errForth == nil) != (errBack == nil) {
				t.Errorf("%v and %v: Cmp is %d, %v one way and %d, %v the other", a, b, forth, errForth, back, errBack)
			}
			if a.Currency() == b.Currency() && (errForth != nil || (forth == 0) != (a == b)) {
				t.Errorf("%v and %v: Cmp is %d, %v", a, b, forth, errForth)
			}
		}
	}
	if len(seen) != len(all) {
		t.Errorf("%d keys of a map, want %d", len(seen), len(all))
	}
}
