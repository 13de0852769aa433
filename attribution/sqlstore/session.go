package sqlstore

import (
	"context"
	"database/sql"
)

// session runs statements in one transaction. One made by newSession prepares each
// only once, which halves the time of most.
type session struct {
	tx       *sql.Tx
	prepared map[string]*sql.Stmt // nil: do not keep
}

func newSession(tx *sql.Tx) session {
	return session{tx: tx, prepared: map[string]*sql.Stmt{}}
}

// statement returns nil when the session does not keep statements. Those it keeps are
// closed by the end of the transaction.
func (x *session) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if x.prepared == nil {
		return nil, nil
	}
	if s, ok := x.prepared[query]; ok {
		return s, nil
	}
	s, err := x.tx.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	x.prepared[query] = s
	return s, nil
}

func (x *session) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := x.statement(ctx, query) //nolint:sqlclosecheck // the end of the transaction closes it
	if err != nil {
		return nil, err
	}
	if s == nil {
		return x.tx.ExecContext(ctx, query, args...)
	}
	return s.ExecContext(ctx, args...)
}

// changed executes and reports how many rows it touched.
func (x *session) changed(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := x.exec(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// get reads one row into dest. There is none: sql.ErrNoRows.
func (x *session) get(ctx context.Context, query string, args []any, dest ...any) error {
	s, err := x.statement(ctx, query) //nolint:sqlclosecheck // the end of the transaction closes it
	if err != nil {
		return err
	}
	if s == nil {
		return x.tx.QueryRowContext(ctx, query, args...).Scan(dest...)
	}
	return s.QueryRowContext(ctx, args...).Scan(dest...)
}

// list reads all rows of a query in the transaction.
func list[T any](ctx context.Context, x *session, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	s, err := x.statement(ctx, query) //nolint:sqlclosecheck // the end of the transaction closes it
	if err != nil {
		return nil, err
	}
	if s == nil {
		rows, err := x.tx.QueryContext(ctx, query, args...)
		return readAll(rows, err, scan)
	}
	rows, err := s.QueryContext(ctx, args...)
	return readAll(rows, err, scan)
}

// overwriteDeleted makes SQLite fill with zeros what it frees. Every transaction of the
// store begins with it, because the setting belongs to a connection and because bodies
// are also freed where they are only moved: one move without it leaves a copy behind
// that no later deletion finds. It does no harm that it outlives the transaction.
func (x *session) overwriteDeleted(ctx context.Context) error {
	var on int
	return x.tx.QueryRowContext(ctx, secureDelete).Scan(&on)
}
