package stores_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/contracts"
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

// firstLedger is the schema that ledgers had before there were accounts.
const firstLedger = `
CREATE TABLE byline_migration (component TEXT NOT NULL, name TEXT NOT NULL, applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (component, name)) STRICT;
INSERT INTO byline_migration (component, name) VALUES ('contracts', '0001_ledger.sql');
CREATE TABLE contracts_entry (
	seq INTEGER PRIMARY KEY, subject TEXT NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL, posted_at INTEGER NOT NULL,
	creator TEXT NOT NULL, campaign TEXT NOT NULL, agreement TEXT NOT NULL, version INTEGER NOT NULL, policy TEXT NOT NULL,
	kind TEXT NOT NULL, reason TEXT NOT NULL, currency TEXT NOT NULL CHECK (currency <> ''), amount INTEGER NOT NULL, base INTEGER, rate INTEGER NOT NULL,
	UNIQUE (subject, revision, position)
) STRICT;
CREATE INDEX contracts_entry_creator ON contracts_entry (creator, seq);
CREATE TRIGGER contracts_entry_no_update BEFORE UPDATE ON contracts_entry BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER contracts_entry_no_delete BEFORE DELETE ON contracts_entry BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER contracts_entry_no_replace BEFORE INSERT ON contracts_entry
WHEN EXISTS (SELECT 1 FROM contracts_entry WHERE seq = NEW.seq OR (subject = NEW.subject AND revision = NEW.revision AND position = NEW.position))
BEGIN SELECT RAISE(IGNORE); END;
`

// A ledger from before there were accounts opens with all that it holds. What it said of a
// base was the latest target; it becomes a difference, as the amount is.
func TestALedgerOfTheFirstVersionIsMigrated(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	db.exec(t, firstLedger)
	old := func(subject contracts.Subject, revision, position int, creator byline.CreatorID, version int, kind contracts.Kind, amount int64, base any) {
		db.exec(t, `INSERT INTO contracts_entry (subject, revision, position, posted_at, creator, campaign, agreement, version, policy, kind, reason, currency, amount, base, rate)
			VALUES (?, ?, ?, ?, ?, 'autumn', 'a', ?, 'byline/1', ?, 'earned', 'EUR', ?, ?, 100000)`,
			string(subject), revision, position, now().UnixMicro(), string(creator), version, string(kind), amount, base)
	}
	old("order:1", 1, 0, "ava", 1, contracts.Commission, 500, 5000)
	old("order:1", 1, 1, "ben", 1, contracts.Commission, 70, 700)
	old("order:1", 2, 0, "ava", 1, contracts.Commission, -300, 2000)
	old("order:1", 3, 0, "ava", 1, contracts.Commission, -200, nil) // taken back
	old("order:1", 3, 1, "ava", 2, contracts.Commission, 400, 4000)
	old("order:2", 1, 0, "ava", 1, contracts.Commission, 10, 100)
	old("agreement:a", 1, 0, "ava", 1, contracts.FlatFee, 900, nil)
	old("payout:1", 1, 0, "ava", 0, contracts.Payout, -50, nil)

	l := db.ledger(t)
	line := func(creator byline.CreatorID, version int, amount, base int64) contracts.Line {
		return contracts.Line{Creator: creator, Campaign: "autumn", Agreement: "a", Version: version, Policy: "byline/1", Kind: contracts.Commission,
			Amount: eur(amount), Base: eur(base), Rate: 10 * contracts.Percent, Reason: contracts.ReasonEarned}
	}
	posted := func(revision int, line contracts.Line) contracts.Entry {
		return contracts.Entry{Subject: "order:1", Revision: revision, PostedAt: now(), Line: line}
	}
	got, err := l.Subject(t.Context(), "order:1")
	require.NoError(t, err)
	require.Empty(t, cmp.Diff([]contracts.Entry{posted(1, line("ava", 1, 500, 5000)), posted(1, line("ben", 1, 70, 700)),
		posted(2, line("ava", 1, -300, -3000)), posted(3, line("ava", 1, -200, -2000)), posted(3, line("ava", 2, 400, 4000))}, got))
	fee, err := l.Subject(t.Context(), "agreement:a")
	require.NoError(t, err)
	require.Equal(t, byline.Money{}, fee[0].Base)
	balances, err := l.CreatorBalances(t.Context(), "ava")
	require.NoError(t, err)
	zero := eur(0)
	require.Empty(t, cmp.Diff([]contracts.Balance{{Creator: "ava", Earned: eur(1310), Paid: eur(50), Owed: eur(1260), Held: zero, Payable: eur(1260), InTransit: zero, InKind: zero}}, balances))

	// Settled again, each part of the pay stands under its name, and the sums stay.
	settled := line("ava", 2, 400, 4000)
	settled.Rule, settled.EarnedAt = "sales", now()
	require.NoError(t, l.InTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := contracts.Post(ctx, tx, l, "order:1", []contracts.Line{settled}, now())
		return err
	}))
	got, err = l.Subject(t.Context(), "order:1")
	require.NoError(t, err)
	require.Len(t, got, 5+3) // ava's from the one place to the other, and ben's away
	after, err := l.CreatorBalances(t.Context(), "ava")
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(balances, after))
	_, err = db.writer.ExecContext(t.Context(), `DELETE FROM contracts_entry`)
	require.ErrorContains(t, err, "append-only")
}
