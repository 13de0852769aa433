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
}

// loss is what the list loses when the k-th steps in.
func (s swap) loss(k int) float64 { return s.marginal - s.ins[k].gain }

// swaps looks for every pick who could step in, as many as reserves may need.
func (w *writer) swaps() []swap {
	all := make([]swap, len(w.picks))
	for k, out := range w.picks {
		all[k] = w.swap(out)
	}
	return all
}

func (w *writer) swap(out int32) swap {
	of, gain := w.gainWithout(out)
	s := swap{out: out, marginal: of}
	w.list.drop(out)
	defer w.list.add(out)
	needed := w.list.short()
	limit := w.request.Reserve + 1
	if w.cover != nil {
		limit = max(limit, maxSwapPool)
	}
	for _, n := range w.ranked {
		if len(s.ins) == limit {
			break
		}
		if n == out || w.list.in[n] || !w.list.steps(n) {
			continue
		}
		if g := gain(n); g > 0 || needed {
			s.ins = append(s.ins, stale{n: n, gain: g})
		}
	}
	slices.SortStableFunc(s.ins, func(a, b stale) int { return cmp.Compare(b.gain, a.gain) })
	return s
}

// gainWithout is what a pick brings to the others, and what anyone would instead.
func (w *writer) gainWithout(out int32) (marginal float64, gain func(n int32) float64) {
	if w.cover == nil {
		return w.values[out], func(n int32) float64 { return w.values[n] }
	}
	of, rest := w.cover.without(w.picks, out)
	return max(0, w.value-rest), func(n int32) float64 { return w.cover.gain(of, n) }
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
			marginal, gain := w.gainWithout(s.out)
			list = append(list, StepIn{Key: w.key(s.out), Loss: marginal - gain(n)})
		}
		w.list.add(s.out)
	}
	slices.SortStableFunc(list, func(a, b StepIn) int { return cmp.Compare(a.Loss, b.Loss) })
	return list
}
