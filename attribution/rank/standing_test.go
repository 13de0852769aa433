package rank

import (
	"math"
	"math/big"
	"testing"
)

// exceeds is P(X > Y) for betas of whole parameters, exactly:
// sum over i < a of B(c+i, b+d) / ((b+i) B(1+i, b) B(c, d)) with X ~ beta(a, b), Y ~ beta(c, d).
func exceeds(a, b, c, d int64) float64 {
	beta := func(x, y int64) *big.Rat {
		f := func(n int64) *big.Int { return new(big.Int).MulRange(1, n) }
		return new(big.Rat).SetFrac(new(big.Int).Mul(f(x-1), f(y-1)), f(x+y-1))
	}
	total := new(big.Rat)
	for i := range a {
		term := beta(c+i, b+d)
		term.Quo(term, new(big.Rat).SetInt64(b+i))
		term.Quo(term, beta(1+i, b))
		term.Quo(term, beta(c, d))
		total.Add(total, term)
	}
	value, _ := total.Float64()
	return value
}

func TestChancesOfTwoAreExact(t *testing.T) {
	t.Parallel()
	for _, c := range [][4]int64{{1, 1, 1, 1}, {2, 5, 3, 4}, {60, 40, 2, 1}, {1, 40, 30, 400}, {5, 5, 500, 500}} {
		beliefs := []Belief{{Beta, float64(c[0]), float64(c[1])}, {Beta, float64(c[2]), float64(c[3])}}
		want := exceeds(c[0], c[1], c[2], c[3])
		s := standingsOf(beliefs, 1, false)
		if math.Abs(s.best[0]-want) > 1e-6 || math.Abs(s.best[1]-(1-want)) > 1e-6 || math.Abs(s.rank[0]-(2-want)) > 1e-6 {
			t.Errorf("%v: best %v, rank %v, want %v", c, s.best, s.rank, want)
		}
		if math.Abs(s.best[0]-want) > 2*s.failure+1e-12 {
			t.Errorf("%v: off by %g, stated %g", c, s.best[0]-want, s.failure)
		}
		if low := standingsOf(beliefs, 1, true); math.Abs(low.best[1]-want) > 1e-6 {
			t.Errorf("%v: lowest %v, want %v", c, low.best[1], want)
		}
	}
}

func TestChancesOfNormals(t *testing.T) {
	t.Parallel()
	s := standingsOf([]Belief{{Normal, 1, 0.5}, {Normal, 0, 2}}, 1, false)
	want := 0.5 * math.Erfc(-1/math.Hypot(0.5, 2)/math.Sqrt2)
	if math.Abs(s.best[0]-want) > 1e-6 {
		t.Errorf("best %v, want %v", s.best[0], want)
	}
	// Ten equals among which one place is drawn by lot, beside one who is far above.
	beliefs := []Belief{{Normal, 1e3, 1}}
	for range 10 {
		beliefs = append(beliefs, Belief{Normal, 0, 1})
	}
	s = standingsOf(beliefs, 3, false)
	for i := range 10 {
		if math.Abs(s.top[i+1]-0.2) > 1e-5 || s.best[i+1] > 1e-9 || math.Abs(s.rank[i+1]-6.5) > 1e-6 {
			t.Errorf("equal %d: top %v, best %v, rank %v", i, s.top[i+1], s.best[i+1], s.rank[i+1])
		}
	}
	if math.Abs(s.best[0]-1) > 1e-9 || math.Abs(s.rank[0]-1) > 1e-9 {
		t.Errorf("the first: %v %v", s.best[0], s.rank[0])
	}
}

