package budget

import (
	"math"
	"slices"
)

// stepper turns a filling into whole steps.
type stepper struct {
	*problem
	x     []int64
	sums  []int64
	gains []float64 // by line, what its next step brings; no number where not known yet
}

func (p *problem) stepper(x []int64) *stepper {
	s := &stepper{problem: p, x: x, sums: p.sums(x), gains: make([]float64, len(x))}
	for i := range s.gains {
		s.gains[i] = math.NaN()
	}
	return s
}

// whole rounds a filling down to whole steps within given limits, gives out what that
// leaves, and trades steps between lines while that gains anything. For concave curves
// with one step the result is the best there is: a sum of concave functions under nested
// limits has no second peak (Murota 2003, M-natural concavity).
func (p *problem) whole(x []float64, lo, hi []int64) []int64 {
	start := make([]int64, len(x))
	for i, amount := range x {
		step := p.lines[i].step
		units := int64(math.Floor(amount*p.scale*(1+1e-15) + 1e-9))
		start[i] = max(lo[i], min(hi[i], units-units%step))
	}
	s := p.stepper(start)
	s.shave()
	s.floors()
	s.spend()
	s.trade()
	return s.x
}

// topped is an allocation with what it leaves over given out as well.
func (p *problem) topped(x []int64) []int64 {
	s := p.stepper(slices.Clone(x))
	s.spend()
	return s.x
}

func (s *stepper) spend() {
	s.pour()
	for s.give(0, s.nodes[0].hi) {
	}
}

// shave takes back what a sum of huge amounts has been rounded up by.
func (s *stepper) shave() {
	for n, node := range slices.Backward(s.nodes) {
		for i, l := range s.lines {
			for s.sums[n] > node.hi && s.inside(i, n) && s.x[i]-l.step >= l.lo {
				s.move(i, -l.step)
			}
		}
	}
}

// floors brings every group up to its floor, the innermost first.
func (s *stepper) floors() {
	for n := len(s.nodes) - 1; n > 0; n-- {
		for s.sums[n] < s.nodes[n].lo && s.give(n, s.nodes[n].lo) {
		}
	}
}

// pour gives out what is far more than rounding leaves, as where a search keeps lines
// out: each time as much as one line can take, to the one that makes most of it.
func (s *stepper) pour() {
	for range 2 * len(s.lines) {
		best, amount, most := -1, int64(0), 0.0
		for i, l := range s.lines {
			much := s.capacity(i)
			if much <= 2*l.step*int64(len(s.lines)) {
				continue
			}
			if gain := (s.at(i, s.x[i]+much) - s.at(i, s.x[i])) / float64(much); best < 0 || gain > most {
				best, amount, most = i, much, gain
			}
		}
		if best < 0 {
			return
		}
		s.move(best, amount)
	}
}

// capacity is how much more a line can take, in whole steps.
func (s *stepper) capacity(i int) int64 {
	l := s.lines[i]
	much := l.hi - s.x[i]
	for n := l.node; n >= 0; n = s.nodes[n].parent {
		much = min(much, s.nodes[n].hi-s.sums[n])
	}
	return much - much%l.step
}

// give gives one step to the line within a node that makes the most of it, as long as
// the node stays within a limit.
func (s *stepper) give(n int, limit int64) bool {
	best, most := -1, math.Inf(-1)
	for i, l := range s.lines {
		if s.sums[n]+l.step > limit || !s.inside(i, n) || !s.room(i, -1) {
			continue
		}
		if gain := s.gain(i); gain > most {
			best, most = i, gain
		}
	}
	if best >= 0 {
		s.move(best, s.lines[best].step)
	}
	return best >= 0
}

func (s *stepper) inside(i, n int) bool {
	for at := s.lines[i].node; at >= 0; at = s.nodes[at].parent {
		if at == n {
			return true
		}
	}
	return false
}

