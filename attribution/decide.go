package attribution

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// Decide credits an order. touches are clicks the caller has stored for this customer;
// those that the order itself carries are considered without being passed. A nil book
// is an empty one.
//
// It is pure, and its result does not depend on the order of codes, touches or
// offers. An order that cannot earn is decided all the same: Credits says who brought
// it, Standing why it earns nothing. Only a malformed order credits nobody.
func Decide(o Order, touches []Touch, book *Book, policy Policy) Decision {
	policy = policy.WithDefaults()
	if book == nil {
		book = &Book{}
	}
	r := review{order: o, book: book, policy: policy}
	r.weighCodes()
	r.weighClicks(touches)
	d := Decision{Order: o.ID, PlacedAt: o.PlacedAt, Policy: policy.Version, Standing: standing(o), Credits: []Credit{}}
	sales, err := o.salesKnown()
	if err != nil {
		sales = Sales{Sold: nothing(o), Returned: nothing(o), Kept: nothing(o)}
		r.flags = append(r.flags, malformed(err)...)
		if d.Standing == Earning || d.Standing == Unpaid {
			d.Standing = Malformed
		}
	}
	d.Sold, d.Returned, d.Earning = sales.Sold, sales.Returned, sales.Kept
	if d.Standing != Earning {
		d.Earning = nothing(o)
	}
	if err == nil {
		d.Credits = r.credits(d.Sold, d.Earning)
	}
	d.Candidates, d.Flags = r.trace(), r.flags
	return d
}

// salesKnown passes over refunds that came before their order: what they lack is not
// wrong but on its way.
func (o Order) salesKnown() (Sales, error) {
	if !o.HasDocument() {
		return Sales{Sold: nothing(o), Returned: nothing(o), Kept: nothing(o)}, nil
	}
	return o.Sales()
}

// nothing has no currency where the order's is none, so that it can be written down.
func nothing(o Order) byline.Money {
	if !o.Currency.Known() {
		return byline.Money{}
	}
	return byline.Minor(0, o.Currency)
}

func standing(o Order) Standing {
	switch {
	case !o.HasDocument():
		return NoDocument
	case o.Test:
		return TestOrder
	case !o.CancelledAt.IsZero():
		return Cancelled
	case o.Payment == Voided:
		return NoSale
	case o.Payment == Refunded:
		return TakenBack
	case o.Payment == Paid, o.Payment == PartiallyRefunded:
		return Earning
	}
	return Unpaid
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

// review is the work in progress of one decision.
type review struct {
	order  Order
	book   *Book
	policy Policy
	codes  []Candidate
	clicks []Candidate
	flags  []byline.Finding
}

// weighCodes judges each distinct code once, then picks the winners among those that
// belong to a creator.
func (r *review) weighCodes() {
	uses := mergeUses(r.order.Codes)
	r.codes = make([]Candidate, 0, len(uses))
	for _, use := range uses {
		c := Candidate{Kind: ByCode, Evidence: use.Code, Discount: use.Discount}
		offer, reason := r.book.codes.find(r.book.offers, NormalizeCode(use.Code), r.order.PlacedAt)
		c.fill(offer)
		switch {
		case use.Kind != Genuine:
			c.Reason = ReasonNotGenuine
			r.flagNotGenuine(use, offer)
		case reason != "":
			c.Reason = reason
		case r.foreign(c.Campaign):
			c.Reason = ReasonForeignCampaign
		default:
			c.Accepted, c.Reason = true, ReasonCodeOwner
		}
		r.codes = append(r.codes, c)
	}
	r.rankCodes()
}

// mergeUses joins spellings of one code, so that its discount counts once and its
// listing twice does not.
func mergeUses(uses []CodeUse) []CodeUse {
	merged := make([]CodeUse, 0, len(uses))
	for _, use := range uses {
		same := slices.IndexFunc(merged, func(m CodeUse) bool {
			return m.Kind == use.Kind && NormalizeCode(m.Code) == NormalizeCode(use.Code)
		})
		if same < 0 {
			merged = append(merged, use)
			continue
		}
		m := &merged[same]
		m.Code = min(m.Code, use.Code)
		if sum, err := m.Discount.Add(use.Discount); err == nil {
			m.Discount = sum
		}
	}
	return merged
}

func (r *review) flagNotGenuine(use CodeUse, offer *Offer) {
	f := byline.Finding{
		Code: "order.manual_discount_as_code", Severity: byline.Info, Path: "codes",
		Message: fmt.Sprintf("%q is a discount typed by hand, listed as a code; it earns nothing", use.Code),
	}
	if offer != nil {
		f.Severity = byline.Warning
		f.Message = fmt.Sprintf("%q is a discount typed by hand under the name of a code of %s; it earns nothing", use.Code, offer.Creator)
		f.Fix = "ask who granted the discount; credit the creator by hand if a customer asked for the code"
	}
	r.flags = append(r.flags, f)
}

func (r *review) foreign(campaign byline.CampaignID) bool {
	return r.policy.Campaign != "" && campaign != r.policy.Campaign
}

func (c *Candidate) fill(offer *Offer) {
	if offer != nil {
		c.Creator, c.Campaign, c.Active = offer.Creator, offer.Campaign, offer.Active
	}
}

func (c *Candidate) sameOwner(o *Candidate) bool {
	return c.Creator == o.Creator && c.Campaign == o.Campaign
}

// rankCodes rejects accepted codes that another creator's code leaves behind.
func (r *review) rankCodes() {
	var best *Candidate
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
		case !c.Accepted || c.sameOwner(best):
		case c.Discount.Sign() <= 0 && best.Discount.Sign() > 0:
			c.Accepted, c.Reason = false, ReasonCodeNoEffect
		case r.policy.SeveralCodes == LargestDiscount:
			c.Accepted, c.Reason = false, ReasonCodeOutranked
		}
	}
}

