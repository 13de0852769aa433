package sqlstore

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Every statement of the package stands here. They keep to what SQLite and PostgreSQL
// share, but for the placeholders.
const (
	selectEntry = `SELECT subject, revision, posted_at, creator, campaign, agreement, version, policy, kind, reason,
		currency, amount, base, rate FROM contracts_entry `
	selectSubject   = selectEntry + `WHERE subject = ? ORDER BY revision, position`
	selectOfCreator = selectEntry + `WHERE creator = ? ORDER BY seq DESC LIMIT ?`
	selectRevision  = `SELECT coalesce(max(revision), 0) FROM contracts_entry WHERE subject = ?`

	insertEntry = `INSERT INTO contracts_entry (subject, revision, position, posted_at, creator, campaign, agreement,
		version, policy, kind, reason, currency, amount, base, rate)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subject, revision, position) DO NOTHING`

	selectBalance = `SELECT creator, currency,
		sum(CASE WHEN kind = 'payout' THEN 0 ELSE amount END),
		sum(CASE WHEN kind = 'payout' THEN -amount ELSE 0 END),
		sum(amount) FROM contracts_entry `
	balanceOrder     = `GROUP BY creator, currency ORDER BY creator, currency`
	selectBalances   = selectBalance + balanceOrder
	selectBalancesOf = selectBalance + `WHERE creator = ? ` + balanceOrder
)

// row is an entry in the order of insertEntry's columns.
func row(position int, e contracts.Entry) []any {
	var base sql.NullInt64
	if e.Base != (byline.Money{}) {
		base = sql.NullInt64{Int64: e.Base.Minor(), Valid: true}
	}
	return []any{
		string(e.Subject), e.Revision, position, e.PostedAt.UnixMicro(),
		string(e.Creator), string(e.Campaign), string(e.Agreement), e.Version, e.Policy, string(e.Kind), string(e.Reason),
		string(e.Amount.Currency()), e.Amount.Minor(), base, int64(e.Rate),
	}
}

func scanEntry(rows *sql.Rows) (contracts.Entry, error) {
	var e contracts.Entry
	var posted, amount int64
	var currency byline.Currency
	var base sql.NullInt64
	err := rows.Scan(&e.Subject, &e.Revision, &posted, &e.Creator, &e.Campaign, &e.Agreement, &e.Version, &e.Policy,
		&e.Kind, &e.Reason, &currency, &amount, &base, &e.Rate)
	e.PostedAt, e.Amount = time.UnixMicro(posted).UTC(), byline.Minor(amount, currency)
	if base.Valid {
		e.Base = byline.Minor(base.Int64, currency)
	}
	return e, err
}

// prepared keeps the statements of the transaction that was seen last: a worker posts
// many subjects in one, and preparing costs as much as executing.
type prepared struct {
	mu         sync.Mutex
	tx         *sql.Tx
	statements map[string]*sql.Stmt // closed by the end of tx
}

func (p *prepared) in(ctx context.Context, tx *sql.Tx, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tx != tx {
		p.tx, p.statements = tx, map[string]*sql.Stmt{}
	}
	if s, ok := p.statements[query]; ok {
		return s, nil
	}
	s, err := tx.PrepareContext(ctx, query) //nolint:sqlclosecheck // the end of tx closes it
	if err != nil {
		return nil, err
	}
	p.statements[query] = s
	return s, nil
}

// readAll reads what a query returned.
func readAll[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
