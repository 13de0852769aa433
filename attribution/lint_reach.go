package attribution

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// reach reports whether a rule can credit anyone, and tells of evidence that it can't.
//
// A rule is tried where none before it found anything. So evidence that an earlier rule
// would accept too never gets to a later one.
func (l *linter) reach(j int) bool {
	r := &l.full.Rules[j]
	takers, idle := make([]int, len(r.Evidence)), 0
	for k, kind := range r.Evidence {
		takers[k] = l.taker(j, kind)
		if takers[k] >= 0 || l.cooled(r, kind) {
			idle++
		}
	}
	if l.shadows(j, takers) {
		l.add(byline.Warning, "policy.unreachable", rulePath(j),
			"this rule never credits anyone: all that it accepts is taken before it, by "+rulePaths(takers), "take it out, or put it earlier")
		return false
	}
	for k, kind := range r.Evidence {
		path := fmt.Sprintf("%s.evidence[%d]", rulePath(j), k)
		switch {
		case takers[k] >= 0:
			l.add(byline.Warning, "policy.shadowed_evidence", path,
				fmt.Sprintf("%s never counts by this rule: %s takes it before, for as long and for as many customers", kind, rulePath(takers[k])), "name it in one of the two rules")
		case l.cooled(r, kind):
			l.add(byline.Warning, "policy.cool_down_ends_binding", path,
				fmt.Sprintf("a creator keeps a customer for %d days and is not credited again for %d: no binding is ever credited", r.WindowDays, l.full.CoolDownDays), "bind customers for longer than the cool-down lasts")
		}
	}
	return idle < len(r.Evidence)
}

func rulePaths(rules []int) string {
	var paths []string
	for _, i := range slices.Compact(slices.Sorted(slices.Values(rules))) {
		paths = append(paths, rulePath(i))
	}
	return joinAnd(paths)
}

// shadows reports whether all evidence of a rule is taken before it. A rule that lets
// other channels end the search still does that.
func (l *linter) shadows(j int, takers []int) bool {
	ends := l.full.Rules[j].AllChannels
	for _, i := range takers {
		if i < 0 || ends && !l.full.Rules[i].AllChannels {
			return false
		}
	}
	return len(takers) > 0
}

// taker returns the first rule before j that accepts all of a kind that j does, or -1.
func (l *linter) taker(j int, kind EvidenceKind) int {
	return slices.IndexFunc(l.full.Rules[:j], func(earlier Rule) bool { return l.takes(&earlier, j, kind) })
}

func (l *linter) takes(a *Rule, j int, kind EvidenceKind) bool {
	b := &l.full.Rules[j]
	windowed := kind.isTouch() || kind == ByBinding
	switch {
	case !a.names(kind),
		a.Customers != CustomerUnknown && a.Customers != b.Customers,
		a.VerifiedOnly && !b.VerifiedOnly && kind.isTouch(),
		windowed && days(a.WindowDays) < days(b.WindowDays):
		return false
	case a.Needs == NeedsNothing:
		return true
	case a.Needs == NeedsWinningClick:
		// Which click wins depends on the rules that follow.
		return a.Needs == b.Needs && l.touchRule(0, j) < 0
	}
	return a.Needs == b.Needs
}

// cooled reports whether the cool-down outlasts a binding. The order that binds a
// customer is one that the creator was credited for, so both begin with it.
func (l *linter) cooled(r *Rule, kind EvidenceKind) bool {
	return kind == ByBinding && l.full.CoolDownDays > 0 && days(r.WindowDays) <= days(l.full.CoolDownDays)
}
