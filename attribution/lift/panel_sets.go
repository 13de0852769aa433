package lift

import (
	"math/rand/v2"
	"slices"
)

// chooseSets returns sets of k out of n things, each sorted: all of them in their order
// where there are no more than limit, else limit different ones that the seed draws.
func chooseSets(n, k, limit int, seed uint64) (sets [][]int, all bool) {
	if ways(n, k, limit) <= limit {
		return allSets(n, k), true
	}
	r := rand.New(rand.NewPCG(seed, 0x6279_6c69_6e65)) //nolint:gosec // a draw that can be repeated
	for len(sets) < limit {
		set := r.Perm(n)[:k]
		slices.Sort(set)
		at, found := slices.BinarySearchFunc(sets, set, slices.Compare)
		if !found {
			sets = slices.Insert(sets, at, set)
		}
	}
	return sets, false
}

// ways is n over k, or some number above limit where it is larger than that.
func ways(n, k, limit int) int {
	k = min(k, n-k)
	if k < 0 {
		return 0
	}
	count := 1
	for i := range k {
		if count > limit {
			return count
		}
		count = count * (n - i) / (i + 1)
	}
	return count
}

func allSets(n, k int) [][]int {
	var sets [][]int
	set := make([]int, 0, k)
	var extend func(from int)
	extend = func(from int) {
		if len(set) == k {
			sets = append(sets, slices.Clone(set))
			return
		}
		for i := from; i <= n-(k-len(set)); i++ {
			set = append(set, i)
			extend(i + 1)
			set = set[:len(set)-1]
		}
	}
	extend(0)
	return sets
}
