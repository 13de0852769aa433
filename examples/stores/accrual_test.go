package stores_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
	ledger "github.com/bylinehq/byline/contracts/sqlstore"
)

func inTx(t testing.TB, l *ledger.Ledger, do func(ctx context.Context, tx *sql.Tx) error) {
	t.Helper()
	require.NoError(t, l.InTx(t.Context(), do))
}

// However many parts of however many subjects are due, accruing once releases all.
func TestAccrueReleasesAllThatIsDue(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	l := db.ledger(t)
	inTx(t, l, func(ctx context.Context, tx *sql.Tx) error {
		for i := range 501 {
			var entries []contracts.Entry
			for part := range 2 {
				e := entry(contracts.Subject(fmt.Sprintf("order:%04d", i)), 1, "ava", contracts.Commission, eur(100))
				e.Account, e.Until = contracts.Held, now().Add(-time.Duration(2*i+part)*time.Second)
				entries = append(entries, e)
			}
			if err := l.Append(ctx, tx, entries); err != nil {
				return err
			}
		}
		return nil
	})
	s, err := campaign.NewSettler(campaign.Settler[*sql.Tx]{Orders: db.orders(t, orders.Options{}), Ledger: l, Now: now})
	require.NoError(t, err)
	inTx(t, l, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.Accrue(ctx, tx, now())
		return err
	})
	b, err := l.CreatorBalances(t.Context(), "ava")
	require.NoError(t, err)
	require.Equal(t, eur(0), b[0].Held)
	require.Equal(t, eur(2*501*100), b[0].Payable)
}

// Whatever a line that waits counts, it is due; and when it is gone it is not.
func TestDueWhateverWaits(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*contracts.Line){
		"an amount":      func(l *contracts.Line) { l.Amount = eur(1) },
		"a base":         func(l *contracts.Line) { l.Base = eur(1) },
		"what was sold":  func(l *contracts.Line) { l.Sold = eur(1) },
		"units":          func(l *contracts.Line) { l.Units = 1 },
		"all of it":      func(l *contracts.Line) { l.Amount, l.Base, l.Sold, l.Units = eur(1), eur(10), eur(20), 2 },
		"until just now": func(l *contracts.Line) { l.Amount, l.Until = eur(1), now() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newDatabase(t).ledger(t)
			held := entry("order:1", 1, "ava", contracts.Commission, eur(0)).Line
			held.Account, held.Until = contracts.Held, now().Add(-time.Hour)
			change(&held)
			steps := []struct {
				target []contracts.Line
				want   []contracts.Subject
			}{{[]contracts.Line{held}, []contracts.Subject{"order:1"}}, {nil, nil}, {[]contracts.Line{held}, []contracts.Subject{"order:1"}}}
			for _, step := range steps {
				inTx(t, l, func(ctx context.Context, tx *sql.Tx) error {
					_, err := contracts.Post(ctx, tx, l, "order:1", step.target, now())
					require.NoError(t, err)
					due, err := l.Due(ctx, tx, now(), 10)
					require.Empty(t, cmp.Diff(step.want, due, cmpopts.EquateEmpty()))
					return err
				})
			}
			inTx(t, l, func(ctx context.Context, tx *sql.Tx) error {
				_, err := contracts.PostRelease(ctx, tx, l, "order:1", now(), now())
				require.NoError(t, err)
				due, err := l.Due(ctx, tx, now(), 10)
				require.Empty(t, due)
				return err
			})
		})
	}
}

// both are a ledger in memory and one in a database, of which everything is asked.
type both struct {
	*testing.T
	memory contracts.Ledger
	sql    *ledger.Ledger
	tx     *sql.Tx
}

func (b *both) same(what string, want, got any, errs ...error) {
	b.Helper()
	for _, err := range errs {
		require.NoError(b, err, what)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		b.Fatalf("%s (-memory +database):\n%s", what, diff)
	}
}

func (b *both) post(subject contracts.Subject, target []contracts.Line, at time.Time) {
	b.Helper()
	want, err := b.memory.Post(subject, target, at)
	got, err2 := contracts.Post(b.Context(), b.tx, b.sql, subject, target, at)
	b.same("posted", want, got, err, err2)
}

func (b *both) release(due, at time.Time) {
	b.Helper()
	want, err := b.memory.Due(b.Context(), attribution.NoTx{}, due, 100)
	got, err2 := b.sql.Due(b.Context(), b.tx, due, 100)
	b.same("due", want, got, err, err2)
	for _, subject := range want {
		want, err := contracts.PostRelease(b.Context(), attribution.NoTx{}, &b.memory, subject, due, at)
		got, err2 := contracts.PostRelease(b.Context(), b.tx, b.sql, subject, due, at)
		b.same("released", want, got, err, err2)
	}
}

func (b *both) sums(placed byline.Window) {
	b.Helper()
	want, err := b.memory.Earnings(b.Context(), attribution.NoTx{}, "a0", placed)
	got, err2 := b.sql.Earnings(b.Context(), b.tx, "a0", placed)
	b.same("earnings", want, got, err, err2)
	for _, c := range []byline.CreatorID{"ava", "ben"} {
		want, err := b.memory.Balances(c)
		got, err2 := b.sql.BalancesOf(b.Context(), b.tx, c)
		b.same("balances", want, got, err, err2)
	}
}

func randomLine(rng *rand.Rand) contracts.Line {
	currency := []byline.Currency{byline.EUR, byline.JPY, byline.KWD}[rng.IntN(3)]
	l := contracts.Line{
		Creator: []byline.CreatorID{"ava", "ben"}[rng.IntN(2)], Campaign: "c", Agreement: contracts.AgreementID(fmt.Sprint("a", rng.IntN(2))), Version: 1 + rng.IntN(2),
		Kind: []contracts.Kind{contracts.Commission, contracts.PerOrderPay}[rng.IntN(2)], Rule: fmt.Sprint("r", rng.IntN(2)), Reason: contracts.ReasonEarned, Rate: 10 * contracts.Percent,
		Amount: byline.Minor(rng.Int64N(50), currency), Units: rng.Int64N(3), EarnedAt: now().AddDate(0, 0, rng.IntN(10)),
	}
	if rng.IntN(2) == 0 {
		l.Base, l.Sold = byline.Minor(rng.Int64N(500), currency), byline.Minor(rng.Int64N(600), currency)
	}
	switch rng.IntN(4) {
	case 0:
		l.Account = contracts.Held
	case 1, 2:
		l.Account, l.Until = contracts.Held, now().Add(time.Duration(rng.IntN(6))*time.Hour)
	}
	return l
}

// The ledger in memory and the one in a database say the same of random histories.
func TestLedgersAgree(t *testing.T) {
	t.Parallel()
	for seed := range uint64(15) {
		rng := rand.New(rand.NewPCG(seed, 1))
		l := newDatabase(t).ledger(t)
		inTx(t, l, func(_ context.Context, tx *sql.Tx) error {
			b := &both{T: t, sql: l, tx: tx}
			for range 60 {
				at := now().Add(time.Duration(rng.IntN(8)) * time.Hour)
				if rng.IntN(3) == 0 {
					b.release(at, at.Add(time.Minute))
				} else {
					var target []contracts.Line
					for range rng.IntN(4) {
						target = append(target, randomLine(rng))
					}
					b.post(contracts.Subject(fmt.Sprint("order:", rng.IntN(6))), target, at)
				}
				b.sums(byline.Window{Start: now().AddDate(0, 0, rng.IntN(5)), End: now().AddDate(0, 0, 5+rng.IntN(5))})
			}
			return nil
		})
	}
}
