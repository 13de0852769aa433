package campaign

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// OrderStore keeps orders as a [Settler] needs them. Tx is the store's unit of work.
//
// Between Order and PutOrder of one unit of work nobody else may change the order, or
// what they learnt of it is lost. A store whose transactions do not see to that locks
// the order's row in Order, or PutOrder answers byline.ErrConflict. SQLite with immediate
// transactions sees to it.
type OrderStore[Tx any] interface {
	// Order returns what is known of an order; an error that answers to
	// byline.ErrNotFound says nothing is.
	Order(ctx context.Context, tx Tx, id byline.OrderID) (attribution.Record, error)
	// PutOrder replaces what is known of an order, with all that the record holds.
	PutOrder(ctx context.Context, tx Tx, r attribution.Record) error
	// Redact forgets persons and keeps what their orders are worth and to whom: it does
	// what attribution.ForgetOrder does to each order, known or not, by any of its ids.
	Redact(ctx context.Context, tx Tx, r attribution.Redaction) error
}

// Settler is the desk where an order becomes money owed: it merges what an event says
// into the order's state, decides who brought it, computes what is owed under the
// agreements in force, and posts the difference. Everything is written with one unit
// of work, and doing it twice posts nothing more.
//
// An order stays under the policy of its first decision and under the agreement versions
// that its credits were first settled under; see contracts.Register.Earn.
//
// With a History, a decision may depend on the customer's earlier orders. What changes in
// one order is then carried forward to the later ones that see it, each settled once, in
// the order of their attribution.Place and in the same unit of work; so events may come in
// any order and end in the same decisions. The record of an order keeps the
// attribution.History that its decision was made with.
//
// A person who was forgotten changes no decision: an order that is settled again
// afterwards ends where it was, and what arrives late about the person is dropped.
//
// It fits attribution.Worker.Apply and attribution.Backfill.Apply. [NewSettler] makes it;
// one made otherwise answers every call with a [*byline.FieldError] of code
// "settler.not_made".
type Settler[Tx any] struct {
	Orders     OrderStore[Tx]
	Ledger     contracts.EntryStore[Tx]
	Book       *attribution.Book   // Default: an empty one
	Agreements *contracts.Register // Default: an empty one
	// Policies are all that decisions were ever made under, the current one last.
	// Default: the default policy.
	Policies []attribution.Policy
	// History tells what is known beside an order. Default: nothing is, and a policy or an
	// offer that asks for it is refused.
	History HistoryStore[Tx]
	// Customers has earlier orders recalled where no policy asks for them, so that every
	// decision says whether its customer is new: for reports. Set by itself where an
	// agreement pays for new or returning customers alone.
	Customers bool
	// Aliases keeps the further ids of orders. Default: Orders, if it is an AliasStore; else
	// an event with an attribution.Alias is refused.
	Aliases AliasStore[Tx]
	// Clicks knows click ids without a record of them. Default: none are known.
	Clicks ClickReader
	// Signals says what makes an order's evidence doubtful. Default: nothing does.
	Signals func(ctx context.Context, tx Tx, o attribution.Order, h attribution.History) ([]attribution.Signal, error)
	// Accruals sums up what orders have earned, for tiers, caps, bonuses and the like, and
	// knows what is held. Default: Ledger, if it is one; else an agreement that needs it is
	// refused, and nothing is released but by the next event of its order.
	Accruals contracts.AccrualStore[Tx]
	// Progress tells how far an agreement is: milestones, counts, whether it was called
	// off. Default: nothing has happened.
	Progress func(ctx context.Context, tx Tx, id contracts.AgreementID) (contracts.Progress, error)
	// Quote gives the exchange rate at an instant for an order in another currency than its
	// agreement's. The zero Quote says that none is known yet. Default: none ever is.
	Quote func(ctx context.Context, tx Tx, from, to byline.Currency, at time.Time) (contracts.Quote, error)
	Now   func() time.Time // stamps entries and releases what was held until then; decides nothing else

	desk *desk
}

// NewSettler checks s, fills in its defaults and makes it ready. All faults are reported
// at once: "required" for orders, ledger or now, those of each policy at policies[i],
// "settler.policy_twice" when two policies have one version, because an order could then
// move from one to the other, and "settler.no_history" for policies, a book or Customers
// that ask for earlier orders where there is no History to tell of them, or for agreements
// that pay for new or returning customers alone.
func NewSettler[Tx any](s Settler[Tx]) (*Settler[Tx], error) {
	var faults []*byline.FieldError
	for _, f := range [...]struct {
		missing       bool
		path, message string
	}{
		{s.Orders == nil, "orders", "a settler needs a store of orders"},
		{s.Ledger == nil, "ledger", "a settler needs a ledger"},
		{s.Now == nil, "now", "a settler needs a clock to stamp entries"},
	} {
		if f.missing {
			faults = append(faults, fault(f.path, "required", f.message))
		}
	}
	if s.Book == nil {
		s.Book = &attribution.Book{}
	}
	if s.Agreements == nil {
		s.Agreements = &contracts.Register{}
	}
	if s.Aliases == nil {
		s.Aliases, _ = s.Orders.(AliasStore[Tx])
	}
	if s.Accruals == nil {
		s.Accruals, _ = s.Ledger.(contracts.AccrualStore[Tx])
	}
	desk, found := newDesk(s.Book, s.Policies, s.History != nil)
	if s.Agreements.TellsCustomersApart() {
		// Without a history every customer would be of unknown status, and nobody paid.
		s.Customers = s.History != nil
		if s.History == nil {
			found = append(found, noHistory("agreements"))
		}
	}
	if s.Customers && s.History == nil {
		found = append(found, noHistory("customers"))
	}
	if err := byline.Faults(append(faults, found...)); err != nil {
		return nil, err
	}
	desk.recalls = desk.recalls || s.Customers
	s.Policies, s.desk = slices.Clone(s.Policies), desk
	return &s, nil
}

