package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Cursor returns the instant that PutCursor kept under a name, or the zero time.
func (s *Store) Cursor(ctx context.Context, name string) (time.Time, error) {
	var at int64
	err := s.reader.QueryRowContext(ctx, selectCursor, name).Scan(&at)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return time.Time{}, nil
	case err != nil:
		return time.Time{}, fmt.Errorf("cursor %s: %w", name, err)
	}
	return instant(at), nil
}

// PutCursor keeps an instant, such as how far an attribution.Backfill has come, to the
// microsecond.
func (s *Store) PutCursor(ctx context.Context, name string, at time.Time) error {
	if _, err := s.writer.ExecContext(ctx, upsertCursor, name, micros(at)); err != nil {
		return fmt.Errorf("cursor %s: %w", name, err)
	}
	return nil
}
