package attribution

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// flags is what a person should know, in an order of its own. err is what is wrong with
// the order's amounts.
func (r *review) flags(err error) []byline.Finding {
	flags := malformed(err)
	flags = append(flags, r.notGenuine()...)
	flags = append(flags, r.strangeReturns()...)
	flags = append(flags, r.signals()...)
	flags = append(flags, r.strangers()...)
	slices.SortStableFunc(flags, func(a, b byline.Finding) int {
		return cmp.Or(cmp.Compare(a.Message, b.Message), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Path, b.Path))
	})
	return flags
}

func malformed(err error) []byline.Finding {
	var flags []byline.Finding
	for _, f := range byline.Nest("", err) {
		flags = append(flags, byline.Finding{
			Code: f.Code, Severity: byline.Blocker, Path: f.Path, Message: f.Message,
			Fix: "correct the order at its source; it earns nothing as it stands",
		})
	}
	return flags
}

// notGenuine tells of discounts that pass for codes, the more urgently when the code is a
// creator's.
func (r *review) notGenuine() []byline.Finding {
	var flags []byline.Finding
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
		flags = append(flags, f)
	}
	return flags
}

// strangeReturns tells of goods that came back and are on no line of the order, so that
// nothing could be taken back for them.
func (r *review) strangeReturns() []byline.Finding {
	o := r.order
	if len(o.Refunds) == 0 || !o.HasDocument() || o.oversize() != nil {
		return nil
	}
	lines := make(map[string]bool, len(o.Lines))
	for i := range o.Lines {
		lines[o.Lines[i].ID] = true
	}
	var flags []byline.Finding
	for i := range o.Refunds {
		refund := &o.Refunds[i]
		if slices.ContainsFunc(refund.Lines, func(l RefundLine) bool { return !lines[l.Line] && l.Subtotal.Sign() > 0 }) {
			flags = append(flags, byline.Finding{
				Code: "order.strange_return", Severity: byline.Warning, Path: "refunds",
				Message: fmt.Sprintf("refund %s names goods that are on no line of the order; nothing was taken back for them", refund.ID),
				Fix:     "fetch the order again: a line that was added later may be missing here",
			})
		}
	}
	return flags
}

// signals tells of every signal and what followed from it.
func (r *review) signals() []byline.Finding {
	var flags []byline.Finding
	for i := range r.history.Signals {
		s := &r.history.Signals[i]
		f := byline.Finding{
			Code: "signal.observed", Severity: byline.Info, Path: s.Code,
			Message: fmt.Sprintf("%s (score %d): %s", s.Code, s.Score, s.Message),
		}
		for k := range r.leads {
			l := &r.leads[k]
			switch {
			case !r.concerns(i, l):
			case l.reason == ReasonWithheld:
				f.Code, f.Severity = "signal.withheld", byline.Warning
				f.Fix = "look at the order; assign it by hand if the credit is due"
			case l.won && l.held && f.Code == "signal.observed":
				f.Code, f.Severity = "signal.held", byline.Warning
				f.Fix = "look at the order; assign it by hand to release the amount"
			}
		}
		flags = append(flags, f)
	}
	return flags
}

// strangers tells of claims for creators that no offer names, which may be a slip of the
// pen.
func (r *review) strangers() []byline.Finding {
	var flags []byline.Finding
	for i := range r.order.Claims {
		c := &r.order.Claims[i]
		if c.Withdrawn || c.Creator == "" || len(r.book.owners) == 0 ||
			slices.ContainsFunc(r.book.owners, func(o owner) bool { return o.creator == c.Creator }) {
			continue
		}
		flags = append(flags, byline.Finding{
			Code: "claim.unknown_creator", Severity: byline.Warning, Path: "claims",
			Message: fmt.Sprintf("claim %s names %s, who has no offer", quoted(c.ID), quoted(string(c.Creator))),
			Fix:     "look whether the creator's id is written as it should be",
		})
	}
	return flags
}
