package rank

import (
	"math"
	"slices"
)

// The sizes of the grid: by creators, so that the work stays near so many cells.
const minNodes, maxNodes, cells = 512, 2048, 1 << 19

// gridOf returns the inner nodes in rising order; cdfAt adds the ends of the line. Half of
// them are quantiles of all creators. The others lie where it is decided who is among the
// first k, and who is the first: where the expected number above is near k, and near 0.
// The spread of a count is about its root, so they are evenly spaced in that.
func gridOf(beliefs []Belief, k int, lower bool) []float64 {
	want := min(maxNodes, max(minNodes, cells/len(beliefs)))
	nodes := commonQuantiles(beliefs, want/2)
	root := math.Sqrt(float64(k))
	if root <= 4 {
		nodes = append(nodes, crowded(beliefs, lower, 0.01, root+4, want/2)...)
	} else {
		nodes = append(nodes, crowded(beliefs, lower, 0.01, 4, want/4)...)
		nodes = append(nodes, crowded(beliefs, lower, root-4, root+4, want/4)...)
	}
	slices.Sort(nodes)
	return slices.Compact(nodes)
}

func commonQuantiles(beliefs []Belief, want int) []float64 {
	each := max(2, (want+len(beliefs)-1)/len(beliefs))
	all := make([]float64, 0, len(beliefs)*each)
	for _, b := range beliefs {
		for j := range each {
			all = append(all, b.quantile((float64(j)+0.5)/float64(each)))
		}
	}
	slices.Sort(all)
	nodes := make([]float64, min(want, len(all)))
	for g := range nodes {
		nodes[g] = all[(2*g+1)*len(all)/(2*len(nodes))]
	}
	return nodes
}

// pilots is at how many values the number above is looked up before nodes are placed.
const pilots = 128

// crowded returns nodes where the root of the expected number above runs from one value to
// another. They are placed by interpolation: where they lie touches the speed at which the
// sum converges and not what it converges to.
func crowded(beliefs []Belief, lower bool, from, to float64, want int) []float64 {
	above := func(x float64) float64 {
		total := 0.0
		for _, b := range beliefs {
			total += b.CDF(x)
		}
		if !lower {
			total = float64(len(beliefs)) - total
		}
		return math.Sqrt(math.Max(0, total))
	}
	low, high := ends(beliefs)
	sign := -1.0 // the number above falls with x
	if lower {
		sign = 1
	}
	first, last := solve(above, sign, from, low, high), solve(above, sign, to, low, high)
	xs, roots := make([]float64, pilots), make([]float64, pilots)
	for i := range xs {
		xs[i] = first + (last-first)*float64(i)/(pilots-1)
		roots[i] = above(xs[i])
	}
	return interpolate(xs, roots, want)
}

// ends returns values that the creators' own hardly pass.
func ends(beliefs []Belief) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, b := range beliefs {
		low, high = math.Min(low, b.quantile(1e-9)), math.Max(high, b.quantile(1-1e-9))
	}
	return low, high
}

// solve finds roughly where a monotone function takes a value.
func solve(f func(float64) float64, sign, value, low, high float64) float64 {
	for range 30 {
		middle := low + (high-low)/2
		if sign*(f(middle)-value) < 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return low + (high-low)/2
}

// interpolate returns x at evenly spaced values of the rising roots.
func interpolate(xs, roots []float64, want int) []float64 {
	nodes := make([]float64, 0, want)
	from, to := roots[0], roots[len(roots)-1]
	i := 0
	for j := range want {
		target := from + (to-from)*float64(j)/float64(want-1)
		for i < len(roots)-2 && roots[i+1] < target {
			i++
		}
		share := 0.5
		if width := roots[i+1] - roots[i]; width > 0 {
			share = math.Min(1, math.Max(0, (target-roots[i])/width))
		}
		nodes = append(nodes, xs[i]+share*(xs[i+1]-xs[i]))
	}
	return nodes
}
