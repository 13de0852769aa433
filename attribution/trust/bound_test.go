package trust_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/bylinehq/byline/attribution/trust"
)

// Values that can be had otherwise: 1 - miss^(1/n) of no hit, and the interval of 95 %
// that is commonly printed for 10 of 50.
func TestUpperBoundKnown(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ got, want float64 }{
		"0 of 50":        {trust.UpperBound(0, 50, 0.01), 1 - math.Pow(0.01, 1.0/50)},
		"10 of 50":       {trust.UpperBound(10, 50, 0.025), 0.3372},
		"10 of 50 below": {trust.LowerBound(10, 50, 0.025), 0.1003},
		"50 of 50":       {trust.UpperBound(50, 50, 0.01), 1},
		"50 of 50 below": {trust.LowerBound(50, 50, 0.01), math.Pow(0.01, 1.0/50)},
		"0 of 0":         {trust.UpperBound(0, 0, 0.01), 1},
		"400 of 1000":    {trust.UpperBound(400, 1000, 0.025), 0.4311},
	}
	for name, tt := range tests {
		if math.Abs(tt.got-tt.want) > 6e-5 {
			t.Errorf("%s: %.6f, want %.6f", name, tt.got, tt.want)
		}
	}
}

// binomial returns the chances of 0 to n hits.
func binomial(n int, p float64) []float64 {
	chances := make([]float64, n+1)
	for k := range chances {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(k + 1))
		c, _ := math.Lgamma(float64(n - k + 1))
		chances[k] = math.Exp(a - b - c + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
	}
	return chances
}

// The bound may miss the true share with the chance that it states, computed here
// exactly and not simulated.
func TestUpperBoundCovers(t *testing.T) {
	t.Parallel()
	for _, n := range []int{10, 25, 50, 200} {
		for _, miss := range []float64{0.05, 0.005, 0.0005} {
			bounds := make([]float64, n+1)
			for k := range bounds {
				bounds[k] = trust.UpperBound(int64(k), int64(n), miss)
				if k > 0 && bounds[k] < bounds[k-1] {
					t.Errorf("n %d: the bound of %d is below that of %d", n, k, k-1)
				}
			}
			for p := 0.01; p < 1; p += 0.01 {
				missed := 0.0
				for k, chance := range binomial(n, p) {
					if bounds[k] < p {
						missed += chance
					}
				}
				if missed > miss*(1+1e-9) {
					t.Errorf("n %d, share %.2f: missed with %.6f, want %.6f at most", n, p, missed, miss)
				}
			}
		}
	}
}

// rises counts how many of many streams of a share ever show evidence of a strength.
func rises(streams, length int, share, ceiling, strength float64) int {
	random := rand.New(rand.NewPCG(7, uint64(1000*share)))
	count := 0
	for range streams {
		r := trust.NewRise(ceiling)
		for range length {
			if r.Judge(random.Float64() < share) >= strength {
				count++
				break
			}
		}
	}
	return count
}

// Evidence of strength x comes with a chance of at most 1/x, however long one looks,
// while the share is no higher than the ceiling. The hardest case is a share right at it.
func TestEvidenceIsBounded(t *testing.T) {
	t.Parallel()
	const streams, length = 2000, 600
	for _, share := range []float64{0.05, 0.2, 0.5, 0.9} {
		for _, strength := range []float64{4, 20} {
			most := streams / strength
			most += 4 * math.Sqrt(most)
			for _, below := range []float64{1, 0.8} {
				if got := rises(streams, length, share*below, share, strength); float64(got) > most {
					t.Errorf("share %.2f, ceiling %.2f: %d of %d streams reach %.0f, want %.0f at most", share*below, share, got, streams, strength, most)
				}
			}
		}
	}
	// The test can fail, and the bound is no idle one: a tenth above, and most streams pass.
	if got := rises(streams, length, 0.3, 0.2, 20); got < streams*9/10 {
		t.Errorf("a true rise shows in %d of %d streams", got, streams)
	}
	if got := rises(streams, length, 0.2, 0.2, 4); got < streams/4/20 {
		t.Errorf("right at the ceiling %d of %d streams reach 4: the evidence is asleep", got, streams)
	}
}
