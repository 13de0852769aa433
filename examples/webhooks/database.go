package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite", without cgo
)

// database is one SQLite file: a single connection that writes and a pool that reads.
// SQLite has one writer anyway; a pool of them would only wait for each other.
type database struct {
	writer *sql.DB
	reader *sql.DB
}

func openDatabase(ctx context.Context, path string, acceptLoss bool) (*database, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	synchronous := "FULL"
	if acceptLoss {
		synchronous = "NORMAL"
	}
	writer, err := sql.Open("sqlite", dsn(path, url.Values{
		"_pragma": {"journal_mode(WAL)", "synchronous(" + synchronous + ")", "busy_timeout(5000)", "foreign_keys(1)"},
		"_txlock": {"immediate"},
	}))
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	writer.SetMaxOpenConns(1)
	db := &database{writer: writer}
	// The writer comes first: it creates the file, and a reader cannot.
	if err := writer.PingContext(ctx); err != nil {
		db.close()
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	db.reader, err = sql.Open("sqlite", dsn(path, url.Values{"_pragma": {"query_only(1)", "busy_timeout(5000)"}}))
	if err != nil {
		db.close()
		return nil, fmt.Errorf("database: %w", err)
	}
	db.reader.SetMaxOpenConns(max(4, runtime.GOMAXPROCS(0)))
	return db, nil
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

// close closes readers first, so that the writer is last and can fold the log into the
// file.
func (db *database) close() {
	if db.reader != nil {
		_ = db.reader.Close()
	}
	_ = db.writer.Close()
}
