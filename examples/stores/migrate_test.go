package stores_test

import (
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
	ledger "github.com/bylinehq/byline/contracts/sqlstore"
)

func TestMigrationsRunOnce(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s := db.orders(t, orders.Options{})
	put(t, s, attribution.Accepted, delivery("a", "{}"))
	require.NoError(t, s.Close())
	again := db.orders(t, orders.Options{})
	put(t, again, attribution.Duplicate, delivery("a", "{}"))
	db.ledger(t)
	db.ledger(t)
}

// Programs that start at once meet an empty file, each with connections of its own.
func TestMigrationsRunInSeveralProgramsAtOnce(t *testing.T) {
	t.Parallel()
	for range 5 {
		path := filepath.Join(t.TempDir(), "byline.db")
		var programs sync.WaitGroup
		start := make(chan struct{})
		for range 8 {
			writer := openFile(t, path, lasting, 1)
			programs.Go(func() {
				<-start
				s, err := orders.Open(t.Context(), writer, &orders.Options{Now: now})
				if err != nil {
					t.Errorf("orders: %v", err)
					return
				}
				if _, err := ledger.Open(t.Context(), writer, nil); err != nil {
					t.Errorf("ledger: %v", err)
				}
				if err := s.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
		}
		close(start)
		programs.Wait()
	}
}

func TestADatabaseOfALaterVersionIsRefused(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	db.ledger(t)
	db.orders(t, orders.Options{})
	db.exec(t, `INSERT INTO byline_migration (component, name) VALUES ('contracts', '9999_later.sql')`)
	_, err := ledger.Open(t.Context(), db.writer, nil)
	require.ErrorIs(t, err, byline.ErrConflict)
	require.ErrorContains(t, err, "9999_later.sql")
	db.orders(t, orders.Options{}) // the other component is not concerned
}
