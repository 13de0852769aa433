package attribution

import (
	"slices"

	"github.com/bylinehq/byline"
)

// whole is about what no single rule shows.
func (l *linter) whole() {
	if !slices.Contains(l.credits, true) {
		l.add(byline.Blocker, "policy.credits_nobody", "rules", "no rule can credit anyone", "mend the rules that are named here, or leave rules out for the default ones")
	}
	if !slices.ContainsFunc([]Channel{Online, InStore, Draft, API}, func(c Channel) bool { return !slices.Contains(l.full.Exclude.Channels, c) }) {
		l.add(byline.Blocker, "policy.excludes_everything", "exclude", "every channel is excluded, so no order earns", "leave out the channels that earn nothing, and no others")
	}
	if !l.named(ByCode) {
		l.add(byline.Warning, "policy.codes_uncredited", "rules", "codes are recorded and never credited: whoever types a code without a click earns its creator nothing", "add a rule for codes")
	}
	l.customers()
	if !l.named(ByManual) {
		severity, message := byline.Info, "a person can't correct an order by assigning it"
		if slices.ContainsFunc(l.full.Trust, func(t TrustRule) bool { return t.Mode == Hold || t.Mode == Withhold }) {
			severity, message = byline.Warning, "what is held or withheld can't be released: that takes a person's assignment, and no rule accepts one"
		}
		l.add(severity, "policy.assignment_missing", "rules", message, "add a first rule for manual evidence")
	}
	l.unusedDefaults()
}

func (l *linter) named(kind EvidenceKind) bool {
	return slices.ContainsFunc(l.full.Rules, func(r Rule) bool { return r.names(kind) })
}

// customers looks for a rule that guests can be credited by.
func (l *linter) customers() {
	limited := 0
	for i, r := range l.full.Rules {
		switch {
		case !l.credits[i] || slices.Equal(r.Evidence, []EvidenceKind{ByManual}):
		case r.Customers == CustomerUnknown:
			return
		default:
			limited++
		}
	}
	if limited > 0 {
		l.add(byline.Warning, "policy.unknown_customers", "rules",
			"every rule is for new or for returning customers, and guests of whom nothing is known are neither: their orders credit nobody", "add a last rule for any customer")
	}
}

// settings tells of what is set in a rule and means nothing there.
func (l *linter) settings(i int) {
	r, path := &l.written.Rules[i], rulePath(i)
	touches := slices.ContainsFunc(r.Evidence, EvidenceKind.isTouch)
	if r.WindowDays != 0 && !r.hasWindow() {
		l.unused(path+".window_days", "codes, survey answers and assignments have no window; a code counts while its offer lasts")
	}
	if r.VerifiedOnly && !touches {
		l.unused(path+".verified_only", "only clicks, visits and views can be verified")
	}
	if r.AllChannels && !touches {
		l.unused(path+".all_channels", "only clicks, visits and views can be of other channels")
	}
}

func (l *linter) unused(path, message string) {
	l.add(byline.Warning, "policy.unused", path, message, "leave it out")
}

// unusedDefaults tells of defaults for rules that no rule asks for.
func (l *linter) unusedDefaults() {
	p := &l.written
	asks := func(is func(Rule) bool) bool { return len(p.Rules) == 0 || slices.ContainsFunc(p.Rules, is) }
	if p.SeveralCodes != "" && !asks(func(r Rule) bool { return r.Pick == "" && r.names(ByCode) }) {
		l.unused("several_codes", "no rule for codes leaves its pick open")
	}
	// Where no rule is about clicks, it is the window of those that only stand beside codes.
	ofClicks := l.touchRule(0, len(l.full.Rules)) >= 0
	if p.ClickWindowDays != 0 && ofClicks && !asks(func(r Rule) bool {
		return r.WindowDays == 0 && r.hasWindow() && !r.names(ByBinding)
	}) {
		l.unused("click_window_days", "no rule for clicks leaves its window open")
	}
}
