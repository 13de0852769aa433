package contracts

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

var _ StatementReader = (*Ledger)(nil)

// BalancesAt sums what was posted before an instant; see [StatementReader].
func (l *Ledger) BalancesAt(ctx context.Context, creator byline.CreatorID, before time.Time) ([]Balance, error) {
	if before.IsZero() { // a window without an end would hold everything
		return nil, nil
	}
	var own []Entry
	for e, err := range l.EntriesOf(ctx, creator, byline.Window{End: before}) {
		if err != nil {
			return nil, err
		}
		own = append(own, e)
	}
	return Balances(own)
}

// HeldAt sums what was posted on Held before an instant; see [StatementReader].
func (l *Ledger) HeldAt(ctx context.Context, creator byline.CreatorID, before time.Time) ([]HeldPart, error) {
	if before.IsZero() {
		return nil, nil
	}
	type key struct {
		currency byline.Currency
		until    int64
	}
	sums := map[key]HeldPart{}
	for e, err := range l.EntriesOf(ctx, creator, byline.Window{End: before}) {
		if err != nil {
			return nil, err
		}
		if e.Account != Held {
			continue
		}
		k := key{e.Amount.Currency(), micros(e.Until)}
		part := sums[k]
		part.Until = stamp(e.Until)
		if err := addTo(&part.Amount, e.Amount); err != nil {
			return nil, fmt.Errorf("held of %s: %w", creator, err)
		}
		sums[k] = part
	}
	maps.DeleteFunc(sums, func(_ key, part HeldPart) bool { return part.Amount.IsZero() })
	return slices.SortedFunc(maps.Values(sums), compareHeld), nil
}

// compareHeld orders by currency, then by time, with what no time releases at the end.
func compareHeld(a, b HeldPart) int {
	switch byCurrency := cmp.Compare(a.Amount.Currency(), b.Amount.Currency()); {
	case byCurrency != 0:
		return byCurrency
	case a.Until.IsZero():
		return 1
	case b.Until.IsZero():
		return -1
	}
	return a.Until.Compare(b.Until)
}

// EntriesOf yields what was posted in a window; see [StatementReader]. It sees the
// ledger as it was when the loop began, and holds no lock while it yields.
func (l *Ledger) EntriesOf(ctx context.Context, creator byline.CreatorID, posted byline.Window) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, e := range l.own(creator, posted) {
			if err := ctx.Err(); err != nil {
				yield(Entry{}, err)
				return
			}
			if !yield(*e, nil) {
				return
			}
		}
	}
}

// own points into the ledger, whose entries never change.
func (l *Ledger) own(creator byline.CreatorID, posted byline.Window) []*Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	var own []*Entry
	for _, entries := range l.entries {
		for i := range entries {
			if e := &entries[i]; e.Creator == creator && posted.Contains(e.PostedAt) {
				own = append(own, e)
			}
		}
	}
	slices.SortStableFunc(own, func(a, b *Entry) int {
		return cmp.Or(a.PostedAt.Compare(b.PostedAt), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Revision, b.Revision))
	})
	return own
}
