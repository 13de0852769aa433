package stores_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
)

// person is an order whose bodies name somebody.
func person(i int) (byline.OrderID, string) {
	return byline.OrderID(fmt.Sprintf("order-%04d", i)), fmt.Sprintf("person-%04d@example.com", i)
}

// body has the person's email all over, so that no page of it is without.
func body(email string, size int) string {
	return strings.Repeat(`{"email":"`+email+`"},`, 1+size/32)
}

// found returns which of the texts stand in the files of the database.
func (db database) found(t testing.TB, texts []string) []string {
	t.Helper()
	var content []byte
	for _, suffix := range []string{"", "-wal", "-journal"} {
		file, err := os.ReadFile(db.path + suffix)
		if !os.IsNotExist(err) {
			require.NoError(t, err)
		}
		content = append(content, file...)
	}
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return !bytes.Contains(content, []byte(text)) })
}

// speak settles deliveries, whose header names the order they speak of. One on the
// topic "redact" asks to forget it.
func speak(t testing.TB, s *orders.Store) {
	t.Helper()
	settle(t, s, func(ctx context.Context, tx *sql.Tx, d attribution.Stored) (attribution.Outcome, error) {
		id := byline.OrderID(d.Header["Order"])
		outcome := attribution.Outcome{Status: attribution.StatusProcessed, Orders: []byline.OrderID{id}}
		if d.Topic == "redact" {
			return outcome, s.Redact(ctx, tx, attribution.Redaction{Shop: "a.example", Orders: outcome.Orders})
		}
		return outcome, nil
	})
}

func speaking(delivered, topic string, i, size int) attribution.Delivery {
	id, email := person(i)
	d := delivery(delivered, body(email, size))
	d.Topic = topic
	d.Header = map[string]string{"Order": string(id), "X-Email": email}
	return d
}

func TestARedactedPersonIsNotInTheFile(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s := db.orders(t, orders.Options{})
	_, hers := person(1)
	_, his := person(2)
	both := []string{hers, his}
	put(t, s, attribution.Accepted, speaking("1", "create", 1, 9_000))
	put(t, s, attribution.Accepted, speaking("2", "create", 2, 9_000))
	speak(t, s)
	require.Equal(t, both, db.found(t, both), "the test can see what it looks for")

	put(t, s, attribution.Accepted, speaking("3", "redact", 1, 100))
	speak(t, s)
	require.Equal(t, both[1:], db.found(t, both))

	put(t, s, attribution.Accepted, speaking("4", "update", 1, 9_000))
	require.Equal(t, both, db.found(t, both), "a body is kept until it is settled")
	speak(t, s)
	require.Equal(t, both[1:], db.found(t, both))
}

// Many bodies of all sizes, erased in no order, among new ones: what SQLite moves
// between pages must not stay behind.
func TestRedactedPeopleAreNotInTheFile(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s := db.orders(t, orders.Options{})
	rng := rand.New(rand.NewPCG(1, 2))
	const people = 200
	emails := make([]string, people)
	for i := range people {
		_, emails[i] = person(i)
		put(t, s, attribution.Accepted, speaking(fmt.Sprintf("create %d", i), "create", i, rng.IntN(12_000)))
		if i%50 == 49 {
			speak(t, s)
		}
	}
	order := rng.Perm(people)
	for n, i := range order {
		put(t, s, attribution.Accepted, speaking(fmt.Sprintf("redact %d", i), "redact", i, 100))
		put(t, s, attribution.Accepted, delivery(fmt.Sprintf("noise %d", i), strings.Repeat("x", rng.IntN(6_000))))
		if n%20 == 19 {
			speak(t, s)
			var gone []string
			for _, j := range order[:n+1] {
				gone = append(gone, emails[j])
			}
			require.Empty(t, db.found(t, gone), "after %d of %d", n+1, people)
		}
	}
}

func TestAReaderAtWorkOnlyDelaysTheScrub(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s := db.orders(t, orders.Options{})
	_, email := person(1)
	put(t, s, attribution.Accepted, speaking("1", "create", 1, 9_000))
	speak(t, s)
	reading, err := db.reader.Conn(t.Context())
	require.NoError(t, err)
	_, err = reading.ExecContext(t.Context(), "BEGIN DEFERRED; SELECT count(*) FROM attribution_inbox")
	require.NoError(t, err)
	put(t, s, attribution.Accepted, speaking("2", "redact", 1, 100))
	before := time.Now()
	speak(t, s)
	require.Less(t, time.Since(before), 4*time.Second, "nobody waits for the reader")
	require.Equal(t, []string{email}, db.found(t, []string{email}))
	_, err = reading.ExecContext(t.Context(), "ROLLBACK")
	require.NoError(t, err)
	require.NoError(t, reading.Close())
	put(t, s, attribution.Accepted, delivery("3", "{}"))
	speak(t, s)
	require.Empty(t, db.found(t, []string{email}))
}

func TestEraseBodiesKeepsWhatIsRecentOrWaits(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s := db.orders(t, orders.Options{})
	old, recent, waiting := delivery("old", "old@example.com"), delivery("recent", "recent@example.com"), delivery("waiting", "waiting@example.com")
	old.ReceivedAt, waiting.ReceivedAt = now().AddDate(0, 0, -31), now().AddDate(0, 0, -31)
	put(t, s, attribution.Accepted, old)
	put(t, s, attribution.Accepted, recent)
	other := old
	other.Body = []byte("other@example.com")
	put(t, s, attribution.Quarantined, other)
	var senders sync.WaitGroup
	for i := range 600 { // more than one transaction erases
		senders.Go(func() {
			d := old
			d.ID = fmt.Sprint("old ", i)
			if _, err := s.Put(t.Context(), d); err != nil {
				t.Errorf("put: %v", err)
			}
		})
	}
	senders.Wait()
	speak(t, s)
	put(t, s, attribution.Accepted, waiting)

	n, err := s.EraseBodies(t.Context(), now().AddDate(0, 0, -30))
	require.NoError(t, err)
	require.Equal(t, 602, n)
	texts := []string{"old@example.com", "other@example.com", "recent@example.com", "waiting@example.com"}
	require.Equal(t, texts[2:], db.found(t, texts))
	put(t, s, attribution.Duplicate, old)
	put(t, s, attribution.Quarantined, other)
	infos, err := s.Deliveries(t.Context(), orders.DeliveryQuery{Status: attribution.StatusQuarantined})
	require.NoError(t, err)
	require.True(t, infos[0].Erased)
	require.ErrorIs(t, s.Replay(t.Context(), infos[0].Seq), byline.ErrConflict)
}
