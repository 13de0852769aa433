package budget

import (
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// writer turns an allocation in minor units into the caller's words.
type writer struct {
	*problem
	caller   []Line
	options  *Options
	x        []int64
	currency byline.Currency
}

func (w *writer) money(amount int64) byline.Money { return byline.Minor(amount, w.currency) }

func (w *writer) write(a *Allocation) {
	sums := w.sums(w.x)
	lambda := w.lambdas(sums)
	a.Allocated, a.Unspent = w.money(sums[0]), w.money(w.total-sums[0])
	a.Lambda = lambda[0]
	a.Rest = w.rest(sums)
	for i, amount := range w.x {
		share := Share{
			ID: w.caller[i].ID, Amount: w.money(amount),
			Outcome: w.at(i, amount), Slope: w.lines[i].curve.Slope(w.major(amount)),
		}
		share.Limit = w.limit(i, lambda[w.lines[i].node], share.Slope)
		a.Lines = append(a.Lines, share)
	}
	a.Groups = make([]GroupShare, len(w.options.Groups))
	for n, node := range w.nodes[1:] {
		a.Groups[node.group] = w.group(node, sums[n+1], lambda[n+1], lambda[node.parent])
	}
	if len(a.Groups) == 0 {
		a.Groups = nil
	}
	if w.options.Current != nil {
		current := w.value(w.current(w.caller, w.options))
		a.Current = &current
	}
	a.Findings = w.findings(a, lambda)
}

// lambdas fills the concave part of what gets money once more and reads off what the
// next unit would bring to each node. What is on its convex part stays where it is.
func (w *writer) lambdas(sums []int64) []float64 {
	free := w.uncapped()
	s := search{problem: free}
	lo, hi := free.limits()
	still := make([]bool, len(lo)) // stays, though it could take more
	for i, l := range free.lines {
		if w.major(w.x[i]) <= l.curve.Inflection() && l.curve.Inflection() > w.major(l.lo) {
			still[i] = w.x[i] < l.hi
			lo[i], hi[i] = w.x[i], w.x[i]
		} else {
			lo[i] = s.up(i, l.curve.Inflection())
		}
	}
	f := free.divisible(lo, hi)
	if f == nil {
		return make([]float64, len(w.nodes))
	}
	steep := f.lambda[0] == math.MaxFloat64 // no number is too large for the slope: take a whole unit's
	for i, l := range free.lines {
		if still[i] || steep && w.x[i] < l.hi {
			free.lift(f.lambda, sums, l.node, w.next(i))
		}
	}
	return f.lambda
}

// lift raises what the next unit brings to a node and to those around that have room.
func (p *problem) lift(lambda []float64, sums []int64, n int, next float64) {
	for ; n >= 0; n = p.nodes[n].parent {
		if lambda[n] < next || lambda[n] == math.MaxFloat64 {
			lambda[n] = next
		}
		if n > 0 && sums[n] >= p.nodes[n].hi {
			return
		}
	}
}

// next is what one more major unit would bring to a line.
func (w *writer) next(i int) float64 {
	x := w.major(w.x[i])
	return w.lines[i].curve.At(x+1) - w.lines[i].curve.At(x)
}

// capped reports whether a ceiling below the total holds a line. One that is as high is
// none: what holds there is the total.
func (w *writer) capped(l line) bool { return l.hi < w.total-w.total%l.step }

// uncapped is the problem without the ceilings that only the total sets.
func (w *writer) uncapped() *problem {
	free := *w.problem
	free.lines, free.nodes = slices.Clone(w.lines), slices.Clone(w.nodes)
	for i, l := range free.lines {
		if !w.capped(l) {
			free.lines[i].hi = w.total + 1
		}
	}
	for n := 1; n < len(free.nodes); n++ {
		if free.nodes[n].hi >= w.nodes[0].hi {
			free.nodes[n].hi = math.MaxInt64
		}
	}
	return &free
}

// rest says why money is left.
func (w *writer) rest(sums []int64) Rest {
	if sums[0] == w.total {
		return NoRest
	}
	nodes := w.uncapped().nodes
	for i, l := range w.lines {
		room := l.hi - w.x[i]
		if !w.capped(l) {
			room = math.MaxInt64 // a step that the total cuts short is there
		}
		for n := l.node; n > 0; n = nodes[n].parent {
			room = min(room, nodes[n].hi-sums[n])
		}
		if room >= l.step {
			return RestStep // there is room for a step, but no money for it
		}
	}
	if sums[0] == w.nodes[0].hi {
		return RestStep // all of it, but for what is less than a step
	}
	return RestCeiling
}

func (w *writer) limit(i int, lambda, slope float64) Limit {
	switch l := w.lines[i]; {
	case w.x[i] == l.hi && w.capped(l) && slope > lambda:
		return CeilingLimit
	case w.x[i] == 0:
		return NotWorth
	case w.x[i] == l.lo && slope < lambda:
		return FloorLimit
	}
	return NoLimit
}

func (w *writer) group(n node, sum int64, lambda, around float64) GroupShare {
	g := GroupShare{Name: w.options.Groups[n.group].Name, Amount: w.money(sum), Lambda: lambda}
	switch {
	case sum == n.hi && sum < w.nodes[0].hi && lambda > around:
		g.Limit = CeilingLimit
	case sum == n.lo && n.lo > 0 && lambda < around:
		g.Limit = FloorLimit
	}
	return g
}

// path names a line or a group as the caller gave it.
func linePath(i int) string { return fmt.Sprintf("lines[%d]", i) }

func groupPath(g int) string { return fmt.Sprintf("groups[%d]", g) }
