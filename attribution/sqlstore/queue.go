package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Pending returns deliveries that wait, those tried least often first, then the oldest.
func (s *Store) Pending(ctx context.Context, limit int) ([]attribution.Stored, error) {
	waiting, err := collect(ctx, s.reader, scanStored, selectPending, limit)
	if err != nil {
		return nil, fmt.Errorf("pending deliveries: %w", err)
	}
	return waiting, nil
}

func scanStored(row scanner) (attribution.Stored, error) {
	d, _, err := scanDelivery(row)
	return d, err
}

func scanDelivery(row scanner) (attribution.Stored, attribution.Status, error) {
	var d attribution.Stored
	var status attribution.Status
	var header sql.NullString
	var received int64
	err := row.Scan(&d.Seq, &d.Source, &d.ID, &d.Topic, &header, &d.Body, &received, &d.Attempts, &status)
	if err != nil {
		return d, "", err
	}
	d.ReceivedAt = instant(received)
	if !header.Valid { // its body was erased
		return d, status, nil
	}
	if d.Body == nil { // drivers differ in how they say empty
		d.Body = []byte{}
	}
	return d, status, json.Unmarshal([]byte(header.String), &d.Header)
}

// Claim notes an event's key and returns whether it was new.
func (s *Store) Claim(ctx context.Context, tx *sql.Tx, key string) (bool, error) {
	u := s.unitOf(tx)
	n, err := u.changed(ctx, insertEvent, key, u.delivery.Seq)
	if err != nil {
		return false, fmt.Errorf("claim of an event: %w", err)
	}
	return n == 1, nil
}

// Delivery returns one delivery and where it stands. A body that was erased is nil.
func (s *Store) Delivery(ctx context.Context, seq int64) (attribution.Stored, attribution.Status, error) {
	d, status, err := scanDelivery(s.reader.QueryRowContext(ctx, selectDelivery, seq))
	if err != nil {
		return attribution.Stored{}, "", fmt.Errorf("delivery %d: %w", seq, orNotFound(err))
	}
	return d, status, nil
}

// Replay lets a failed or quarantined delivery wait again; wake the worker then. The
// error answers to byline.ErrNotFound, or to byline.ErrConflict when the delivery
// stands elsewhere or its body was erased. What a failed delivery had claimed was
// undone with it, so it is processed in full.
func (s *Store) Replay(ctx context.Context, seq int64) error {
	result, err := s.writer.ExecContext(ctx, updateReplay, seq)
	if err != nil {
		return fmt.Errorf("replay of delivery %d: %w", seq, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	_, status, err := s.Delivery(ctx, seq)
	if err != nil {
		return err
	}
	return fmt.Errorf("delivery %d is %s, or its body was erased: %w", seq, status, byline.ErrConflict)
}
