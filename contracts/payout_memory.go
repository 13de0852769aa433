package contracts

import (
	"context"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

var _ PayoutStore[attribution.NoTx] = (*Ledger)(nil)

// BalancesOf is Balances. The Ledger has no units of work, so it is PostPayout and
// PostWriteOff that keep to one at a time; a check of the caller's own between
// BalancesOf and Append needs a lock of the caller's.
func (l *Ledger) BalancesOf(_ context.Context, _ attribution.NoTx, creator byline.CreatorID) ([]Balance, error) {
	return l.Balances(creator)
}

// loner is a store without units of work, which keeps a check and what follows from it
// together by a lock of its own.
type loner interface {
	alone(step func() error) error
}

func (l *Ledger) alone(step func() error) error {
	l.paying.Lock()
	defer l.paying.Unlock()
	return step()
}

// checked runs a check and what follows from it, with nobody in between.
func checked(store any, step func() error) error {
	if l, ok := store.(loner); ok {
		return l.alone(step)
	}
	return step()
}
