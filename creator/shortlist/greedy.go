package shortlist

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// fill adds items in the given order as long as they bring something and all minima can
// still be reached, then what minima lack. It reports whether they are reached.
func (s *state) fill(order []int32, values []float64) bool {
	var g guard
	for _, n := range order {
		if values[n] <= 0 || !s.fits(n) {
			continue
		}
		s.add(n)
		if !g.allows(s) {
			s.pop()
		}
	}
	return s.complete()
}

// byReduced orders items by what they bring after paying for the rows they use.
func (p *problem) byReduced(reduced []float64) []int32 {
	order := make([]int32, len(p.items))
	for n := range order {
		order[n] = int32(n)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(reduced[b], reduced[a]) })
	return order
}

// greedy fills by reduced value, then swaps. It returns nil where it finds no list.
func (p *problem) greedy(values, reduced []float64) *state {
	s := newState(p, nil)
	if !s.clone().complete() {
		return nil
	}
	order := p.byReduced(reduced)
	if !s.fill(order, values) {
		return nil
	}
	p.improve(s, values, order)
	return s
}

const shakes = 300

// shake takes some picks out, puts another in, fills up, and keeps what is no worse: where
// a few dear candidates make up the list, single swaps get stuck. Its chances are fixed.
func (p *problem) shake(best *state, values, reduced []float64) *state {
	r, pool := rand.New(rand.NewPCG(1, 1)), p.byReduced(reduced)
	pool = pool[:min(len(pool), maxPool+2*len(best.picks))]
	worth := total(values, best.sorted())
	for range min(shakes, maxLooks/(1+len(best.picks)*len(best.picks))) {
		s := newState(p, p.thinned(best, r))
		if n := pool[r.IntN(len(pool))]; s.fits(n) {
			s.add(n)
		}
		if !s.clone().complete() || !s.fill(pool, values) {
			continue
		}
		if now := total(values, s.sorted()); now >= worth-float64(math.Abs(worth)*1e-3) {
			p.improve(s, values, pool)
			now = total(values, s.sorted())
			if now >= worth {
				best, worth = s, now
			}
		}
	}
	return best
}

// thinned is a list without some of its picks.
func (p *problem) thinned(s *state, r *rand.Rand) []int32 {
	picks := s.sorted()
	if len(picks) == 0 {
		return nil
	}
	r.Shuffle(len(picks), func(i, j int) { picks[i], picks[j] = picks[j], picks[i] })
	return picks[:len(picks)-1-r.IntN((len(picks)+1)/2)]
}

const (
	maxPool  = 600 // among how many items swaps are looked for, best reduced value first
	maxMoves = 100
	maxLooks = 20_000_000 // at swaps, in one go
)

// improve adds, drops and swaps single items until none of it makes the list better.
func (p *problem) improve(s *state, values []float64, order []int32) {
	pool := p.open(s, order)
	looks := (len(s.picks) + 1) * (len(pool) + 1)
	for range min(maxMoves, 1+maxLooks/looks) {
		move := move{out: -1, in: -1}
		for _, n := range pool {
			if values[n] > move.gain && s.fits(n) {
				move = better(move, -1, n, values[n])
			}
		}
		for _, out := range s.sorted() {
			p.bestSwap(s, values, pool, out, &move)
		}
		if move.gain <= 1e-12 {
			return
		}
		if move.out >= 0 {
			s.drop(move.out)
		}
		if move.in >= 0 {
			s.add(move.in)
		}
	}
}

// open are the first of those who are not on the list.
func (p *problem) open(s *state, order []int32) []int32 {
	var pool []int32
	for _, n := range order {
		if !s.in[n] {
			if pool = append(pool, n); len(pool) == maxPool {
				break
			}
		}
	}
	return pool
}

// move takes one item out, -1 for none, and puts one in, -1 for none.
type move struct {
	out, in int32
	gain    float64
}

func better(m move, out, in int32, gain float64) move {
	if gain > m.gain {
		return move{out, in, gain}
	}
	return m
}

func (p *problem) bestSwap(s *state, values []float64, pool []int32, out int32, best *move) {
	s.drop(out)
	defer s.add(out)
	if -values[out] > best.gain && !s.short() {
		*best = better(*best, out, -1, -values[out])
	}
	for _, n := range pool {
		if !s.in[n] && n != out && values[n]-values[out] > best.gain && s.steps(n) {
			*best = better(*best, out, n, values[n]-values[out])
		}
	}
}

// steps reports whether an item alone makes the list complete.
func (s *state) steps(n int32) bool {
	return s.fits(n) && (s.lack == 0 || s.fills(n) == s.lack)
}
