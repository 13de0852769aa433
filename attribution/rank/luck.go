package rank

import "github.com/bylinehq/byline"

// luckFirst reports whether one success of one trial would stand above 60 of 100. Where
// the lowest is the best, or all are believed equal, there is nothing to fear from it.
func (p Prior) luckFirst(o Options) bool {
	if p.Family != BetaBinomial || p.Belief.Shape == Point || o.LowerIsBetter {
		return false
	}
	lucky := p.update(Trials{Successes: 1, Trials: 1}.evidence(o.Dispersion))
	proven := p.update(Trials{Successes: 60, Trials: 100}.evidence(o.Dispersion))
	if lucky.Mean() >= proven.Mean() {
		return true
	}
	return o.Order == ByExpectedRank && standingsOf([]Belief{lucky, proven}, 1, false).best[0] >= 0.5
}

func luckFirst() byline.Finding {
	return byline.Finding{
		Code: "rank.luck_first", Severity: byline.Warning, Path: "prior",
		Message: "by this prior 1 success of 1 trial would stand above 60 of 100: creators differ from nothing to all, or most do better than 60%",
		Fix:     "rank only those with enough trials, rank creators of one kind apart, or give a prior from more of them",
	}
}
