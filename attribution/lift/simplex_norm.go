package lift

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

const (
	dependent  = 1e-12 // singular values below this share of the largest count as 0
	negligible = 1e-12 // a weight below it is rounding, where weights were moved between equals
)

// takeSmallestNorm moves the weights to those of the smallest norm among all that fit as
// well, and reports whether there was only one choice. The fitted values of all optima
// are the same, so the choice is the least distance problem
//
//	minimise |w|^2  where  points*w stays, sum w = 1, w >= 0
//
// over the points whose gradient is that of the support (Lawson and Hanson 1974, chapter 23).
func (h *hull) takeSmallestNorm() (unique bool) {
	face := h.face()
	free := h.freedom(face)
	if free == nil {
		return true
	}
	before := hull{points: h.points, norms: h.norms, weights: slices.Clone(h.weights)}
	w, ok := leastDistance(free, h.on(face))
	if !ok {
		return false
	}
	clear(h.weights)
	h.support = h.support[:0]
	for k, j := range face {
		if w[k] > negligible {
			h.weights[j] = w[k]
			h.support = append(h.support, j)
		}
	}
	h.normalise()
	if h.slack() > 10*before.slack()+1e-11 {
		h.weights = before.weights
	}
	return false
}

// face returns the points that an optimum may use.
func (h *hull) face() []int {
	gradient, level, radius := h.gradient()
	var face []int
	for j, g := range gradient {
		if h.weights[j] > 0 || g-level <= 1e-10*radius*(h.norms[j]+radius) {
			face = append(face, j)
		}
	}
	return face
}

func (h *hull) on(face []int) []float64 {
	weights := make([]float64, len(face))
	for k, j := range face {
		weights[k] = h.weights[j]
	}
	return weights
}

// freedom returns an orthonormal basis of the changes of weight that change neither the
// fit nor the sum, one row per point of the face; nil where there is none.
func (h *hull) freedom(face []int) [][]float64 {
	directions, rank := h.directions(face)
	if rank == len(face) {
		return nil
	}
	basis := make([][]float64, len(face))
	for k := range basis {
		basis[k] = slices.Clone(directions.RawRowView(k)[rank:])
	}
	return basis
}

// directions returns an orthonormal basis of all changes of weight on a face, in columns:
// the first rank of them change the fit or the sum.
func (h *hull) directions(face []int) (basis *mat.Dense, rank int) {
	m := mat.NewDense(len(h.points[0])+1, len(face), nil)
	for k, j := range face {
		m.Set(0, k, 1)
		for t, v := range h.points[j] {
			m.Set(t+1, k, v)
		}
	}
	var svd mat.SVD
	if !svd.Factorize(m, mat.SVDFullV) {
		return nil, len(face)
	}
	values := svd.Values(nil)
	for rank < len(values) && values[rank] > dependent*values[0] {
		rank++
	}
	basis = new(mat.Dense)
	svd.VTo(basis)
	return basis, rank
}

// leastDistance returns the point of smallest norm in start + span(basis) that has no
// negative entry.
func leastDistance(basis [][]float64, start []float64) ([]float64, bool) {
	size := len(basis[0])
	along := make([]float64, size)
	for k, row := range basis {
		for d, v := range row {
			along[d] += v * start[k]
		}
	}
	columns := make([][]float64, len(basis))
	fixed := make([]float64, len(basis))
	for k, row := range basis {
		fixed[k] = start[k] - inner(row, along)
		columns[k] = append(slices.Clone(row), -fixed[k])
	}
	target := make([]float64, size+1)
	target[size] = 1
	u := nonNegative(columns, target)
	residual := slices.Clone(target)
	for k, w := range u {
		for d, v := range columns[k] {
			residual[d] -= w * v
		}
	}
	if residual[size] <= 1e-9 {
		return nil, false
	}
	w := make([]float64, len(basis))
	for k, row := range basis {
		if u[k] > 0 {
			continue // its bound holds with equality
		}
		w[k] = max(0, fixed[k]-inner(row, residual[:size])/residual[size])
	}
	return w, true
}

// nonNegative minimises |columns*u - target|^2 over u >= 0 by the active set of Lawson
// and Hanson.
func nonNegative(columns [][]float64, target []float64) []float64 {
	u := make([]float64, len(columns))
	blocked := make([]bool, len(columns))
	var support []int
	for range 20*len(columns) + 50 {
		enter := steepest(columns, target, u, blocked)
		if enter < 0 {
			break
		}
		grown, next, ok := growNonNegative(columns, target, u, append(slices.Clone(support), enter))
		if !ok || misfit(columns, target, next) >= misfit(columns, target, u) {
			blocked[enter] = true
			continue
		}
		u, support = next, grown
		clear(blocked)
	}
	return u
}

func steepest(columns [][]float64, target, u []float64, blocked []bool) int {
	residual := remainder(columns, target, u)
	best, most := -1, 0.0
	for j, column := range columns {
		if u[j] > 0 || blocked[j] {
			continue
		}
		size := math.Sqrt(inner(column, column))
		if g := inner(column, residual); g > most && g > 64*roundOff*size {
			best, most = j, g
		}
	}
	return best
}

func remainder(columns [][]float64, target, u []float64) []float64 {
	residual := slices.Clone(target)
	for j, w := range u {
		if w == 0 {
			continue
		}
		for d, v := range columns[j] {
			residual[d] -= w * v
		}
	}
	return residual
}

func misfit(columns [][]float64, target, u []float64) float64 {
	r := remainder(columns, target, u)
	return inner(r, r)
}

func growNonNegative(columns [][]float64, target, u []float64, support []int) ([]int, []float64, bool) {
	u = slices.Clone(u)
	for first := true; len(support) > 0; first = false {
		picked := make([][]float64, len(support))
		for k, j := range support {
			picked[k] = slices.Clone(columns[j])
		}
		s, ok := leastSquares(picked, slices.Clone(target))
		if !ok || first && s[len(s)-1] <= 0 {
			return nil, nil, false
		}
		step, leave := 1.0, -1
		for k, j := range support {
			if s[k] > 0 {
				continue
			}
			if a := u[j] / (u[j] - s[k]); leave < 0 || a < step {
				step, leave = a, k
			}
		}
		var kept []int
		for k, j := range support {
			u[j] += step * (s[k] - u[j])
			if k == leave || u[j] <= 0 && s[k] <= 0 {
				u[j] = 0
				continue
			}
			kept = append(kept, j)
		}
		if leave < 0 {
			return support, u, true
		}
		support = kept
	}
	return nil, nil, false
}
