package attribution

import (
	"slices"

	"github.com/bylinehq/byline"
)

// The credit groups by rank, the best first.
const (
	rankPreferred int8 = iota
	rankStandard
	rankNonPreferred
)

// groupRank is -1 of what is no group.
func groupRank(g Group) int {
	return slices.Index([]Group{GroupPreferred, GroupStandard, GroupNonPreferred}, g)
}

// apply tries the rules in order, the better groups first, and gives every lead its
// reason. It returns the rule that decided, counted from 1, or 0.
func (r *review) apply() int {
	decided, best := r.firstRule()
	if !r.traced {
		return decided
	}
	winners := r.winners()
	for i := range r.leads {
		l := &r.leads[i]
		switch {
		case l.reason != "":
		case r.sound(l) && slices.Contains(winners, l.owner):
			l.reason = ReasonClickCorroborates
		default:
			l.reason = r.whyNot(l, best)
		}
	}
	return decided
}

// winners lists whose evidence was credited, each once.
func (r *review) winners() []owner {
	var winners []owner
	for i := range r.leads {
		if l := &r.leads[i]; l.won && !slices.Contains(winners, l.owner) {
			winners = append(winners, l.owner)
		}
	}
	return winners
}

func (r *review) firstRule() (decided int, best int8) {
	for group := rankPreferred; group <= rankNonPreferred; group++ {
		if group != rankStandard && !r.present(group) {
			continue
		}
		for i := range r.plan.rules {
			switch r.tryRule(i, group) {
			case ruleCredits:
				return i + 1, group
			case ruleEnds:
				return 0, group
			}
		}
	}
	return 0, rankNonPreferred
}

// present reports whether a lead that nothing speaks against is of a group.
func (r *review) present(group int8) bool {
	return r.book.grouped && slices.ContainsFunc(r.leads, func(l lead) bool { return l.offer != nil && l.reason == "" && l.group == group })
}

// verdict is what came of a rule.
type verdict int

const (
	rulePasses  verdict = iota // it found nothing
	ruleCredits                // it found whom to credit
	ruleEnds                   // a visit that no creator brought was picked
)

func (r *review) tryRule(i int, group int8) verdict {
	rule := &r.plan.rules[i]
	if rule.touches && !r.touched {
		r.gatherTouches()
	}
	var room [few]int32
	c := r.accepts(room[:0], i, group)
	if len(c.found) == 0 {
		return rulePasses
	}
	c = rule.pick(c)
	if rule.AllChannels && !c.lead(0).owned() {
		c.lead(0).reason = ReasonOtherChannel
		return ruleEnds
	}
	for k := range c.found {
		l := c.lead(k)
		l.won, l.reason = true, rule.reason(l.kind)
	}
	return ruleCredits
}

// accepts finds the leads of a group that a rule has nothing against. room is where it
// may note them.
func (r *review) accepts(room []int32, i int, group int8) choice {
	rule := &r.plan.rules[i]
	for k := range r.leads {
		l := &r.leads[k]
		if !rule.names(l.kind) || l.offer != nil && l.group != group {
			continue
		}
		others := rule.AllChannels && l.reason == ReasonUnknown && l.kind.isTouch() && !l.at.After(r.order.PlacedAt)
		if l.reason != "" && !others {
			continue
		}
		against := r.against(l, rule, i)
		if against == "" {
			room = append(room, int32(k))
		} else if l.refused == "" {
			l.refused = against
		}
	}
	return choice{r.leads, room}
}

// against returns what a rule has against a lead, or "".
func (r *review) against(l *lead, rule *ruling, i int) Reason {
	switch {
	case rule.Customers != CustomerUnknown && rule.Customers != r.history.Customer:
		return ReasonOtherCustomers
	case rule.VerifiedOnly && l.kind.isTouch() && !l.verified:
		return ReasonNotVerified
	case l.kind == ByBinding && r.late(l, rule):
		return ReasonBindingEnded
	case l.kind.isTouch() && r.late(l, rule):
		return ReasonClickTooOld
	case l.kind == ByManual || !l.owned():
		// A person is above what follows, and it is about creators.
		return ""
	case r.cooling(l):
		return ReasonCoolDown
	case rule.Needs == NeedsClick && !r.clicked(l.owner.creator):
		return ReasonNeedsClick
	case rule.Needs == NeedsWinningClick && !r.clickWins(l.owner.creator, i):
		return ReasonNeedsWinner
	}
	return r.doubt(l)
}

// late is half-open: an order exactly at the end of the window is outside.
func (r *review) late(l *lead, rule *ruling) bool {
	return r.order.PlacedAt.Sub(l.at) >= l.window(rule.window)
}

// cooling reports whether the creator was credited for an order of this customer too
// short a time ago.
func (r *review) cooling(l *lead) bool {
	if r.plan.coolDown == 0 {
		return false
	}
	return slices.ContainsFunc(r.history.Credits, func(c PastCredit) bool {
		return c.Creator == l.owner.creator && c.Order != r.order.ID && c.before(r.order) && r.order.PlacedAt.Sub(c.At) < r.plan.coolDown
	})
}

// clicked reports whether a click or visit of the creator's own counts.
func (r *review) clicked(id byline.CreatorID) bool {
	return slices.ContainsFunc(r.leads, func(l lead) bool { return l.owner.creator == id && r.sound(&l) })
}

// sound reports whether a touch is good enough to stand beside other evidence: nothing
// speaks against it, and it is inside the window of the rule for its kind, or else of the
// first rule for touches.
func (r *review) sound(l *lead) bool {
	if !l.kind.isTouch() || l.kind == ByView || l.reason != "" || !l.owned() {
		return false
	}
	for i := range r.plan.rules {
		if rule := &r.plan.rules[i]; rule.names(l.kind) {
			return !r.late(l, rule) && (!rule.VerifiedOnly || l.verified)
		}
	}
	return r.order.PlacedAt.Sub(l.at) < l.window(r.plan.touchWindow())
}

// clickWins reports whether a touch of the creator would be credited if there were no
// codes, by the next rule for touches or else the first.
func (r *review) clickWins(id byline.CreatorID, after int) bool {
	next := r.plan.touches
	for i := after + 1; i < len(r.plan.rules); i++ {
		if slices.ContainsFunc(r.plan.rules[i].Evidence, EvidenceKind.isTouch) {
			next = i
			break
		}
	}
	if next < 0 {
		return false
	}
	for group := rankPreferred; group <= rankNonPreferred; group++ {
		var room [few]int32
		if c := r.accepts(room[:0], next, group); len(c.found) > 0 {
			c = r.plan.rules[next].pick(c)
			return len(c.keep(func(l *lead) bool { return l.owner.creator == id }).found) > 0
		}
	}
	return false
}

// whyNot is the reason of a lead that nothing spoke against by itself.
func (r *review) whyNot(l *lead, best int8) Reason {
	named := slices.ContainsFunc(r.plan.rules, func(rule ruling) bool { return rule.names(l.kind) })
	switch {
	case !named:
		return ReasonNoRule
	case l.refused != "":
		return l.refused
	case l.offer != nil && l.group > best:
		return ReasonLesserGroup
	case l.kind == ByCode:
		return ReasonCodeOutranked
	case l.kind.isTouch():
		return ReasonClickOutranked
	}
	return ReasonOutranked
}
