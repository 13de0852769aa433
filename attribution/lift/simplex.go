package lift

import (
	"cmp"
	"math"
	"slices"
)

// simplexProblem asks for the weights w, none negative and 1 in sum, that minimise
//
//	sum over rows (columns*w - target)^2 + ridge * sum w^2
//
// with a free constant added to columns*w where intercept is set.
type simplexProblem struct {
	columns   [][]float64
	target    []float64
	ridge     float64
	intercept bool
}

// simplexSolution holds weights that are exact zeros or positive. slack is the largest
// violation of the Karush-Kuhn-Tucker conditions, relative to the largest squared
// distance of a column from the target: 0 would be the optimum in exact arithmetic.
type simplexSolution struct {
	weights []float64
	slack   float64
	unique  bool      // no other weights do as well
	other   []float64 // some that do, on as few columns as can be; nil where unique
}

// solveSimplex finds the optimum by an active set: the problem is the point of smallest
// norm in the convex hull of column - target (Wolfe, Mathematical Programming 11, 1976),
// and the support grows and shrinks as in Lawson and Hanson's non-negative least squares
// (Solving Least Squares Problems, 1974, chapter 23). Where many weights do equally well
// it returns those of the smallest norm, which are unique. Columns are solved in an order
// of their own, so that the order in which they come does not matter.
func solveSimplex(p simplexProblem) simplexSolution {
	order := columnOrder(p.columns)
	h := newHull(p, order)
	h.solve()
	few, unique := slices.Clone(h.weights), true
	if p.ridge == 0 {
		unique = h.takeSmallestNorm()
	}
	s := simplexSolution{weights: inOrder(h.weights, order), slack: h.slack(), unique: unique}
	if !unique {
		s.other = inOrder(few, order)
	}
	return s
}

// inOrder puts weights back to where their columns came from.
func inOrder(sorted []float64, order []int) []float64 {
	weights := make([]float64, len(order))
	for i, j := range order {
		weights[j] = sorted[i]
	}
	settle(weights)
	return weights
}

// settle gives what rounding leaves of the sum to the heaviest weight, as the sum is added
// up in this order.
func settle(weights []float64) {
	heaviest := slices.Index(weights, slices.Max(weights))
	for range 3 {
		weights[heaviest] += 1 - addUp(weights)
	}
}

// columnOrder sorts columns by what they hold.
func columnOrder(columns [][]float64) []int {
	order := make([]int, len(columns))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int { return slices.CompareFunc(columns[a], columns[b], cmp.Compare[float64]) })
	return order
}

// hull is a simplexProblem moved so that its target is the origin, and scaled so that its
// largest number is 1.
type hull struct {
	points  [][]float64 // column - target
	norms   []float64
	ridge   float64
	weights []float64
	support []int // where weights are positive
}

func newHull(p simplexProblem, order []int) *hull {
	h := &hull{ridge: p.ridge, weights: make([]float64, len(order))}
	largest := 0.0
	for _, j := range order {
		point := make([]float64, len(p.target))
		for t, b := range p.target {
			point[t] = p.columns[j][t] - b
		}
		if p.intercept {
			takeOutMean(point)
		}
		for _, v := range point {
			largest = max(largest, math.Abs(v))
		}
		h.points = append(h.points, point)
	}
	if largest == 0 {
		largest = 1
	}
	for _, point := range h.points {
		for t := range point {
			point[t] /= largest
		}
		h.norms = append(h.norms, math.Sqrt(inner(point, point)))
	}
	h.ridge = min(p.ridge/largest/largest, 1e30) // beyond it all weights are equal anyway
	return h
}

// solve runs the active set to its end. Every step that is kept lowers the objective, so
// no support comes twice.
func (h *hull) solve() {
	h.begin()
	blocked := make([]bool, len(h.points))
	for range 50*len(h.points) + 100 {
		enter := h.entering(blocked)
		if enter < 0 {
			break
		}
		if h.grow(enter) {
			clear(blocked)
		} else {
			blocked[enter] = true
		}
	}
	h.normalise()
}

