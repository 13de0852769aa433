package contracts

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Earn returns what a decided order owes the agreement's creator: one commission line,
// or none when the creator has no credit in the agreement's campaign. An order that
// does not earn gives a line of amount zero with the reason, so that a ledger can say
// why it took something back. Terms without a commission give no line.
//
// The commission is taken once of the creator's whole part of the order, so a line of
// the order is never rounded by itself. The decision must be of this order; the error
// answers to byline.ErrInvalid.
func (a *Agreement) Earn(d attribution.Decision, o attribution.Order) ([]Line, error) {
	if d.Order != o.ID {
		return nil, &byline.FieldError{Path: "order", Code: "earn.other_order", Message: "the decision is about another order"}
	}
	if a.terms.Rate == 0 {
		return nil, nil
	}
	credit := -1
	weights := make([]int64, len(d.Credits))
	for i, c := range d.Credits {
		weights[i] = c.Share.Num
		if c.Creator == a.terms.Creator && c.Campaign == a.terms.Campaign {
			credit = i
		}
	}
	if credit < 0 {
		return nil, nil
	}
	base, err := a.terms.Base.of(d, o)
	if err != nil {
		return nil, fmt.Errorf("order %s: %w", o.ID, err)
	}
	parts, err := base.Split(weights...)
	if err != nil {
		return nil, fmt.Errorf("order %s: %w", o.ID, err)
	}
	line := a.line(Commission)
	line.Policy, line.Base, line.Rate = d.Policy, parts[credit], a.terms.Rate
	line.Reason = reasonOf(d)
	line.Amount, err = a.terms.Rate.Of(line.Base)
	return []Line{line}, err
}

// Fee returns the flat fee as it is owed at an instant: from the start of the terms
// on, whatever is sold. There is no line before, or without a fee.
func (a *Agreement) Fee(at time.Time) []Line {
	if a.terms.FlatFee.IsZero() || a.terms.Effective.After(at) {
		return nil
	}
	line := a.line(FlatFee)
	line.Amount, line.Reason = a.terms.FlatFee, ReasonFeeDue
	return []Line{line}
}

func (a *Agreement) line(kind Kind) Line {
	t := a.terms
	return Line{Creator: t.Creator, Campaign: t.Campaign, Agreement: t.ID, Version: t.Version, Kind: kind}
}

// of computes the base from the order itself, because what counts is a matter of the
// agreement; who shares it is the decision's.
func (b Base) of(d attribution.Decision, o attribution.Order) (byline.Money, error) {
	if d.Standing != attribution.Earning {
		return byline.Minor(0, o.Currency), nil
	}
	sales, err := o.Sales()
	return sales.Kept, err
}

func reasonOf(d attribution.Decision) Reason {
	switch d.Standing {
	case attribution.NoDocument:
		return ReasonNoDocument
	case attribution.TestOrder:
		return ReasonTest
	case attribution.Cancelled:
		return ReasonCancelled
	case attribution.NoSale:
		return ReasonVoided
	case attribution.TakenBack:
		return ReasonRefunded
	case attribution.Malformed:
		return ReasonInvalid
	case attribution.Unpaid:
		return ReasonUnpaid
	}
	switch {
	case d.Sold.Sign() > 0 && d.Earning.IsZero():
		return ReasonRefunded
	case d.Returned.Sign() > 0:
		return ReasonPartlyReturned
	}
	return ReasonEarned
}
