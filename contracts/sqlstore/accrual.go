package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// keepHeld keeps count of what waits until when, so that Due need not look through the
// ledger.
func (l *Ledger) keepHeld(ctx context.Context, tx *sql.Tx, entries []contracts.Entry) error {
	for _, e := range entries {
		if e.Account != contracts.Held || e.Until.IsZero() {
			continue
		}
		statement, err := l.prepared.in(ctx, tx, upsertHeld) //nolint:sqlclosecheck // the end of tx closes it
		if err != nil {
			return fmt.Errorf("what is held of %s: %w", e.Subject, err)
		}
		weight := e.Amount.Minor() + e.Base.Minor() + e.Sold.Minor() + e.Units
		if _, err := statement.ExecContext(ctx, string(e.Subject), micros(e.Until), weight); err != nil {
			return fmt.Errorf("what is held of %s: %w", e.Subject, err)
		}
	}
	return nil
}

// Due returns subjects on which something is held until an instant or earlier, the
// longest due first chosen, in order.
func (l *Ledger) Due(ctx context.Context, tx *sql.Tx, at time.Time, limit int) ([]contracts.Subject, error) {
	rows, err := tx.QueryContext(ctx, selectDue, at.UnixMicro(), limit)
	due, err := readAll(rows, err, scanSubject)
	if err != nil {
		return nil, fmt.Errorf("what is held: %w", err)
	}
	return due, nil
}

// Earnings sums what orders that were placed in a span have earned under an agreement. A
// sum beyond an int64 is an error.
func (l *Ledger) Earnings(ctx context.Context, tx *sql.Tx, agreement contracts.AgreementID, placed byline.Window) (contracts.Earnings, error) {
	from, until := bounds(placed)
	var e contracts.Earnings
	rows, err := tx.QueryContext(ctx, selectTotals, string(agreement), from, until)
	if e.Totals, err = readAll(rows, err, scanTotal); err != nil {
		return contracts.Earnings{}, fmt.Errorf("earnings of %s: %w", agreement, err)
	}
	rows, err = tx.QueryContext(ctx, selectOrders, string(agreement), from, until)
	if e.Orders, err = readAll(rows, err, scanOrders); err != nil {
		return contracts.Earnings{}, fmt.Errorf("earnings of %s: %w", agreement, err)
	}
	return e, nil
}

func scanTotal(rows *sql.Rows) (contracts.Total, error) {
	var t contracts.Total
	var currency byline.Currency
	var amount int64
	var base, sold sql.NullInt64
	err := rows.Scan(&t.Version, &t.Kind, &t.Rule, &t.Account, &currency, &amount, &base, &sold, &t.Units)
	t.Amount, t.Base, t.Sold = byline.Minor(amount, currency), money(base, currency), money(sold, currency)
	return t, err
}

func scanOrders(rows *sql.Rows) (contracts.OrderCount, error) {
	var o contracts.OrderCount
	err := rows.Scan(&o.Version, &o.Orders, &o.Released)
	return o, err
}

func scanSubject(rows *sql.Rows) (contracts.Subject, error) {
	var s contracts.Subject
	err := rows.Scan(&s)
	return s, err
}