// begin starts from the single nearest point, or, where a ridge spreads the weights, from
// what remains when all that come out negative are dropped at once.
func (h *hull) begin() {
	nearest := 0
	for j, n := range h.norms {
		if n < h.norms[nearest] {
			nearest = j
		}
	}
	h.set([]int{nearest}, []float64{1})
	if h.ridge > 0 {
		h.beginSpread()
	}
}

func (h *hull) beginSpread() {
	support := make([]int, len(h.points))
	for j := range support {
		support[j] = j
	}
	for len(support) > 1 {
		s, ok := h.affine(support)
		if !ok {
			return
		}
		if slices.Min(s) > 0 {
			h.set(support, s)
			return
		}
		var kept []int
		for k, j := range support {
			if s[k] > 0 {
				kept = append(kept, j)
			}
		}
		support = kept
	}
}

func (h *hull) set(support []int, s []float64) {
	clear(h.weights)
	h.support = slices.Clone(support)
	for k, j := range support {
		h.weights[j] = s[k]
	}
}

// entering returns the point whose weight would lower the objective the most if it left
// zero, -1 where none would.
func (h *hull) entering(blocked []bool) int {
	gradient, level, radius := h.gradient()
	best, bestGain := -1, 0.0
	for j := range h.points {
		if h.weights[j] > 0 || blocked[j] {
			continue
		}
		noise := 64 * roundOff * radius * (h.norms[j] + radius)
		if gain := level - gradient[j]; gain > noise && gain > bestGain {
			best, bestGain = j, gain
		}
	}
	return best
}

// roundOff is the distance from 1 to the next float64.
const roundOff = 0x1p-52

// gradient returns half the gradient of the objective, its value on the support, and the
// size of the numbers that went in, by which rounding is judged.
func (h *hull) gradient() (gradient []float64, level, radius float64) {
	residual := h.residual(h.weights)
	gradient = make([]float64, len(h.points))
	for j, point := range h.points {
		gradient[j] = inner(point, residual) + h.ridge*h.weights[j]
		level += h.weights[j] * gradient[j]
		radius += h.weights[j] * h.norms[j]
	}
	return gradient, level, radius
}

func (h *hull) residual(weights []float64) []float64 {
	residual := make([]float64, len(h.points[0]))
	for j, w := range weights {
		if w == 0 {
			continue
		}
		for t, v := range h.points[j] {
			residual[t] += w * v
		}
	}
	return residual
}

func (h *hull) objective(weights []float64) float64 {
	residual := h.residual(weights)
	return inner(residual, residual) + h.ridge*inner(weights, weights)
}

// grow takes a point into the support and drops those that must leave for it. It reports
// false, and changes nothing, where rounding leaves no gain.
func (h *hull) grow(enter int) bool {
	before := hull{weights: slices.Clone(h.weights), support: slices.Clone(h.support)}
	was := h.objective(h.weights)
	h.support = append(h.support, enter)
	for first := true; ; first = false {
		s, ok := h.affine(h.support)
		if !ok || first && s[len(s)-1] <= 0 {
			break
		}
		if slices.Min(s) > 0 {
			h.set(h.support, s)
			if h.objective(h.weights) < was {
				return true
			}
			break
		}
		h.stepTowards(s)
	}
	h.weights, h.support = before.weights, before.support
	return false
}

// stepTowards moves to the best point of the support's plane until the first weight is
// zero, and drops it.
func (h *hull) stepTowards(s []float64) {
	step, leave := 2.0, -1
	for k, j := range h.support {
		if s[k] > 0 {
			continue
		}
		if a := h.weights[j] / (h.weights[j] - s[k]); leave < 0 || a < step {
			step, leave = a, k
		}
	}
	var kept []int
	for k, j := range h.support {
		h.weights[j] += step * (s[k] - h.weights[j])
		if k == leave || h.weights[j] <= 0 && s[k] <= 0 {
			h.weights[j] = 0
			continue
		}
		kept = append(kept, j)
	}
	h.support = kept
}

