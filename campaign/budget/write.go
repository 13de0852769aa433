package budget

import (
	"fmt"

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
	sums, lambda := w.sums(w.x), w.lambdas()
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
func (w *writer) lambdas() []float64 {
	s := search{problem: w.problem}
	lo, hi := w.limits()
	for i, l := range w.lines {
		if w.major(w.x[i]) <= l.curve.Inflection() && l.curve.Inflection() > w.major(l.lo) {
			lo[i], hi[i] = w.x[i], w.x[i]
		} else {
			lo[i] = s.up(i, l.curve.Inflection())
		}
	}
	if f := w.divisible(lo, hi); f != nil {
		return f.lambda
	}
	return make([]float64, len(w.nodes))
}

// rest says why money is left.
func (w *writer) rest(sums []int64) Rest {
	if sums[0] == w.total {
		return NoRest
	}
	for i, l := range w.lines {
		room := l.hi - w.x[i]
		for n := l.node; n > 0; n = w.nodes[n].parent {
			room = min(room, w.nodes[n].hi-sums[n])
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
	case w.x[i] == l.hi && slope > lambda:
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
	case sum == n.hi && lambda > around:
		g.Limit = CeilingLimit
	case sum == n.lo && n.lo > 0 && lambda < around:
		g.Limit = FloorLimit
	}
	return g
}

// path names a line or a group as the caller gave it.
func linePath(i int) string { return fmt.Sprintf("lines[%d]", i) }

func groupPath(g int) string { return fmt.Sprintf("groups[%d]", g) }
