package attribution

import "github.com/bylinehq/byline"

// Decide credits an order by a policy. A nil book is an empty one, a nil History says
// nothing.
//
// It is pure, and its result does not depend on the order of codes, touches, claims or
// offers (save for PickFirstListed). An order that cannot earn is decided all the same:
// Credits says who brought it, Standing why it earns nothing. Rules that
// Validate refuses are left out.
//
// Who decides many orders makes a [Decider] once.
//
// Flags are of the codes of [Order.Sales] when the amounts contradict each other,
// "order.manual_discount_as_code" for a discount that passes for a code,
// "order.strange_return" for goods that came back and are on no line of the order,
// "claim.unknown_creator" for a claim for somebody without an offer, and "signal.observed", "signal.held" or "signal.withheld" for each of History's signals.
func Decide(o Order, h *History, book *Book, policy Policy) Decision {
	return newDecider(book, policy).Decide(o, h)
}

// Decider decides orders by one policy over one book. It is immutable and safe for
// concurrent use.
type Decider struct {
	book *Book
	plan *plan
}

// NewDecider prepares a policy. The error is that of [Policy.Validate]. A nil book is an
// empty one.
func NewDecider(book *Book, policy Policy) (*Decider, error) {
	if err := policy.Validate(); err != nil {
		return nil, err
	}
	return newDecider(book, policy), nil
}

func newDecider(book *Book, policy Policy) *Decider {
	if book == nil {
		book = &Book{}
	}
	return &Decider{book: book, plan: newPlan(policy)}
}

// Decide is the function of the same name.
func (d *Decider) Decide(o Order, h *History) Decision { return d.decide(&o, h, true) }

// Score decides as Decide does and leaves out what explains it: Candidates, Flags and
// Credit.Corroborated. It is for those who score a great many orders, and ask Decide
// about the few that they want explained.
func (d *Decider) Score(o Order, h *History) Decision { return d.decide(&o, h, false) }

func (d *Decider) decide(o *Order, h *History, traced bool) Decision {
	if h == nil {
		h = &History{}
	}
	r := review{order: o, history: h, book: d.book, plan: d.plan, traced: traced}
	sized := o.oversize() == nil
	var few [few]lead
	if n := r.room(); n <= len(few) {
		r.leads = few[:0]
	} else if sized {
		r.leads = make([]lead, 0, n)
	}
	made := Decision{
		Order: o.ID, Kind: o.Kind, PlacedAt: o.PlacedAt, Policy: d.plan.version,
		Customer: h.Customer, Standing: d.standing(o), Credits: []Credit{},
	}
	if sized {
		r.gather()
		made.Rule = r.apply()
	}
	sales, err := d.sales(o, sized)
	if err != nil {
		sales = Sales{Sold: nothing(o), Returned: nothing(o), Kept: nothing(o)}
		if made.Standing == StandingEarning || made.Standing == StandingUnpaid {
			made.Standing = StandingInvalid
		}
	}
	made.Sold, made.Returned, made.Disputed, made.Earning = sales.Sold, sales.Returned, sales.Disputed, sales.Kept
	if made.Standing != StandingEarning {
		made.Earning = nothing(o)
	}
	if made.Rule > 0 {
		made.Credits = r.credits(made.Sold, made.Earning)
	}
	if traced {
		made.Candidates, made.Flags = r.trace(), r.flags(err)
	}
	return made
}

// sales passes over refunds that came before their order: what they lack is not wrong
// but on its way.
func (d *Decider) sales(o *Order, sized bool) (Sales, error) {
	if !o.HasDocument() && sized {
		return Sales{Sold: nothing(o), Returned: nothing(o), Kept: nothing(o)}, nil
	}
	return o.salesWithout(d.plan.excludedLines())
}

// nothing has no currency where the order's is none, so that it can be written down.
func nothing(o *Order) byline.Money {
	if !o.Currency.Known() {
		return byline.Money{}
	}
	return byline.Minor(0, o.Currency)
}

func (d *Decider) standing(o *Order) Standing {
	switch {
	case !o.HasDocument():
		return StandingNoDocument
	case o.Test:
		return StandingTest
	case o.deleted():
		return StandingDeleted
	case d.plan.leavesOut(o):
		return StandingExcluded
	case !o.CancelledAt.IsZero():
		return StandingCancelled
	case o.Payment == Voided:
		return StandingVoided
	case o.Payment == Refunded:
		return StandingRefunded
	case o.Payment == Paid, o.Payment == PartiallyRefunded:
		return StandingEarning
	case o.Payment == PaymentUnknown && o.Kind != Purchase:
		// Nobody pays for a sign-up; it counts when it is known.
		return StandingEarning
	}
	return StandingUnpaid
}
