package budget

import (
	"github.com/bylinehq/byline/campaign/response"
)

// problem is an allocation in minor units, checked: all limits are whole steps.
type problem struct {
	lines []line
	nodes []node // the root first, every other after its parent
	total int64
	scale float64 // minor units in a major one
	even  bool    // all steps are the same
}

type line struct {
	curve        response.Curve
	lo, hi, step int64
	node         int // the innermost group
}

// node is a group, or at index 0 the whole budget.
type node struct {
	parent   int // -1 for the root
	children []int
	lines    []int // those in no group further in
	lo, hi   int64
	group    int // index into the caller's groups, -1 for the root
}

// span is what a node can get at least and at most, given the limits of its lines.
type span struct{ lo, hi int64 }

// spans finds the span of every node for given limits of the lines; ok is false where no
// allocation fits them.
func (p *problem) spans(lo, hi []int64) (spans []span, ok bool) {
	spans = make([]span, len(p.nodes))
	for n := len(p.nodes) - 1; n >= 0; n-- {
		for _, i := range p.nodes[n].lines {
			spans[n].lo += lo[i]
			spans[n].hi += hi[i]
		}
		spans[n].lo = max(spans[n].lo, p.nodes[n].lo)
		spans[n].hi = min(spans[n].hi, p.nodes[n].hi)
		if spans[n].lo > spans[n].hi {
			return nil, false
		}
		if parent := p.nodes[n].parent; parent >= 0 {
			spans[parent].lo += spans[n].lo
			spans[parent].hi += spans[n].hi
		}
	}
	return spans, true
}

func (p *problem) limits() (lo, hi []int64) {
	for _, l := range p.lines {
		lo, hi = append(lo, l.lo), append(hi, l.hi)
	}
	return lo, hi
}

func (p *problem) major(amount int64) float64 { return float64(amount) / p.scale }

func (p *problem) at(i int, amount int64) float64 { return p.lines[i].curve.At(p.major(amount)) }

// value is what an allocation brings.
func (p *problem) value(x []int64) float64 {
	var sum float64
	for i, amount := range x {
		sum += p.at(i, amount)
	}
	return sum
}

// concave reports whether no line can get an amount at which its curve is convex.
func (p *problem) concave() bool {
	for _, l := range p.lines {
		if l.lo < l.hi && l.curve.Inflection() > p.major(l.lo) {
			return false
		}
	}
	return true
}

// sums is what each node gets.
func (p *problem) sums(x []int64) []int64 {
	sums := make([]int64, len(p.nodes))
	for i, amount := range x {
		for n := p.lines[i].node; n >= 0; n = p.nodes[n].parent {
			sums[n] += amount
		}
	}
	return sums
}

// fits reports whether an allocation keeps every limit and step.
func (p *problem) fits(x []int64) bool {
	for i, l := range p.lines {
		if x[i] < l.lo || x[i] > l.hi || x[i]%l.step != 0 {
			return false
		}
	}
	for n, sum := range p.sums(x) {
		if sum < p.nodes[n].lo || sum > p.nodes[n].hi {
			return false
		}
	}
	return true
}
