package contracts

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Earn returns what a decided order owes the agreement's creator: one commission line,
// or none. There is none when the creator has no credit in the agreement's campaign,
// when the terms have no commission, and when the order was placed outside of
// Effective; an order without a time of placing, because its document has not arrived,
// lies outside. An order that does not earn gives a line of amount zero with the reason,
// so that a ledger can say why it took something back.
//
// The commission is taken once of what the decision counts for the creator,
// attribution.Credit.Earning, so a line of the order is never rounded by itself. The
// only error is an amount beyond what Money holds, "money.range".
func (a *Agreement) Earn(d attribution.Decision) ([]Line, error) {
	credit, credited := a.credit(d)
	if !credited || len(a.terms.Pay.Percentages) == 0 || !a.terms.Effective.Contains(d.PlacedAt) {
		return nil, nil
	}
	rule := a.terms.Pay.Percentages[0]
	amount, err := rule.Rate.Of(rule.Base.of(credit))
	if err != nil {
		return nil, fmt.Errorf("order %s: %w", d.Order, err)
	}
	line := a.line(Commission)
	line.Rule, line.Policy, line.Base, line.Rate = rule.ID, d.Policy, rule.Base.of(credit), rule.Rate
	line.Amount, line.Reason = amount, reasonOf(d, credit)
	return []Line{line}, nil
}

// credit is the creator's in the agreement's campaign; one creator may have several.
func (a *Agreement) credit(d attribution.Decision) (attribution.Credit, bool) {
	for _, c := range d.Credits {
		if c.Creator == a.terms.Creator && c.Campaign == a.terms.Campaign {
			return c, true
		}
	}
	return attribution.Credit{}, false
}

func (a *Agreement) line(kind Kind) Line {
	t := a.terms
	return Line{Creator: t.Creator, Campaign: t.Campaign, Agreement: t.ID, Version: t.Version, Kind: kind}
}

// of is the creator's own part of the base. It comes out of the decision alone, so it
// cannot be of another order, or of an earlier state of this one.
func (b Base) of(c attribution.Credit) byline.Money {
	switch b {
	case NetSales, "":
		return c.Earning
	}
	return byline.Money{}
}

func reasonOf(d attribution.Decision, c attribution.Credit) Reason {
	switch d.Standing {
	case attribution.StandingNoDocument:
		return ReasonNoDocument
	case attribution.StandingTest:
		return ReasonTest
	case attribution.StandingCancelled:
		return ReasonCancelled
	case attribution.StandingVoided:
		return ReasonVoided
	case attribution.StandingRefunded:
		return ReasonRefunded
	case attribution.StandingInvalid:
		return ReasonInvalid
	case attribution.StandingUnpaid:
		return ReasonUnpaid
	case attribution.StandingDeleted:
		return ReasonDeleted
	case attribution.StandingExcluded:
		return ReasonExcluded
	}
	switch {
	case c.OnHold:
		return ReasonOnHold
	case d.Sold.Sign() > 0 && d.Earning.IsZero() && d.Disputed.Sign() > 0:
		return ReasonDisputed
	case d.Sold.Sign() > 0 && d.Earning.IsZero():
		return ReasonRefunded
	case d.Returned.Sign() > 0:
		return ReasonPartlyReturned
	}
	return ReasonEarned
}
