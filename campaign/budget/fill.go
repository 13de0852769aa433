package budget

import "math"

// filling is the best split of divisible money between pieces. It is found by filling
// up: at the optimum every line that can still move has the same slope, and every group
// that hits a limit has one of its own (Karush, Kuhn and Tucker).
type filling struct {
	*problem
	pieces []piece
	spans  []span
	x      []float64 // by line, in major units
	lambda []float64 // by node: what one more major unit for it would bring
}

// fill splits as much of the total as the limits take. Time is O(lines · depth of the
// groups · bits).
func (p *problem) fill(pieces []piece, spans []span) *filling {
	f := &filling{
		problem: p, pieces: pieces, spans: spans,
		x: make([]float64, len(pieces)), lambda: make([]float64, len(p.nodes)),
	}
	f.settle(0, p.major(spans[0].hi))
	return f
}

// bound is what the filling would bring if the pieces were the curves.
func (f *filling) bound() float64 {
	var sum float64
	for i, x := range f.x {
		sum += f.pieces[i].at(x)
	}
	return sum
}

// demand is what a node takes at a slope, within its own limits.
func (f *filling) demand(n int, slope float64) float64 {
	return max(f.major(f.spans[n].lo), min(f.major(f.spans[n].hi), f.sum(n, slope)))
}

func (f *filling) sum(n int, slope float64) float64 {
	var sum float64
	for _, i := range f.nodes[n].lines {
		sum += f.pieces[i].demand(slope)
	}
	for _, child := range f.nodes[n].children {
		sum += f.demand(child, slope)
	}
	return sum
}

// settle gives a node its target and splits it.
func (f *filling) settle(n int, target float64) {
	most, least := f.bracket(n, target)
	// At slopes this close the demands differ only where a piece is straight: there any
	// mixture is as good.
	high, low := f.sum(n, most), f.sum(n, least)
	share := 0.0
	if high > low {
		share = max(0, min(1, (target-low)/(high-low)))
	}
	mix := func(high, low float64) float64 { return low + share*(high-low) }
	for _, i := range f.nodes[n].lines {
		f.x[i] = mix(f.pieces[i].demand(most), f.pieces[i].demand(least))
	}
	for _, child := range f.nodes[n].children {
		f.settle(child, mix(f.demand(child, most), f.demand(child, least)))
	}
	f.lambda[n] = most
}

// closeness is how far apart, relatively, the slopes of a bracket may be. What mixing
// between their demands loses is below that share of the outcome.
const closeness = 1e-12

// bracket finds two neighbouring slopes between whose demands the target lies: at most
// the node takes at least the target, at least it takes at most that. A slope of 0 takes
// all, one without bound nothing.
func (f *filling) bracket(n int, target float64) (most, least float64) {
	low, high := f.slopes(n)
	if f.sum(n, low) <= target {
		return 0, low
	}
	if f.sum(n, high) >= target {
		return high, math.Inf(1)
	}
	for high > low*(1+closeness) {
		middle := math.Sqrt(low) * math.Sqrt(high)
		if middle <= low || middle >= high {
			break
		}
		if f.sum(n, middle) >= target {
			low = middle
		} else {
			high = middle
		}
	}
	return low, high
}

// slopes are the flattest and the steepest slope within a node, both above 0.
func (f *filling) slopes(n int) (low, high float64) {
	low, high = math.MaxFloat64, math.SmallestNonzeroFloat64
	for _, i := range f.nodes[n].lines {
		if f.pieces[i].lo < f.pieces[i].hi {
			low, high = min(low, f.pieces[i].flattest()), max(high, f.pieces[i].steepest())
		}
	}
	for _, child := range f.nodes[n].children {
		l, h := f.slopes(child)
		low, high = min(low, l), max(high, h)
	}
	return max(low, math.SmallestNonzeroFloat64), high
}
