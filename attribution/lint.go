package attribution

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// Lint tells of a valid policy what in it contradicts itself, can never matter, or costs
// someone money in a way that is easily overlooked. It looks at the policy alone, so what
// it says holds for any book and any order. The default policy has no findings. Those of
// a policy that Validate refuses mean little.
//
// Blockers: "policy.credits_nobody" when no rule can credit anyone,
// "policy.excludes_everything" when all channels are excluded, and
// "policy.winner_without_clicks" when a code needs the winning click and no rule is about
// clicks.
//
// What can never matter: "policy.unreachable" is a rule all of whose evidence an earlier
// rule takes, "policy.shadowed_evidence" one kind of a rule's evidence of which that is
// true, "policy.cool_down_ends_binding" a binding that is over before the cool-down is,
// "policy.confirmation_behind_clicks" a code that waits for a click behind the rules that
// clicks would win by, "policy.trust_shadowed" a trust rule that a stricter one always
// outdoes, and "policy.unused" a setting that means nothing where it stands.
//
// Who pays for it: "policy.codes_need_click", "policy.codes_uncredited",
// "policy.codes_outranked", "policy.all_channels_before_codes", "policy.views_paid",
// "policy.unknown_customers", "policy.binding_of_new", "policy.trust_any_score".
//
// Assignments by a person: "policy.assignment_missing", "policy.assignment_outranked",
// "policy.assignment_limited". To know: "policy.clicks_uncredited" when clicks confirm
// codes and earn nothing alone, "policy.trust_unknown_signal" when the signal is none of
// package trust's.
func (p Policy) Lint() []byline.Finding {
	l := linter{written: p, full: p.WithDefaults()}
	for i := range l.full.Rules {
		l.rule(i)
	}
	l.whole()
	for i := range p.Trust {
		l.trust(i)
	}
	return l.findings
}

// linter collects findings about one policy.
type linter struct {
	written  Policy
	full     Policy // with its defaults
	credits  []bool // of each rule, whether it can credit anyone
	findings []byline.Finding
}

func (l *linter) add(severity byline.Severity, code, path, message, fix string) {
	l.findings = append(l.findings, byline.Finding{Code: code, Severity: severity, Path: path, Message: message, Fix: fix})
}

func rulePath(i int) string { return fmt.Sprintf("rules[%d]", i) }

func (l *linter) rule(i int) {
	l.credits = append(l.credits, l.reach(i))
	l.confirmation(i)
	l.outranked(i)
	l.evidence(i)
	if i < len(l.written.Rules) {
		l.settings(i)
	}
}

// confirmation is about codes that need clicks.
func (l *linter) confirmation(i int) {
	r := &l.full.Rules[i]
	if r.Needs == NeedsNothing || !r.names(ByCode) {
		return
	}
	path := rulePath(i) + ".needs"
	before, after := l.touchRule(0, i) >= 0, l.touchRule(i+1, len(l.full.Rules)) >= 0
	switch {
	case before || after:
	case r.Needs == NeedsWinningClick:
		l.credits[i] = false
		l.add(byline.Blocker, "policy.winner_without_clicks", path,
			"a code needs the winning click, and no rule says which click wins: no code is ever credited", "add a rule for clicks after this one")
		return
	default:
		l.add(byline.Info, "policy.clicks_uncredited", path, "a click confirms a code and earns nothing alone, because no rule is about clicks", "")
	}
	if before && !after {
		l.add(byline.Warning, "policy.confirmation_behind_clicks", path,
			"this rule is tried only where no click counted, so there is hardly ever one to confirm a code", "put the rule for codes before the rules for clicks")
	}
	l.add(byline.Warning, "policy.codes_need_click", path,
		"people who hear a code in a video often type it without a click: such orders earn the code's owner nothing, though they brought them",
		"leave needs out; what is in doubt can be held by a trust rule with unless_click")
}

// touchRule returns the first rule of a range that is about clicks, visits or views, or -1.
func (l *linter) touchRule(from, to int) int {
	for i := from; i < to; i++ {
		if slices.ContainsFunc(l.full.Rules[i].Evidence, EvidenceKind.isTouch) {
			return i
		}
	}
	return -1
}

// outranked is about codes behind other evidence.
func (l *linter) outranked(i int) {
	if !l.full.Rules[i].names(ByCode) {
		return
	}
	var kinds []string
	for k := range l.full.Rules[:i] {
		r := &l.full.Rules[k]
		if r.AllChannels && slices.ContainsFunc(r.Evidence, EvidenceKind.isTouch) {
			l.add(byline.Warning, "policy.all_channels_before_codes", rulePath(k)+".all_channels",
				"a later visit that no creator brought, from a search or an advertisement, takes the order from the owner of the code that was used",
				"put the rule for codes before this one")
			return
		}
		for _, kind := range r.Evidence {
			if kind != ByManual && kind != ByCode && !slices.Contains(kinds, string(kind)) {
				kinds = append(kinds, string(kind))
			}
		}
	}
	if len(kinds) > 0 {
		l.add(byline.Info, "policy.codes_outranked", rulePath(i),
			fmt.Sprintf("evidence of another creator (%s) takes the order from the owner of the code that was used", strings.Join(kinds, ", ")),
			"put the rule for codes first if its owner should win")
	}
}

// evidence is about kinds of evidence that surprise by what they do.
func (l *linter) evidence(i int) {
	r := &l.full.Rules[i]
	path := rulePath(i)
	if r.names(ByView) {
		l.add(byline.Warning, "policy.views_paid", path+".evidence",
			"content that was shown earns without a click; whoever shows most is paid for orders that would have come anyway", "leave views out; they are recorded all the same")
	}
	if r.names(ByBinding) && r.Customers == NewCustomer {
		l.add(byline.Warning, "policy.binding_of_new", path+".customers",
			"a customer whom a creator brought with an earlier purchase is not new: this counts only after a sign-up or another order that is no purchase", "leave customers out, or name returning ones")
	}
	if !r.names(ByManual) {
		return
	}
	if slices.ContainsFunc(l.full.Rules[:i], func(earlier Rule) bool { return !slices.Equal(earlier.Evidence, []EvidenceKind{ByManual}) }) {
		l.add(byline.Warning, "policy.assignment_outranked", path, "a person's assignment loses to the rules before this one, so it neither corrects an order nor releases what is held", "put manual evidence first")
	}
	if r.Customers != CustomerUnknown {
		l.add(byline.Warning, "policy.assignment_limited", path+".customers", "a person's assignment counts for some customers only, and not for those of whom nothing is known", "give manual evidence a rule of its own")
	}
}
