package rank

import (
	"math"
	"math/bits"
)

// Method says how the chances of a place were computed.
type Method string

// The methods. Both integrate over a grid that lies where the creators' distributions do.
const (
	// Exact counts who is above by the exact distribution of that number (Poisson-binomial).
	Exact Method = "exact"
	// NormalCount takes that number as normal, for many creators and a long top. The chance
	// to be the best stays exact.
	NormalCount Method = "normal_count"
	// Symmetric needs no integral: all are believed equal.
	Symmetric Method = "symmetric"
)

// standings are, for each creator, the expected rank and the chances of a place.
type standings struct {
	rank, top, best []float64
	failure         float64 // see [Ranking.ChanceError]
	method          Method
}

// maxSteps bounds the exact counting, in elementary steps; beyond it the count is taken
// as normal.
const maxSteps = 2e9

// standingsOf integrates, for every creator i, P(at most k-1 others are above x) over the
// distribution of i. Where lower is set, above means below.
//
// The integral is a sum over the cells of one grid for all: the probability of i in the cell
// times the mean of the inner probability at its two ends. Time is O(nodes × n × k × log n),
// with nodes falling from about 2,048 to 512 as n grows; memory is O(n × log n).
func standingsOf(beliefs []Belief, k int, lower bool) standings {
	n := len(beliefs)
	s := standings{rank: make([]float64, n), top: make([]float64, n), best: make([]float64, n), method: Exact}
	if beliefs[0].Shape == Point {
		return s.equal(n, k)
	}
	places := k
	if k >= n { // everyone has a place, and nobody need be counted for it
		k = 1
	}
	nodes := gridOf(beliefs, k, lower)
	if float64(len(nodes))*float64(n)*float64(k)*float64(bits.Len(uint(n))) > maxSteps {
		s.method = NormalCount
	}
	coarse := standings{rank: make([]float64, n), top: make([]float64, n), best: make([]float64, n)}
	fine := newSweep(n, k, lower, s.method)
	half := newSweep(n, k, lower, s.method)
	for g := range len(nodes) + 2 {
		c := cdfAt(beliefs, nodes, g)
		fine.place(c)
		fine.add(&s)
		if g%2 == 0 || g == len(nodes)+1 {
			half.copyPlace(fine)
			half.add(&coarse)
		}
	}
	s.failure = math.Max(math.Abs(sum(s.top)-float64(k))/float64(k), math.Abs(sum(s.best)-1))
	for i := range n {
		s.rank[i]++
		s.failure = math.Max(s.failure, math.Max(math.Abs(s.top[i]-coarse.top[i]), math.Abs(s.best[i]-coarse.best[i])))
		s.top[i], s.best[i] = math.Min(1, s.top[i]), math.Min(1, s.best[i])
		if places >= n {
			s.top[i] = 1
		}
	}
	return s
}

func (s standings) equal(n, k int) standings {
	s.method = Symmetric
	for i := range n {
		s.rank[i], s.top[i], s.best[i] = float64(n+1)/2, float64(k)/float64(n), 1/float64(n)
	}
	return s
}

// cdfAt is every creator's distribution function at a node: 0 is the lower end of the
// line, len(nodes)+1 the upper one.
func cdfAt(beliefs []Belief, nodes []float64, g int) []float64 {
	c := make([]float64, len(beliefs))
	for i, b := range beliefs {
		switch {
		case g == 0:
		case g == len(nodes)+1:
			c[i] = 1
		default:
			c[i] = b.CDF(nodes[g-1])
		}
	}
	return c
}

// sweep walks over the grid and keeps what the last node gave.
type sweep struct {
	k             int
	lower         bool
	method        Method
	begun         bool
	last, now     place
	above, active []float64
	who           []int
	layers        [][]float64
}

// place is one node of the grid: the distribution functions, and for each creator without
// itself the expected number above, and the chances that fewer than k, or none, are.
type place struct{ cdf, rank, top, best []float64 }

func newPlace(n int) place {
	return place{rank: make([]float64, n), top: make([]float64, n), best: make([]float64, n)}
}

func newSweep(n, k int, lower bool, method Method) *sweep {
	s := &sweep{k: k, lower: lower, method: method, last: newPlace(n), now: newPlace(n), above: make([]float64, n)}
	for range bits.Len(uint(n)) + 2 {
		s.layers = append(s.layers, make([]float64, k))
	}
	return s
}

func (s *sweep) copyPlace(from *sweep) {
	s.now.cdf = from.last.cdf // after add, the node just placed is the last one
	copy(s.now.rank, from.last.rank)
	copy(s.now.top, from.last.top)
	copy(s.now.best, from.last.best)
}

