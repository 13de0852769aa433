package performance

import (
	"math"
	"testing"

	"github.com/bylinehq/byline/attribution/rank"
)

// A rate that is known makes the product a normal one, and losses count.
func TestProductOfAKnownRate(t *testing.T) {
	t.Parallel()
	for mean, sd := range map[float64]float64{-5: 3, 5: 3, 0: 1, 20: .01} {
		m, ok := newMixture(rank.Belief{Shape: rank.Point, A: 2}, rank.Belief{Shape: rank.Normal, A: mean, B: sd})
		if !ok {
			t.Fatal("there is no product")
		}
		for p, z := range map[float64]float64{.025: -1.959964, .5: 0, .975: 1.959964} {
			if got, want := m.quantile(p), 2*(mean+z*sd); math.Abs(got-want) > 1e-5 {
				t.Errorf("normal(%g, %g): quantile %g is %g, want %g", mean, sd, p, got, want)
			}
		}
	}
}
