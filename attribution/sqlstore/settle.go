package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/bylinehq/byline/attribution"
)

// maxReason bounds the text that is kept of an error, in bytes.
const maxReason = 512

// unit is a transaction of Settle or InTx, and the delivery it is at, if any.
type unit struct {
	session
	delivery attribution.Stored
	erase    bool // the delivery itself holds what it asks to forget
}

// Settle applies a batch in one transaction, each delivery under a savepoint of its
// own. One that another process has settled meanwhile is passed over. When ctx ends,
// the whole batch is undone and waits on.
func (s *Store) Settle(ctx context.Context, batch []attribution.Stored, apply attribution.ApplyFunc[*sql.Tx]) error {
	return s.within(ctx, "settle", func(u *unit) error {
		for _, d := range batch {
			if err := s.settle(ctx, u, d, apply); err != nil {
				return fmt.Errorf("settle delivery %d: %w", d.Seq, err)
			}
		}
		return nil
	})
}

// InTx runs work in a transaction of its own and commits it when work returns nil. It is
// for what no delivery causes, such as an attribution.Backfill or a change by hand. Inside
// Settle it waits for itself.
func (s *Store) InTx(ctx context.Context, work func(ctx context.Context, tx *sql.Tx) error) error {
	return s.within(ctx, "unit of work", func(u *unit) error { return work(ctx, u.tx) })
}

func (s *Store) within(ctx context.Context, what string, work func(u *unit) error) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer tx.Rollback() // after Commit it does nothing
	u := s.open(tx)
	defer s.forget(tx)
	if err := u.overwriteDeleted(ctx); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if err := work(u); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	_ = s.scrub(ctx) // it is committed; what is left in the log the next one scrubs
	return nil
}

func (s *Store) open(tx *sql.Tx) *unit {
	u := &unit{session: newSession(tx)}
	s.unitsMu.Lock()
	defer s.unitsMu.Unlock()
	s.units[tx] = u
	return u
}

func (s *Store) forget(tx *sql.Tx) {
	s.unitsMu.Lock()
	defer s.unitsMu.Unlock()
	delete(s.units, tx)
}

// settle returns an error only when the database fails or ctx has ended; what apply
// says becomes the delivery's status.
func (s *Store) settle(ctx context.Context, u *unit, d attribution.Stored, apply attribution.ApplyFunc[*sql.Tx]) error {
	var waits bool
	if err := u.get(ctx, selectWaits, []any{d.Seq}, &waits); err != nil || !waits {
		return err
	}
	u.delivery, u.erase = d, false
	if _, err := u.exec(ctx, savepoint); err != nil {
		return err
	}
	outcome, refusal := apply(ctx, u.tx, d)
	if err := ctx.Err(); err != nil {
		return err
	}
	if refusal != nil {
		u.erase = false
		if _, err := u.exec(ctx, rollbackTo); err != nil {
			return err
		}
	}
	if _, err := u.exec(ctx, release); err != nil {
		return err
	}
	return s.record(ctx, u, outcome, refusal)
}

// record notes what came of a delivery.
func (s *Store) record(ctx context.Context, u *unit, outcome attribution.Outcome, refusal error) error {
	status, reason := verdict(outcome, refusal)
	processed := sql.NullInt64{Int64: micros(s.now()), Valid: status != attribution.StatusPending}
	seq := u.delivery.Seq
	if _, err := u.exec(ctx, updateSettled, string(status), reason, processed, seq); err != nil {
		return err
	}
	for _, id := range outcome.Orders {
		if _, err := u.exec(ctx, insertDeliveryOrder, string(id), seq); err != nil {
			return err
		}
	}
	if status == attribution.StatusPending {
		return nil
	}
	u.erase = u.erase || (refusal == nil && outcome.Erase)
	return s.eraseSettled(ctx, u)
}

func verdict(outcome attribution.Outcome, refusal error) (attribution.Status, string) {
	switch {
	case refusal == nil:
		return cmp.Or(outcome.Status, attribution.StatusProcessed), ""
	case attribution.Permanent(refusal):
		return attribution.StatusFailed, clip(refusal.Error())
	}
	return attribution.StatusPending, clip(refusal.Error())
}

// clip makes an error's text safe to keep: valid, and of bounded length.
func clip(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if len(text) <= maxReason {
		return text
	}
	end := maxReason
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}
