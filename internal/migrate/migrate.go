// Package migrate brings the tables of one store to the version that the code knows.
package migrate

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Several stores share one database, so each keeps its own line of names.
const createLog = `CREATE TABLE IF NOT EXISTS byline_migration (
	component  TEXT NOT NULL,
	name       TEXT NOT NULL,
	applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
	PRIMARY KEY (component, name)
) STRICT`

const (
	selectNames = `SELECT name FROM byline_migration WHERE component = ?`
	insertName  = `INSERT INTO byline_migration (component, name) VALUES (?, ?) ON CONFLICT DO NOTHING`
)

const (
	reachTries = 20
	reachPause = 50 * time.Millisecond
)

// Reach waits until a first connection stands, for a second at most. Programs that
// start at once and all ask SQLite for WAL lock each other out for a moment, and no
// busy_timeout covers that.
func Reach(ctx context.Context, db *sql.DB) error {
	var err error
	for range reachTries {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		pause := time.NewTimer(reachPause)
		select {
		case <-ctx.Done():
			pause.Stop()
			return fmt.Errorf("connect: %w", ctx.Err())
		case <-pause.C:
		}
	}
	return fmt.Errorf("connect: %w", err)
}

// Up applies the *.sql files in the folder migrations of files that the database has
// not seen, in the order of their names, each in its own transaction. Two processes
// may do so at once, if their connections wait for a lock (busy_timeout).
//
// A database that a later version has migrated further is refused with an error that
// answers to byline.ErrConflict: this version does not know what its tables mean.
func Up(ctx context.Context, db *sql.DB, component string, files fs.FS) error {
	paths, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("migrations of %s: %w", component, err)
	}
	slices.Sort(paths)
	if err := Reach(ctx, db); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, createLog); err != nil {
		return fmt.Errorf("table of migrations: %w", err)
	}
	if err := refuseLater(ctx, db, component, paths); err != nil {
		return err
	}
	for _, file := range paths {
		script, err := fs.ReadFile(files, file)
		if err != nil {
			return fmt.Errorf("migration %s of %s: %w", file, component, err)
		}
		if err := apply(ctx, db, component, path.Base(file), string(script)); err != nil {
			return fmt.Errorf("migration %s of %s: %w", path.Base(file), component, err)
		}
	}
	return nil
}

func refuseLater(ctx context.Context, db *sql.DB, component string, paths []string) error {
	rows, err := db.QueryContext(ctx, selectNames, component)
	if err != nil {
		return fmt.Errorf("migrations of %s: %w", component, err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return fmt.Errorf("migrations of %s: %w", component, err)
		}
		if !slices.Contains(paths, path.Join("migrations", name)) {
			return fmt.Errorf("the database holds migration %s of %s, which this version does not know: %w", name, component, byline.ErrConflict)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("migrations of %s: %w", component, err)
	}
	return nil
}

// apply notes the name before it runs the script. That first write takes the lock on
// which a second process waits, and what the second then finds is the name.
func apply(ctx context.Context, db *sql.DB, component, name, script string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after Commit it does nothing
	noted, err := tx.ExecContext(ctx, insertName, component, name)
	if err != nil {
		return err
	}
	if n, err := noted.RowsAffected(); err != nil || n == 0 {
		return err
	}
	if _, err := tx.ExecContext(ctx, script); err != nil {
		return err
	}
	return tx.Commit()
}
