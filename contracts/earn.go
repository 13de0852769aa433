package contracts

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// EarnOptions are what an order's pay may depend on beside the decision.
type EarnOptions struct {
	// Breakdown tells what the order is worth line by line, of the same state that was
	// decided on. It is called only for pay that asks for it: by goods, by item, on a base
	// with tax or shipping, or held until a delivery. See attribution.Decider.Breakdown.
	Breakdown func() (attribution.Breakdown, error)
	// At releases what was held until then. Zero: nothing is released.
	At time.Time
	// Quote gives the exchange rate for an order in another currency than the pay's. It is
	// asked once; Register.Earn pins what it says. Without a rate the money waits in the
	// order's currency.
	Quote func(from, to byline.Currency) (Quote, error)
}

// Earn returns what a decided order owes the agreement's creator. There is nothing when
// the creator has no credit in the agreement's campaign, when the terms have no
// commission, and when the order was placed outside of Effective; an order without a time
// of placing, because its document has not arrived, lies outside. An order that does not
// earn gives lines of amount zero with the reason, so that a ledger can say why it took
// something back.
//
// A percentage is taken once of all that it is for, so a line of the order is never
// rounded by itself; see [Rate.Of]. What the policy holds, because a signal casts doubt on
// the credit, is on account Held without an end.
//
// Errors are "money.range", "earn.breakdown" when pay asks for a breakdown and none is
// given, those of the options' functions, and for a rate that is not as asked for
// "quote.currency" and the faults of [NewQuote].
func (a *Agreement) Earn(d attribution.Decision, opts *EarnOptions) ([]Line, error) {
	quote, err := a.quote(d, Quote{}, opts)
	if err != nil {
		return nil, err
	}
	return a.earn(d, quote, opts)
}

func (a *Agreement) earn(d attribution.Decision, quote Quote, opts *EarnOptions) ([]Line, error) {
	pay := &a.terms.Pay
	credit := a.credit(d)
	if credit < 0 || len(pay.Percentages)+len(pay.PerConversions) == 0 || !a.terms.Effective.Contains(d.PlacedAt) {
		return nil, nil
	}
	e := earning{a: a, d: &d, credit: credit, quote: quote, lines: make([]Line, 0, len(pay.Percentages)+len(pay.PerConversions))}
	if opts != nil {
		e.opts = *opts
	}
	if err := e.all(); err != nil {
		return nil, fmt.Errorf("order %s: %w", d.Order, err)
	}
	return e.lines, nil
}

// credit is the index of the creator's in the agreement's campaign, or -1; one creator
// may have several.
func (a *Agreement) credit(d attribution.Decision) int {
	for i, c := range d.Credits {
		if c.Creator == a.terms.Creator && c.Campaign == a.terms.Campaign {
			return i
		}
	}
	return -1
}

// quote is the exchange rate that the order's money needs: the pinned one if it fits. The
// zero Quote stands for none, needed or not.
func (a *Agreement) quote(d attribution.Decision, pinned Quote, opts *EarnOptions) (Quote, error) {
	from, to := d.Sold.Currency(), a.terms.Pay.Currency
	if from == "" || to == "" || from == to || len(a.terms.Pay.Percentages) == 0 {
		return Quote{}, nil // nothing of the order's own money is paid
	}
	if pinned.From == from && pinned.To == to {
		return pinned, nil
	}
	if opts == nil || opts.Quote == nil {
		return Quote{}, nil
	}
	q, err := opts.Quote(from, to)
	if err != nil {
		return Quote{}, fmt.Errorf("order %s: exchange rate from %s to %s: %w", d.Order, from, to, err)
	}
	if q == (Quote{}) {
		return q, nil
	}
	faults := q.faults()
	if q.From != from || q.To != to {
		faults = append(faults, &byline.FieldError{Code: "quote.currency", Message: "the rate is for other currencies"})
	}
	return q, byline.Faults(byline.Nest("quote", byline.Faults(faults)))
}

// earning is the pay of one creator for one order in the making.
type earning struct {
	a         *Agreement
	d         *attribution.Decision
	credit    int // of d.Credits
	quote     Quote
	opts      EarnOptions
	breakdown *attribution.Breakdown // nil where no pay asks for it
	lines     []Line
}

// counts reports whether the order earned once, even if all of it has come back since.
func (e *earning) counts() bool {
	return e.d.Standing == attribution.StandingEarning || e.d.Standing == attribution.StandingRefunded
}

func (e *earning) all() error {
	pay := &e.a.terms.Pay
	if e.counts() && pay.byGoods() {
		if e.opts.Breakdown == nil {
			return &byline.FieldError{Code: "earn.breakdown", Message: "this pay needs the order line by line"}
		}
		b, err := e.opts.Breakdown()
		if err != nil {
			return err
		}
		e.breakdown = &b
	}
	for i := range pay.Percentages {
		if err := e.percentage(i); err != nil {
			return err
		}
	}
	return e.conversions()
}

// byGoods reports whether the decision's own sums are not enough for the pay.
func (p *Pay) byGoods() bool {
	if p.Hold.byItem() {
		return true
	}
	for i := range p.Percentages {
		r := &p.Percentages[i]
		if r.Scope.goods() || r.Base != NetSales && r.Base != "" || i > 0 {
			return true
		}
	}
	for i := range p.PerConversions {
		if r := &p.PerConversions[i]; r.Scope.goods() || r.Per == PerItem {
			return true
		}
	}
	return false
}

// line starts a line of one of the pay's parts.
func (e *earning) line(kind Kind, rule string) Line {
	l := e.a.line(kind)
	l.Rule, l.Policy, l.EarnedAt, l.Reason = rule, e.d.Policy, stamp(e.d.PlacedAt), reasonOf(*e.d, e.d.Credits[e.credit])
	return l
}

func (e *earning) percentage(i int) error {
	rule := &e.a.terms.Pay.Percentages[i]
	line := e.line(Commission, rule.ID)
	line.Rate = rule.Rate
	if len(rule.Tiers) > 0 {
		line.Rate = rule.Tiers[0].Rate
	}
	p, err := e.parcel(i)
	if err != nil {
		return err
	}
	if line.Base, line.FX, err = e.converted(p.kept); err != nil {
		return err
	}
	if line.Sold, _, err = e.converted(p.sold); err != nil {
		return err
	}
	if line.Amount, err = line.Rate.Of(line.Base); err != nil {
		return err
	}
	return e.spread(line, p.goods)
}

// converted brings an amount into the pay's currency, where there is a rate.
func (e *earning) converted(m byline.Money) (byline.Money, Quote, error) {
	if e.quote == (Quote{}) || m == (byline.Money{}) {
		return m, Quote{}, nil
	}
	c, err := e.quote.Convert(m)
	return c, e.quote, err
}

// unconverted reports whether a rate was needed for an amount and is not known.
func (e *earning) unconverted(m byline.Money) bool {
	pay := e.a.terms.Pay.Currency
	return pay != "" && m.Currency() != "" && m.Currency() != pay
}

func (a *Agreement) line(kind Kind) Line {
	t := &a.terms
	return Line{Creator: t.Creator, Campaign: t.Campaign, Agreement: t.ID, Version: t.Version, Kind: kind}
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
