package attribution

import (
	"cmp"
	"slices"

	"github.com/bylinehq/byline"
)

// choice is what a rule chooses among: places in a list of leads. Places and not
// pointers, so that the whole of a decision can stay off the heap.
type choice struct {
	leads []lead
	found []int32
}

func (c choice) lead(i int) *lead { return &c.leads[c.found[i]] }

// keep leaves the places of which is is true.
func (c choice) keep(is func(*lead) bool) choice {
	kept := c.found[:0]
	for _, at := range c.found {
		if is(&c.leads[at]) {
			kept = append(kept, at)
		}
	}
	c.found = kept
	return c
}

// first returns the lead that comes before all others.
func (c choice) first(compare func(a, b *lead) int) *lead {
	best := c.lead(0)
	for i := range c.found[1:] {
		if l := c.lead(i + 1); compare(l, best) < 0 {
			best = l
		}
	}
	return best
}

// recordedFirst leaves what only the order speaks of for when nothing was recorded. The
// time of such a touch is a bound and no more, and the buyer's browser wrote it.
func (c choice) recordedFirst() choice {
	recorded := func(l *lead) bool { return l.recorded || !l.kind.isTouch() || !l.owned() }
	if !slices.ContainsFunc(c.found, func(at int32) bool { return c.leads[at].recorded }) {
		return c
	}
	return c.keep(func(l *lead) bool {
		if !recorded(l) {
			l.refused = ReasonNotRecorded
		}
		return recorded(l)
	})
}

// pick says which of the leads that a rule accepts are credited, and gives each its
// weight. There is at least one, and their order means nothing.
func (rule *ruling) pick(c choice) choice {
	if rule.codes {
		return rule.pickCodes(c)
	}
	if len(c.found) == 1 {
		return c.weigh()
	}
	slices.SortFunc(c.found, func(a, b int32) int { return compareByTime(&c.leads[a], &c.leads[b]) })
	switch rule.Pick {
	case PickFirst:
		c.found = c.found[:1]
	case PickEvenly:
		return c.onePerOwner()
	case PickByTouch:
	case PickByPosition:
		return rule.Weights.weigh(c)
	default:
		// Of several at the last instant, the first in the alphabet.
		last := c.lead(len(c.found) - 1).at
		i := slices.IndexFunc(c.found, func(at int32) bool { return c.leads[at].at.Equal(last) })
		c.found = c.found[i : i+1]
	}
	return c.weigh()
}

func compareByTime(a, b *lead) int {
	return cmp.Or(a.at.Compare(b.at), cmp.Compare(sourceRank(a.source), sourceRank(b.source)), cmp.Compare(a.key, b.key), compareLeads(a, b))
}

// sourceRank orders what one order says of itself, all of one instant: what names the
// order on purpose, then the visit it was made in, then what a cart or a note kept.
func sourceRank(source string) int {
	switch source {
	case SourceReference:
		return 1
	case SourceLandingPage:
		return 2
	case SourceCartAttribute:
		return 3
	case SourceOrderMeta:
		return 4
	case SourceOrderNote:
		return 5
	}
	return 0
}

// weigh gives each lead the same weight.
func (c choice) weigh() choice {
	for i := range c.found {
		c.lead(i).weight = 1
	}
	return c
}

// onePerOwner gives each owner the same weight, however many leads point to them.
func (c choice) onePerOwner() choice {
	for i := range c.found {
		l := c.lead(i)
		l.weight = 1
		for k := range i {
			if c.lead(k).owner == l.owner {
				l.weight = 0
				break
			}
		}
	}
	return c
}

// weigh shares among the first, the last, and all between; c is in order of time.
func (w *PositionWeights) weigh(c choice) choice {
	n := len(c.found)
	if n == 1 {
		return c.weigh()
	}
	for i := range c.found {
		c.lead(i).weight = w.Middle
	}
	between := int64(max(n-2, 1))
	c.lead(0).weight, c.lead(n-1).weight = w.First*between, w.Last*between
	return c.keep(func(l *lead) bool { return l.weight > 0 })
}

// pickCodes leaves out a code that took nothing off while another creator's did, and
// says so, before it picks.
func (rule *ruling) pickCodes(c choice) choice {
	if len(c.found) == 1 {
		return c.weigh()
	}
	switch rule.Pick {
	case PickFirstListed:
		return c.ownersOf(c.first(func(a, b *lead) int { return cmp.Compare(a.listed, b.listed) }))
	case PickNewest:
		return c.ownersOf(c.first(func(a, b *lead) int {
			return cmp.Or(b.offer.Active.Start.Compare(a.offer.Active.Start), cmp.Compare(a.key, b.key))
		}))
	}
	c = c.withEffect()
	switch rule.Pick {
	case LargestDiscount:
		return c.ownersOf(c.first(compareDiscounts))
	case SmallestDiscount:
		return c.ownersOf(c.first(func(a, b *lead) int {
			return cmp.Or(cmp.Compare(a.discount.Minor(), b.discount.Minor()), cmp.Compare(a.key, b.key))
		}))
	case PickEvenly:
		return c.onePerOwner()
	}
	return c.byDiscount()
}

func compareDiscounts(a, b *lead) int {
	return cmp.Or(cmp.Compare(b.discount.Minor(), a.discount.Minor()), cmp.Compare(a.key, b.key))
}

// stated tells a discount of nothing from one that nobody stated.
func (l *lead) stated() bool { return l.discount != byline.Money{} }

// withEffect keeps a code whose discount nobody stated: unknown is not nothing.
func (c choice) withEffect() choice {
	best := c.first(compareDiscounts)
	if best.discount.Sign() <= 0 {
		return c
	}
	owner := best.owner
	return c.keep(func(l *lead) bool {
		idle := l.discount.Sign() <= 0 && l.owner != owner && l.stated()
		if idle {
			l.refused = ReasonCodeNoEffect
		}
		return !idle
	})
}

// ownersOf keeps the codes of the picked one's owner.
func (c choice) ownersOf(picked *lead) choice {
	owner := picked.owner
	return c.keep(func(l *lead) bool { return l.owner == owner }).weigh()
}

// byDiscount weighs codes by what they took off. Where that is not known of each, and
// where it is nothing of all, the owners are even.
func (c choice) byDiscount() choice {
	var total int64
	for i := range c.found {
		l := c.lead(i)
		if !l.stated() {
			return c.onePerOwner()
		}
		// The bound matters for malformed orders only; others keep below it.
		l.weight = min(max(l.discount.Minor(), 0), maxMinor)
		total += l.weight
	}
	if total == 0 {
		return c.onePerOwner()
	}
	return c
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
