package campaign

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// OrderStore keeps orders as a [Settler] needs them. Tx is the store's unit of work.
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
// It fits attribution.Worker.Apply.
type Settler[Tx any] struct {
	Orders     OrderStore[Tx]
	Ledger     contracts.EntryStore[Tx]
	Book       *attribution.Book
	Agreements *contracts.Register
	// Policies are all that decisions were ever made under, the current one last. An
	// order stays under the policy of its first decision. Default: the default policy.
	Policies []attribution.Policy
	Now      func() time.Time // stamps entries; never decides
}

// Settlement is what one event changed.
type Settlement struct {
	Record   attribution.Record
	Entries  []contracts.Entry // appended now; none when nothing changed
	Findings []byline.Finding
}

// Apply settles one event. See [Settler.Settle] for those that carry an order.
func (s *Settler[Tx]) Apply(ctx context.Context, tx Tx, e attribution.Event) error {
	switch {
	case e.Order != nil:
		_, err := s.Settle(ctx, tx, *e.Order)
		return err
	case e.Redaction != nil:
		return s.Orders.Redact(ctx, tx, *e.Redaction)
	}
	return nil
}

// Settle merges a fragment of an order into its known state and settles the result.
func (s *Settler[Tx]) Settle(ctx context.Context, tx Tx, fragment attribution.Order) (Settlement, error) {
	known, err := s.Orders.Order(ctx, tx, fragment.ID)
	state := fragment
	switch {
	case err == nil:
		if state, err = known.Order.Merge(fragment); err != nil {
			return Settlement{}, err
		}
	case !errors.Is(err, byline.ErrNotFound):
		return Settlement{}, fmt.Errorf("load order %s: %w", fragment.ID, err)
	}
	policy, err := s.policy(known.Decision.Policy)
	if err != nil {
		return Settlement{}, err
	}
	decision := attribution.Decide(state, nil, s.Book, policy)
	return s.post(ctx, tx, attribution.Record{Order: state, Decision: decision})
}

func (s *Settler[Tx]) post(ctx context.Context, tx Tx, r attribution.Record) (Settlement, error) {
	subject := contracts.ForOrder(r.Order.ID)
	posted, err := s.Ledger.Entries(ctx, tx, subject)
	if err != nil {
		return Settlement{}, fmt.Errorf("entries of %s: %w", subject, err)
	}
	lines, findings, err := s.Agreements.Earn(r.Decision, r.Order, posted)
	if err != nil {
		return Settlement{}, err
	}
	r.Decision.Flags = append(r.Decision.Flags, findings...)
	entries, err := contracts.Post(ctx, tx, s.Ledger, subject, lines, s.Now())
	if err != nil {
		return Settlement{}, err
	}
	if err := s.Orders.PutOrder(ctx, tx, r); err != nil {
		return Settlement{}, fmt.Errorf("store order %s: %w", r.Order.ID, err)
	}
	return Settlement{Record: r, Entries: entries, Findings: findings}, nil
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
// posts nothing more; call it at start and once a day.
func (s *Settler[Tx]) AccrueFees(ctx context.Context, tx Tx, at time.Time) ([]contracts.Entry, error) {
	var all []contracts.Entry
	for _, fee := range s.Agreements.FeesDue(at) {
		entries, err := contracts.Post(ctx, tx, s.Ledger, contracts.ForAgreement(fee.Agreement), []contracts.Line{fee}, s.Now())
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	return all, nil
}
