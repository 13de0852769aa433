package stores_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
)

// hold takes the one connection of the writer, so that nothing commits until release.
func hold(t testing.TB, db *sql.DB) (release func()) {
	t.Helper()
	conn, err := db.Conn(t.Context())
	require.NoError(t, err)
	return func() { require.NoError(t, conn.Close()) }
}

func TestPutRefusesWhenFull(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s := db.orders(t, orders.Options{MaxBatch: 1})
	release := hold(t, db.writer)
	results := make(chan error, 20)
	var senders sync.WaitGroup
	for i := range cap(results) {
		senders.Go(func() {
			_, err := s.Put(t.Context(), delivery(fmt.Sprint(i), "body"))
			results <- err
		})
	}
	// One is being written and four may wait, so at least fifteen are refused at once.
	for range 15 {
		require.ErrorIs(t, <-results, byline.ErrUnavailable)
	}
	release()
	senders.Wait()
	close(results)
	taken := 0
	for err := range results {
		if err == nil {
			taken++
		}
	}
	waiting, err := s.Pending(t.Context(), 100)
	require.NoError(t, err)
	require.Len(t, waiting, taken, "as many are stored as were acknowledged")
	put(t, s, attribution.Accepted, delivery("after", "body"))
}

func TestPutIsNotAnsweredBeforeTheCommit(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s := db.orders(t, orders.Options{})
	release := hold(t, db.writer)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := s.Put(ctx, delivery("a", "body"))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	release()
	// The sender tries again and learns that the first try was kept after all.
	put(t, s, attribution.Duplicate, delivery("a", "body"))
	_, err = s.Put(ctx, delivery("b", "body"))
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestCloseWritesWhatWasTaken(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s := db.orders(t, orders.Options{})
	release := hold(t, db.writer)
	results := make(chan error, 50)
	var started, senders sync.WaitGroup
	for i := range cap(results) {
		started.Add(1)
		senders.Go(func() {
			started.Done()
			_, err := s.Put(t.Context(), delivery(fmt.Sprint(i), "body"))
			results <- err
		})
	}
	started.Wait()
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	release()
	require.NoError(t, <-closed)
	senders.Wait()
	close(results)
	taken := 0
	for err := range results {
		if err == nil {
			taken++
		} else {
			require.ErrorIs(t, err, byline.ErrUnavailable)
		}
	}
	waiting, err := s.Pending(t.Context(), 100)
	require.NoError(t, err)
	require.Len(t, waiting, taken)
	_, err = s.Put(t.Context(), delivery("late", "body"))
	require.ErrorIs(t, err, byline.ErrUnavailable)
	require.NoError(t, s.Close())
}

func TestAFailingDatabaseIsUnavailable(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s := db.orders(t, orders.Options{})
	db.exec(t, "ALTER TABLE attribution_body RENAME TO gone")
	_, err := s.Put(t.Context(), delivery("a", "body"))
	require.ErrorIs(t, err, byline.ErrUnavailable)
	db.exec(t, "ALTER TABLE gone RENAME TO attribution_body")
	put(t, s, attribution.Accepted, delivery("a", "body"))
}

func TestDeliveriesTellWhatBecameOfThem(t *testing.T) {
	t.Parallel()
	s := newDatabase(t).orders(t, orders.Options{})
	put(t, s, attribution.Accepted, delivery("good", "{}"))
	put(t, s, attribution.Accepted, delivery("bad", "{}"))
	put(t, s, attribution.Accepted, delivery("unlucky", "{}"))
	put(t, s, attribution.Quarantined, delivery("good", "{}!"))
	settle(t, s, func(_ context.Context, _ *sql.Tx, d attribution.Stored) (attribution.Outcome, error) {
		switch d.ID {
		case "bad":
			return attribution.Outcome{}, &byline.FieldError{Path: "body", Code: "order.syntax", Message: strings.Repeat("é", 400) + "\xff"}
		case "unlucky":
			return attribution.Outcome{}, errors.New("the ledger is away")
		}
		return attribution.Outcome{Status: attribution.StatusProcessed, Orders: []byline.OrderID{"2", "1", "2"}}, nil
	})

	all, err := s.Deliveries(t.Context(), orders.DeliveryQuery{})
	require.NoError(t, err)
	base := orders.DeliveryInfo{Source: "shop", Topic: "orders/create", ReceivedAt: now().Add(-time.Minute), Bytes: 2}
	want := []orders.DeliveryInfo{base, base, base, base}
	want[0].Seq, want[0].ID, want[0].Status, want[0].Bytes = 4, all[0].ID, attribution.StatusQuarantined, 3
	want[1].Seq, want[1].ID, want[1].Status, want[1].Attempts, want[1].Reason = 3, "unlucky", attribution.StatusPending, 1, "the ledger is away"
	want[2].Seq, want[2].ID, want[2].Status, want[2].Attempts, want[2].Reason = 2, "bad", attribution.StatusFailed, 1, all[2].Reason
	want[3].Seq, want[3].ID, want[3].Status, want[3].Attempts = 1, "good", attribution.StatusProcessed, 1
	want[3].Orders = []byline.OrderID{"1", "2"}
	want[2].ProcessedAt, want[3].ProcessedAt = now(), now()
	require.Empty(t, cmp.Diff(want, all))
	require.Regexp(t, `^good~[0-9a-f]{16}$`, all[0].ID)
	require.True(t, utf8.ValidString(all[2].Reason))
	require.LessOrEqual(t, len(all[2].Reason), 512)
	require.Contains(t, all[2].Reason, "body: éé")

	page, err := s.Deliveries(t.Context(), orders.DeliveryQuery{Limit: 2, Before: 4})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(want[1:3], page))
	failed, err := s.Deliveries(t.Context(), orders.DeliveryQuery{Status: attribution.StatusFailed})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(want[2:3], failed))
	counts, err := s.DeliveryCounts(t.Context())
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(map[attribution.Status]int{"processed": 1, "failed": 1, "pending": 1, "quarantined": 1}, counts))
}

func TestAPanicInApplyHarmsNobodyElse(t *testing.T) {
	t.Parallel()
	s := newDatabase(t).orders(t, orders.Options{})
	put(t, s, attribution.Accepted, delivery("a", "{}"))
	require.Panics(t, func() {
		settle(t, s, func(context.Context, *sql.Tx, attribution.Stored) (attribution.Outcome, error) { panic("bug") })
	})
	put(t, s, attribution.Accepted, delivery("b", "{}"))
	waiting, err := s.Pending(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, waiting, 2)
}