// add moves the sweep past the node just placed and books the cell before it.
func (s *sweep) add(to *standings) {
	if s.begun {
		for i := range s.now.cdf {
			mass := s.now.cdf[i] - s.last.cdf[i]
			to.rank[i] += mass * (s.now.rank[i] + s.last.rank[i]) / 2
			to.top[i] += mass * (s.now.top[i] + s.last.top[i]) / 2
			to.best[i] += mass * (s.now.best[i] + s.last.best[i]) / 2
		}
	}
	s.begun = true
	s.last, s.now = s.now, s.last
}

func (s *sweep) place(cdf []float64) {
	s.now.cdf = cdf
	expected, variance := 0.0, 0.0
	for i, f := range cdf {
		if s.above[i] = 1 - f; s.lower {
			s.above[i] = f
		}
		expected += s.above[i]
		variance += s.above[i] * (1 - s.above[i])
	}
	for i, p := range s.above {
		s.now.rank[i] = math.Max(0, expected-p)
	}
	if s.method == NormalCount {
		s.normalTops(expected, variance)
		return
	}
	s.exactTops()
}

// exactTops sets aside who is surely above or below, and counts the rest by halves.
func (s *sweep) exactTops() {
	certain := 0
	s.active, s.who = s.active[:0], s.who[:0]
	for i, p := range s.above {
		switch {
		case p >= 1:
			certain++
		case p > 0:
			s.active, s.who = append(s.active, p), append(s.who, i)
		}
	}
	counts := s.layers[0]
	clear(counts)
	if certain < s.k {
		counts[certain] = 1
	}
	s.leaveOneOut(0, len(s.active), 0)
	s.settleCertain(certain)
}

// settleCertain gives those who are surely above or surely below their chances: with all
// active ones counted, and less themselves.
func (s *sweep) settleCertain(certain int) {
	if len(s.active) == len(s.above) {
		return
	}
	counts := s.layers[0]
	clear(counts)
	counts[0] = 1
	for _, p := range s.active {
		convolve(counts, p)
	}
	for i, p := range s.above {
		if p > 0 && p < 1 {
			continue
		}
		others := certain
		if p >= 1 {
			others--
		}
		s.now.top[i], s.now.best[i] = 0, 0
		if others < s.k {
			s.now.top[i] = sum(counts[:s.k-others])
		}
		if others == 0 {
			s.now.best[i] = counts[0]
		}
	}
}

// leaveOneOut carries down the number above without the range [from, to), so that at each
// leaf everyone but one is counted. Probabilities are only added, so nothing cancels.
func (s *sweep) leaveOneOut(from, to, depth int) {
	if from == to {
		return
	}
	counts := s.layers[depth]
	if to-from == 1 {
		i := s.who[from]
		s.now.top[i], s.now.best[i] = sum(counts), counts[0]
		return
	}
	middle := (from + to) / 2
	for _, side := range [2][4]int{{middle, to, from, middle}, {from, middle, middle, to}} {
		next := s.layers[depth+1]
		copy(next, counts)
		for _, p := range s.active[side[0]:side[1]] {
			convolve(next, p)
		}
		s.leaveOneOut(side[2], side[3], depth+1)
	}
}

// convolve counts one more, who is above with probability p; counts beyond the last are
// dropped.
func convolve(counts []float64, p float64) {
	for m := len(counts) - 1; m > 0; m-- {
		counts[m] = counts[m]*(1-p) + counts[m-1]*p
	}
	counts[0] *= 1 - p
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}

// normalTops takes the number above as normal, with a correction for its skewness.
func (s *sweep) normalTops(expected, variance float64) {
	none, skew, sure := 0.0, 0.0, 0 // none is the logarithm of the chance that nobody is above
	for _, p := range s.above {
		skew += p * (1 - p) * (1 - 2*p)
		if p >= 1 {
			sure++
		} else {
			none += math.Log1p(-p)
		}
	}
	for i, p := range s.above {
		s.now.best[i] = 0
		if p >= 1 && sure == 1 {
			s.now.best[i] = math.Exp(none)
		} else if sure == 0 {
			s.now.best[i] = math.Exp(none - math.Log1p(-p))
		}
		own := p * (1 - p)
		distance := float64(s.k) - 0.5 - (expected - p)
		s.now.top[i] = skewedNormal(distance, math.Max(0, variance-own), skew-own*(1-2*p))
	}
}

// skewedNormal is the distribution function at a distance from the mean, from the second
// and third cumulant (the first term of Edgeworth's series); a step without variance.
func skewedNormal(distance, variance, third float64) float64 {
	if variance < 1e-12 {
		if distance >= 0 {
			return 1
		}
		return 0
	}
	sd := math.Sqrt(variance)
	x := distance / sd
	density := math.Exp(-x*x/2) / math.Sqrt(2*math.Pi)
	value := 0.5*math.Erfc(-x/math.Sqrt2) + third/(variance*sd)*(1-x*x)*density/6
	return math.Min(1, math.Max(0, value))
}
