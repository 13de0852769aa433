package safety

import (
	"cmp"
	"iter"
	"slices"
)

// perTerm yields the uses of each term in the order of the text. A use that two readings
// of the text have counts once, with its context if either shows one.
func perTerm(all []use) iter.Seq[[]use] {
	slices.SortFunc(all, func(x, y use) int {
		return cmp.Or(
			cmp.Compare(x.term, y.term), cmp.Compare(x.start, y.start), cmp.Compare(y.end, x.end),
			cmp.Compare(y.context, x.context), compareText(x.words, y.words), compareBool(x.disguised, y.disguised),
		)
	})
	all = slices.CompactFunc(all, func(x, y use) bool { return x.term == y.term && x.start == y.start })
	return func(yield func([]use) bool) {
		for from := 0; from < len(all); {
			to := from + 1
			for to < len(all) && all[to].term == all[from].term {
				to++
			}
			if !yield(all[from:to]) {
				return
			}
			from = to
		}
	}
}

func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}
