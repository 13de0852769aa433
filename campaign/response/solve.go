package response

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// problem is a least squares fit of one family to one sample. Its unknowns are the
// logarithms of the curve's parameters (log odds for one that must stay below 1) and,
// where there is one, the baseline as it is.
type problem struct {
	form
	sample
	baseline bool
}

func (p problem) size() int {
	if p.baseline {
		return len(p.names) + 1
	}
	return len(p.names)
}

// parameters turns unknowns into the curve's parameters and the baseline.
func (p problem) parameters(q []float64) (values []float64, baseline float64) {
	values = make([]float64, len(p.names))
	for i := range values {
		if i == p.share {
			values[i] = max(minParameter, expit(q[i]))
		} else {
			values[i] = math.Exp(q[i])
		}
	}
	if p.baseline {
		baseline = q[len(values)]
	}
	return values, baseline
}

// unknown turns the i-th parameter into its unknown.
func (p problem) unknown(i int, value float64) float64 {
	switch {
	case i == len(p.names):
		return value
	case i == p.share:
		return math.Log(value) - math.Log1p(-value)
	}
	return math.Log(value)
}

// residuals fills r with the weighted residuals and returns their sum of squares.
func (p problem) residuals(q, r []float64) float64 {
	values, baseline := p.parameters(q)
	curve := p.curve(values)
	var sum float64
	for i, x := range p.x {
		r[i] = math.Sqrt(p.w[i]) * (p.y[i] - baseline - curve.At(x))
		sum += r[i] * r[i]
	}
	if math.IsNaN(sum) {
		return math.Inf(1)
	}
	return sum
}

// starts returns the best few points of the grid, each with its best height and
// baseline, best first.
func (p problem) starts(n int) [][]float64 {
	type start struct {
		q   []float64
		sum float64
	}
	var found []start
	r := make([]float64, len(p.x))
	for _, shape := range p.grid(slices.Max(p.x)) {
		height, baseline, ok := p.height(p.curve(shape))
		if !ok {
			continue
		}
		q := make([]float64, p.size())
		for i, v := range p.scale(height, shape) {
			q[i] = p.unknown(i, v)
		}
		if p.baseline {
			q[len(q)-1] = baseline
		}
		found = append(found, start{q, p.residuals(q, r)})
	}
	slices.SortStableFunc(found, func(a, b start) int { return cmp.Compare(a.sum, b.sum) })
	var best [][]float64
	for _, s := range found[:min(n, len(found))] {
		best = append(best, s.q)
	}
	return best
}

// height is the best multiple of a curve of height 1 and the best baseline beside it; ok
// is false where the outcome does not rise with the curve.
func (p problem) height(unit Curve) (height, baseline float64, ok bool) {
	var w, f, y, ff, fy float64
	for i, x := range p.x {
		at := unit.At(x)
		w += p.w[i]
		f += p.w[i] * at
		y += p.w[i] * p.y[i]
		ff += p.w[i] * at * at
		fy += p.w[i] * at * p.y[i]
	}
	if !p.baseline {
		height = fy / ff
	} else {
		height = (fy - f*y/w) / (ff - f*f/w)
		baseline = (y - height*f) / w
	}
	return height, baseline, height > 0 && !math.IsInf(height, 0)
}

// minimise runs Levenberg and Marquardt's method from q, leaving the unknown of index
// held alone (-1 holds none). It returns the end and its sum of squares.
func (p problem) minimise(q []float64, held int) ([]float64, float64) {
	q = slices.Clone(q)
	r := make([]float64, len(p.x))
	sum := p.residuals(q, r)
	damping := 1e-3
	trial := make([]float64, len(r))
	rounds, settled := 200, 1e-15
	if held >= 0 {
		rounds, settled = 40, 1e-9 // a profile asks only whether a limit is passed
	}
	for range rounds {
		normal, gradient := p.normal(q, r, held)
		var next []float64
		nextSum := math.Inf(1)
		for ; damping < 1e12; damping *= 8 {
			if next = step(q, normal, gradient, damping); next == nil {
				continue
			}
			if nextSum = p.residuals(next, trial); nextSum <= sum {
				break
			}
		}
		if !(nextSum <= sum) {
			break
		}
		gain := sum - nextSum
		q, sum = next, nextSum
		copy(r, trial)
		damping = max(damping/20, 1e-14)
		if gain <= settled*sum {
			break
		}
	}
	return q, sum
}

// normal returns JᵀJ and Jᵀr, with the Jacobian by central differences. The row of a held
// unknown is that of the identity, so that it never moves.
func (p problem) normal(q, r []float64, held int) (*mat.SymDense, []float64) {
	n := len(q)
	columns := make([][]float64, n)
	for j := range columns {
		if j != held {
			columns[j] = p.column(q, j)
		}
	}
	normal, gradient := mat.NewSymDense(n, nil), make([]float64, n)
	for j := range n {
		if j == held {
			normal.SetSym(j, j, 1)
			continue
		}
		for k := j; k < n; k++ {
			if k != held {
				normal.SetSym(j, k, dot(columns[j], columns[k]))
			}
		}
		gradient[j] = dot(columns[j], r)
	}
	return normal, gradient
}

// column is the derivative of the prediction, weighted as the residuals are, by the j-th
// unknown.
func (p problem) column(q []float64, j int) []float64 {
	const h = 1e-5
	moved := slices.Clone(q)
	column := make([]float64, len(p.x))
	if j == len(p.names) {
		for i := range column {
			column[i] = math.Sqrt(p.w[i])
		}
		return column
	}
	moved[j] = q[j] + h
	above, _ := p.parameters(moved)
	moved[j] = q[j] - h
	below, _ := p.parameters(moved)
	up, down := p.curve(above), p.curve(below)
	for i, x := range p.x {
		column[i] = math.Sqrt(p.w[i]) * (up.At(x) - down.At(x)) / (2 * h)
	}
	return column
}

// step solves the damped normal equations, nil where they have no solution. They are
// scaled to a diagonal of 1: a baseline in the unit of the outcome stands beside
// logarithms, and in yen the rows would lie so far apart that no solution is trusted.
func step(q []float64, normal *mat.SymDense, gradient []float64, damping float64) []float64 {
	n := len(q)
	unit, right := make([]float64, n), make([]float64, n)
	for j := range n {
		unit[j] = math.Sqrt(normal.At(j, j))
		if unit[j] == 0 {
			unit[j] = 1
		}
		right[j] = gradient[j] / unit[j]
	}
	damped := mat.NewSymDense(n, nil)
	for j := range n {
		for k := j; k < n; k++ {
			damped.SetSym(j, k, normal.At(j, k)/unit[j]/unit[k])
		}
		damped.SetSym(j, j, 1+damping)
	}
	var factor mat.Cholesky
	if !factor.Factorize(damped) {
		return nil
	}
	var move mat.VecDense
	if err := factor.SolveVecTo(&move, mat.NewVecDense(n, right)); err != nil {
		return nil
	}
	next := make([]float64, n)
	for j := range next {
		next[j] = q[j] + move.AtVec(j)/unit[j]
		if math.IsNaN(next[j]) || math.IsInf(next[j], 0) {
			return nil
		}
	}
	return next
}

func dot(a, b []float64) float64 {
	var sum float64
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}
