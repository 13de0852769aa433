// Package sqlstore keeps the ledger of package contracts in SQLite, through
// database/sql. It imports no driver; for how to open the database see
// attribution/sqlstore, which can stand in the same one.
//
// The ledger is append-only, and the database itself enforces it: an UPDATE or a
// DELETE fails, an INSERT OR REPLACE changes nothing.
package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/migrate"
)

//go:embed migrations/*.sql
var migrations embed.FS

const component = "contracts"

// Options are the settings of a Ledger.
type Options struct {
	// Reader serves what is read outside of a transaction. Default: the writer.
	Reader *sql.DB
}

// Ledger is a contracts.EntryStore on a database. It is safe for concurrent use and
// has nothing to close; the databases stay the caller's.
type Ledger struct {
	writer, reader *sql.DB
	prepared       prepared
}

var (
	_ contracts.PayoutStore[*sql.Tx]  = (*Ledger)(nil)
	_ contracts.AccrualStore[*sql.Tx] = (*Ledger)(nil)
	_ contracts.StatementReader       = (*Ledger)(nil)
)

// Open migrates the database. The error answers to byline.ErrConflict when a later
// version has migrated it.
func Open(ctx context.Context, writer *sql.DB, opts *Options) (*Ledger, error) {
	if err := migrate.Up(ctx, writer, component, migrations); err != nil {
		return nil, err
	}
	l := &Ledger{writer: writer, reader: writer}
	if opts != nil && opts.Reader != nil {
		l.reader = opts.Reader
	}
	return l, nil
}

// InTx runs post in a transaction of its own and commits it when post returns nil. It
// is for what no delivery causes: fees that fall due, payments. Inside a delivery use
// the transaction that Settle passes.
func (l *Ledger) InTx(ctx context.Context, post func(ctx context.Context, tx *sql.Tx) error) error {
	tx, err := l.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	defer tx.Rollback() // after Commit it does nothing
	if err := post(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return nil
}

// Entries returns all entries of a subject, by rising revision.
func (l *Ledger) Entries(ctx context.Context, tx *sql.Tx, subject contracts.Subject) ([]contracts.Entry, error) {
	statement, err := l.prepared.in(ctx, tx, selectSubject) //nolint:sqlclosecheck // the end of tx closes it
	if err != nil {
		return nil, err
	}
	rows, err := statement.QueryContext(ctx, string(subject))
	return readAll(rows, err, scanEntry)
}

// Append adds entries of one revision of one subject. A revision that exists already,
// or is older than one that does, answers to byline.ErrConflict; what
// contracts.CheckAppend refuses answers to byline.ErrInvalid. Then nothing is added.
func (l *Ledger) Append(ctx context.Context, tx *sql.Tx, entries []contracts.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	if err := contracts.CheckAppend(entries); err != nil {
		return err
	}
	if err := l.refuseKnown(ctx, tx, entries[0]); err != nil {
		return err
	}
	statement, err := l.prepared.in(ctx, tx, insertEntry)
	if err != nil {
		return fmt.Errorf("entries of %s: %w", entries[0].Subject, err)
	}
	for i, e := range entries {
		if err := insert(ctx, statement, i, e); err != nil {
			return fmt.Errorf("entries of %s: %w", e.Subject, err)
		}
	}
	return l.keepHeld(ctx, tx, entries)
}

// refuseKnown refuses a revision that is not the latest.
func (l *Ledger) refuseKnown(ctx context.Context, tx *sql.Tx, e contracts.Entry) error {
	statement, err := l.prepared.in(ctx, tx, selectRevision) //nolint:sqlclosecheck // the end of tx closes it
	if err != nil {
		return fmt.Errorf("revision of %s: %w", e.Subject, err)
	}
	var latest int
	if err := statement.QueryRowContext(ctx, string(e.Subject)).Scan(&latest); err != nil {
		return fmt.Errorf("revision of %s: %w", e.Subject, err)
	}
	if latest >= e.Revision {
		return conflict(e)
	}
	return nil
}

func insert(ctx context.Context, statement *sql.Stmt, position int, e contracts.Entry) error {
	result, err := statement.ExecContext(ctx, row(position, e)...)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 { // somebody came in between; the first row already says so
		return conflict(e)
	}
	return nil
}

func conflict(e contracts.Entry) error {
	return fmt.Errorf("revision %d of %s exists: %w", e.Revision, e.Subject, byline.ErrConflict)
}
