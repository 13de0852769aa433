package multitouch

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/bylinehq/byline"
)

// probability is that of k in a Poisson distribution.
func probability(mean, k float64) float64 {
	factorial, _ := math.Lgamma(k + 1)
	return math.Exp(k*math.Log(mean) - mean - factorial)
}

// TestPoisson compares with the distribution, on both sides of where the method changes.
func TestPoisson(t *testing.T) {
	t.Parallel()
	const draws = 100_000
	p := newPoisson()
	for _, mean := range []uint32{1, 2, 7, tabled, tabled + 1, 40, 1000} {
		counts := map[uint32]float64{}
		sum, squares := 0.0, 0.0
		for i := range uint64(draws) {
			c := chance{state: mixed(uint64(mean)) ^ mixed(i)}
			k := p.draw(mean, &c)
			counts[k]++
			sum += float64(k)
			squares += (float64(k) - float64(mean)) * (float64(k) - float64(mean))
		}
		m := float64(mean)
		if z := (sum/draws - m) / math.Sqrt(m/draws); math.Abs(z) > 4 {
			t.Errorf("mean %d: the mean of the draws is %v standard errors off", mean, z)
		}
		// The variance of (X-m)^2 is m + 2m^2.
		if z := (squares/draws - m) / math.Sqrt((m+2*m*m)/draws); math.Abs(z) > 4 {
			t.Errorf("mean %d: the variance of the draws is %v standard errors off", mean, z)
		}
		chi, cells := 0.0, 0.0
		for k := range uint32(4000) {
			if expected := draws * probability(m, float64(k)); expected > 20 {
				chi += (counts[k] - expected) * (counts[k] - expected) / expected
				cells++
			}
		}
		if z := (chi - cells) / math.Sqrt(2*cells); z > 5 {
			t.Errorf("mean %d: chi-squared is %v with %v cells", mean, chi, cells)
		}
	}
}

func TestPoissonEnds(t *testing.T) {
	t.Parallel()
	p := newPoisson()
	var c chance
	if got := p.draw(0, &c); got != 0 || c.state != 0 {
		t.Errorf("of nothing %d was drawn", got)
	}
	for mean := 1; mean <= tabled; mean++ {
		last := uint64(0)
		for _, b := range p.below[mean] {
			if b <= last {
				t.Fatalf("mean %d: %d follows %d", mean, b, last)
			}
			last = b
		}
		// What is left above the table is less than rounding.
		if left := -last; left > 1<<20 || len(p.below[mean]) > 20+5*mean {
			t.Errorf("mean %d: %d entries leave %d", mean, len(p.below[mean]), left)
		}
	}
	for range 1000 {
		if got := p.draw(maxCount, &c); got < maxCount-600_000 {
			t.Fatalf("%d is 9 standard deviations off", got)
		}
	}
}

// TestRowKeys looks at one row by itself, and beside rows that make its block keep ages
// and stages of all: it has to be drawn alike.
func TestRowKeys(t *testing.T) {
	t.Parallel()
	plain := Journey{Path: []string{"bruno", "ada"}, Conversions: 2, Nulls: 1}
	aged := Journey{Path: []string{"bruno", "ada"}, Conversions: 2, Nulls: 1, Ages: []time.Duration{2, 1}, Lead: 1}
	worth := Journey{Path: []string{"bruno", "ada"}, Conversions: 2, Nulls: 1, Value: byline.Minor(5, byline.EUR)}
	turned := Journey{Path: []string{"ada", "bruno"}, Conversions: 2, Nulls: 1}
	keys := func(rows ...Journey) []uint64 {
		j, err := NewJourneys(nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if err := j.Add(row); err != nil {
				t.Fatal(err)
			}
		}
		return rowKeys(j)[0]
	}
	alone, beside := keys(plain)[0], keys(worth, aged, turned, plain, plain)
	if beside[3] != alone {
		t.Error("a row is drawn otherwise beside others")
	}
	slices.Sort(beside)
	if len(slices.Compact(beside)) != 5 {
		t.Error("two rows are drawn as one")
	}
}

func TestScaled(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value    int64
		now, was uint32
		want     int64
	}{
		{100, 0, 1, 0}, {100, 3, 1, 300}, {-100, 3, 1, -300}, {100, 1, 3, 33}, {100, 2, 3, 67},
		{1, 1, 2, 1}, {-1, 1, 2, -1}, {1, 1, 3, 0}, {maxResampled, 20, 1, 20 * maxResampled}, {maxResampled, maxCount, maxCount, maxResampled},
	} {
		if got := redrawn(tt.value, tt.now, tt.was); got != tt.want {
			t.Errorf("%d × %d / %d is %d, want %d", tt.value, tt.now, tt.was, got, tt.want)
		}
	}
}
