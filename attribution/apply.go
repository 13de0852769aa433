package attribution

import (
	"slices"
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
				return r.plan.rules[i].number, group
			case ruleEnds:
				return 0, group
			}
		}
	}
	return 0, rankNonPreferred
}

// present reports whether some rule accepts an offer of a group.
func (r *review) present(group int8) bool {
	if !r.book.grouped {
		return false
	}
	for i := range r.plan.rules {
		var room [few]int32
		c := r.accepts(room[:0], i, group)
		for k := range c.found {
			if c.lead(k).offer != nil {
				return true
			}
		}
	}
	return false
}

// joins reports whether a lead takes its chance with those of a group. What no offer
// stands behind is of the standard group, but for a colleague's word, which is above all.
func (l *lead) joins(group int8) bool {
	if l.offer != nil {
		return l.group == group
	}
	return group == rankStandard || l.kind == ByManual
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
	r.decidedBy = rule
	return ruleCredits
}

// accepts finds the leads of a group that a rule has nothing against. room is where it
// may note them.
func (r *review) accepts(room []int32, i int, group int8) choice {
	rule := &r.plan.rules[i]
	for k := range r.leads {
		l := &r.leads[k]
		if !rule.names(l.kind) || !l.joins(group) {
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
	return choice{r.leads, room}.recordedFirst()
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
	case rule.Needs == NeedsClick && !r.clicked(l.owner):
		return ReasonNeedsClick
	case rule.Needs == NeedsWinningClick && !slices.Contains(r.clickWinners(i), l.owner):
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

// clicked reports whether a click or visit of the owner's own counts.
func (r *review) clicked(o owner) bool {
	if known, ok := r.clicks[o]; ok {
		return known
	}
	found := slices.ContainsFunc(r.leads, func(l lead) bool { return l.owner == o && r.sound(&l) && !r.withheld(&l) })
	if len(r.leads) > few {
		if r.clicks == nil {
			r.clicks = map[owner]bool{}
		}
		r.clicks[o] = found
	}
	return found
}

// sound reports whether a touch is good enough to stand beside other evidence: nothing
// speaks against it, and some rule for its kind would take it. Where there is none, it is
// the policy's own window that counts.
func (r *review) sound(l *lead) bool {
	if !l.kind.isTouch() || l.kind == ByView || l.reason != "" || !l.owned() {
		return false
	}
	named := false
	for i := range r.plan.rules {
		rule := &r.plan.rules[i]
		if !rule.names(l.kind) {
			continue
		}
		if named = true; !r.late(l, rule) && (!rule.VerifiedOnly || l.verified) {
			return true
		}
	}
	return !named && r.order.PlacedAt.Sub(l.at) < l.window(r.plan.beside)
}

// clickWinners lists who would be credited if there were no codes, by the next rule for
// touches or else the first.
func (r *review) clickWinners(after int) []owner {
	next := r.plan.touches
	for i := after + 1; i < len(r.plan.rules); i++ {
		if slices.ContainsFunc(r.plan.rules[i].Evidence, EvidenceKind.isTouch) {
			next = i
			break
		}
	}
	if next < 0 {
		return nil
	}
	if known, ok := r.winning[next]; ok {
		return known
	}
	var winners []owner
	for group := rankPreferred; group <= rankNonPreferred && winners == nil; group++ {
		if c := r.accepts(nil, next, group); len(c.found) > 0 {
			c = r.plan.rules[next].pick(c)
			for k := range c.found {
				winners = append(winners, c.lead(k).owner)
			}
		}
	}
	if r.winning == nil {
		r.winning = map[int][]owner{}
	}
	r.winning[next] = winners
	return winners
}

// whyNot is the reason of a lead that nothing spoke against by itself.
func (r *review) whyNot(l *lead, best int8) Reason {
	named := slices.ContainsFunc(r.plan.rules, func(rule ruling) bool { return rule.names(l.kind) })
	switch {
	case !named:
		return ReasonNoRule
	case l.refused != "":
		return l.refused
	case r.decidedBy != nil && l.offer != nil && l.group > best:
		return ReasonLesserGroup
	case l.kind == ByCode:
		return ReasonCodeOutranked
	case l.kind.isTouch():
		return ReasonClickOutranked
	}
	return ReasonOutranked
}
