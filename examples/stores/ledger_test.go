package stores_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/contracts"
)

// changes are the ways to change what is posted.
func changes() map[string]string {
	copied := func(seq, revision string) string {
		return `INSERT OR REPLACE INTO contracts_entry SELECT ` + seq + `, subject, ` + revision + `, position, posted_at, creator, campaign,
			agreement, version, policy, kind, rule, account, until, reason, currency, 1, base, sold, rate, units, earned_at, fx FROM contracts_entry`
	}
	return map[string]string{
		"update":                    `UPDATE contracts_entry SET amount = 1`,
		"delete":                    `DELETE FROM contracts_entry`,
		"upsert":                    `INSERT INTO contracts_entry SELECT * FROM contracts_entry WHERE true ON CONFLICT (seq) DO UPDATE SET amount = 1`,
		"replace by key":            copied("seq + 100", "revision"),
		"replace by number":         copied("seq", "revision + 100"),
		"update that moves the key": `UPDATE OR REPLACE contracts_entry SET revision = 1`,
	}
}

func TestTheDatabaseRefusesToChangeTheLedger(t *testing.T) {
	t.Parallel()
	for name, statement := range changes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := newDatabase(t)
			l := db.ledger(t)
			appendEntries(t, l, entry("order:1", 1, "ava", contracts.Commission, eur(500)), entry("order:1", 2, "ava", contracts.Commission, eur(-200)))
			before, err := l.Subject(t.Context(), "order:1")
			require.NoError(t, err)
			_, refused := db.writer.ExecContext(t.Context(), statement)
			after, err := l.Subject(t.Context(), "order:1")
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(before, after))
			if name == "update" || name == "delete" {
				require.ErrorContains(t, refused, "append-only")
			}
			// Without the triggers the statement works, so it is they that refused it.
			for _, trigger := range []string{"update", "delete", "replace"} {
				db.exec(t, `DROP TRIGGER contracts_entry_no_`+trigger)
			}
			db.exec(t, statement)
			after, err = l.Subject(t.Context(), "order:1")
			require.NoError(t, err)
			require.NotEmpty(t, cmp.Diff(before, after))
		})
	}
}

func TestBalancesAreWhatTheEntriesSay(t *testing.T) {
	t.Parallel()
	l := newDatabase(t).ledger(t)
	yen := byline.Minor(700, byline.JPY)
	posted := []contracts.Entry{
		entry("order:1", 1, "ava", contracts.Commission, eur(500)),
		entry("order:1", 2, "ava", contracts.Commission, eur(-200)),
		entry("agreement:a", 1, "ben", contracts.FlatFee, eur(10_000)),
		entry("payout:1", 1, "ava", contracts.Payout, eur(-300)),
		entry("order:2", 1, "ava", contracts.Commission, yen),
	}
	appendEntries(t, l, posted...)

	want, err := contracts.Balances(posted)
	require.NoError(t, err)
	got, err := l.Balances(t.Context())
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(want, got))
	got, err = l.CreatorBalances(t.Context(), "ava")
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(want[:2], got))

	latest, err := l.OfCreator(t.Context(), "ava", 2)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff([]contracts.Entry{posted[4], posted[3]}, latest))
	none, err := l.OfCreator(t.Context(), "nobody", 0)
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestASumBeyondAnInt64IsAnError(t *testing.T) {
	t.Parallel()
	l := newDatabase(t).ledger(t)
	appendEntries(t, l,
		entry("order:1", 1, "ava", contracts.Commission, eur(math.MaxInt64)),
		entry("order:2", 1, "ava", contracts.Commission, eur(1)))
	_, err := l.Balances(t.Context())
	require.Error(t, err)
}

func TestEntriesThatSQLCannotHoldAreInvalid(t *testing.T) {
	t.Parallel()
	l := newDatabase(t).ledger(t)
	otherBase := entry("order:1", 1, "ava", contracts.Commission, eur(1))
	otherBase.Base = byline.Minor(1, byline.JPY)
	for _, e := range []contracts.Entry{entry("order:1", 1, "ava", contracts.Commission, byline.Money{}), otherBase} {
		err := l.InTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return l.Append(ctx, tx, []contracts.Entry{e}) })
		require.ErrorIs(t, err, byline.ErrInvalid)
	}
}

func TestTwoStoresShareOneTransaction(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s, l := db.orders(t, orders.Options{}), db.ledger(t)
	for _, id := range []string{"good", "bad"} {
		put(t, s, attribution.Accepted, delivery(id, "{}"))
	}
	away := errors.New("something after both went wrong")
	settle(t, s, func(ctx context.Context, tx *sql.Tx, d attribution.Stored) (attribution.Outcome, error) {
		id := byline.OrderID(d.ID)
		err := s.PutOrder(ctx, tx, record(t, id, attribution.Paid, "ava"))
		if err != nil {
			return attribution.Outcome{}, err
		}
		line := contracts.Line{Creator: "ava", Kind: contracts.Commission, Amount: eur(1_000), Reason: contracts.ReasonEarned}
		if _, err := contracts.Post(ctx, tx, l, contracts.ForOrder(id), []contracts.Line{line}, now()); err != nil {
			return attribution.Outcome{}, err
		}
		if d.ID == "bad" {
			return attribution.Outcome{}, away
		}
		return attribution.Outcome{Status: attribution.StatusProcessed, Orders: []byline.OrderID{id}}, nil
	})
	_, err := s.FindOrder(t.Context(), "bad")
	require.ErrorIs(t, err, byline.ErrNotFound)
	for id, want := range map[byline.OrderID]int{"bad": 0, "good": 1} {
		entries, err := l.Subject(t.Context(), contracts.ForOrder(id))
		require.NoError(t, err)
		require.Len(t, entries, want, "entries of %s", id)
	}
	balances, err := l.Balances(t.Context())
	require.NoError(t, err)
	require.Equal(t, "10.00 EUR", fmt.Sprint(balances[0].Owed))
}
