package reach

import (
	"cmp"
	"math"
	"slices"
)

// pair is what two audiences share, by their places; a is before b.
type pair struct {
	a, b  int
	share float64
}

func sumOf(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

// sharesBetween bounds the share of a union. It takes O(n log n + p log p) for n shares and
// p pairs.
func sharesBetween(shares []float64, pairs []pair) (low, high float64) {
	sum := sumOf(shares)
	for _, r := range shares {
		low = max(low, r)
	}
	for _, p := range pairs {
		low = max(low, shares[p.a]+shares[p.b]-p.share)
	}
	low = max(low, dawsonSankoff(sum, mostShared(shares, pairs)))
	return low, min(1, max(0, sum-bestTree(len(shares), pairs)))
}

// mostShared is the largest sum over all pairs: what is known of them, and the smaller of
// both shares for the others.
func mostShared(shares []float64, pairs []pair) float64 {
	ascending := slices.Sorted(slices.Values(shares))
	sum := 0.0
	for i, r := range ascending {
		sum += r * float64(len(ascending)-1-i)
	}
	for _, p := range pairs {
		sum -= min(shares[p.a], shares[p.b]) - p.share
	}
	return max(0, sum)
}

// dawsonSankoff bounds a union from below by the sum of its parts and that of all pairs. It
// falls as the pairs grow, so that too large a sum of them leaves it true.
func dawsonSankoff(sum, pairs float64) float64 {
	if sum == 0 {
		return 0
	}
	k := 1 + math.Floor(2*pairs/sum)
	return 2*sum/(k+1) - 2*pairs/(k*(k+1))
}

// bestTree is the largest sum of pairs that form no ring. A pair that is not known counts
// as 0, the least that it can be.
func bestTree(n int, pairs []pair) float64 {
	best := slices.Clone(pairs)
	slices.SortFunc(best, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.share, x.share), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	parent := make([]int, n)
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	sum := 0.0
	for _, p := range best {
		if a, b := root(p.a), root(p.b); a != b {
			parent[a] = b
			sum += p.share
		}
	}
	return sum
}
