package lift

import (
	"math"
	"math/rand/v2"
	"testing"
)

// bruteSimplex tries every support and returns the lowest objective.
func bruteSimplex(p simplexProblem) float64 {
	h := newHull(p, columnOrder(p.columns))
	best := math.Inf(1)
	for mask := 1; mask < 1<<len(h.points); mask++ {
		var support []int
		for j := range h.points {
			if mask&(1<<j) != 0 {
				support = append(support, j)
			}
		}
		s, ok := h.affine(support)
		if !ok {
			continue // a dependent support has an independent part that does as well
		}
		w := make([]float64, len(h.points))
		feasible := true
		for k, j := range support {
			w[j] = s[k]
			feasible = feasible && s[k] >= 0
		}
		if feasible {
			best = min(best, h.objective(w))
		}
	}
	return best
}

func randomProblem(r *rand.Rand, rows, columns int, kind int) simplexProblem {
	p := simplexProblem{target: make([]float64, rows), intercept: r.IntN(2) == 0}
	scale := math.Pow(10, float64(r.IntN(9)-4))
	for t := range p.target {
		p.target[t] = scale * (r.NormFloat64() + 3)
	}
	for j := range columns {
		column := make([]float64, rows)
		for t := range column {
			column[t] = scale * (r.NormFloat64() + 3)
		}
		switch {
		case kind == 1 && j > 0: // a copy
			copy(column, p.columns[r.IntN(j)])
		case kind == 2 && j > 1: // between two others
			a, b, s := p.columns[r.IntN(j)], p.columns[r.IntN(j)], r.Float64()
			for t := range column {
				column[t] = s*a[t] + (1-s)*b[t]
			}
		case kind == 3 && j > 0: // nearly a copy
			of := p.columns[r.IntN(j)]
			for t := range column {
				column[t] = of[t] * (1 + 1e-9*r.NormFloat64())
			}
		case kind == 4: // whole numbers, so ties are exact
			for t := range column {
				column[t] = float64(r.IntN(3))
			}
		}
		p.columns = append(p.columns, column)
	}
	if kind == 5 {
		p.ridge = scale * scale * math.Pow(10, float64(r.IntN(8)-6))
	}
	if kind == 7 { // sizes that have nothing to do with each other
		for _, column := range p.columns {
			by := math.Pow(10, float64(r.IntN(17)-8))
			for t := range column {
				column[t] *= by
			}
		}
	}
	if kind == 6 { // inside the hull
		for t := range p.target {
			p.target[t] = 0
			for _, c := range p.columns {
				p.target[t] += c[t] / float64(columns)
			}
		}
	}
	return p
}

func checkWeights(t *testing.T, s simplexSolution) {
	t.Helper()
	for j, w := range s.weights {
		if w < 0 || math.Signbit(w) || math.IsNaN(w) {
			t.Errorf("weight %d is %v", j, w)
		}
	}
	if off := math.Abs(addUp(s.weights) - 1); off > 1e-15 {
		t.Errorf("weights sum to 1 but for %v", off)
	}
	if !(s.slack <= 1e-10) {
		t.Errorf("slack %v", s.slack)
	}
}

func TestSimplexIsOptimal(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	worst := 0.0
	for i := range 6000 {
		p := randomProblem(r, 1+r.IntN(25), 1+r.IntN(25), i%8)
		s := solveSimplex(p)
		checkWeights(t, s)
		worst = max(worst, s.slack)
		if t.Failed() {
			t.Fatalf("problem %d of kind %d: %d rows, %d columns", i, i%8, len(p.target), len(p.columns))
		}
	}
	t.Logf("worst slack %.3g", worst)
}

func TestSimplexAgainstEverySupport(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 700 {
		p := randomProblem(r, 1+r.IntN(8), 1+r.IntN(7), i%8)
		order := columnOrder(p.columns)
		s := solveSimplex(p)
		h := newHull(p, order) // as wide as its largest column, which kind 7 makes very wide
		for k, j := range order {
			h.weights[k] = s.weights[j]
		}
		want, got := bruteSimplex(p), h.objective(h.weights)
		if got > want+1e-12*(1+want) {
			t.Fatalf("problem %d of kind %d: objective %v, by hand %v", i, i%8, got, want)
		}
	}
}

func TestSimplexSharesAmongEquals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		columns [][]float64
		target  []float64
		want    []float64
		unique  bool
	}{
		"two copies":       {[][]float64{{1, 2}, {5, 9}, {1, 2}}, []float64{1, 2}, []float64{.5, 0, .5}, false},
		"middle and ends":  {[][]float64{{0, 0}, {1, 1}, {2, 2}}, []float64{1, 1}, []float64{1. / 3, 1. / 3, 1. / 3}, false},
		"square":           {[][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}}, []float64{.5, .5}, []float64{.25, .25, .25, .25}, false},
		"only one":         {[][]float64{{3, 3}}, []float64{1, 2}, []float64{1}, true},
		"corner":           {[][]float64{{0, 0}, {1, 0}}, []float64{-1, 0}, []float64{1, 0}, true},
		"off the centre":   {[][]float64{{0}, {1}, {2}}, []float64{0.1}, []float64{.9, .1, 0}, false},
		"all the same":     {[][]float64{{7, 7}, {7, 7}, {7, 7}, {7, 7}}, []float64{1, 2}, []float64{.25, .25, .25, .25}, false},
		"nothing at all":   {[][]float64{{0, 0}, {0, 0}}, []float64{0, 0}, []float64{.5, .5}, false},
		"outside, on edge": {[][]float64{{0, 0}, {0, 2}, {0, 1}}, []float64{-4, 1}, []float64{1. / 3, 1. / 3, 1. / 3}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := solveSimplex(simplexProblem{columns: c.columns, target: c.target})
			checkWeights(t, s)
			for j, w := range c.want {
				if math.Abs(s.weights[j]-w) > 1e-12 {
					t.Errorf("weights %v, want %v", s.weights, c.want)
					break
				}
			}
			if s.unique != c.unique {
				t.Errorf("unique is %v", s.unique)
			}
		})
	}
}

// Slack is a measure, not a promise: weights on the wrong point have much of it.
func TestSlackOfWrongWeights(t *testing.T) {
	t.Parallel()
	h := newHull(simplexProblem{columns: [][]float64{{1, 0}, {-1, 0}}, target: []float64{0, 0}}, []int{0, 1})
	h.set([]int{0}, []float64{1})
	if got := h.slack(); got != 2 {
		t.Errorf("slack %v, want 2", got)
	}
}
