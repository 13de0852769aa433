package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

const defaultLimit = 100

// Subject returns all entries of a subject, by rising revision.
func (l *Ledger) Subject(ctx context.Context, subject contracts.Subject) ([]contracts.Entry, error) {
	rows, err := l.reader.QueryContext(ctx, selectSubject, string(subject))
	entries, err := readAll(rows, err, scanEntry)
	if err != nil {
		return nil, fmt.Errorf("entries of %s: %w", subject, err)
	}
	return entries, nil
}

// OfCreator returns a creator's entries, the latest posted first, at most limit of
// them. A limit of 0 means 100.
func (l *Ledger) OfCreator(ctx context.Context, creator byline.CreatorID, limit int) ([]contracts.Entry, error) {
	if limit <= 0 {
		limit = defaultLimit
	}
	rows, err := l.reader.QueryContext(ctx, selectOfCreator, string(creator), limit)
	entries, err := readAll(rows, err, scanEntry)
	if err != nil {
		return nil, fmt.Errorf("entries of %s: %w", creator, err)
	}
	return entries, nil
}

// Balances returns what stands in the ledger, one row for each creator and currency,
// ordered by them. A sum beyond an int64 is an error.
func (l *Ledger) Balances(ctx context.Context) ([]contracts.Balance, error) {
	rows, err := l.reader.QueryContext(ctx, selectBalances)
	balances, err := readAll(rows, err, scanBalance)
	if err != nil {
		return nil, fmt.Errorf("balances: %w", err)
	}
	return balances, nil
}

// CreatorBalances is Balances of one creator, one row for each currency.
func (l *Ledger) CreatorBalances(ctx context.Context, creator byline.CreatorID) ([]contracts.Balance, error) {
	rows, err := l.reader.QueryContext(ctx, selectBalancesOf, string(creator))
	balances, err := readAll(rows, err, scanBalance)
	if err != nil {
		return nil, fmt.Errorf("balances of %s: %w", creator, err)
	}
	return balances, nil
}

// BalancesOf is CreatorBalances as the transaction sees it. An immediate transaction of
// SQLite keeps all others out, as contracts.BalanceStore asks.
func (l *Ledger) BalancesOf(ctx context.Context, tx *sql.Tx, creator byline.CreatorID) ([]contracts.Balance, error) {
	rows, err := tx.QueryContext(ctx, selectBalancesOf, string(creator))
	balances, err := readAll(rows, err, scanBalance)
	if err != nil {
		return nil, fmt.Errorf("balances of %s: %w", creator, err)
	}
	return balances, nil
}

// scanBalance relies on sum to fail on overflow, and on Scan to refuse a sum that is
// no whole number.
func scanBalance(rows *sql.Rows) (contracts.Balance, error) {
	var b contracts.Balance
	var currency byline.Currency
	var amounts [7]int64
	err := rows.Scan(&b.Creator, &currency, &amounts[0], &amounts[1], &amounts[2], &amounts[3], &amounts[4], &amounts[5], &amounts[6])
	for i, m := range []*byline.Money{&b.Earned, &b.Paid, &b.Held, &b.Payable, &b.InTransit, &b.InKind, &b.Owed} {
		*m = byline.Minor(amounts[i], currency)
	}
	return b, err
}