func (s *Settler[Tx]) ready() error {
	if s == nil || s.desk == nil {
		return fault("", "settler.not_made", "a Settler comes from NewSettler")
	}
	return nil
}

// Settlement is what one event changed.
type Settlement struct {
	Record   attribution.Record
	Entries  []contracts.Entry // appended now; none when nothing changed
	Findings []byline.Finding
	// Later are the settlements of later orders that see this one and were settled again,
	// in the order of their places.
	Later []Settlement
}

// Apply settles one event. See [Settler.Settle] for those that carry an order, and
// [Settler.Link] for those that carry an alias.
func (s *Settler[Tx]) Apply(ctx context.Context, tx Tx, e attribution.Event) error {
	if err := s.ready(); err != nil {
		return err
	}
	var err error
	switch {
	case e.Order != nil:
		_, err = s.Settle(ctx, tx, *e.Order)
	case e.Alias != nil:
		_, err = s.Link(ctx, tx, e.Shop, *e.Alias)
	case e.Redaction != nil:
		err = s.Orders.Redact(ctx, tx, *e.Redaction)
	}
	return err
}

// Settle merges a fragment of an order into its known state and settles the result. An
// error answers to byline.ErrUnavailable when the order is under a policy or
// an agreement version that is no longer configured, and to byline.ErrInvalid when the
// fragment cannot be merged; see attribution.Order.Merge. A later order that sees this one
// and is under such a policy stays as it was, with a finding of code "settler.left".
func (s *Settler[Tx]) Settle(ctx context.Context, tx Tx, fragment attribution.Order) (Settlement, error) {
	id, err := s.resolve(ctx, tx, fragment.Shop, fragment.ID)
	if err != nil {
		return Settlement{}, err
	}
	fragment.ID = id
	known, err := s.find(ctx, tx, id)
	if err != nil {
		return Settlement{}, err
	}
	// A first fragment merged with itself is in the form that merging makes.
	now, state := attribution.Record{}, fragment
	if known != nil {
		now, state = *known, known.Order
		fragment.Touches = news(*known, fragment.Touches)
	}
	if now.Order, err = state.Merge(fragment); err != nil {
		return Settlement{}, err
	}
	return s.settle(ctx, tx, step{before: known, after: now, fragment: &fragment})
}

// Resettle settles what is known of an order again, for instance after an agreement or
// an offer was added. It posts nothing when nothing changed. An unknown order answers to
// byline.ErrNotFound; other errors are those of [Settler.Settle].
func (s *Settler[Tx]) Resettle(ctx context.Context, tx Tx, id byline.OrderID) (Settlement, error) {
	known, err := s.known(ctx, tx, id)
	if err != nil {
		return Settlement{}, err
	}
	return s.settle(ctx, tx, step{before: &known, after: known})
}

// news leaves out the clicks of a forgotten person that the order was decided with: their
// ids, by which one would know them again, are gone.
func news(known attribution.Record, touches []attribution.Touch) []attribution.Touch {
	if !known.Order.Forgotten || !known.Order.HasDocument() {
		return touches
	}
	return slices.DeleteFunc(slices.Clone(touches), func(t attribution.Touch) bool { return t.ID != "" })
}

// find returns nil when nothing is known of the order.
func (s *Settler[Tx]) find(ctx context.Context, tx Tx, id byline.OrderID) (*attribution.Record, error) {
	known, err := s.known(ctx, tx, id)
	if errors.Is(err, byline.ErrNotFound) {
		return nil, nil
	}
	return &known, err
}

func (s *Settler[Tx]) known(ctx context.Context, tx Tx, id byline.OrderID) (attribution.Record, error) {
	if err := s.ready(); err != nil {
		return attribution.Record{}, err
	}
	known, err := s.Orders.Order(ctx, tx, id)
	if err != nil {
		return attribution.Record{}, fmt.Errorf("load order %s: %w", id, err)
	}
	return known, nil
}

// decide decides on the record's order anew and posts what follows; of its earlier
// decision only the policy and the pins stay. fragment is what just came in of it, if
// anything.
func (s *Settler[Tx]) decide(ctx context.Context, tx Tx, r attribution.Record, fragment *attribution.Order) (Settlement, error) {
	rule, err := s.desk.rule(r.Decision.Policy)
	if err != nil {
		return Settlement{}, err
	}
	if r.History, err = s.recall(ctx, tx, r, fragment, rule.recalls || s.Customers); err != nil {
		return Settlement{}, fmt.Errorf("history of order %s: %w", r.Order.ID, err)
	}
	pinned := r.Decision.Pins
	r.Decision = rule.decider.Decide(r.Order, r.History)
	earned, err := s.Agreements.Earn(r.Decision, pinned, s.earnOptions(ctx, tx, rule, r.Order))
	if err != nil {
		return Settlement{}, err
	}
	r.Decision.Pins = earned.Pins
	r.Decision.Flags = append(r.Decision.Flags, earned.Findings...)
	entries, err := contracts.Post(ctx, tx, s.Ledger, contracts.ForOrder(r.Order.ID), earned.Lines, s.Now())
	if err != nil {
		return Settlement{}, err
	}
	if err := s.Orders.PutOrder(ctx, tx, r); err != nil {
		return Settlement{}, fmt.Errorf("store order %s: %w", r.Order.ID, err)
	}
	return Settlement{Record: r, Entries: entries, Findings: earned.Findings}, nil
}
