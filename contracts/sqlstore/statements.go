package sqlstore

import (
	"context"
	"database/sql"
	"math"
	"sync"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Every statement of the package stands here. They keep to what SQLite and PostgreSQL
// share, but for the placeholders.
const (
	entryColumns = `subject, revision, posted_at, creator, campaign, agreement, version, policy, kind, rule, account, until,
		reason, currency, amount, base, sold, rate, units, earned_at, fx`
	selectEntry     = `SELECT ` + entryColumns + ` FROM contracts_entry `
	selectSubject   = selectEntry + `WHERE subject = ? ORDER BY revision, position`
	selectOfCreator = selectEntry + `WHERE creator = ? ORDER BY seq DESC LIMIT ?`
	selectPosted    = selectEntry + `WHERE creator = ? AND posted_at >= ? AND posted_at < ?
		ORDER BY posted_at, subject, revision, position`
	selectRevision = `SELECT coalesce(max(revision), 0) FROM contracts_entry WHERE subject = ?`

	insertEntry = `INSERT INTO contracts_entry (position, ` + entryColumns + `)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subject, revision, position) DO NOTHING`

	selectBalance = `SELECT creator, currency,
		sum(CASE WHEN kind IN ('payout', 'tax_withheld') OR account = 'in_kind' THEN 0 ELSE amount END),
		sum(CASE WHEN kind IN ('payout', 'tax_withheld') THEN -amount ELSE 0 END),
		sum(CASE WHEN account = 'held' THEN amount ELSE 0 END),
		sum(CASE WHEN account = '' THEN amount ELSE 0 END),
		sum(CASE WHEN account = 'in_transit' THEN amount ELSE 0 END),
		sum(CASE WHEN account = 'in_kind' THEN amount ELSE 0 END),
		sum(CASE WHEN account = 'in_kind' THEN 0 ELSE amount END) FROM contracts_entry `
	balanceOrder     = `GROUP BY creator, currency ORDER BY creator, currency`
	selectBalances   = selectBalance + balanceOrder
	selectBalancesOf = selectBalance + `WHERE creator = ? ` + balanceOrder
	selectBalancesAt = selectBalance + `WHERE creator = ? AND posted_at < ? ` + balanceOrder
	selectHeldAt     = `SELECT currency, until, sum(amount) FROM contracts_entry
		WHERE creator = ? AND account = 'held' AND posted_at < ?
		GROUP BY currency, until HAVING sum(amount) <> 0 ORDER BY currency, CASE WHEN until = 0 THEN 1 ELSE 0 END, until`

	ofAgreement = `FROM contracts_entry WHERE agreement = ? AND earned_at <> 0 AND earned_at >= ? AND earned_at < ?
		AND kind IN ('commission', 'per_conversion') `
	selectTotals = `SELECT version, kind, rule, account, currency, sum(amount), sum(base), sum(sold), sum(units) ` + ofAgreement +
		`GROUP BY version, kind, rule, account, currency ORDER BY version, kind, rule, account, currency`
	selectOrders = `SELECT version, count(*), sum(CASE WHEN payable > 0 THEN 1 ELSE 0 END) FROM (
		SELECT version, sum(CASE WHEN account = '' THEN amount + coalesce(base, 0) ELSE 0 END) AS payable ` + ofAgreement + `
		GROUP BY version, subject HAVING sum(amount + coalesce(base, 0)) > 0) AS earning GROUP BY version ORDER BY version`

	upsertHeld = `INSERT INTO contracts_held (subject, until, weight) VALUES (?, ?, ?)
		ON CONFLICT (subject, until) DO UPDATE SET weight = contracts_held.weight + excluded.weight`
	selectDue = `SELECT subject FROM (
		SELECT subject FROM contracts_held WHERE weight <> 0 AND until <= ?
		GROUP BY subject ORDER BY min(until), subject LIMIT ?) AS due ORDER BY subject`
)

// row is an entry in the order of insertEntry's columns.
func row(position int, e contracts.Entry) []any {
	return []any{
		position, string(e.Subject), e.Revision, e.PostedAt.UnixMicro(),
		string(e.Creator), string(e.Campaign), string(e.Agreement), e.Version, e.Policy, string(e.Kind), e.Rule, string(e.Account), micros(e.Until),
		string(e.Reason), string(e.Amount.Currency()), e.Amount.Minor(), minor(e.Base), minor(e.Sold), int64(e.Rate), e.Units, micros(e.EarnedAt), e.FX.String(),
	}
}

// minor is NULL for the zero Money, which says nothing.
func minor(m byline.Money) sql.NullInt64 {
	return sql.NullInt64{Int64: m.Minor(), Valid: m != byline.Money{}}
}

func money(n sql.NullInt64, currency byline.Currency) byline.Money {
	if !n.Valid {
		return byline.Money{}
	}
	return byline.Minor(n.Int64, currency)
}

// micros and instant keep the zero time as 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// bounds are a window's as the columns of instants have them; an open one is far away.
func bounds(w byline.Window) (from, until int64) {
	from, until = math.MinInt64, math.MaxInt64
	if !w.Start.IsZero() {
		from = ceiling(w.Start)
	}
	if !w.End.IsZero() {
		until = ceiling(w.End)
	}
	return from, until
}

// ceiling is the first microsecond that is not before t.
func ceiling(t time.Time) int64 {
	us := t.UnixMicro()
	if t.After(time.UnixMicro(us)) {
		us++
	}
	return us
}

func scanEntry(rows *sql.Rows) (contracts.Entry, error) {
	var e contracts.Entry
	var posted, until, earned, amount int64
	var currency byline.Currency
	var base, sold sql.NullInt64
	var fx string
	err := rows.Scan(&e.Subject, &e.Revision, &posted, &e.Creator, &e.Campaign, &e.Agreement, &e.Version, &e.Policy,
		&e.Kind, &e.Rule, &e.Account, &until, &e.Reason, &currency, &amount, &base, &sold, &e.Rate, &e.Units, &earned, &fx)
	if err != nil {
		return e, err
	}
	e.PostedAt, e.Until, e.EarnedAt = time.UnixMicro(posted).UTC(), instant(until), instant(earned)
	e.Amount, e.Base, e.Sold = byline.Minor(amount, currency), money(base, currency), money(sold, currency)
	e.FX, err = contracts.ParseQuote(fx)
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
