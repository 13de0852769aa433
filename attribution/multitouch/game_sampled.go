package multitouch

import (
	"math"
	"math/bits"
	"slices"
)

// walk fills in what the first players of an order are worth together, of conversions and
// of value: worth[p] is that of order[:p+1]. Nobody is worth 0. value may be nil.
type walk func(order []int, worth, value []float64)

// sampled estimates Shapley values from orders of the players: a player's is the mean of
// what he adds to those before him. Orders come in pairs of one and its reverse, of
// which one is high where the other is low (antithetic variates); the standard error is
// that of the mean of pairs. Each pair is drawn from the seed and its own number alone.
func sampled(m Shapley, players int, hasValue bool, walk walk) played {
	pairs := (m.Samples + 1) / 2
	order, added := make([]int, players), make([]float64, players)
	worth, mean := make([]float64, players), make([]scatter, players)
	var value, valueAdded []float64
	var valueMean []scatter
	if hasValue {
		value, valueAdded, valueMean = make([]float64, players), make([]float64, players), make([]scatter, players)
	}
	for pair := range pairs {
		shuffle(order, m.Seed, uint64(pair))
		clear(added)
		clear(valueAdded)
		for range 2 {
			walk(order, worth, value)
			addSteps(added, order, worth)
			addSteps(valueAdded, order, value)
			slices.Reverse(order)
		}
		observe(mean, added)
		observe(valueMean, valueAdded)
	}
	p := played{phi: means(mean), errors: make([]float64, players), game: Game{Variant: m.Variant, Players: players, Samples: 2 * pairs}}
	for i := range mean {
		p.errors[i] = mean[i].error()
	}
	if hasValue {
		p.valuePhi = means(valueMean)
	}
	return p
}

// addSteps adds half of what each player adds to those before, which makes the mean of a
// pair. It does nothing where there is no worth.
func addSteps(added []float64, order []int, worth []float64) {
	before := 0.0
	for p, w := range worth {
		added[order[p]] += (w - before) / 2
		before = w
	}
}

// scatter is the running mean of observations and the sum of their squared deviations
// (Welford, 1962).
type scatter struct {
	count, mean, squares float64
}

func observe(all []scatter, values []float64) {
	for i, v := range values {
		d := &all[i]
		d.count++
		off := v - d.mean
		d.mean += off / d.count
		d.squares += float64(off * (v - d.mean))
	}
}

// error is the standard error of the mean.
func (d scatter) error() float64 { return math.Sqrt(d.squares / (d.count - 1) / d.count) }

func means(all []scatter) []float64 {
	values := make([]float64, len(all))
	for i := range all {
		values[i] = all[i].mean
	}
	return values
}

// shuffle fills in an order that depends on the seed and the number alone.
func shuffle(order []int, seed, number uint64) {
	state := mix(seed ^ mix(number+1))
	for i := range order {
		state += golden
		// The high word of a product is uniform below i+1, but for 2^-64 of it.
		at, _ := bits.Mul64(mix(state), uint64(i+1))
		order[i] = order[at]
		order[at] = i
	}
}

// golden and mix are of SplitMix64 (Steele, Lea and Flood, 2014).
const golden = 0x9E3779B97F4A7C15

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}
