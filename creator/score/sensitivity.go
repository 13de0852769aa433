package score

import (
	"cmp"
	"math"
	"slices"
)

// weightSlack is how far weights are thought to be off.
const weightSlack = 0.2

// sway returns the least and the greatest score for weights of the groups within 20 % of
// the rubric's. A ratio of sums of which each term may shrink and grow on its own is
// greatest when all terms above some height grow and the others shrink, so it is enough to
// try every height.
func sway(groups []GroupScore, score float64) Range {
	var room [16]GroupScore
	known := room[:0]
	for _, g := range groups {
		if g.Coverage > 0 {
			known = append(known, g)
		}
	}
	slices.SortFunc(known, func(a, b GroupScore) int { return cmp.Compare(a.Points/a.Coverage, b.Points/b.Coverage) })
	out := Range{score, score}
	for split := range len(known) + 1 {
		var up, upShare, down, downShare float64
		for i, g := range known {
			grow, shrink := 1+weightSlack, 1-weightSlack
			if i < split {
				grow, shrink = shrink, grow
			}
			up, upShare = up+grow*g.Points, upShare+grow*g.Coverage
			down, downShare = down+shrink*g.Points, downShare+shrink*g.Coverage
		}
		out.High = math.Max(out.High, up/upShare)
		out.Low = math.Min(out.Low, down/downShare)
	}
	return Range{math.Max(0, out.Low), math.Min(100, out.High)}
}
