package attribution

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// review is the work in progress of one decision.
type review struct {
	order  Order
	book   *Book
	policy Policy
	codes  []lead
	clicks []lead
	flags  []byline.Finding
}

// lead is a candidate with its evidence in the form in which it is compared.
type lead struct {
	Candidate
	key string
}

// owner is whom a lead points to.
type owner struct {
	creator  byline.CreatorID
	campaign byline.CampaignID
}

func (l *lead) owner() owner { return owner{l.Creator, l.Campaign} }

// maxCode bounds a code or link key, in bytes. Text beyond it belongs to nobody and is
// not worth the time that normalising it takes.
const maxCode = 255

func evidenceKey(text string) string {
	if len(text) > maxCode {
		return text
	}
	return NormalizeCode(text)
}

// weighCodes judges each distinct code once.
func (r *review) weighCodes() {
	type listed struct {
		kind CodeKind
		key  string
	}
	seen := make(map[listed]int, len(r.order.Codes))
	r.codes = make([]lead, 0, len(r.order.Codes))
	for _, use := range r.order.Codes {
		k := listed{use.Kind, evidenceKey(use.Code)}
		if at, known := seen[k]; known {
			r.codes[at].join(use)
			continue
		}
		seen[k] = len(r.codes)
		r.codes = append(r.codes, r.weighCode(use, k.key))
	}
	r.rankCodes()
}

// join adds another spelling of the same code, so that its discount counts once and its
// listing twice does not.
func (l *lead) join(use CodeUse) {
	l.Evidence = min(l.Evidence, use.Code)
	if sum, err := l.Discount.Add(use.Discount); err == nil {
		l.Discount = sum
	}
}

func (r *review) weighCode(use CodeUse, key string) lead {
	c := lead{Candidate{Kind: ByCode, Evidence: use.Code, Discount: use.Discount}, key}
	offer, reason := r.book.codes.find(r.book.offers, key, r.order.PlacedAt)
	c.fill(offer)
	switch {
	case use.Kind != Genuine:
		c.Reason = ReasonNotGenuine
	case reason != "":
		c.Reason = reason
	case r.foreign(c.Campaign):
		c.Reason = ReasonForeignCampaign
	default:
		c.Accepted, c.Reason = true, ReasonCodeOwner
	}
	return c
}

// flagNotGenuine tells of discounts that pass for codes, the more urgently when the code
// is a creator's.
func (r *review) flagNotGenuine() {
	for _, c := range r.codes {
		if c.Reason != ReasonNotGenuine {
			continue
		}
		f := byline.Finding{
			Code: "order.manual_discount_as_code", Severity: byline.Info, Path: "codes",
			Message: fmt.Sprintf("%s is listed as a code, and no customer used it; it earns nothing", quoted(c.Evidence)),
		}
		if c.Creator != "" {
			f.Severity = byline.Warning
			f.Message = fmt.Sprintf("%s is listed like a code of %s, and no customer used it; it earns nothing", quoted(c.Evidence), c.Creator)
			f.Fix = "ask who granted the discount; credit the creator by hand if a customer asked for the code"
		}
		r.flags = append(r.flags, f)
	}
}

