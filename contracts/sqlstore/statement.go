package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// BalancesAt sums a creator's entries that were posted before an instant, one row for
// each currency.
func (l *Ledger) BalancesAt(ctx context.Context, creator byline.CreatorID, before time.Time) ([]contracts.Balance, error) {
	rows, err := l.reader.QueryContext(ctx, selectBalancesAt, string(creator), ceiling(before))
	balances, err := readAll(rows, err, scanBalance)
	if err != nil {
		return nil, fmt.Errorf("balances of %s: %w", creator, err)
	}
	return balances, nil
}

// HeldAt sums what of a creator's entries that were posted before an instant is held, one
// row for each currency and release.
func (l *Ledger) HeldAt(ctx context.Context, creator byline.CreatorID, before time.Time) ([]contracts.HeldPart, error) {
	rows, err := l.reader.QueryContext(ctx, selectHeldAt, string(creator), ceiling(before))
	parts, err := readAll(rows, err, scanHeld)
	if err != nil {
		return nil, fmt.Errorf("held of %s: %w", creator, err)
	}
	return parts, nil
}

func scanHeld(rows *sql.Rows) (contracts.HeldPart, error) {
	var currency byline.Currency
	var until, amount int64
	err := rows.Scan(&currency, &until, &amount)
	return contracts.HeldPart{Amount: byline.Minor(amount, currency), Until: instant(until)}, err
}

// EntriesOf yields a creator's entries that were posted in a window, ordered by PostedAt,
// then subject and revision. It reads as it yields, and holds a connection meanwhile.
func (l *Ledger) EntriesOf(ctx context.Context, creator byline.CreatorID, posted byline.Window) iter.Seq2[contracts.Entry, error] {
	return func(yield func(contracts.Entry, error) bool) {
		fail := func(err error) { yield(contracts.Entry{}, fmt.Errorf("entries of %s: %w", creator, err)) }
		from, until := bounds(posted)
		rows, err := l.reader.QueryContext(ctx, selectPosted, string(creator), from, until)
		if err != nil {
			fail(err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			e, err := scanEntry(rows)
			if err != nil {
				fail(err)
				return
			}
			if !yield(e, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			fail(err)
		}
	}
}
