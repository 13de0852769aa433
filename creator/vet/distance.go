package vet

import (
	"math"
	"slices"
)

// Distances between two ways to divide the same whole. Unknown mass of the audience
// stands on a key of its own, on which the target has nothing.
type Distances struct {
	Divergence float64 `json:"divergence"`  // Jensen–Shannon, base 2: 0 is the same, 1 is disjoint
	Distance   float64 `json:"distance"`    // its root, which is a metric
	Hellinger  float64 `json:"hellinger"`   // 0 to 1
	SharedMass float64 `json:"shared_mass"` // the sum of the smaller shares: what both have in common
}

// pair is what an audience and its target have on one key.
type pair struct{ have, want float64 }

// distances measures pairs of which each side sums to 1 at most; unknown is the mass of
// the audience that stands on no key. It takes O(n).
//
// The divergence is that of Lin (IEEE Transactions on Information Theory 37, 1991) with
// equal weights; Hellinger's is the root of 1 minus the sum of the roots of products.
func distances(pairs []pair, unknown float64) Distances {
	divergence, roots, shared := unknown/2, 0.0, 0.0
	for _, p := range pairs {
		divergence += divergenceOf(p)
		roots += math.Sqrt(p.have * p.want)
		shared += min(p.have, p.want)
	}
	d := Distances{Divergence: unit(divergence), Hellinger: math.Sqrt(unit(1 - roots)), SharedMass: unit(shared)}
	d.Distance = math.Sqrt(d.Divergence)
	return d
}

// divergenceOf is what one key adds to the divergence.
func divergenceOf(p pair) float64 {
	middle, sum := (p.have+p.want)/2, 0.0
	if p.have > 0 {
		sum += p.have / 2 * math.Log2(p.have/middle)
	}
	if p.want > 0 {
		sum += p.want / 2 * math.Log2(p.want/middle)
	}
	return sum
}

// unit keeps what rounding moved by a hair within 0 and 1.
func unit(x float64) float64 { return min(1, max(0, x)) }

// bestPlaced returns the pairs with the unknown mass where it brings the audience
// closest to the target. The divergence is convex and its slope on a key rises with
// have/want alone, so that the best is to lift the lowest of these ratios to a common
// level. At the other end, no key costs more than one the target has nothing on, which is
// what [distances] takes unknown mass for. It takes O(n log n).
func bestPlaced(pairs []pair, unknown float64) []pair {
	placed := slices.Clone(pairs)
	slices.SortFunc(placed, func(a, b pair) int {
		// a.have/a.want against b.have/b.want; a key without a target comes last.
		switch left, right := a.have*b.want, b.have*a.want; {
		case a.want == 0 || b.want == 0:
			return compareFloat(b.want, a.want)
		default:
			return compareFloat(left, right)
		}
	})
	have, want, lifted := 0.0, 0.0, 0
	for _, p := range placed {
		if p.want == 0 || (lifted > 0 && p.have/p.want*want-have >= unknown) {
			break
		}
		have, want, lifted = have+p.have, want+p.want, lifted+1
	}
	if lifted == 0 {
		return append(placed, pair{have: unknown})
	}
	level := (have + unknown) / want
	for i := range placed[:lifted] {
		placed[i].have = level * placed[i].want
	}
	return placed
}

func compareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
