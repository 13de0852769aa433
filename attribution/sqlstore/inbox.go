package sqlstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

const (
	// waitingBatches is how many batches of deliveries may wait for their commit.
	waitingBatches = 4
	// maxBatchBytes ends a batch early, so that large bodies don't make one huge
	// transaction that everybody waits for.
	maxBatchBytes = 8 << 20
)

// filing is what a caller waits to see committed, with everything computed that does not
// need the database.
type filing interface {
	file(ctx context.Context, x *session) (attribution.Receipt, error)
	size() int // in bytes, about
}

// waiting is a filing on its way into the database.
type waiting struct {
	filing
	answer chan answer // of capacity 1: the commit never waits for a caller
}

// put is a delivery to be filed.
type put struct {
	delivery    attribution.Delivery
	header      string
	fingerprint []byte
}

func (p *put) size() int { return len(p.delivery.Body) }

type answer struct {
	receipt attribution.Receipt
	err     error
}

// Put makes a delivery durable and then says what became of it. Concurrent calls share
// commits. A second delivery under a known id is a duplicate when topic and body are
// the same, else it is kept once, quarantined, under an id with a mark of its content.
//
// An error answers to byline.ErrUnavailable when the inbox is full, closed, or the
// database refuses; to byline.ErrInvalid when source or id is missing. When ctx ends
// first, the delivery may be committed all the same: the sender will try again and be
// told that it is known. The body must not be changed afterwards either way.
func (s *Store) Put(ctx context.Context, d attribution.Delivery) (attribution.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return "", fmt.Errorf("inbox: %w", err)
	}
	p, err := newPut(d)
	if err != nil {
		return "", err
	}
	return s.committed(ctx, p)
}

// committed waits until a filing is durable.
func (s *Store) committed(ctx context.Context, f filing) (attribution.Receipt, error) {
	w := waiting{f, make(chan answer, 1)}
	if err := s.enqueue(w); err != nil {
		return "", err
	}
	select {
	case a := <-w.answer:
		return a.receipt, a.err
	case <-ctx.Done():
		return "", fmt.Errorf("inbox: %w", ctx.Err())
	}
}

func newPut(d attribution.Delivery) (*put, error) {
	if d.Source == "" || d.ID == "" {
		return nil, &byline.FieldError{Path: "id", Code: "required", Message: "a delivery needs a source and an id"}
	}
	if d.Body == nil {
		d.Body = []byte{} // nil is NULL to the database
	}
	header, err := json.Marshal(d.Header)
	if err != nil {
		return nil, fmt.Errorf("header of delivery %s: %w", d.ID, err)
	}
	content := sha256.New()
	content.Write([]byte(d.Topic))
	content.Write([]byte{0})
	content.Write(d.Body)
	return &put{delivery: d, header: string(header), fingerprint: content.Sum(nil)}, nil
}

func (s *Store) enqueue(w waiting) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.closed {
		return fmt.Errorf("inbox is closed: %w", byline.ErrUnavailable)
	}
	select {
	case s.filings <- w:
		return nil
	default:
		return fmt.Errorf("inbox is full: %w", byline.ErrUnavailable)
	}
}

// commitGroups is the one goroutine that writes what callers wait for.
func (s *Store) commitGroups() {
	defer close(s.done)
	for first := range s.filings {
		batch := s.gather(first)
		receipts, err := s.commit(batch)
		for i, w := range batch {
			if err != nil {
				w.answer <- answer{err: fmt.Errorf("inbox: %w: %w", byline.ErrUnavailable, err)}
			} else {
				w.answer <- answer{receipt: receipts[i]}
			}
		}
	}
}

// gather takes what has come in while the last batch was written, without waiting for
// more.
func (s *Store) gather(first waiting) []waiting {
	batch := []waiting{first}
	bytes := first.size()
	for len(batch) < s.maxBatch && bytes < maxBatchBytes {
		select {
		case w, open := <-s.filings:
			if !open {
				return batch
			}
			batch = append(batch, w)
			bytes += w.size()
		default:
			return batch
		}
	}
	return batch
}

func (s *Store) commit(batch []waiting) ([]attribution.Receipt, error) {
	tx, err := s.writer.BeginTx(s.ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() // after Commit it does nothing
	x := newSession(tx)
	if err := s.assertSync(s.ctx, &x); err != nil {
		return nil, err
	}
	if err := x.overwriteDeleted(s.ctx); err != nil {
		return nil, err
	}
	receipts := make([]attribution.Receipt, len(batch))
	for i, w := range batch {
		if receipts[i], err = w.file(s.ctx, &x); err != nil {
			return nil, err
		}
	}
	return receipts, tx.Commit()
}

// assertSync looks again before each commit, because the setting belongs to a
// connection and database/sql may have made a new one.
func (s *Store) assertSync(ctx context.Context, x *session) error {
	if s.acceptLoss {
		return nil
	}
	now := s.settings
	if err := x.get(ctx, querySync, nil, &now.sync); err != nil {
		return err
	}
	return now.weakness()
}

func (p *put) file(ctx context.Context, x *session) (attribution.Receipt, error) {
	d := p.delivery
	stored, err := p.insert(ctx, x, d.ID, attribution.StatusPending)
	if err != nil || stored {
		return attribution.Accepted, err
	}
	var known []byte
	if err := x.get(ctx, selectFingerprint, []any{d.Source, d.ID}, &known); err != nil {
		return "", err
	}
	if string(known) == string(p.fingerprint) {
		return attribution.Duplicate, nil
	}
	_, err = p.insert(ctx, x, d.ID+"~"+hex.EncodeToString(p.fingerprint)[:16], attribution.StatusQuarantined)
	return attribution.Quarantined, err
}

// insert returns false when the id is there already.
func (p *put) insert(ctx context.Context, x *session, id string, status attribution.Status) (bool, error) {
	d := p.delivery
	result, err := x.exec(ctx, insertDelivery, d.Source, id, d.Topic, p.fingerprint, len(d.Body), micros(d.ReceivedAt), string(status))
	if err != nil {
		return false, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	seq, err := result.LastInsertId()
	if err != nil {
		return false, err
	}
	_, err = x.exec(ctx, insertBody, seq, p.header, d.Body)
	return true, err
}
