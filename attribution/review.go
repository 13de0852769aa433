package attribution

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// flagAll adds what a person should know, in an order of its own.
func (r *review) flagAll() {
	r.flagNotGenuine()
	r.flagStrangeReturns()
	r.flagSignals()
	slices.SortStableFunc(r.flags, func(a, b byline.Finding) int { return cmp.Compare(a.Message, b.Message) })
}

// flagNotGenuine tells of discounts that pass for codes, the more urgently when the code
// is a creator's.
func (r *review) flagNotGenuine() {
	for i := range r.leads {
		l := &r.leads[i]
		if l.reason != ReasonNotGenuine {
			continue
		}
		f := byline.Finding{
			Code: "order.manual_discount_as_code", Severity: byline.Info, Path: "codes",
			Message: fmt.Sprintf("%s is listed as a code, and no customer used it; it earns nothing", quoted(l.evidence)),
		}
		if l.owned() {
			f.Severity = byline.Warning
			f.Message = fmt.Sprintf("%s is listed like a code of %s, and no customer used it; it earns nothing", quoted(l.evidence), l.owner.creator)
			f.Fix = "ask who granted the discount; credit the creator by hand if a customer asked for the code"
		}
		r.flags = append(r.flags, f)
	}
}

// flagStrangeReturns tells of goods that came back and are on no line of the order, so
// that nothing could be taken back for them.
func (r *review) flagStrangeReturns() {
	if len(r.order.Refunds) == 0 || !r.order.HasDocument() || r.order.oversize() != nil {
		return
	}
	lines := make(map[string]bool, len(r.order.Lines))
	for _, l := range r.order.Lines {
		lines[l.ID] = true
	}
	for _, refund := range r.order.Refunds {
		if slices.ContainsFunc(refund.Lines, func(l RefundLine) bool { return !lines[l.Line] && l.Subtotal.Sign() > 0 }) {
			r.flags = append(r.flags, byline.Finding{
				Code: "order.strange_return", Severity: byline.Warning, Path: "refunds",
				Message: fmt.Sprintf("refund %s names goods that are on no line of the order; nothing was taken back for them", refund.ID),
				Fix:     "fetch the order again: a line that was added later may be missing here",
			})
		}
	}
}

// trace lists codes before touches and those before what people say, each by time and
// text, so that it reads the same however the input was ordered.
func (r *review) trace() []Candidate {
	slices.SortFunc(r.leads, func(a, b lead) int { return cmp.Or(compareLeads(a, b), cmp.Compare(a.reason, b.reason)) })
	candidates := make([]Candidate, 0, len(r.leads))
	for i := range r.leads {
		candidates = append(candidates, r.leads[i].candidate(r.windowOf(r.leads[i].kind)))
	}
	return candidates
}

// windowOf is the window that the policy gives to a kind of evidence.
func (r *review) windowOf(kind EvidenceKind) time.Duration {
	for i := range r.plan.rules {
		if r.plan.rules[i].names(kind) {
			return r.plan.rules[i].window
		}
	}
	return r.plan.touchWindow()
}
