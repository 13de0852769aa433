package attribution

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// Validate reports all faults of the policy: "policy.click_window", "policy.cool_down",
// "policy.several_codes", "policy.exclude"; of its rules "policy.evidence",
// "policy.pick", "policy.weights", "policy.window", "policy.needs", "policy.customers";
// of its trust rules "policy.trust"; and "policy.version" when it differs from the
// default without a version of its own.
//
// What is valid may still be unwise: see [Policy.Lint].
func (p Policy) Validate() error {
	c := policyChecker{}
	c.days("click_window_days", "policy.click_window", p.ClickWindowDays)
	c.days("cool_down_days", "policy.cool_down", p.CoolDownDays)
	if p.SeveralCodes != "" && !p.SeveralCodes.ofCodes() {
		c.add("several_codes", "policy.several_codes", "not a rule for several codes")
	}
	for i, r := range p.Rules {
		c.at = fmt.Sprintf("rules[%d].", i)
		c.rule(r)
	}
	c.at = ""
	for i, ch := range p.Exclude.Channels {
		if !slices.Contains([]Channel{Online, InStore, Draft, API}, ch) {
			c.add(fmt.Sprintf("exclude.channels[%d]", i), "policy.exclude", "not a channel")
		}
	}
	for i, t := range p.Trust {
		c.at = fmt.Sprintf("trust[%d].", i)
		c.trust(t)
	}
	c.at = ""
	own := strings.TrimSpace(p.Version) != "" && p.Version != defaultPolicyVersion && p.Version != unversionedPolicy
	if p.Version = ""; !own && !p.isDefault() {
		c.add("version", "policy.version", "a policy that differs from the default needs a version of its own")
	}
	return byline.Faults(c.faults)
}

// policyChecker collects faults below the place it is at.
type policyChecker struct {
	at     string
	faults []*byline.FieldError
}

func (c *policyChecker) add(path, code, message string) {
	c.faults = append(c.faults, &byline.FieldError{Path: c.at + path, Code: code, Message: message})
}

func (c *policyChecker) days(path, code string, days int) {
	if days < 0 || days > maxWindowDays {
		c.add(path, code, "must be 0 to 3650 days")
	}
}

func (c *policyChecker) rule(r Rule) {
	if len(r.Evidence) == 0 {
		c.add("evidence", "policy.evidence", "a rule accepts at least one kind of evidence")
	}
	if len(r.Evidence) > len(evidenceKinds()) {
		c.add("evidence", "policy.evidence", "the rule names a kind twice")
		return
	}
	for i, kind := range r.Evidence {
		switch {
		case !kind.known():
			c.add(fmt.Sprintf("evidence[%d]", i), "policy.evidence", "not a kind of evidence")
		case slices.Contains(r.Evidence[:i], kind):
			c.add(fmt.Sprintf("evidence[%d]", i), "policy.evidence", "the rule names this kind twice")
		case kind == ByCode && len(r.Evidence) > 1:
			c.add(fmt.Sprintf("evidence[%d]", i), "policy.evidence", "codes stand alone in a rule: they have no time to compare with others")
		}
	}
	c.pick(r)
	c.days("window_days", "policy.window", r.WindowDays)
	if r.WindowDays == 0 && r.names(ByBinding) && slices.ContainsFunc(r.Evidence, EvidenceKind.isTouch) {
		c.add("window_days", "policy.window", "bindings and touches last differently; say for how many days this rule counts both")
	}
	if !slices.Contains([]Confirmation{NeedsNothing, NeedsClick, NeedsWinningClick}, r.Needs) || r.Needs != NeedsNothing && !r.names(ByCode) {
		c.add("needs", "policy.needs", "only a code can need a click: any_click or winning_click")
	}
	if !slices.Contains([]CustomerStatus{CustomerUnknown, NewCustomer, ReturningCustomer}, r.Customers) {
		c.add("customers", "policy.customers", "must be new, returning or empty")
	}
}

// faulty reports whether Validate refuses a rule for more than its window, which can be
// cut to what a window may be.
func (r Rule) faulty() bool {
	var c policyChecker
	r.WindowDays = 1
	c.rule(r)
	return len(c.faults) > 0
}

func (c *policyChecker) pick(r Rule) {
	switch {
	case r.Pick == "":
	case r.names(ByCode) && !r.Pick.ofCodes(), !r.names(ByCode) && !r.Pick.ofTouches():
		c.add("pick", "policy.pick", "not a pick for this kind of evidence")
	case r.AllChannels && r.Pick != PickLast && r.Pick != PickFirst:
		c.add("pick", "policy.pick", "with all_channels the pick is last or first: what nobody brought can't be shared")
	}
	w := r.Weights
	if w == nil {
		return
	}
	const most = 1_000_000
	if r.Pick != PickByPosition || min(w.First, w.Middle, w.Last) < 0 || max(w.First, w.Middle, w.Last) > most || w.First+w.Last == 0 {
		c.add("weights", "policy.weights", "weights are of split_by_position, each 0 to 1000000, and first or last is above 0")
	}
}

func (c *policyChecker) trust(t TrustRule) {
	if t.Signal == "" {
		c.add("signal", "policy.trust", "a trust rule names the signal it follows")
	}
	if !slices.Contains([]TrustMode{Observe, Hold, Withhold}, t.Mode) {
		c.add("mode", "policy.trust", "must be observe, hold or withhold")
	}
	if t.MinScore < 0 || t.MinScore > 100 {
		c.add("min_score", "policy.trust", "must be 0 to 100")
	}
}

func (p Pick) ofCodes() bool {
	return slices.Contains([]Pick{SplitByDiscount, LargestDiscount, SmallestDiscount, PickEvenly, PickFirstListed, PickNewest}, p)
}

func (p Pick) ofTouches() bool {
	return slices.Contains([]Pick{PickLast, PickFirst, PickEvenly, PickByTouch, PickByPosition}, p)
}

func evidenceKinds() []EvidenceKind {
	return []EvidenceKind{ByCode, ByClick, ByUTM, ByPage, ByBinding, BySurvey, ByManual, ByView}
}

func (k EvidenceKind) known() bool { return slices.Contains(evidenceKinds(), k) }
