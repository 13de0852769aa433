package rank

import "github.com/bylinehq/byline"

// luckFirst reports whether one success of one trial would stand above 60 of 100 among all
// these. Where the lowest is the best, or all are believed equal, there is nothing to fear
// from it.
func (p Prior) luckFirst(all []evidence, o Options) bool {
	if p.Family != BetaBinomial || p.Belief.Shape == Point || o.LowerIsBetter {
		return false
	}
	lucky := p.update(Trials{Successes: 1, Trials: 1}.evidence(o.Dispersion))
	proven := p.update(Trials{Successes: 60, Trials: 100}.evidence(o.Dispersion))
	if o.Order == ByMean || lucky.Mean() >= proven.Mean() {
		return lucky.Mean() >= proven.Mean()
	}
	beliefs := []Belief{lucky, proven}
	for _, e := range all {
		beliefs = append(beliefs, p.update(e))
	}
	ranks := standingsOf(beliefs, 1, false).rank
	return ranks[0] <= ranks[1]
}

func luckFirst() byline.Finding {
	return byline.Finding{
		Code: "rank.luck_first", Severity: byline.Warning, Path: "prior",
		Message: "by this prior 1 success of 1 trial would stand above 60 of 100: creators differ from nothing to all, or most do better than 60%",
		Fix:     "rank only those with enough trials, rank creators of one kind apart, or give a prior from more of them",
	}
}
