package sentiment

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// slowTurn is the reference's rule as it is told: for the valence of each word in order,
// search for the first that is equal, and change that one.
func slowTurn(valences []float64, but int) {
	for i := range valences {
		v := valences[i]
		switch first := slices.Index(valences, v); {
		case first < but:
			valences[first] = v * beforeBut
		case first > but:
			valences[first] = v * afterBut
		}
	}
}

func TestTurnAtBut(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		n := 1 + dice.IntN(12)
		words, valences := make([]word, n), make([]float64, n)
		for i := range valences {
			valences[i] = []float64{0, 1, 2, 4, -1, -2, 0.5, 1.5, 3}[dice.IntN(9)]
		}
		but := dice.IntN(n)
		words[but].text, valences[but] = "but", 0
		want := slices.Clone(valences)
		slowTurn(want, but)
		turnAtBut(words, valences)
		if diff := cmp.Diff(want, valences); diff != "" {
			t.Fatalf("but at %d (-want +got):\n%s", but, diff)
		}
	}
}
