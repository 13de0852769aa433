package contracts

import (
	"time"

	"github.com/bylinehq/byline"
)

// Renewal says how a grant is to go on.
type Renewal struct {
	ID GrantID `json:"id"` // of the new grant; another one than the old grant's
	// Start is when the new term starts: the end of the old one where no gap may be.
	Start time.Time `json:"start"`
	// Months and Days are its length, as in Term. With neither, and not Perpetual, it is as
	// long again: the months and days of the old one, or those from its start to its End.
	Months    int  `json:"months,omitempty"`
	Days      int  `json:"days,omitempty"`
	Perpetual bool `json:"perpetual,omitempty"`
	// Since is when the old term started, as [Expiry.Since] has it. It is asked for only
	// where the old one is as long as to an End and does not start with FromDate.
	Since  time.Time      `json:"since,omitzero"`
	Zone   *time.Location `json:"-"` // of the days and months; nil: UTC
	Prices RightsPrices   `json:"prices"`
}

// GrantDraft is a grant to be agreed on, and what it costs. It grants nothing before it
// stands in an agreement version that is signed.
type GrantDraft struct {
	Grant Grant         `json:"grant"` // Grant.Fee is Price
	Holds byline.Window `json:"holds"`
	Lines []PriceLine   `json:"lines"` // sum to Price exactly
	Price byline.Money  `json:"price"`
}

// Renew drafts the grant that carries on another one: all of it but for the term and the
// fee. A cap stays as it is and counts from nothing again, as any grant's does. Where it
// waits for its fee, say so in Asset.Fees: Asset.PaidAt would take the old fee for it.
//
// The faults are "required" for an id or a start that is missing, "renewal.same" for the
// old grant's own id, "renewal.term" for a negative length or one beyond that of Term, for
// a length beside Perpetual, and for none where the old one has none that is known; and
// those of [RightsPrices.Price], under "prices".
func Renew(g Grant, next Renewal) (GrantDraft, error) {
	faults := next.faults(g)
	renewed := g
	renewed.detach()
	renewed.ID, renewed.Term, renewed.Fee = next.ID, next.term(g.Term), byline.Money{}
	renewed.Acknowledged = false // each term without end is acknowledged for itself
	if len(faults) > 0 {
		return GrantDraft{}, byline.Faults(append(faults, byline.Nest("prices", next.Prices.Validate())...))
	}
	holds, _ := renewed.Term.Holds(next.Start, next.Zone)
	lines, price, err := next.Prices.Price(renewed, holds)
	if err != nil {
		return GrantDraft{}, byline.Faults(byline.Nest("prices", err))
	}
	renewed.Fee = price
	return GrantDraft{Grant: renewed, Holds: holds, Lines: lines, Price: price}, nil
}

// term is the new one. It has no length where none is given and the old one's is not
// known.
func (n Renewal) term(old Term) Term {
	next := Term{From: FromDate, Start: n.Start, Months: n.Months, Days: n.Days, Perpetual: n.Perpetual}
	if n.Perpetual || n.Months != 0 || n.Days != 0 {
		return next
	}
	next.Months, next.Days = old.Months, old.Days
	since := n.Since
	if old.From == FromDate {
		since = old.Start
	}
	if next.Months == 0 && next.Days == 0 && !since.IsZero() && old.End.After(since) {
		const day = 24 * time.Hour
		next.Days = max(1, int(old.End.Sub(since).Round(day)/day)) // rounded for the changes of the clocks
	}
	return next
}

func (n Renewal) faults(g Grant) []*byline.FieldError {
	var faults faultList
	switch n.ID {
	case "":
		faults.add("id", "required", "a value is required")
	case g.ID:
		faults.add("id", "renewal.same", "a renewal is a grant of its own, with an id of its own")
	}
	if n.Start.IsZero() {
		faults.add("start", "required", "a value is required")
	}
	if n.Perpetual && (n.Months != 0 || n.Days != 0) {
		faults.add("perpetual", "renewal.term", "a term without end has no length")
	}
	if t := n.term(g.Term); !t.Perpetual && t.Months == 0 && t.Days == 0 {
		faults.add("months", "renewal.term", "say how long, as the old term does not")
	}
	if n.Months < 0 || n.Months > 1200 {
		faults.add("months", "renewal.term", "a term is 0 to 1200 months")
	}
	if n.Days < 0 || n.Days > 36500 {
		faults.add("days", "renewal.term", "a term is 0 to 36500 days")
	}
	return faults
}
