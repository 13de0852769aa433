package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite", without cgo

	"github.com/bylinehq/byline"
	orderstore "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/contracts"
	ledgerstore "github.com/bylinehq/byline/contracts/sqlstore"
)

// store is the database: orders, the ledger, and the batches. The files that people pass
// on are copies of what stands here.
type store struct {
	writer, reader *sql.DB
	orders         *orderstore.Store
	ledger         *ledgerstore.Ledger
	at             time.Time // of the step
}

// What the example keeps beside the library's own tables. payout_clock is the latest time
// of any posting.
const tables = `
CREATE TABLE IF NOT EXISTS payout_clock (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS payout_batch (id TEXT PRIMARY KEY, body TEXT NOT NULL, file BLOB) STRICT;`

// openStore opens the books. Only create makes new ones, so that a slip in a name is told.
func (c *call) openStore(ctx context.Context, at time.Time, create bool) (*store, error) {
	path, err := filepath.Abs(c.path(*c.db))
	if err != nil {
		return nil, named(*c.db, err)
	}
	if _, err := os.Stat(path); err != nil && !create {
		return nil, bad("no books in %s; payout settle makes them", *c.db)
	}
	// The books hold accounts of people: nobody else may read them.
	if f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return nil, named(*c.db, err)
	} else if err := f.Close(); err != nil {
		return nil, named(*c.db, err)
	}
	s := &store{at: at}
	if s.writer, err = sql.Open("sqlite", dsn(path, url.Values{
		"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(5000)", "foreign_keys(1)"}, "_txlock": {"immediate"},
	})); err != nil {
		return nil, named(*c.db, err)
	}
	s.writer.SetMaxOpenConns(1)
	if err := s.open(ctx, path); err != nil {
		return nil, errors.Join(named(*c.db, err), s.close())
	}
	return s, nil
}

func (s *store) open(ctx context.Context, path string) (err error) {
	if err := s.writer.PingContext(ctx); err != nil { // it makes the file, which a reader cannot
		return err
	}
	if s.reader, err = sql.Open("sqlite", dsn(path, url.Values{"_pragma": {"query_only(1)", "busy_timeout(5000)"}})); err != nil {
		return err
	}
	if s.orders, err = orderstore.Open(ctx, s.writer, &orderstore.Options{Reader: s.reader, Now: s.now}); err != nil {
		return err
	}
	if s.ledger, err = ledgerstore.Open(ctx, s.writer, &ledgerstore.Options{Reader: s.reader}); err != nil {
		return err
	}
	_, err = s.writer.ExecContext(ctx, tables)
	return err
}

// dsn is a file URI, so that no character of a path is read as a setting.
func dsn(path string, settings url.Values) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive's letter
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: settings.Encode()}
	return u.String()
}

func (s *store) now() time.Time { return s.at }

func (s *store) close() error {
	var err error
	if s.orders != nil {
		err = s.orders.Close()
	}
	if s.reader != nil {
		err = errors.Join(err, s.reader.Close())
	}
	return errors.Join(err, s.writer.Close())
}

// step does all of a step in one transaction. work returns how much it posted.
func (s *store) step(ctx context.Context, work func(ctx context.Context, tx *sql.Tx) (posted int, err error)) error {
	return s.orders.InTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		posted, err := work(ctx, tx)
		if err != nil || posted == 0 {
			return err
		}
		return s.advance(ctx, tx)
	})
}

// advance refuses to post before what was posted: a statement that somebody has read
// would change.
func (s *store) advance(ctx context.Context, tx *sql.Tx) error {
	var latest int64
	err := tx.QueryRowContext(ctx, `SELECT at FROM payout_clock`).Scan(&latest)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("time of the books: %w", err)
	}
	if was := time.UnixMicro(latest).UTC(); err == nil && s.at.Before(was) {
		return fmt.Errorf("-at %s lies before the latest posting, of %s", s.at.UTC().Format(time.RFC3339), was.Format(time.RFC3339))
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO payout_clock (one, at) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at`, s.at.UnixMicro()); err != nil {
		return fmt.Errorf("time of the books: %w", err)
	}
	return nil
}

// filed is a batch as the books have it.
type filed struct {
	Batch contracts.Batch
	File  []byte // as it was exported; nil: not yet
}

// find answers to byline.ErrNotFound for a batch that was never proposed.
func (s *store) find(ctx context.Context, tx *sql.Tx, id string) (filed, error) {
	var f filed
	var body string
	err := tx.QueryRowContext(ctx, `SELECT body, file FROM payout_batch WHERE id = ?`, id).Scan(&body, &f.File)
	if errors.Is(err, sql.ErrNoRows) {
		return f, fmt.Errorf("batch %q: %w in these books", id, byline.ErrNotFound)
	}
	if err == nil {
		err = json.Unmarshal([]byte(body), &f.Batch)
	}
	if err != nil {
		return f, fmt.Errorf("batch %q: %w", id, err)
	}
	return f, nil
}

func (s *store) file(ctx context.Context, tx *sql.Tx, f filed) error {
	body, err := json.Marshal(f.Batch)
	if err != nil {
		return fmt.Errorf("batch %q: %w", f.Batch.ID, err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO payout_batch (id, body, file) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET body = excluded.body, file = excluded.file`,
		f.Batch.ID, string(body), f.File); err != nil {
		return fmt.Errorf("batch %q: %w", f.Batch.ID, err)
	}
	return nil
}
