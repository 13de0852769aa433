package stores_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/contracts"
	ledger "github.com/bylinehq/byline/contracts/sqlstore"
)

// lasting are the settings that sqlstore asks for, after the path of the file.
const lasting = "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
	"&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_txlock=immediate"

func openFile(t testing.TB, path, settings string, connections int) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+settings)
	require.NoError(t, err)
	db.SetMaxOpenConns(connections)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// database is one file as a program would open it.
type database struct {
	path           string
	writer, reader *sql.DB
}

func newDatabase(t testing.TB) database {
	t.Helper()
	path := filepath.Join(t.TempDir(), "byline.db")
	return database{path: path, writer: openFile(t, path, lasting, 1), reader: openFile(t, path, lasting, 4)}
}

// now is when everything is processed.
func now() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

func (db database) orders(t testing.TB, opts orders.Options) *orders.Store {
	t.Helper()
	opts.Reader, opts.Now = db.reader, now
	s, err := orders.Open(t.Context(), db.writer, &opts)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func (db database) ledger(t testing.TB) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), db.writer, &ledger.Options{Reader: db.reader})
	require.NoError(t, err)
	return l
}

func (db database) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	_, err := db.writer.ExecContext(t.Context(), query, args...)
	require.NoError(t, err)
}

func delivery(id, body string) attribution.Delivery {
	return attribution.Delivery{
		Source: "shop", ID: id, Topic: "orders/create", Header: map[string]string{"X-Topic": "orders/create"},
		Body: []byte(body), ReceivedAt: now().Add(-time.Minute),
	}
}

func put(t testing.TB, s *orders.Store, want attribution.Receipt, d attribution.Delivery) {
	t.Helper()
	got, err := s.Put(t.Context(), d)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

type apply = attribution.ApplyFunc[*sql.Tx]

func settle(t testing.TB, s *orders.Store, apply apply) {
	t.Helper()
	waiting, err := s.Pending(t.Context(), 1000)
	require.NoError(t, err)
	require.NoError(t, s.Settle(t.Context(), waiting, apply))
}

// record is an order of 100 EUR, credited to the owners of codes in equal parts.
func record(t testing.TB, id byline.OrderID, payment attribution.Payment, codes ...string) attribution.Record {
	t.Helper()
	o := attribution.Order{
		ID: id, Shop: "a.example", Number: "#" + string(id), PlacedAt: now().Add(-time.Hour), UpdatedAt: now(),
		Payment: payment, Currency: byline.EUR,
		Lines: []attribution.Line{{ID: "1", Quantity: 1, Gross: eur(10_000)}},
	}
	var offers []attribution.Offer
	for _, code := range codes {
		o.Codes = append(o.Codes, attribution.CodeUse{Code: code, Kind: attribution.Genuine})
		offers = append(offers, attribution.Offer{Creator: byline.CreatorID(code), Campaign: "autumn", Code: code})
	}
	book, err := attribution.NewBook(offers)
	require.NoError(t, err)
	return attribution.Record{Order: o, Decision: attribution.Decide(o, nil, book, attribution.Policy{})}
}

func eur(minor int64) byline.Money { return byline.Minor(minor, byline.EUR) }

// putOrders makes records known, as deliveries of their own.
func putOrders(t testing.TB, s *orders.Store, records ...attribution.Record) {
	t.Helper()
	for _, r := range records {
		put(t, s, attribution.Accepted, delivery(fmt.Sprintf("%s/%s", r.Order.ID, r.Order.Payment), "{}"))
	}
	i := 0
	settle(t, s, func(ctx context.Context, tx *sql.Tx, _ attribution.Stored) (attribution.Outcome, error) {
		r := records[i]
		i++
		return attribution.Outcome{Orders: []byline.OrderID{r.Order.ID}}, s.PutOrder(ctx, tx, r)
	})
}

func entry(subject contracts.Subject, revision int, creator byline.CreatorID, kind contracts.Kind, amount byline.Money) contracts.Entry {
	return contracts.Entry{
		Subject: subject, Revision: revision, PostedAt: now(),
		Line: contracts.Line{Creator: creator, Kind: kind, Amount: amount, Reason: contracts.ReasonEarned},
	}
}

func appendEntries(t testing.TB, l *ledger.Ledger, entries ...contracts.Entry) {
	t.Helper()
	for _, e := range entries {
		require.NoError(t, l.InTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			return l.Append(ctx, tx, []contracts.Entry{e})
		}))
	}
}