func compareDiscounts(a, b *Candidate) int {
	return cmp.Or(cmp.Compare(b.Discount.Minor(), a.Discount.Minor()),
		cmp.Compare(NormalizeCode(a.Evidence), NormalizeCode(b.Evidence)))
}

// weighClicks judges every distinct click. Without a winning code the last good one
// wins; the others agree with a winner or come after it.
func (r *review) weighClicks(stored []Touch) {
	touches := distinctTouches(r.order.Touches, stored)
	r.clicks = make([]Candidate, 0, len(touches))
	for _, t := range touches {
		c := Candidate{Kind: ByClick, Evidence: t.Link, At: t.At, Source: t.Source}
		offer, reason := r.book.links.find(r.book.offers, NormalizeCode(t.Link), t.At)
		c.fill(offer)
		c.Reason = r.judgeClick(t, c, reason)
		r.clicks = append(r.clicks, c)
	}
	if len(r.winners()) == 0 {
		if last := lastClick(r.clicks); last != nil {
			last.Accepted, last.Reason = true, ReasonLastClick
		}
	}
	winners := r.winners()
	for i := range r.clicks {
		c := &r.clicks[i]
		if c.Reason != "" {
			continue
		}
		c.Reason = ReasonClickOutranked
		if slices.ContainsFunc(winners, c.sameOwner) {
			c.Accepted, c.Reason = true, ReasonClickCorroborates
		}
	}
}

// judgeClick returns why a click cannot count, or "" when it can.
func (r *review) judgeClick(t Touch, c Candidate, found Reason) Reason {
	switch {
	case found != "":
		return found
	case r.foreign(c.Campaign):
		return ReasonForeignCampaign
	case t.At.After(r.order.PlacedAt):
		return ReasonClickAfterOrder
	case r.order.PlacedAt.Sub(t.At) >= r.policy.clickWindow():
		return ReasonClickTooOld
	}
	return ""
}

// winners are the accepted codes or, when there is none, the one click that won.
func (r *review) winners() []*Candidate {
	var winners []*Candidate
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

func lastClick(clicks []Candidate) *Candidate {
	var last *Candidate
	for i := range clicks {
		if c := &clicks[i]; c.Reason == "" && (last == nil || compareCandidates(*c, *last) > 0) {
			last = c
		}
	}
	return last
}

func distinctTouches(carried, stored []Touch) []Touch {
	touches := slices.Concat(carried, stored)
	slices.SortFunc(touches, compareTouches)
	return slices.CompactFunc(touches, func(a, b Touch) bool {
		return a.At.Equal(b.At) && NormalizeCode(a.Link) == NormalizeCode(b.Link)
	})
}

func compareTouches(a, b Touch) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(NormalizeCode(a.Link), NormalizeCode(b.Link)),
		cmp.Compare(a.Source, b.Source), cmp.Compare(a.Link, b.Link), cmp.Compare(a.ID, b.ID))
}

// compareCandidates orders codes by their text and clicks by their time.
func compareCandidates(a, b Candidate) int {
	return cmp.Or(
		a.At.Compare(b.At),
		cmp.Compare(NormalizeCode(a.Evidence), NormalizeCode(b.Evidence)),
		cmp.Compare(a.Evidence, b.Evidence),
		cmp.Compare(a.Reason, b.Reason),
	)
}

// trace lists codes before clicks, so that it reads the same however the input was
// ordered.
func (r *review) trace() []Candidate {
	slices.SortFunc(r.codes, compareCandidates)
	slices.SortFunc(r.clicks, compareCandidates)
	slices.SortStableFunc(r.flags, func(a, b byline.Finding) int { return cmp.Compare(a.Message, b.Message) })
	return slices.Concat(r.codes, r.clicks)
}
