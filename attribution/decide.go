package attribution

import "github.com/bylinehq/byline"

// Decide credits an order. touches are clicks the caller has stored for this customer;
// those that the order itself carries are considered without being passed. A nil book
// is an empty one.
//
// It is pure, and its result does not depend on the order of codes, touches or
// offers. An order that cannot earn is decided all the same: Credits says who brought
// it, Standing why it earns nothing. A policy that Validate refuses is applied as far as
// it can be read.
//
// Flags are of the codes of [Order.Sales] when the amounts contradict each other,
// "order.manual_discount_as_code" for a discount that passes for a code, and
// "order.strange_return" for goods that came back and are on no line of the order.
func Decide(o Order, h *History, book *Book, policy Policy) Decision {
	policy = policy.WithDefaults()
	if book == nil {
		book = &Book{}
	}
	r := review{order: o, book: book, policy: policy}
	d := Decision{Order: o.ID, PlacedAt: o.PlacedAt, Policy: policy.Version, Standing: standing(o), Credits: []Credit{}}
	if o.oversize() == nil {
		r.weighCodes()
		r.weighClicks(h.touches())
	}
	sales, err := o.salesKnown()
	if err != nil {
		sales = Sales{Sold: nothing(o), Returned: nothing(o), Kept: nothing(o)}
		r.flags = append(r.flags, malformed(err)...)
		if d.Standing == StandingEarning || d.Standing == StandingUnpaid {
			d.Standing = StandingInvalid
		}
	}
	d.Sold, d.Returned, d.Earning = sales.Sold, sales.Returned, sales.Kept
	if d.Standing != StandingEarning {
		d.Earning = nothing(o)
	}
	d.Credits = r.credits(d.Sold, d.Earning)
	r.flagNotGenuine()
	r.flagStrangeReturns()
	d.Candidates, d.Flags = r.trace(), r.flags
	return d
}

// salesKnown passes over refunds that came before their order: what they lack is not
// wrong but on its way.
func (o Order) salesKnown() (Sales, error) {
	if !o.HasDocument() && o.oversize() == nil {
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
		return StandingNoDocument
	case o.Test:
		return StandingTest
	case !o.CancelledAt.IsZero():
		return StandingCancelled
	case o.Payment == Voided:
		return StandingVoided
	case o.Payment == Refunded:
		return StandingRefunded
	case o.Payment == Paid, o.Payment == PartiallyRefunded:
		return StandingEarning
	}
	return StandingUnpaid
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