// TestCountingAgreesWithListing: the counting by halves against a list of all subsets.
func TestCountingAgreesWithListing(t *testing.T) {
	t.Parallel()
	above := []float64{0, 0.2, 1, 0.7, 0.5, 0, 0.93}
	for k := 1; k <= len(above); k++ {
		s := newSweep(len(above), k, true, Exact)
		s.place(above)
		for i := range above {
			top, best := 0.0, 0.0
			for set := range 1 << len(above) {
				chance, size := 1.0, 0
				for j, p := range above {
					switch in := set>>j&1 == 1; {
					case j == i && in:
						chance = 0
					case j == i:
					case in:
						chance, size = chance*p, size+1
					default:
						chance *= 1 - p
					}
				}
				if size < k {
					top += chance
				}
				if size == 0 {
					best += chance
				}
			}
			if math.Abs(s.now.top[i]-top) > 1e-14 || math.Abs(s.now.best[i]-best) > 1e-14 {
				t.Errorf("k %d, %d: top %v best %v, want %v %v", k, i, s.now.top[i], s.now.best[i], top, best)
			}
		}
	}
}

// TestNormalCountIsNear: the approximation for large fields against the exact count.
func TestNormalCountIsNear(t *testing.T) {
	t.Parallel()
	const n, k = 200, 60
	cdf := make([]float64, n)
	for i := range cdf {
		cdf[i] = float64(i+1) / (n + 1) * 0.6
	}
	exact, near := newSweep(n, k, true, Exact), newSweep(n, k, true, NormalCount)
	exact.place(cdf)
	near.place(cdf)
	for i := range cdf {
		if math.Abs(exact.now.top[i]-near.now.top[i]) > 2e-4 || math.Abs(exact.now.best[i]-near.now.best[i]) > 1e-12 {
			t.Errorf("%d: top %v near %v; best %v near %v", i, exact.now.top[i], near.now.top[i], exact.now.best[i], near.now.best[i])
		}
	}
}

// TestNormalCountLeavesOneOut: each creator's own part is taken out of the count, and who is
// surely above bars everyone but itself from the first place.
func TestNormalCountLeavesOneOut(t *testing.T) {
	t.Parallel()
	const k = 4
	for _, above := range [][]float64{{0.1, 0.5, 0.97, 0.6, 0.05, 0.8, 0.33}, {0.1, 1, 0.97, 0.6, 0}, {0.1, 1, 1, 0.6, 0.2, 0.9}} {
		s := newSweep(len(above), k, true, NormalCount)
		s.place(above)
		for i := range above {
			mean, variance, third, none := 0.0, 0.0, 0.0, 1.0
			for j, p := range above {
				if j != i {
					mean, variance, third, none = mean+p, variance+p*(1-p), third+p*(1-p)*(1-2*p), none*(1-p)
				}
			}
			top := skewedNormal(k-0.5-mean, variance, third)
			if math.Abs(s.now.top[i]-top) > 1e-12 || math.Abs(s.now.best[i]-none) > 1e-12 {
				t.Errorf("%v, %d: top %v best %v, want %v %v", above, i, s.now.top[i], s.now.best[i], top, none)
			}
		}
	}
}

// TestChancesAddUp: the chances of k places are k together, and the ranks n(n+1)/2.
func TestChancesAddUp(t *testing.T) {
	t.Parallel()
	var beliefs []Belief
	for i := range 36 {
		size := math.Pow(10, float64(i%5))
		beliefs = append(beliefs, Belief{Gamma, 1 + size*float64(i+1)/36, 1 + size})
	}
	for _, lower := range []bool{false, true} {
		for _, k := range []int{20, 36} {
			s := standingsOf(beliefs, k, lower)
			if math.Abs(sum(s.top)-float64(k)) > 5e-4*float64(k) || math.Abs(sum(s.best)-1) > 5e-4 || math.Abs(sum(s.rank)-36*37/2) > 1e-6 {
				t.Errorf("top %d: %v, best %v, ranks %v", k, sum(s.top), sum(s.best), sum(s.rank))
			}
			if s.failure > 1e-3 {
				t.Errorf("top %d: stated error %v", k, s.failure)
			}
		}
	}
}
