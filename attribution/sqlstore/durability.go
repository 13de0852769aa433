package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// DurabilityError says that a database may lose, in a power cut, what has been
// acknowledged.
type DurabilityError struct {
	Setting string // the PRAGMA: "synchronous" or "journal_mode"
	Value   string // what it is: "NORMAL"
	Want    string // what keeps the promise: "FULL or EXTRA"
}

// Error names the setting, what to set it to, and how to accept the loss instead.
func (e *DurabilityError) Error() string {
	return fmt.Sprintf("a power cut may lose acknowledged webhooks: PRAGMA %s is %s and should be %s; "+
		"set it in the name of the data source, or accept the loss with Options.AcceptLoss", e.Setting, e.Value, e.Want)
}

// settings are those that decide whether a commit is on the disk.
type settings struct {
	journal string // in lower case, as SQLite says it
	sync    int    // 0 to 3
}

const (
	queryJournal = `PRAGMA journal_mode`
	querySync    = `PRAGMA synchronous`
)

// Levels of PRAGMA synchronous.
const (
	syncFull  = 2
	syncExtra = 3
)

func readSettings(ctx context.Context, db *sql.DB) (settings, error) {
	var s settings
	if err := db.QueryRowContext(ctx, queryJournal).Scan(&s.journal); err != nil {
		return s, fmt.Errorf("durability settings, which only SQLite has: %w", err)
	}
	if err := db.QueryRowContext(ctx, querySync).Scan(&s.sync); err != nil {
		return s, fmt.Errorf("durability settings, which only SQLite has: %w", err)
	}
	return s, nil
}

func (s settings) level() string {
	names := []string{"OFF", "NORMAL", "FULL", "EXTRA"}
	if s.sync < 0 || s.sync >= len(names) {
		return fmt.Sprint(s.sync)
	}
	return names[s.sync]
}

// weakness returns nil, or a *DurabilityError. With a deleted journal FULL is not
// enough: only EXTRA syncs the directory, and a journal that comes back after a power
// cut rolls back what was committed.
func (s settings) weakness() error {
	switch s.journal {
	case "wal", "truncate", "persist":
		if s.sync < syncFull {
			return &DurabilityError{Setting: "synchronous", Value: s.level(), Want: "FULL or EXTRA"}
		}
	case "delete":
		if s.sync < syncExtra {
			return &DurabilityError{Setting: "synchronous", Value: s.level(), Want: "EXTRA, or FULL with journal_mode WAL"}
		}
	default:
		return &DurabilityError{Setting: "journal_mode", Value: strings.ToUpper(s.journal), Want: "WAL"}
	}
	return nil
}

func (s settings) contract() string {
	held := fmt.Sprintf("(%s, synchronous=%s)", strings.ToUpper(s.journal), s.level())
	if s.weakness() == nil {
		return "acknowledged = committed and fsynced " + held
	}
	return "acknowledged = committed, not surely on disk: a power cut may lose the latest " + held
}