// room reports whether a line can take another step, when line from (-1 for none) gives
// as much up.
func (s *stepper) room(i, from int) bool {
	l := s.lines[i]
	if s.x[i]+l.step > l.hi {
		return false
	}
	for n := l.node; n >= 0; n = s.nodes[n].parent {
		if s.sums[n]+l.step > s.nodes[n].hi && (from < 0 || !s.inside(from, n)) {
			return false
		}
	}
	return true
}

// spare reports whether a line can give a step up to line to.
func (s *stepper) spare(i, to int) bool {
	l := s.lines[i]
	if s.x[i]-l.step < l.lo {
		return false
	}
	for n := l.node; n >= 0; n = s.nodes[n].parent {
		if s.sums[n]-l.step < s.nodes[n].lo && !s.inside(to, n) {
			return false
		}
	}
	return true
}

// gain is what a line makes of another step, per minor unit, and loss what it loses with
// one.
func (s *stepper) gain(i int) float64 {
	if step := s.lines[i].step; math.IsNaN(s.gains[i]) {
		s.gains[i] = (s.at(i, s.x[i]+step) - s.at(i, s.x[i])) / float64(step)
	}
	return s.gains[i]
}

func (s *stepper) loss(i int) float64 {
	step := s.lines[i].step
	return (s.at(i, s.x[i]) - s.at(i, s.x[i]-step)) / float64(step)
}

func (s *stepper) move(i int, by int64) {
	s.x[i] += by
	s.gains[i] = math.NaN()
	for n := s.lines[i].node; n >= 0; n = s.nodes[n].parent {
		s.sums[n] += by
	}
}

// trade moves single steps from the line that misses one least to the one that makes
// most of it. From a rounded filling of concave curves that takes at most a step per
// line; where a curve is convex it could go on for long, and is cut short.
func (s *stepper) trade() {
	gains, losses := make([]float64, len(s.lines)), make([]float64, len(s.lines))
	alike := map[int64][]int{} // lines by their step
	for i, l := range s.lines {
		gains[i], losses[i] = s.margins(i)
		alike[l.step] = append(alike[l.step], i)
	}
	for range 4*len(s.lines) + 16 {
		to, from := s.bestTrade(gains, losses, alike)
		if to < 0 {
			return
		}
		s.move(to, s.lines[to].step)
		s.move(from, -s.lines[from].step)
		gains[to], losses[to] = s.margins(to)
		gains[from], losses[from] = s.margins(from)
	}
}

func (s *stepper) margins(i int) (gain, loss float64) {
	gain, loss = math.Inf(-1), math.Inf(1)
	if s.x[i] < s.lines[i].hi {
		gain = s.gain(i)
	}
	if s.x[i] > s.lines[i].lo {
		loss = s.loss(i)
	}
	return gain, loss
}

// bestTrade returns the pair of lines whose trade gains most, to as -1 where none gains
// more than rounding errors would. alike holds the lines by their step.
func (s *stepper) bestTrade(gains, losses []float64, alike map[int64][]int) (to, from int) {
	to, from = -1, -1
	var best float64
	least := map[int64]float64{}
	for step, lines := range alike {
		low := math.Inf(1)
		for _, j := range lines {
			low = min(low, losses[j])
		}
		least[step] = low
	}
	for i, gain := range gains {
		if gain <= best || gain-least[s.lines[i].step] <= best {
			continue
		}
		for _, j := range alike[s.lines[i].step] {
			if gain-losses[j] > best && i != j && s.room(i, j) && s.spare(j, i) && gain-losses[j] > s.noise(i, j) {
				to, from, best = i, j, gain-losses[j]
			}
		}
	}
	return to, from
}

// noise is what the gain and the loss of two lines may differ by in rounding alone.
func (s *stepper) noise(i, j int) float64 {
	const rounding = 1e-15 // of each value, some units in its last place
	return rounding * (math.Abs(s.at(i, s.x[i])) + math.Abs(s.at(j, s.x[j]))) / float64(s.lines[i].step)
}
