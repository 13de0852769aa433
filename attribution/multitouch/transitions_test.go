package multitouch

import (
	"math"
	"testing"
)

// TestSubsetRates compares with elimination by hand: A>B 1/0; A 1/2; B>A 0/3.
func TestSubsetRates(t *testing.T) {
	t.Parallel()
	c := newTransitions(1)
	c.add([]id{0, 1}, exit{conversions: 1})
	c.add([]id{0}, exit{conversions: 1, nulls: 2})
	c.add([]id{1, 0}, exit{nulls: 3})
	got := c.subsetRates(2)
	want := []float64{0, 2.0 / 7 * 2 / 7, 2.0 / 7 * 3 / 8, 2.0 / 7}
	// Without A: a removal effect of 5/8; without B: one of 5/7.
	for mask, rate := range want {
		if math.Abs(got[mask]-rate) > 1e-15 {
			t.Errorf("rate of %b is %v, want %v", mask, got[mask], rate)
		}
	}
}

func BenchmarkSubsetRates(b *testing.B) {
	c := newTransitions(1)
	for n := range 12 {
		for m := range 12 {
			c.add([]id{id(n), id(m)}, exit{conversions: int64(n + 1), nulls: int64(3 * (m + 1))})
		}
	}
	for b.Loop() {
		c.subsetRates(12)
	}
}
