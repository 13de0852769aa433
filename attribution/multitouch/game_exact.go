package multitouch

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/bylinehq/byline"
)

// maxTablePlayers is up to how many players ShapleyValues takes: a table of 128 MB.
const maxTablePlayers = 24

// mostWorth leaves room for differences and their sums.
const mostWorth = 1e300

// ShapleyValues returns the Shapley value of each player of a game of the caller's own.
// worth[S] is what the coalition S is worth, whose members are the bits of S, so that its
// length is 2^players; worth[0] is that of nobody. The values sum to the worth of all less
// that of nobody. It takes time by players * 2^players, about 20 ms for 20.
//
// Faults are "game.coalitions" for a length that is not a power of two from 2^1 to 2^24,
// and "game.worth" for a worth that is no number from -1e300 to 1e300.
func ShapleyValues(worth []float64) ([]float64, error) {
	players := bits.Len(uint(len(worth))) - 1
	if players < 1 || players > maxTablePlayers || len(worth) != 1<<players {
		return nil, byline.Faults([]*byline.FieldError{{Path: "worth", Code: "game.coalitions", Message: "there must be a worth for each of the 2^n coalitions of 1 to 24 players"}})
	}
	for i, v := range worth {
		if !(math.Abs(v) <= mostWorth) {
			return nil, byline.Faults([]*byline.FieldError{{Path: fmt.Sprintf("worth[%d]", i), Code: "game.worth", Message: "what a coalition is worth is a number from -1e300 to 1e300"}})
		}
	}
	return solveTable(worth), nil
}

// coalitionWeights returns |S|! (n-|S|-1)! / n! by |S|, for |S| below n.
func coalitionWeights(players int) []float64 {
	weights := make([]float64, players)
	weights[0] = 1 / float64(players)
	for s := 1; s < players; s++ {
		weights[s] = weights[s-1] * float64(s) / float64(players-s)
	}
	return weights
}

// run is how many neighbouring coalitions are weighted at a time.
const run = 64

// tableSolver weights the differences that each player makes.
type tableSolver struct {
	worth []float64
	// weights is by the size of the part of a coalition that a run shares, and by the place
	// in the run, which stands for the other part.
	weights [][run]float64
	phi     []accurate
}

// solveTable computes Shapley values from a table of 2^n coalitions.
func solveTable(worth []float64) []float64 {
	players := bits.Len(uint(len(worth))) - 1
	t := tableSolver{worth: worth, weights: make([][run]float64, players), phi: make([]accurate, players)}
	weights := coalitionWeights(players)
	for size := range players {
		for at := range run {
			if whole := size + bits.OnesCount(uint(at)); whole < players {
				t.weights[size][at] = weights[whole]
			}
		}
	}
	// Players of low bits have their pairs near each other: one pass through memory does
	// for all of them.
	const near = 14
	for start := 0; start < len(worth); start += min(len(worth), 1<<near) {
		for player := range min(players, near) {
			t.add(player, start, min(len(worth), start+1<<near))
		}
	}
	for player := near; player < players; player++ {
		t.add(player, 0, len(worth))
	}
	phi := make([]float64, players)
	for i := range phi {
		phi[i] = t.phi[i].value()
	}
	return phi
}

// add adds the differences that a player makes to coalitions of a part of the table that
// starts at a multiple of his bit's double.
func (t *tableSolver) add(player, start, end int) {
	bit := 1 << player
	length := min(bit, run)
	for block := start; block < end; block += 2 * bit {
		for at := block; at < block+bit; at += length {
			weights := &t.weights[bits.OnesCount(uint(at))]
			t.phi[player].add(weighDifferences(t.worth[at+bit:at+bit+length], t.worth[at:at+length], weights))
		}
	}
}

// weighDifferences sums the weighted differences of up to 64 pairs. They are few enough
// for a plain sum, in four lanes that do not wait for each other. The conversions keep a
// machine from fusing operations, so that all give the same bits.
func weighDifferences(with, without []float64, weights *[run]float64) float64 {
	var a, b, c, d float64
	at := 0
	for ; at+4 <= len(with) && at+4 <= len(without) && at+4 <= run; at += 4 {
		a += float64(weights[at] * (with[at] - without[at]))
		b += float64(weights[at+1] * (with[at+1] - without[at+1]))
		c += float64(weights[at+2] * (with[at+2] - without[at+2]))
		d += float64(weights[at+3] * (with[at+3] - without[at+3]))
	}
	for ; at < len(with); at++ {
		a += float64(weights[at] * (with[at] - without[at]))
	}
	return a + b + (c + d)
}

// sumInside turns a table of what each coalition has by itself into one of what it has
// with all coalitions inside it: the zeta transform. Halving keeps it in the cache.
func sumInside(table []float64) {
	const small = 1 << 10
	half := len(table) / 2
	if len(table) <= small {
		for bit := 1; bit < len(table); bit *= 2 {
			for block := 0; block < len(table); block += 2 * bit {
				addTo(table[block+bit:block+2*bit], table[block:block+bit])
			}
		}
		return
	}
	sumInside(table[:half])
	sumInside(table[half:])
	addTo(table[half:], table[:half])
}

func addTo(to, from []float64) {
	for i, v := range from {
		to[i] += v
	}
}
