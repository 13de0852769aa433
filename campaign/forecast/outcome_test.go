package forecast

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
)

func TestQuantilesOf(t *testing.T) {
	t.Parallel()
	draws := make([]float64, 100)
	for i := range draws {
		draws[i] = float64(100 - i)
	}
	want := []Quantile{{0.1, 10, 5, 17}, {0.5, 50, 41, 61}, {0.9, 90, 85, 97}}
	if diff := cmp.Diff(want, quantilesOf(draws, []float64{0.1, 0.5, 0.9})); diff != "" || draws[0] != 100 {
		t.Error(diff)
	}
}

// TestQuantileErrorHolds: the exact quantile lies from Low to High about 95 times of 100.
func TestQuantileErrorHolds(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 4))
	levels := []float64{0.1, 0.5, 0.9}
	const times = 1000
	held := [3]int{}
	for range times {
		draws := make([]float64, 200)
		for i := range draws {
			draws[i] = random.Float64()
		}
		for i, q := range quantilesOf(draws, levels) {
			if q.Low <= q.Level && q.Level <= q.High {
				held[i]++
			}
		}
	}
	for i, n := range held {
		if n < 930 || n > 985 { // three standard deviations, and what whole ranks add
			t.Errorf("level %g is held %d of %d times", levels[i], n, times)
		}
	}
}

func TestCoversFees(t *testing.T) {
	t.Parallel()
	got := coversFees([]float64{99.4, 99.6, 100, 100.4}, byline.Minor(100, byline.EUR), byline.EUR)
	if got == nil || got.Value != 0.75 || math.Abs(got.Error-math.Sqrt(0.75*0.25/4)) > 1e-15 {
		t.Errorf("%+v", got)
	}
}

func TestMoneyOf(t *testing.T) {
	t.Parallel()
	got := moneyOf([]float64{1.5, 2.5, 3.4, 3.6}, []float64{0.5, 0.75}, byline.KWD, nil)
	if v, ok := got.At(0.5); !ok || v != byline.Minor(3, byline.KWD) {
		t.Errorf("the median is %v", v)
	}
	if v, ok := got.At(0.75); !ok || v != byline.Minor(3, byline.KWD) {
		t.Errorf("P75 is %v", v)
	}
	// The value could be said, its error could not.
	if o := moneyOf([]float64{1, 2, math.Exp2(54)}, []float64{0.5}, byline.EUR, nil); o.Refused == nil || o.Refused.Code != "forecast.range" || o.Quantiles != nil {
		t.Errorf("%+v", o)
	}
}
