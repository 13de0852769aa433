package attribution

import (
	"cmp"
	"slices"
)

// pick says which of the leads that a rule accepts are credited, and gives each its
// weight. found is not empty and its order means nothing.
func (rule *ruling) pick(found []*lead) []*lead {
	if rule.codes {
		return rule.pickCodes(found)
	}
	slices.SortFunc(found, func(a, b *lead) int { return compareLeadsByTime(a, b) })
	switch rule.Pick {
	case PickFirst:
		return weigh(found[:1])
	case PickEvenly:
		return onePerOwner(found)
	case PickByTouch:
		return weigh(found)
	case PickByPosition:
		return rule.Weights.weigh(found)
	}
	last := found[len(found)-1]
	// Of several at the last instant, the first in the alphabet.
	i := slices.IndexFunc(found, func(l *lead) bool { return l.at.Equal(last.at) })
	return weigh(found[i : i+1])
}

func compareLeadsByTime(a, b *lead) int {
	return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.key, b.key), compareLeads(*a, *b))
}

// weigh gives each lead the same weight.
func weigh(picked []*lead) []*lead {
	for _, l := range picked {
		l.weight = 1
	}
	return picked
}

// onePerOwner gives each owner the same weight, however many leads point to them.
func onePerOwner(found []*lead) []*lead {
	for i, l := range found {
		l.weight = 1
		if slices.ContainsFunc(found[:i], func(earlier *lead) bool { return earlier.owner == l.owner }) {
			l.weight = 0
		}
	}
	return found
}

// weigh shares among the first, the last, and all between; found is in order of time.
func (w *PositionWeights) weigh(found []*lead) []*lead {
	n := int64(len(found))
	if n == 1 {
		return weigh(found)
	}
	between := max(n-2, 1)
	for _, l := range found {
		l.weight = w.Middle
	}
	found[0].weight, found[n-1].weight = w.First*between, w.Last*between
	return slices.DeleteFunc(found, func(l *lead) bool { return l.weight == 0 })
}

// pickCodes leaves out a code that took nothing off while another creator's did, and
// says so, before it picks.
func (rule *ruling) pickCodes(found []*lead) []*lead {
	switch rule.Pick {
	case PickFirstListed:
		return ownersCodes(found, slices.MinFunc(found, func(a, b *lead) int { return cmp.Compare(a.listed, b.listed) }))
	case PickNewest:
		return ownersCodes(found, slices.MinFunc(found, func(a, b *lead) int {
			return cmp.Or(b.offer.Active.Start.Compare(a.offer.Active.Start), cmp.Compare(a.key, b.key))
		}))
	}
	found = withEffect(found)
	switch rule.Pick {
	case LargestDiscount:
		return ownersCodes(found, slices.MinFunc(found, compareDiscounts))
	case SmallestDiscount:
		return ownersCodes(found, slices.MinFunc(found, func(a, b *lead) int {
			return cmp.Or(cmp.Compare(a.discount.Minor(), b.discount.Minor()), cmp.Compare(a.key, b.key))
		}))
	case PickEvenly:
		return onePerOwner(found)
	}
	return byDiscount(found)
}

func compareDiscounts(a, b *lead) int {
	return cmp.Or(cmp.Compare(b.discount.Minor(), a.discount.Minor()), cmp.Compare(a.key, b.key))
}

// withEffect keeps a code whose discount nobody stated: unknown is not nothing.
func withEffect(found []*lead) []*lead {
	best := slices.MinFunc(found, compareDiscounts)
	if best.discount.Sign() <= 0 {
		return found
	}
	return slices.DeleteFunc(found, func(l *lead) bool {
		idle := l.discount.Sign() <= 0 && l.owner != best.owner && l.discount != (lead{}).discount
		if idle {
			l.refused = ReasonCodeNoEffect
		}
		return idle
	})
}

// ownersCodes keeps the codes of the picked one's owner.
func ownersCodes(found []*lead, picked *lead) []*lead {
	return weigh(slices.DeleteFunc(found, func(l *lead) bool { return l.owner != picked.owner }))
}

// byDiscount weighs codes by what they took off. Where that is not known of each, and
// where it is nothing of all, the owners are even.
func byDiscount(found []*lead) []*lead {
	var total int64
	for _, l := range found {
		if l.discount == (lead{}).discount {
			return onePerOwner(found)
		}
		// The bound matters for malformed orders only; others keep below it.
		l.weight = min(max(l.discount.Minor(), 0), maxMinor)
		total += l.weight
	}
	if total == 0 {
		return onePerOwner(found)
	}
	return found
}

// reason is why a rule credits a lead of a kind.
func (rule *ruling) reason(kind EvidenceKind) Reason {
	switch {
	case kind == ByCode:
		return ReasonCodeOwner
	case kind == ByBinding:
		return ReasonBoundCustomer
	case kind == BySurvey:
		return ReasonSurveyAnswer
	case kind == ByManual:
		return ReasonAssigned
	case rule.Pick == PickFirst:
		return ReasonFirstClick
	case rule.Pick == PickLast:
		return ReasonLastClick
	}
	return ReasonClickShares
}
