package shortlist

import (
	"cmp"
	"slices"
)

// swap is a pick with those who could step in for it, who brings most first.
type swap struct {
	out      int32
	marginal float64
	ins      []stale
	gain     func(n int32) float64 // what anyone would bring in place of out
}

// loss is what the list loses when the k-th steps in.
func (s swap) loss(k int) float64 { return s.marginal - s.ins[k].gain }

// swaps looks for every pick who could step in, as many as reserves may need.
func (w *writer) swaps() []swap {
	all := make([]swap, len(w.picks))
	for k, out := range w.picks {
		all[k] = swap{out: out, marginal: w.values[out], gain: func(n int32) float64 { return w.values[n] }}
	}
	if w.cover != nil {
		for k, r := range w.cover.withoutEach(w.picks) {
			all[k].marginal, all[k].gain = max(0, w.value-r.reached), func(n int32) float64 { return w.cover.gain(r.of, n) }
		}
	}
	for k := range all {
		w.standIns(&all[k])
	}
	return all
}

// standIns lists who can step in.
func (w *writer) standIns(s *swap) {
	out := s.out
	w.list.drop(out)
	defer w.list.add(out)
	needed := w.list.short()
	limit, ranked := w.request.Reserve+1, w.ranked
	if w.cover != nil {
		limit, ranked = max(limit, maxStandIns), w.byPromise(s.marginal)
	}
	looks := 0
	for _, n := range ranked {
		if len(s.ins) == limit || w.cover != nil && looks == limit {
			break
		}
		if n == out || w.list.in[n] || !w.list.steps(n) {
			continue
		}
		looks++
		if g := s.gain(n); g > 0 || needed {
			s.ins = append(s.ins, stale{n: n, gain: g})
		}
	}
	slices.SortStableFunc(s.ins, func(a, b stale) int { return cmp.Compare(b.gain, a.gain) })
}

// maxStandIns is among how many, of those who can step in for a pick, the best is looked
// for, of reach.
const maxStandIns = 200

// byPromise orders by the most that anyone can bring in place of a pick that brings
// marginal: what they reach alone, and no more than they add to the whole list and the pick
// leaves. Who reaches the same people as the pick comes early, though they add nothing now.
func (w *writer) byPromise(marginal float64) []int32 {
	order := slices.Clone(w.ranked)
	most := func(n int32) float64 { return min(w.cover.single[n], w.adds[n]+marginal) }
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(most(b), most(a)) })
	return order
}

// reserve takes, one after the other, who is the best to step in for most picks.
func (w *writer) reserve(swaps []swap) []Reserve {
	taken := map[int32]bool{}
	var list []Reserve
	for len(list) < w.request.Reserve {
		n := nextReserve(swaps, taken)
		if n < 0 {
			break
		}
		taken[n] = true
		c := w.of(n)
		list = append(list, Reserve{Key: c.Key, Tier: c.Tier, Price: c.Price, Outcome: c.Outcome, For: w.stepsIn(n, swaps)})
	}
	return list
}

func nextReserve(swaps []swap, taken map[int32]bool) int32 {
	votes, lost := map[int32]int{}, map[int32]float64{}
	for _, s := range swaps {
		for k, in := range s.ins {
			if !taken[in.n] {
				votes[in.n]++
				lost[in.n] += s.loss(k)
				break
			}
		}
	}
	best := int32(-1)
	for n := range votes {
		if best < 0 || cmp.Or(cmp.Compare(votes[best], votes[n]), cmp.Compare(lost[n], lost[best]), cmp.Compare(n, best)) < 0 {
			best = n
		}
	}
	return best
}

func (w *writer) stepsIn(n int32, swaps []swap) []StepIn {
	var list []StepIn
	for _, s := range swaps {
		w.list.drop(s.out)
		if w.list.steps(n) {
			list = append(list, StepIn{Key: w.key(s.out), Loss: s.marginal - s.gain(n)})
		}
		w.list.add(s.out)
	}
	slices.SortStableFunc(list, func(a, b StepIn) int { return cmp.Compare(a.Loss, b.Loss) })
	return list
}