// affine minimises over the plane through some points: weights of any sign, 1 in sum. The
// nearest point is the origin of the plane. It reports false where the points depend on
// each other.
func (h *hull) affine(support []int) ([]float64, bool) {
	origin := 0
	for k, j := range support {
		if h.norms[j] < h.norms[support[origin]] {
			origin = k
		}
	}
	columns, target := h.plane(support, origin)
	x, ok := leastSquares(columns, target)
	if !ok {
		return nil, false
	}
	s := slices.Insert(x, origin, 1-addUp(x))
	return s, true
}

func (h *hull) plane(support []int, origin int) (columns [][]float64, target []float64) {
	rows := len(h.points[0])
	height := rows
	if h.ridge > 0 {
		height += len(support)
	}
	root := math.Sqrt(h.ridge)
	base := h.points[support[origin]]
	target = make([]float64, height)
	for t, v := range base {
		target[t] = -v
	}
	if h.ridge > 0 {
		target[rows+origin] = -root
	}
	for k, j := range support {
		if k == origin {
			continue
		}
		column := make([]float64, height)
		for t, v := range h.points[j] {
			column[t] = v - base[t]
		}
		if h.ridge > 0 {
			column[rows+k], column[rows+origin] = root, -root
		}
		columns = append(columns, column)
	}
	return columns, target
}

// normalise makes the weights sum to 1.
func (h *hull) normalise() {
	total := addUp(h.weights)
	for j := range h.weights {
		h.weights[j] /= total
	}
}

// slack is the largest violation of the optimality conditions, see simplexSolution.
func (h *hull) slack() float64 {
	gradient, level, _ := h.gradient()
	worst, scale := 0.0, 0.0
	for j, g := range gradient {
		off := level - g
		if h.weights[j] > 0 {
			off = math.Abs(off)
		}
		worst = max(worst, off)
		scale = max(scale, h.norms[j]*h.norms[j]+h.ridge)
	}
	if scale == 0 {
		return 0
	}
	return worst / scale
}

// leastSquares solves columns*x = target in the least squares sense by Householder
// reflections, in place. It reports false where a column depends on those before it.
func leastSquares(columns [][]float64, target []float64) ([]float64, bool) {
	n := len(columns)
	diagonal := make([]float64, n)
	for k, column := range columns {
		whole := math.Sqrt(inner(column, column))
		if k >= len(target) {
			return nil, false
		}
		v := column[k:]
		norm := math.Sqrt(inner(v, v))
		if norm <= 1e-11*whole || whole == 0 {
			return nil, false
		}
		if v[0] > 0 {
			norm = -norm
		}
		diagonal[k] = norm
		v[0] -= norm
		beta := -1 / (norm * v[0])
		for _, other := range columns[k+1:] {
			reflect(other[k:], v, beta)
		}
		reflect(target[k:], v, beta)
	}
	x := make([]float64, n)
	for k := n - 1; k >= 0; k-- {
		rest := target[k]
		for j := k + 1; j < n; j++ {
			rest -= columns[j][k] * x[j]
		}
		x[k] = rest / diagonal[k]
	}
	return x, true
}

func reflect(x, v []float64, beta float64) {
	by := beta * inner(v, x)
	for t := range x {
		x[t] -= by * v[t]
	}
}

func inner(a, b []float64) float64 {
	total := 0.0
	for t, v := range a {
		total += v * b[t]
	}
	return total
}

func addUp(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}

func seriesMean(values []float64) float64 { return addUp(values) / float64(len(values)) }

func takeOutMean(values []float64) {
	mean := seriesMean(values)
	for t := range values {
		values[t] -= mean
	}
}
