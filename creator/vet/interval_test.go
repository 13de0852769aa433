package vet

import (
	"math"
	"testing"
)

func TestStudentQuantile(t *testing.T) {
	t.Parallel()
	for freedom, want := range map[int]float64{3: 3.1824, 4: 2.7764, 5: 2.5706, 10: 2.2281, 30: 2.0423, 1000: 1.9623} {
		if got := studentQuantile(freedom); math.Abs(got-want) > 0.004 {
			t.Errorf("t of %d is %.4f, want %.4f", freedom, got, want)
		}
	}
}

func TestShareInterval(t *testing.T) {
	t.Parallel()
	tests := []struct{ share, n, low, high float64 }{{0.2, 300, 0.1587, 0.2489}, {0, 50, 0, 0.0714}}
	for _, tt := range tests {
		i := shareInterval(tt.share, tt.n)
		if !i.known || math.Abs(i.low-tt.low) > 1e-4 || math.Abs(i.high-tt.high) > 1e-4 {
			t.Errorf("%v of %v lies in %v", tt.share, tt.n, i)
		}
	}
	if shareInterval(0, 0).known {
		t.Error("a share of nothing has an interval")
	}
}

// TestOrderInterval checks ranks that are in the tables of the sign test, and that the
// normal form continues the exact one.
func TestOrderInterval(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]float64{5: 0, 6: 1, 8: 1, 9: 2, 12: 3, 20: 6, 50: 18, 100: 40, 500: 228, 501: 228} {
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(i + 1)
		}
		i := orderInterval(values, 0.05)
		if i.known != (want > 0) || i.known && (i.low != want || i.high != float64(n+1)-want) {
			t.Errorf("of %d: %v, want from %v", n, i, want)
		}
	}
}

func TestCountInterval(t *testing.T) {
	t.Parallel()
	// Exact limits of a Poisson count.
	for n, want := range map[float64][2]float64{0: {0, 3.689}, 10: {4.795, 18.39}, 100: {81.36, 121.63}} {
		i := countInterval(n)
		if math.Abs(i.low-want[0]) > 0.03*(1+want[0]) || math.Abs(i.high-want[1]) > 0.02*want[1] {
			t.Errorf("%v lies in %v, want %v", n, i, want)
		}
	}
}

func TestQuantile(t *testing.T) {
	t.Parallel()
	values := []float64{1, 2, 3, 4}
	for p, want := range map[float64]float64{0: 1, 0.25: 1.75, 0.5: 2.5, 0.75: 3.25, 1: 4} {
		if got := sortedQuantile(values, p); got != want {
			t.Errorf("quantile %v is %v", p, got)
		}
	}
}

// TestTrimmedMean is worked by hand: 1 to 10 without its ends has the mean 5.5, and with
// its ends drawn in the deviation 2.71825, so that the standard error is 1.07448.
func TestTrimmedMean(t *testing.T) {
	t.Parallel()
	mean, i := trimmedMean([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.1)
	if mean != 5.5 || math.Abs(i.low-2.959) > 0.001 || math.Abs(i.high-8.041) > 0.001 {
		t.Errorf("%v in %v", mean, i)
	}
	if _, i := trimmedMean([]float64{1, 2, 3}, 0); i.known {
		t.Errorf("three values have the interval %v", i)
	}
}

func TestBetaInterval(t *testing.T) {
	t.Parallel()
	tests := []struct{ a, b, low, high, within float64 }{
		{5, 5, 0.2120, 0.7880, 0.001},
		{30, 970, 0.02035, 0.04147, 0.0002},
		{0, 10, 0, 0.3085, 0.1}, {10, 0, 0.6915, 1, 0.1},
	}
	for _, tt := range tests {
		i := betaInterval(tt.a, tt.b)
		if !i.known || math.Abs(i.low-tt.low) > tt.within || math.Abs(i.high-tt.high) > tt.within {
			t.Errorf("Beta(%v, %v) lies in %v, want %v to %v", tt.a, tt.b, i, tt.low, tt.high)
		}
	}
	if low, high := betaInterval(0.5, 10).low, betaInterval(10, 0.5).high; low != 0 || high != 1 {
		t.Errorf("ends %v and %v", low, high)
	}
}