// flagStrangeReturns tells of goods that came back and are on no line of the order, so
// that nothing could be taken back for them.
func (r *review) flagStrangeReturns() {
	if !r.order.HasDocument() || r.order.oversize() != nil {
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

func (r *review) foreign(campaign byline.CampaignID) bool {
	return r.policy.Campaign != "" && campaign != r.policy.Campaign
}

func (c *Candidate) fill(offer *Offer) {
	if offer != nil {
		c.Creator, c.Campaign, c.Active = offer.Creator, offer.Campaign, offer.Active
	}
}

// rankCodes rejects accepted codes that another creator's code leaves behind.
func (r *review) rankCodes() {
	var best *lead
	for i := range r.codes {
		if c := &r.codes[i]; c.Accepted && (best == nil || compareDiscounts(c, best) < 0) {
			best = c
		}
	}
	if best == nil || best.Discount.Sign() <= 0 && r.policy.SeveralCodes != LargestDiscount {
		return
	}
	for i := range r.codes {
		c := &r.codes[i]
		switch {
		case !c.Accepted || c.owner() == best.owner():
		case c.Discount.Sign() <= 0 && best.Discount.Sign() > 0:
			c.Accepted, c.Reason = false, ReasonCodeNoEffect
		case r.policy.SeveralCodes == LargestDiscount:
			c.Accepted, c.Reason = false, ReasonCodeOutranked
		}
	}
}

func compareDiscounts(a, b *lead) int {
	return cmp.Or(cmp.Compare(b.Discount.Minor(), a.Discount.Minor()), cmp.Compare(a.key, b.key))
}

// weighClicks judges every distinct click. Without a winning code the last good one
// wins; the others agree with a winner or come after it.
func (r *review) weighClicks(stored []Touch) {
	touches := distinctTouches(r.order.Touches, stored)
	r.clicks = make([]lead, 0, len(touches))
	for _, t := range touches {
		c := lead{Candidate{Kind: ByClick, Evidence: t.Link, At: t.At, Source: t.Source}, t.key}
		offer, reason := r.book.links.find(r.book.offers, t.key, t.At)
		c.fill(offer)
		c.Reason = r.judgeClick(t.Touch, c.Campaign, reason)
		r.clicks = append(r.clicks, c)
	}
	if len(r.winners()) == 0 {
		if last := lastClick(r.clicks); last != nil {
			last.Accepted, last.Reason = true, ReasonLastClick
		}
	}
	winners := map[owner]bool{}
	for _, w := range r.winners() {
		winners[w.owner()] = true
	}
	for i := range r.clicks {
		switch c := &r.clicks[i]; {
		case c.Reason != "":
		case winners[c.owner()]:
			c.Accepted, c.Reason = true, ReasonClickCorroborates
		default:
			c.Reason = ReasonClickOutranked
		}
	}
}

// judgeClick returns why a click cannot count, or "" when it can.
func (r *review) judgeClick(t Touch, campaign byline.CampaignID, found Reason) Reason {
	switch {
	case found != "":
		return found
	case r.foreign(campaign):
		return ReasonForeignCampaign
	case t.At.After(r.order.PlacedAt):
		return ReasonClickAfterOrder
	case r.order.PlacedAt.Sub(t.At) >= time.Duration(r.policy.ClickWindowDays)*24*time.Hour:
		return ReasonClickTooOld
	}
	return ""
}

// winners are the accepted codes or, when there is none, the one click that won.
func (r *review) winners() []*lead {
	var winners []*lead
	for i := range r.codes {
		if r.codes[i].Accepted {
			winners = append(winners, &r.codes[i])
		}
	}
	for i := range r.clicks {
		if r.clicks[i].Reason == ReasonLastClick {
			winners = append(winners, &r.clicks[i])
		}
	}
	return winners
}

// lastClick breaks a tie as codes do: the one that comes first in the alphabet.
func lastClick(clicks []lead) *lead {
	var last *lead
	for i := range clicks {
		c := &clicks[i]
		if c.Reason == "" && (last == nil || cmp.Or(last.At.Compare(c.At), cmp.Compare(c.key, last.key)) < 0) {
			last = c
		}
	}
	return last
}

type keyedTouch struct {
	Touch
	key string
}

func distinctTouches(carried, stored []Touch) []keyedTouch {
	touches := make([]keyedTouch, 0, len(carried)+len(stored))
	for _, list := range [][]Touch{carried, stored} {
		for _, t := range list {
			touches = append(touches, keyedTouch{t, evidenceKey(t.Link)})
		}
	}
	slices.SortFunc(touches, func(a, b keyedTouch) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.key, b.key),
			cmp.Compare(a.Source, b.Source), cmp.Compare(a.Link, b.Link), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(touches, func(a, b keyedTouch) bool { return a.At.Equal(b.At) && a.key == b.key })
}

// trace lists codes before clicks, codes by their text and clicks by their time, so that
// it reads the same however the input was ordered.
func (r *review) trace() []Candidate {
	candidates := make([]Candidate, 0, len(r.codes)+len(r.clicks))
	for _, list := range [][]lead{r.codes, r.clicks} {
		slices.SortFunc(list, func(a, b lead) int {
			return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.key, b.key), cmp.Compare(a.Evidence, b.Evidence), cmp.Compare(a.Reason, b.Reason))
		})
		for _, l := range list {
			candidates = append(candidates, l.Candidate)
		}
	}
	slices.SortStableFunc(r.flags, func(a, b byline.Finding) int { return cmp.Compare(a.Message, b.Message) })
	return candidates
}
