package contracts

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// uncounted tells of the caps that could not be checked in a window: those of the grant
// that carries the use, and of each that carries a part of the window which no grant does
// whose caps are all checked.
func uncounted(fit []*heldGrant, carrier *heldGrant, asset Asset, use Use, flight byline.Window) []byline.Finding {
	if !slices.ContainsFunc(fit, func(h *heldGrant) bool { return h.leavesSpend(use) || h.leavesImpressions(use) }) {
		return nil
	}
	var open []*heldGrant
	var checked []byline.Window
	for _, h := range fit {
		switch w, ok := h.holds(asset); {
		case !ok || !w.Overlaps(flight):
		case len(h.openCaps(use)) > 0:
			open = append(open, h)
		default:
			checked = append(checked, w)
		}
	}
	slices.SortFunc(open, (*heldGrant).compare)
	rest := joinSpans([]byline.Window{flight}).subtract(joinSpans(checked))
	var findings []byline.Finding
	for _, h := range open {
		if w, _ := h.holds(asset); h != carrier && len(rest.intersect(spans{w})) == 0 {
			continue
		}
		for _, f := range h.openCaps(use) {
			if !slices.Contains(findings, f) { // two versions may have one grant
				findings = append(findings, f)
			}
		}
	}
	return findings
}

// openCaps are the caps of a grant of which the use does not say how much is used.
func (h *heldGrant) openCaps(use Use) []byline.Finding {
	var findings []byline.Finding
	if h.leavesSpend(use) {
		findings = append(findings, h.capUnchecked("spend", "what is spent"))
	}
	if h.leavesImpressions(use) {
		findings = append(findings, h.capUnchecked("impressions", "how many there are"))
	}
	return findings
}

// leavesSpend reports whether the grant caps a spend that the use does not tell.
func (h *heldGrant) leavesSpend(use Use) bool {
	return h.grant.capsSpend() && use.Channel.paid() && use.Spend == byline.Money{}
}

// leavesImpressions is leavesSpend for impressions, of which 0 are taken for not known.
func (h *heldGrant) leavesImpressions(use Use) bool {
	return h.grant.Impressions > 0 && use.Impressions == 0
}

// capUnchecked is the finding "rights.cap_unchecked": the grant has a cap and the use
// does not say how much is used of it.
func (h *heldGrant) capUnchecked(what, much string) byline.Finding {
	return byline.Finding{
		Code: "rights.cap_unchecked", Severity: byline.Warning, Path: what,
		Message: fmt.Sprintf("%s caps the %s, and the use does not say %s", h.name(), what, much),
		Fix:     fmt.Sprintf("give the %s in all, with what this use adds", what),
	}
}

// name is a grant as a sentence has it.
func (h *heldGrant) name() string {
	return fmt.Sprintf("grant %s of agreement %s", h.grant.ID, h.agreement)
}
