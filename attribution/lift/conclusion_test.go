package lift

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The figures that the package's comment gives for looking again and again.
func TestEveryFurtherLookIsOneMoreChance(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 9))
	const rounds = 4000
	for looks, want := range map[int]float64{1: 0.05, 5: 0.142, 20: 0.248} {
		wrong := 0
		for range rounds {
			var total float64
			for look := 1; look <= looks; look++ {
				total += r.NormFloat64()
				p := math.Erfc(math.Abs(total) / math.Sqrt(float64(2*look)))
				if concluded(total, p, DefaultLevel) != Undecided {
					wrong++
					break
				}
			}
		}
		if share := float64(wrong) / rounds; math.Abs(share-want) > 0.03 {
			t.Errorf("%d looks find an effect in %.3f of the experiments, want %.3f", looks, share, want)
		}
	}
}
