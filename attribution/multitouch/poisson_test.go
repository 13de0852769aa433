package multitouch

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

// TestPoissonTails looks further out than chi-squared does, and holds what is drawn against
// the 20 times that sums have room for.
func TestPoissonTails(t *testing.T) {
	t.Parallel()
	const draws = 400_000
	p := newPoisson()
	for _, mean := range []uint32{1, tabled, tabled + 1, 60, 100_000} {
		m := float64(mean)
		below, above := m-2.8*math.Sqrt(m), m+3.2*math.Sqrt(m)
		low, high, least, most := 0.0, 0.0, 0.0, 0.0
		for k := math.Floor(max(0, m-12*math.Sqrt(m))); k < m+20*math.Sqrt(m)+20; k++ {
			if k < below {
				low += probability(m, k)
			}
			if k > above {
				high += probability(m, k)
			}
		}
		for i := range uint64(draws) {
			c := chance{state: mixed(uint64(mean)) ^ mixed(i)}
			k := float64(p.draw(mean, &c))
			if k < below {
				least++
			}
			if k > above {
				most++
			}
			if k > 20*m {
				t.Fatalf("mean %d: %v", mean, k)
			}
		}
		for what, z := range map[string]float64{"least": (least - draws*low) / math.Sqrt(draws*low+1), "most": (most - draws*high) / math.Sqrt(draws*high+1)} {
			if math.Abs(z) > 4 {
				t.Errorf("mean %d: the %s are %v standard deviations off", mean, what, z)
			}
		}
	}
	for mean := 1; mean <= tabled; mean++ {
		if n := len(p.below[mean]); n > 20*mean {
			t.Errorf("mean %d: up to %d are drawn", mean, n)
		}
	}
}

// TestPoissonSqueeze holds the shortcut of PTRS against the distribution: what it takes, the
// logarithms would have taken; and the hat is nowhere below it by more than is known.
func TestPoissonSqueeze(t *testing.T) {
	t.Parallel()
	for _, mean := range []float64{17, 18, 25, 100, 1e4, 1e6} {
		h := newHat(mean)
		for i := 1; i < 20_000; i++ {
			u := float64(i)/20_000 - 0.5
			us := 0.5 - math.Abs(u)
			k := h.at(u, us)
			if k >= 0 && us >= 0.07 && !h.under(k, us, h.squeeze) {
				t.Fatalf("mean %v: the squeeze takes %v at %v, which is above the distribution", mean, k, u)
			}
			if k >= 0 && h.under(k, us, 1.006) {
				t.Fatalf("mean %v: the hat is below the distribution at %v", mean, k)
			}
		}
	}
}

// TestBootstrapOfBoth compares two models that answer in different replicates: one that only
// one of them answered counts for neither, or a missing number would pass for 0.
func TestBootstrapOfBoth(t *testing.T) {
	t.Parallel()
	const n = 80
	credits := []AnalyticCredit{{Channel: "ada", Conversions: 2, Share: 1, Value: byline.Minor(2, byline.EUR)}}
	totals := Totals{Conversions: 2, Value: byline.Minor(2, byline.EUR)}
	point := Comparison{Totals: totals, Channels: []string{"ada"}, Results: []Result{{Model: "a", Credits: credits}, {Model: "b", Credits: credits}}}
	d := &draws{options: BootstrapOptions{Replicates: n, Level: 0.95, Top: 1}, point: point, models: []modelDraws{{asked: true}, {asked: true}}}
	d.allocate()
	for m := range d.models {
		for r := range n {
			d.totals[r] = totals
			d.models[m].answered[r], d.models[m].valued[r] = r != m, r != m && r != m+2
			if d.models[m].valued[r] {
				d.models[m].values[0][r] = 2
			}
			if d.models[m].answered[r] {
				d.models[m].conversions[0][r] = 2
			}
		}
	}
	c := d.confidence()
	got := d.difference(c, ModelPair{"b", "a"})
	zero := byline.Minor(0, byline.EUR)
	want := Difference{ModelPair: ModelPair{"b", "a"}, Answered: n - 2, Channels: []ChannelDifference{{Channel: "ada", Value: MoneyInterval{zero, zero, zero, zero}, Above: 0.5}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
	d.models[0].answered[5], d.models[1].answered[6], d.models[1].answered[7] = false, false, false
	if got := d.difference(c, ModelPair{"b", "a"}); got.Refused == nil || got.Refused.Have != n-5 || got.Refused.Need != n-n/20 {
		t.Errorf("%+v", got)
	}
}

// TestBootstrapTies calls equal what rounding alone sets apart, whichever is the less.
func TestBootstrapTies(t *testing.T) {
	t.Parallel()
	d := &draws{totals: []Totals{{Conversions: 100}}}
	for _, tt := range []struct{ a, b, want float64 }{{33, 33 + 1e-14, 0.5}, {33 + 1e-14, 33, 0.5}, {33, 33 + 1e-9, 0}, {33 + 1e-9, 33, 1}} {
		if got := d.above([]float64{tt.a}, []float64{tt.b}, []int{0}); got != tt.want {
			t.Errorf("%v above %v: %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestInterval(t *testing.T) {
	t.Parallel()
	drawn := make([]float64, 99)
	amounts := make([]int64, 99)
	for i := range drawn {
		drawn[i], amounts[i] = float64((i*37)%99+1), int64((i*37)%99+1)
	}
	for level, tail := range map[float64]float64{0.8: 10, 0.9: 5, 0.95: 2, 0.98: 1} {
		got := interval(7, slices.Clone(drawn), level)
		if got.Low != tail || got.High != 100-tail || got.Estimate != 7 || math.Abs(got.StandardError-math.Sqrt(825)) > 1e-9 {
			t.Errorf("%v: %+v", level, got)
		}
		money := moneyInterval(byline.Minor(7, byline.JPY), slices.Clone(amounts), level)
		want := MoneyInterval{byline.Minor(7, byline.JPY), byline.Minor(int64(tail), byline.JPY), byline.Minor(100-int64(tail), byline.JPY), byline.Minor(29, byline.JPY)}
		if money != want {
			t.Errorf("%v: %+v", level, money)
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
