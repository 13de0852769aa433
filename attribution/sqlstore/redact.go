package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Redact forgets the persons behind the orders, see [attribution.ForgetOrder], with the
// touches that were recorded of them. It erases the bodies and headers of all deliveries
// that spoke of the orders, by any alias, and remembers to do so with later ones when they
// are settled. With All it does so for every known order of the shop and, inside Settle,
// for every delivery from the same source up to this one, read or not: one source is one
// shop.
//
// Deliveries that wait keep their bodies until they are settled. The delivery that
// asks, which itself names the person, is erased when it is settled. Orders, decisions
// and what was paid stay: they name nobody.
func (s *Store) Redact(ctx context.Context, tx *sql.Tx, r attribution.Redaction) error {
	s.unscrubbed.Store(true)
	u := s.unitOf(tx)
	u.erase = true
	if err := u.overwriteDeleted(ctx); err != nil { // tx may not be of Settle
		return fmt.Errorf("redaction: %w", err)
	}
	orders := r.Orders
	if r.All {
		all, err := list(ctx, &u.session, scanText[byline.OrderID], selectShopIDs, r.Shop)
		if err != nil {
			return fmt.Errorf("redaction: %w", err)
		}
		orders = slices.Concat(orders, all)
	}
	for _, id := range orders {
		if err := s.redactOrder(ctx, u, r.Shop, id); err != nil {
			return fmt.Errorf("redaction: %w", err)
		}
	}
	if !r.All || u.delivery.Seq == 0 { // 0: not inside Settle
		return nil
	}
	if err := u.redactSource(ctx); err != nil {
		return fmt.Errorf("redaction: %w", err)
	}
	return nil
}

func (s *Store) redactOrder(ctx context.Context, u *unit, shop string, id byline.OrderID) error {
	order, err := u.resolve(ctx, shop, id)
	if err != nil {
		return err
	}
	keys, err := attribution.ForgetOrder(ctx, u.tx, s, shop, order)
	if err != nil {
		return err
	}
	if err := u.eraseTouches(ctx, keys); err != nil {
		return err
	}
	spoken, err := u.aliases(ctx, shop, order)
	if err != nil {
		return err
	}
	for _, name := range append(spoken, order, id) {
		if _, err := u.exec(ctx, insertRedactedOrder, string(name), u.delivery.Seq); err != nil {
			return err
		}
		if _, err := u.exec(ctx, deleteBodiesOfOrder, string(name)); err != nil {
			return err
		}
	}
	return nil
}

// redactSource erases what came from the source of the delivery at hand.
func (u *unit) redactSource(ctx context.Context) error {
	source, seq := u.delivery.Source, u.delivery.Seq
	if _, err := u.exec(ctx, upsertRedactedSource, source, seq); err != nil {
		return err
	}
	_, err := u.exec(ctx, deleteBodiesOfSource, source, seq)
	return err
}

// eraseSettled erases the body of the delivery that was just settled, if it must go.
func (s *Store) eraseSettled(ctx context.Context, u *unit) error {
	d := u.delivery
	if !u.erase {
		var must bool
		if err := u.get(ctx, selectMustErase, []any{d.Source, d.Seq, d.Seq}, &must); err != nil || !must {
			return err
		}
	}
	s.unscrubbed.Store(true)
	_, err := u.exec(ctx, deleteBody, d.Seq)
	return err
}

// eraseChunk is how many bodies EraseBodies erases in one transaction, so that new
// deliveries need not wait for the rest.
const eraseChunk = 256

// EraseBodies erases the bodies and headers of all deliveries that arrived before an
// instant and don't wait, and returns how many there were. Raw bodies hold personal
// data; call it daily with what your retention allows. Ids and fingerprints stay, so
// that a late repeat is still known. A failed or quarantined delivery can no longer be
// replayed then.
func (s *Store) EraseBodies(ctx context.Context, before time.Time) (int, error) {
	erased, last := 0, int64(0)
	for {
		chunk, err := collect(ctx, s.reader, scanSeq, selectErasable, last, micros(before), eraseChunk)
		if err == nil && len(chunk) == 0 {
			s.unscrubbed.Store(true)
			return erased, s.scrub(ctx)
		}
		n := 0
		if err == nil {
			n, err = s.erase(ctx, chunk)
		}
		if err != nil {
			return erased, fmt.Errorf("erase bodies: %w", err)
		}
		erased, last = erased+n, chunk[len(chunk)-1]
	}
}

func scanSeq(row scanner) (int64, error) {
	var seq int64
	err := row.Scan(&seq)
	return seq, err
}

func (s *Store) erase(ctx context.Context, seqs []int64) (int, error) {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback() // after Commit it does nothing
	x := newSession(tx)
	if err := x.overwriteDeleted(ctx); err != nil {
		return 0, err
	}
	erased := int64(0)
	for _, seq := range seqs {
		n, err := x.changed(ctx, deleteBodyAtRest, seq)
		if err != nil {
			return 0, err
		}
		erased += n
	}
	return int(erased), tx.Commit()
}

// scrub empties the write-ahead log, in which erased bodies still stand. A reader that
// is at work keeps SQLite from it; nobody waits for that reader, the next Settle tries
// again.
func (s *Store) scrub(ctx context.Context) error {
	if !s.unscrubbed.Load() {
		return nil
	}
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return fmt.Errorf("scrub the log: %w", err)
	}
	defer conn.Close() //nolint:errcheck // it gives the connection back to the pool
	var patience, busy, pages, moved int
	if err := conn.QueryRowContext(ctx, queryPatience).Scan(&patience); err != nil {
		return fmt.Errorf("scrub the log: %w", err)
	}
	if _, err := conn.ExecContext(ctx, queryPatience+` = 0`); err != nil {
		return fmt.Errorf("scrub the log: %w", err)
	}
	err = conn.QueryRowContext(ctx, checkpoint).Scan(&busy, &pages, &moved)
	_, restored := conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf(queryPatience+` = %d`, patience))
	if restored != nil {
		return fmt.Errorf("scrub the log: %w", restored)
	}
	if err == nil && busy == 0 {
		s.unscrubbed.Store(false)
	}
	return nil
}
