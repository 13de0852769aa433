package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/bylinehq/byline/attribution"
)

// recorded is a touch to be filed.
type recorded struct{ attribution.RecordedTouch }

func (t *recorded) size() int { return len(t.JSON) }

func (t *recorded) file(ctx context.Context, x *session) (attribution.Receipt, error) {
	at := micros(t.At)
	if _, err := x.exec(ctx, insertTouch, t.Digest, at, t.JSON); err != nil {
		return "", err
	}
	for _, key := range t.Keys {
		if _, err := x.exec(ctx, insertTouchKey, key, at, t.Digest); err != nil {
			return "", err
		}
	}
	return attribution.Accepted, nil
}

// Record makes a touch durable that is known by its click id. Concurrent calls share
// commits with each other and with Put. What it refuses is that of
// [attribution.NewRecordedTouch]; other errors answer to byline.ErrUnavailable, as those
// of Put. Inside Settle it waits for itself.
func (s *Store) Record(ctx context.Context, t attribution.Touch) error {
	return s.RecordOf(ctx, "", attribution.Customer{}, t)
}

// RecordOf makes a touch durable together with who made it in a shop, as far as the
// caller knows: the browser, an account, keys of an attribution.Identity. Recording a
// touch twice keeps it once.
//
// A touch counts for orders that are settled after it was recorded; one that comes late
// counts when its order is settled again.
func (s *Store) RecordOf(ctx context.Context, shop string, who attribution.Customer, t attribution.Touch) error {
	touch, err := attribution.NewRecordedTouch(shop, who, t)
	if err != nil {
		return err
	}
	_, err = s.committed(ctx, &recorded{touch})
	return err
}

// Touches returns what was recorded under an order's TouchKeys, until the order was
// placed: of each key the latest, attribution.MaxRecalled at most. Of click ids it
// returns later ones too.
func (s *Store) Touches(ctx context.Context, tx *sql.Tx, o attribution.Order) ([]attribution.Touch, error) {
	u := s.unitOf(tx)
	var all []attribution.Touch
	for _, key := range o.TouchKeys() {
		until := micros(o.PlacedAt)
		if attribution.IsClickKey(key) {
			until = math.MaxInt64
		}
		found, err := list(ctx, &u.session, scanTouch, selectTouches, key, until, attribution.MaxRecalled)
		if err != nil {
			return nil, fmt.Errorf("touches of order %s: %w", o.ID, err)
		}
		all = append(all, found...)
	}
	return attribution.UnionTouches(all), nil
}

func scanTouch(row scanner) (attribution.Touch, error) {
	var t attribution.Touch
	var text string
	if err := row.Scan(&text); err != nil {
		return t, err
	}
	return t, json.Unmarshal([]byte(text), &t)
}

// eraseTouches erases the touches of some keys, whatever other keys they are found under.
func (u *unit) eraseTouches(ctx context.Context, keys []string) error {
	for _, key := range keys {
		digests, err := list(ctx, &u.session, scanText[string], selectTouchesOf, key)
		if err != nil {
			return err
		}
		if err := u.dropTouches(ctx, digests); err != nil {
			return err
		}
	}
	return nil
}

func (x *session) dropTouches(ctx context.Context, digests []string) error {
	for _, digest := range digests {
		if _, err := x.exec(ctx, deleteTouch, digest); err != nil {
			return err
		}
		if _, err := x.exec(ctx, deleteTouchKeys, digest); err != nil {
			return err
		}
	}
	return nil
}

// ForgetTouches forgets what was recorded of touches before an instant, and returns how
// many there were. Decisions that were made with them stay: they keep their History. Call
// it daily with what your retention allows, and no less than the longest window of any
// policy, or late orders lose clicks that would have counted.
func (s *Store) ForgetTouches(ctx context.Context, before time.Time) (int, error) {
	forgotten := 0
	for {
		var chunk []string
		err := s.within(ctx, "forget touches", func(u *unit) error {
			var err error
			if chunk, err = list(ctx, &u.session, scanText[string], selectOldTouches, micros(before), eraseChunk); err != nil {
				return err
			}
			return u.dropTouches(ctx, chunk)
		})
		switch {
		case err != nil:
			return forgotten, fmt.Errorf("forget touches: %w", err)
		case len(chunk) == 0:
			s.unscrubbed.Store(true)
			return forgotten, s.scrub(ctx)
		}
		forgotten += len(chunk)
	}
}
