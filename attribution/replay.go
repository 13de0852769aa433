package attribution

import (
	"fmt"
	"iter"
	"slices"

	"github.com/bylinehq/byline"
)

// Case is one order of the past, with what was known beside it.
type Case struct {
	Order   Order    `json:"order"`             // as it stands now, with its refunds
	History *History `json:"history,omitempty"` // as it was for this order
}

// Change is an order that two policies decide differently.
type Change struct {
	Case Case
	A, B Decision // with all that explains them
}

// ReplayOptions say how to replay.
type ReplayOptions struct {
	// Changed is told of each changed order, in the order of the cases. An error ends the
	// replay and is returned.
	Changed func(Change) error
	// Customer returns what tells that two orders are of one customer; orders that have
	// one of it in common are. [Order.CustomerMarks] is such a function. With it, bindings
	// and cool-downs of each policy follow from what that policy itself credited earlier
	// in the replay, and only what History.Credits says of the time before the first case
	// is kept. The cases then have to come in the order of PlacedAt and ID, each order
	// once, else the error is a [*byline.FieldError] of code "replay.order". Memory grows
	// with the orders that were credited, and time with those of the same customer.
	//
	// Default: none. History.Credits is taken as recorded for both policies, and a binding
	// that one of them would not have made still counts; memory grows with the number of
	// creators and not with that of orders.
	Customer func(Order) []string
}

// Replay decides orders of the past by two policies, a and b, and says who would gain and
// lose how much. An order counts as changed when another creator is credited, or with
// another share or amount, or when its Standing differs. Other parts of a Case's History
// than Credits are always taken as recorded.
//
// The result depends on the set of cases and, but for [ReplayOptions.Customer], not on
// their order. An error of the stream, of a callback, or of code "money.range" for sums
// beyond an int64, ends the replay: it is returned, wrapped, with the comparison of what
// was seen before it. Nil options are the defaults.
func Replay(cases iter.Seq2[Case, error], a, b *Decider, opts *ReplayOptions) (Comparison, error) {
	if opts == nil {
		opts = &ReplayOptions{}
	}
	r := replay{a: replaySide{decider: a}, b: replaySide{decider: b}, changed: opts.Changed, customer: opts.Customer, count: newReplayCount()}
	var err error
	for c, fault := range cases {
		if err = fault; err == nil {
			err = r.add(&c)
		}
		if err != nil {
			err = fmt.Errorf("replay: %w", err)
			break
		}
	}
	return r.comparison(), err
}

// replay is the work in progress of Replay.
type replay struct {
	a, b     replaySide
	changed  func(Change) error
	customer func(Order) []string
	count    replayCount
	last     PastCredit // with customer: time and id of the case before
}

// replaySide is one of the two policies.
type replaySide struct {
	decider *Decider
	credits replayCredits
}

func (r *replay) add(c *Case) error {
	historyA, historyB := c.History, c.History
	var customer []string
	if r.customer != nil {
		if err := r.next(&c.Order); err != nil {
			return err
		}
		customer = r.customer(c.Order)
		historyA, historyB = r.a.credits.history(c, customer), r.b.credits.history(c, customer)
	}
	a, b := r.a.decider.Score(c.Order, historyA), r.b.decider.Score(c.Order, historyB)
	if r.customer != nil {
		r.a.credits.note(&a, customer)
		r.b.credits.note(&b, customer)
	}
	same := alike(&a, &b)
	if err := r.count.order(&a, &b, !same); err != nil || same {
		return err
	}
	full := Change{*c, r.a.decider.Decide(c.Order, historyA), r.b.decider.Decide(c.Order, historyB)}
	r.count.reasons(&full)
	if r.changed == nil {
		return nil
	}
	return r.changed(full)
}

// next makes sure that a case comes after the one before it.
func (r *replay) next(o *Order) error {
	if r.count.orders > 0 && !r.last.before(o) {
		return &byline.FieldError{Code: "replay.order", Message: "the cases do not come in the order in which they were placed, each once"}
	}
	r.last = PastCredit{Order: o.ID, At: o.PlacedAt}
	if r.a.credits.since.IsZero() {
		r.a.credits.since, r.b.credits.since = o.PlacedAt, o.PlacedAt
	}
	return nil
}

// alike reports whether two decisions of one order come to the same for everybody.
func alike(a, b *Decision) bool {
	return a.Standing == b.Standing && a.Earning == b.Earning && slices.EqualFunc(a.Credits, b.Credits, func(x, y Credit) bool {
		return x.Creator == y.Creator && x.Campaign == y.Campaign && x.Share == y.Share && x.Earning == y.Earning && x.Held == y.Held
	})
}

func (r *replay) comparison() Comparison {
	c := r.count.comparison()
	c.A, c.B = r.a.decider.plan.version, r.b.decider.plan.version
	c.Credits = CreditsRecorded
	if r.customer != nil {
		c.Credits = CreditsCarried
	}
	if !r.a.decider.plan.usesCredits() && !r.b.decider.plan.usesCredits() {
		c.Credits = CreditsUnused
	}
	return c
}

// usesCredits reports whether a decision can depend on History.Credits.
func (p *plan) usesCredits() bool {
	return p.coolDown > 0 || slices.ContainsFunc(p.rules, func(r ruling) bool { return r.names(ByBinding) })
}
