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
	// PutOrder replaces what is known of an order.
	PutOrder(ctx context.Context, tx Tx, r attribution.Record) error
	// Redact erases what is held of persons.
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
// It fits attribution.Worker.Apply. [NewSettler] makes it; one made otherwise answers
// every call with a [*byline.FieldError] of code "settler.not_made".
type Settler[Tx any] struct {
	Orders     OrderStore[Tx]
	Ledger     contracts.EntryStore[Tx]
	Book       *attribution.Book   // Default: an empty one
	Agreements *contracts.Register // Default: an empty one
	// Policies are all that decisions were ever made under, the current one last.
	// Default: the default policy.
	Policies []attribution.Policy
	Now      func() time.Time // stamps entries; never decides

	made bool
}

// NewSettler checks s, fills in its defaults and makes it ready. All faults are reported
// at once: "required" for orders, ledger or now, those of each policy at policies[i], and
// "settler.policy_twice" when two policies have one version, because an order could then
// move from one to the other.
func NewSettler[Tx any](s Settler[Tx]) (*Settler[Tx], error) {
	var faults []*byline.FieldError
	if s.Orders == nil {
		faults = append(faults, fault("orders", "required", "a settler needs a store of orders"))
	}
	if s.Ledger == nil {
		faults = append(faults, fault("ledger", "required", "a settler needs a ledger"))
	}
	if s.Now == nil {
		faults = append(faults, fault("now", "required", "a settler needs a clock to stamp entries"))
	}
	seen := map[string]bool{}
	for i, p := range s.Policies {
		at := fmt.Sprintf("policies[%d]", i)
		faults = append(faults, byline.Nest(at, p.Validate())...)
		version := p.WithDefaults().Version
		if seen[version] {
			faults = append(faults, fault(at+".version", "settler.policy_twice", "another policy has this version"))
		}
		seen[version] = true
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	if s.Book == nil {
		s.Book = &attribution.Book{}
	}
	if s.Agreements == nil {
		s.Agreements = &contracts.Register{}
	}
	s.Policies, s.made = slices.Clone(s.Policies), true
	return &s, nil
}

func (s *Settler[Tx]) ready() error {
	if s == nil || !s.made {
		return fault("", "settler.not_made", "a Settler comes from NewSettler")
	}
	return nil
}

// Settlement is what one event changed.
type Settlement struct {
	Record   attribution.Record
	Entries  []contracts.Entry // appended now; none when nothing changed
	Findings []byline.Finding
}

// Apply settles one event. See [Settler.Settle] for those that carry an order.
func (s *Settler[Tx]) Apply(ctx context.Context, tx Tx, e attribution.Event) error {
	if err := s.ready(); err != nil {
		return err
	}
	switch {
	case e.Order != nil:
		_, err := s.Settle(ctx, tx, *e.Order)
		return err
	case e.Redaction != nil:
		return s.Orders.Redact(ctx, tx, *e.Redaction)
	}
	return nil
}

// Settle merges a fragment of an order into its known state and settles the result. An
// error answers to byline.ErrUnavailable when the order is under a policy or an agreement
// version that is no longer configured, and to byline.ErrInvalid when the fragment cannot
// be merged; see attribution.Order.Merge.
func (s *Settler[Tx]) Settle(ctx context.Context, tx Tx, fragment attribution.Order) (Settlement, error) {
	known, err := s.known(ctx, tx, fragment.ID)
	switch {
	case errors.Is(err, byline.ErrNotFound):
		known.Order = fragment
	case err != nil:
		return Settlement{}, err
	default:
		if known.Order, err = known.Order.Merge(fragment); err != nil {
			return Settlement{}, err
		}
	}
	return s.settle(ctx, tx, known)
}

// Resettle settles what is known of an order again, for instance after an agreement or
// an offer was added. It posts nothing when nothing changed. An unknown order answers to
// byline.ErrNotFound; other errors are those of [Settler.Settle].
func (s *Settler[Tx]) Resettle(ctx context.Context, tx Tx, id byline.OrderID) (Settlement, error) {
	known, err := s.known(ctx, tx, id)
	if err != nil {
		return Settlement{}, err
	}
	return s.settle(ctx, tx, known)
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

// settle decides on the record's order anew; of its earlier decision only the policy and
// the pins stay.
func (s *Settler[Tx]) settle(ctx context.Context, tx Tx, r attribution.Record) (Settlement, error) {
	policy, err := s.policy(r.Decision.Policy)
	if err != nil {
		return Settlement{}, err
	}
	pinned := r.Decision.Pins
	r.Decision = attribution.Decide(r.Order, nil, s.Book, policy)
	earned, err := s.Agreements.Earn(r.Decision, pinned)
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

// policy returns the pinned policy, or the current one for a first decision.
func (s *Settler[Tx]) policy(pinned string) (attribution.Policy, error) {
	for _, p := range s.Policies {
		if p.WithDefaults().Version == pinned {
			return p, nil
		}
	}
	switch {
	case pinned == "" && len(s.Policies) > 0:
		return s.Policies[len(s.Policies)-1], nil
	case pinned == "" || pinned == (attribution.Policy{}).WithDefaults().Version:
		return attribution.Policy{}, nil
	}
	return attribution.Policy{}, fmt.Errorf("policy %q decided this order and is no longer configured: %w", pinned, byline.ErrUnavailable)
}

// AccrueFees posts every agreement's flat fee that is due at an instant. Calling it again
// posts nothing more; call it at start and once a day. A fee once posted is never moved,
// whatever is registered later.
func (s *Settler[Tx]) AccrueFees(ctx context.Context, tx Tx, at time.Time) ([]contracts.Entry, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	var all []contracts.Entry
	for _, fee := range s.Agreements.FeesDue(at) {
		subject := contracts.ForAgreement(fee.Agreement)
		posted, err := s.Ledger.Entries(ctx, tx, subject)
		if err != nil {
			return nil, fmt.Errorf("entries of %s: %w", subject, err)
		}
		if len(posted) > 0 {
			continue
		}
		entries, err := contracts.Post(ctx, tx, s.Ledger, subject, []contracts.Line{fee}, s.Now())
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	return all, nil
}
