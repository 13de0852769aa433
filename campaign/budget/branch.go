package budget

import (
	"container/heap"
	"math"
	"reflect"
	"slices"
)

// box is a part of all allocations: every line between two limits, with the filling of
// its pieces as the bound of what any allocation in it can bring (Falk and Soland 1969).
type box struct {
	lo, hi []int64
	pieces []piece
	x      []float64
	bound  float64
}

// boxes is a heap with the highest bound on top.
type boxes []*box

func (b boxes) Len() int           { return len(b) }
func (b boxes) Less(i, j int) bool { return b[i].bound > b[j].bound }
func (b boxes) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

// Push and Pop are for container/heap.
func (b *boxes) Push(x any) { *b = append(*b, x.(*box)) }

// Pop takes the last box.
func (b *boxes) Pop() any {
	last := (*b)[len(*b)-1]
	*b = (*b)[:len(*b)-1]
	return last
}

// search looks for the best allocation by branch and bound.
type search struct {
	*problem
	gap    float64 // relative
	nodes  int     // how many boxes may be bounded
	used   int
	best   []int64
	value  float64
	closed float64 // the highest bound among boxes that were not worth dividing
	twins  [][]int // lines that are alike in everything, by line; see order
	open   boxes
}

// branch improves on an allocation until no other can be better by more than the gap, or
// the search has used its boxes up. It returns the best allocation, the bound on all, and
// the number of boxes.
func (p *problem) branch(start []int64, gap float64, nodes int) ([]int64, float64, int) {
	s := &search{problem: p, gap: gap, nodes: nodes, closed: math.Inf(-1)}
	s.offer(start)
	s.twins = p.twins()
	lo, hi := p.limits()
	pieces := make([]piece, len(lo))
	for i := range p.lines {
		pieces[i] = p.piece(i, lo[i], hi[i])
	}
	s.bound(&box{lo: lo, hi: hi, pieces: pieces})
	for len(s.open) > 0 && s.used < s.nodes && !s.enough(s.open[0].bound) {
		s.divide(heap.Pop(&s.open).(*box))
	}
	bound := max(s.value, s.closed)
	if len(s.open) > 0 {
		bound = max(bound, s.open[0].bound)
	}
	return s.best, bound, s.used
}

func (s *search) enough(bound float64) bool { return bound <= s.value+s.gap*math.Abs(s.value) }

func (s *search) offer(x []int64) {
	if value := s.problem.value(x); s.best == nil || value > s.value {
		s.best, s.value = slices.Clone(x), value
	}
}

// bound finds the bound of a box, tries what its filling suggests, and keeps the box if
// it may hold something better.
func (s *search) bound(b *box) {
	spans, ok := s.spans(b.lo, b.hi)
	if !ok {
		return
	}
	s.used++
	f := s.fill(b.pieces, spans)
	// The filling is exact but for this; the bound must not fall short by it.
	b.x, b.bound = f.x, f.bound()
	b.bound += 2 * closeness * math.Abs(b.bound)
	if s.enough(b.bound) {
		s.closed = max(s.closed, b.bound)
		return
	}
	s.offer(s.whole(f.x, b.lo, b.hi))
	// Now and then is enough: the boxes below ask the same again.
	if at, _ := b.worst(); at >= 0 && s.used%8 == 1 {
		s.offer(s.without(f.x))
	}
	heap.Push(&s.open, b)
}

// worst is the line whose piece is furthest above its curve, -1 where none is.
func (b *box) worst() (at int, excess float64) {
	at = -1
	for i, p := range b.pieces {
		if e := p.excess(b.x[i]); e > excess {
			at, excess = i, e
		}
	}
	return at, excess
}

// without keeps out the lines that a filling leaves on their convex part, and fills up
// the others, each on its concave part.
func (s *search) without(x []float64) []int64 {
	lo, hi := s.limits()
	pieces := make([]piece, len(x))
	for i, l := range s.lines {
		if x[i] <= l.curve.Inflection() {
			hi[i] = lo[i]
		} else {
			lo[i] = s.up(i, l.curve.Inflection())
		}
		pieces[i] = newPiece(l.curve, s.major(lo[i]), s.major(hi[i]))
	}
	spans, ok := s.spans(lo, hi)
	if !ok {
		return s.best
	}
	return s.whole(s.fill(pieces, spans).x, lo, hi)
}

// up is the first whole step of a line at or above a spend, within its limits.
func (s *search) up(i int, spend float64) int64 {
	l := s.lines[i]
	units := int64(math.Ceil(min(spend*s.scale, maxTotal)))
	if rest := units % l.step; rest != 0 {
		units += l.step - rest
	}
	return max(l.lo, min(l.hi, units))
}

// divide cuts a box in two where its bound is furthest from the truth.
func (s *search) divide(b *box) {
	i, excess := b.worst()
	if i < 0 || excess <= s.gap/8*math.Abs(s.value)/float64(len(s.lines)) {
		s.closed = max(s.closed, b.bound)
		return
	}
	cut := s.cut(b, i)
	if cut < b.lo[i] || cut >= b.hi[i] {
		s.closed = max(s.closed, b.bound)
		return
	}
	step := s.lines[i].step
	s.child(b, i, b.lo[i], cut)
	s.child(b, i, cut+step, b.hi[i])
}

// cut is the last step of the left half: at the inflection, right of which the bound is
// exact, or else where the filling stands.
func (s *search) cut(b *box, i int) int64 {
	l, p := s.lines[i], b.pieces[i]
	at := b.x[i]
	if p.inflection > p.lo && p.inflection < p.hi {
		at = p.inflection
	}
	units := int64(at*s.scale*(1+1e-15) + 1e-9)
	units -= units % l.step
	return max(b.lo[i], min(b.hi[i]-l.step, units))
}

// child bounds the part of a box in which line i is between two limits. Of lines that
// are alike only one order need be looked at: the earlier one gets at least as much.
func (s *search) child(b *box, i int, lo, hi int64) {
	c := &box{lo: slices.Clone(b.lo), hi: slices.Clone(b.hi), pieces: slices.Clone(b.pieces)}
	c.lo[i], c.hi[i] = lo, hi
	for _, j := range s.twins[i] {
		if j < i {
			c.lo[j] = max(c.lo[j], lo)
		} else {
			c.hi[j] = min(c.hi[j], hi)
		}
	}
	for _, j := range append([]int{i}, s.twins[i]...) {
		if c.lo[j] > c.hi[j] {
			return
		}
		c.pieces[j] = s.piece(j, c.lo[j], c.hi[j])
	}
	s.bound(c)
}

// twins lists for every line the others that are alike in curve, limits, step and group.
func (p *problem) twins() [][]int {
	twins := make([][]int, len(p.lines))
	classes := map[line][]int{}
	for i, l := range p.lines {
		if reflect.ValueOf(l.curve).Comparable() {
			classes[l] = append(classes[l], i)
		}
	}
	for _, class := range classes {
		for _, i := range class {
			for _, j := range class {
				if i != j {
					twins[i] = append(twins[i], j)
				}
			}
		}
	}
	return twins
}
