package campaign

import (
	"context"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// earnOptions are what an order's pay may ask for beside the decision.
func (s *Settler[Tx]) earnOptions(ctx context.Context, tx Tx, r rule, o attribution.Order) *contracts.EarnOptions {
	opts := &contracts.EarnOptions{
		At:        s.Now(),
		Breakdown: func() (attribution.Breakdown, error) { return r.decider.Breakdown(o) },
	}
	if s.Quote != nil {
		opts.Quote = func(from, to byline.Currency) (contracts.Quote, error) {
			return s.Quote(ctx, tx, from, to, o.PlacedAt)
		}
	}
	return opts
}

// releaseBatch is how many subjects are asked for at a time.
const releaseBatch = 500

// Accrue posts what is owed at an instant beside single orders: what was held until then
// is released; fees, gifts, measured pay and bonuses that have fallen due; what each
// period makes of its orders. Calling it again posts nothing more; call it at start, once
// a day, and before statements and payouts. See contracts.Register.Owed and
// contracts.Register.Accrue. Without Accruals, an agreement with pay over a period is
// refused with "settler.no_accruals".
func (s *Settler[Tx]) Accrue(ctx context.Context, tx Tx, at time.Time) ([]contracts.Entry, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	all, err := s.release(ctx, tx, at)
	if err != nil {
		return nil, err
	}
	for _, id := range s.Agreements.IDs() {
		entries, err := s.accrueOne(ctx, tx, id, at)
		if err != nil {
			return nil, fmt.Errorf("agreement %s: %w", id, err)
		}
		all = append(all, entries...)
	}
	return all, nil
}

func (s *Settler[Tx]) release(ctx context.Context, tx Tx, at time.Time) ([]contracts.Entry, error) {
	var all []contracts.Entry
	for s.Accruals != nil {
		before := len(all)
		due, err := s.Accruals.Due(ctx, tx, at, releaseBatch)
		if err != nil {
			return nil, fmt.Errorf("what is held: %w", err)
		}
		for _, subject := range due {
			entries, err := contracts.PostRelease(ctx, tx, s.Ledger, subject, at, s.Now())
			if err != nil {
				return nil, err
			}
			all = append(all, entries...)
		}
		if len(all) == before {
			break
		}
	}
	return all, nil
}

func (s *Settler[Tx]) accrueOne(ctx context.Context, tx Tx, id contracts.AgreementID, at time.Time) ([]contracts.Entry, error) {
	var progress contracts.Progress
	var err error
	if s.Progress != nil {
		if progress, err = s.Progress(ctx, tx, id); err != nil {
			return nil, fmt.Errorf("progress: %w", err)
		}
	}
	subject := contracts.ForAgreement(id)
	posted, err := s.Ledger.Entries(ctx, tx, subject)
	if err != nil {
		return nil, fmt.Errorf("entries of %s: %w", subject, err)
	}
	owed, err := s.Agreements.Owed(id, posted, progress, at)
	if err != nil {
		return nil, err
	}
	periods, err := s.Agreements.Accrue(id, s.earnings(ctx, tx, id), progress, at)
	if err != nil {
		return nil, err
	}
	var all []contracts.Entry
	for _, target := range []struct {
		subject contracts.Subject
		lines   []contracts.Line
	}{{contracts.ForPeriods(id), periods}, {subject, owed}} {
		entries, err := contracts.Post(ctx, tx, s.Ledger, target.subject, target.lines, s.Now())
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	return all, nil
}

func (s *Settler[Tx]) earnings(ctx context.Context, tx Tx, id contracts.AgreementID) func(byline.Window) (contracts.Earnings, error) {
	return func(placed byline.Window) (contracts.Earnings, error) {
		if s.Accruals == nil {
			return contracts.Earnings{}, fault("accruals", "settler.no_accruals", "this pay needs a ledger that sums up orders")
		}
		return s.Accruals.Earnings(ctx, tx, id, placed)
	}
}
