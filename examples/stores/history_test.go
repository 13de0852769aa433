package stores_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
	ledger "github.com/bylinehq/byline/contracts/sqlstore"
)

// A store is all that a settler looks things up in.
var (
	_ campaign.OrderStore[*sql.Tx]   = (*orders.Store)(nil)
	_ campaign.HistoryStore[*sql.Tx] = (*orders.Store)(nil)
	_ campaign.AliasStore[*sql.Tx]   = (*orders.Store)(nil)
)

// desk is a settler on a database.
type desk struct {
	*campaign.Settler[*sql.Tx]
	store  *orders.Store
	ledger *ledger.Ledger
}

// bindingPolicy credits codes, then clicks, then whoever brought the customer.
func bindingPolicy() attribution.Policy {
	return attribution.Policy{Version: "binding/1", CoolDownDays: 1, Rules: []attribution.Rule{
		{Evidence: []attribution.EvidenceKind{attribution.ByCode}}, {Evidence: []attribution.EvidenceKind{attribution.ByClick}},
		{Evidence: []attribution.EvidenceKind{attribution.ByBinding}, WindowDays: 30},
	}}
}

func (db database) desk(t testing.TB, policy attribution.Policy) desk {
	t.Helper()
	d := desk{store: db.orders(t, orders.Options{}), ledger: db.ledger(t)}
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ava", Campaign: "autumn", Code: "AVA15", Link: "ava", Uses: 3}, {Creator: "ben", Campaign: "autumn", Code: "BEN15", Link: "ben"},
	})
	require.NoError(t, err)
	var agreements []*contracts.Agreement
	for _, c := range []byline.CreatorID{"ava", "ben"} {
		a, err := contracts.Draft(contracts.Terms{
			ID: contracts.AgreementID(c), Version: 1, Creator: c, Campaign: "autumn", Pay: contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: 10 * contracts.Percent}}},
			Effective: byline.Window{Start: now().AddDate(-1, 0, 0)},
		})
		require.NoError(t, err)
		agreements = append(agreements, a)
	}
	register, err := contracts.NewRegister(agreements...)
	require.NoError(t, err)
	d.Settler, err = campaign.NewSettler(campaign.Settler[*sql.Tx]{
		Orders: d.store, History: d.store, Aliases: d.store, Ledger: d.ledger, Book: book, Agreements: register,
		Policies: []attribution.Policy{policy}, Now: now,
	})
	require.NoError(t, err)
	return d
}

func (d desk) apply(t testing.TB, events ...attribution.Event) {
	t.Helper()
	for _, e := range events {
		require.NoError(t, d.store.InTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return d.Apply(ctx, tx, e) }))
	}
}

func told(o attribution.Order) attribution.Event {
	return attribution.Event{Kind: attribution.OrderChanged, Shop: o.Shop, Order: &o}
}

// ordered is an order of 100 EUR, placed some hours after another.
func ordered(id byline.OrderID, hours int, c attribution.Customer) attribution.Order {
	placed := now().Add(time.Duration(hours-1000) * time.Hour)
	return attribution.Order{
		ID: id, Shop: "a.example", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: byline.EUR, Customer: c,
		Lines: []attribution.Line{{ID: "1", Quantity: 1, Gross: eur(10_000)}},
	}
}

// TestAForgottenPersonIsNotInTheFile follows one person through all that is kept of them,
// forgets them, lets the shop tell of them once more, and looks for them in every byte of
// the database. What they brought the creators stays to the cent.
func TestAForgottenPersonIsNotInTheFile(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	d := db.desk(t, bindingPolicy())
	keys := []string{"person-account", "e1.person-email", "p1.person-phone", "a1.person-address", "m1.person-card", "person-browser", "person-click", "person-unknown-click", "person-other-click"}
	her := attribution.Customer{ID: keys[0], Email: keys[1], Phone: keys[2], Address: keys[3], Payment: keys[4], Visitor: keys[5]}
	first, second, third := ordered("1", 0, her), ordered("2", 100, her), ordered("3", 200, attribution.Customer{Email: keys[1]})
	first.Codes = []attribution.CodeUse{{Code: "ben15", Kind: attribution.Genuine}}
	third.Touches = []attribution.Touch{{ID: keys[6], At: third.PlacedAt}, {ID: keys[7], At: third.PlacedAt}}
	click := attribution.Touch{ID: keys[6], Link: "ava", At: third.PlacedAt.Add(-time.Hour), Verified: true}
	require.NoError(t, d.store.RecordOf(t.Context(), "a.example", her, click))
	click.ID, click.At = keys[8], click.At.Add(24*time.Hour)
	require.NoError(t, d.store.RecordOf(t.Context(), "a.example", attribution.Customer{Visitor: keys[5]}, click))
	d.apply(t, told(first), told(second), told(third))
	ids := []byline.OrderID{"1", "2", "3"}
	before := d.credits(t, ids...)
	require.Equal(t, map[byline.OrderID]string{"1": "ben 100.00 EUR by [ben15]", "2": "ben 100.00 EUR by [1]", "3": "ava 100.00 EUR by [ava]"}, before)
	require.ElementsMatch(t, keys, db.found(t, keys), "the test can see what it looks for")

	d.apply(t, attribution.Event{Kind: attribution.PersonRedact, Redaction: &attribution.Redaction{Shop: "a.example", Orders: ids}})
	require.Empty(t, db.found(t, keys))
	for _, o := range []attribution.Order{first, second, third} {
		o.UpdatedAt = now()
		d.apply(t, told(o), told(o))
	}
	require.Empty(t, db.found(t, keys))
	for _, id := range ids {
		require.NoError(t, d.store.InTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			made, err := d.Resettle(ctx, tx, id)
			require.Empty(t, made.Entries)
			return err
		}))
	}
	require.Equal(t, before, d.credits(t, ids...))
	require.Empty(t, db.found(t, keys))
	balances, err := d.ledger.Balances(t.Context())
	require.NoError(t, err)
	require.Equal(t, "10.00 EUR 20.00 EUR", fmt.Sprint(balances[0].Owed, balances[1].Owed))
}

// credits tells whom each order is credited to.
func (d desk) credits(t testing.TB, ids ...byline.OrderID) map[byline.OrderID]string {
	t.Helper()
	all := map[byline.OrderID]string{}
	for _, id := range ids {
		r, err := d.store.FindOrder(t.Context(), id)
		require.NoError(t, err)
		for _, c := range r.Decision.Credits {
			all[id] += fmt.Sprintf("%s %s by %v", c.Creator, c.Earning, c.Evidence)
		}
	}
	return all
}

// TestManyForgottenPeopleAreNotInTheFile forgets people in no order, among others who
// stay, with rows of all sizes moving between pages.
func TestManyForgottenPeopleAreNotInTheFile(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	d := db.desk(t, bindingPolicy())
	rng := rand.New(rand.NewPCG(61, 62))
	const people = 120
	for i := range people {
		_, key := person(i)
		who := attribution.Customer{Email: key, Visitor: "browser of " + key}
		for n := range rng.IntN(4) {
			click := attribution.Touch{ID: fmt.Sprintf("%s-click-%d", key, n), Link: "ava", At: now().AddDate(0, 0, -60), Page: fmt.Sprint(rng.Int64())}
			require.NoError(t, d.store.RecordOf(t.Context(), "a.example", who, click))
		}
		for n := range 1 + rng.IntN(3) {
			d.apply(t, told(ordered(byline.OrderID(fmt.Sprintf("%d/%d", i, n)), rng.IntN(500), who)))
		}
	}
	var gone []string
	for n, i := range rng.Perm(people) {
		_, key := person(i)
		gone = append(gone, key)
		d.apply(t, attribution.Event{Redaction: &attribution.Redaction{Shop: "a.example", Orders: []byline.OrderID{
			byline.OrderID(fmt.Sprintf("%d/0", i)), byline.OrderID(fmt.Sprintf("%d/1", i)), byline.OrderID(fmt.Sprintf("%d/2", i)),
		}}})
		if n%30 == 29 {
			require.Empty(t, db.found(t, gone), "after %d of %d", n+1, people)
		}
	}
}

// TestSQLiteDecidesAsMemoryDoes settles random orders of few customers in both stores, in
// any order and with aliases and redactions in between.
func TestSQLiteDecidesAsMemoryDoes(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(71, 72))
	carried := 0
	for range 12 {
		d := newDatabase(t).desk(t, bindingPolicy())
		memory := &attribution.Memory{}
		other, err := campaign.NewSettler(campaign.Settler[attribution.NoTx]{
			Orders: memory, History: memory, Aliases: memory, Ledger: &contracts.Ledger{}, Book: d.Book, Agreements: d.Agreements,
			Policies: d.Policies, Now: now,
		})
		require.NoError(t, err)
		for i := range 40 {
			e := someEvent(rng)
			if i == 20 {
				click := attribution.Touch{ID: "c", Link: "ava", At: now().AddDate(0, -2, 0)}
				who := attribution.Customer{Visitor: "0"}
				require.NoError(t, d.store.RecordOf(t.Context(), "", who, click))
				require.NoError(t, memory.RecordOf(t.Context(), "", who, click))
			}
			want := other.Apply(t.Context(), attribution.NoTx{}, e)
			got := d.store.InTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return d.Apply(ctx, tx, e) })
			require.Equal(t, fmt.Sprint(want), fmt.Sprint(got))
		}
		for i := range 8 {
			id := byline.OrderID(fmt.Sprint(i))
			want, wantErr := memory.Order(t.Context(), attribution.NoTx{}, id)
			got, gotErr := d.store.FindOrder(t.Context(), id)
			require.Equal(t, wantErr == nil, gotErr == nil, id)
			require.Empty(t, cmp.Diff(want, got), id)
			if want.History != nil && len(want.History.Credits) > 0 {
				carried++
			}
		}
	}
	require.Greater(t, carried, 10, "the test shows too little")
}

func someEvent(rng *rand.Rand) attribution.Event {
	id := byline.OrderID(fmt.Sprint(rng.IntN(8)))
	switch rng.IntN(12) {
	case 0:
		return attribution.Event{Redaction: &attribution.Redaction{Shop: "a.example", Orders: []byline.OrderID{id}}}
	case 1:
		return attribution.Event{Shop: "a.example", Alias: &attribution.Alias{Order: id, Also: byline.OrderID(fmt.Sprint(rng.IntN(8)))}}
	}
	who := attribution.Customer{Visitor: fmt.Sprint(rng.IntN(3))}
	if rng.IntN(3) > 0 {
		who.Email = fmt.Sprint("e1.", rng.IntN(2))
	}
	o := ordered(id, 12*rng.IntN(12), who)
	o.UpdatedAt = o.UpdatedAt.Add(time.Duration(rng.IntN(5)) * time.Minute)
	if rng.IntN(5) == 0 {
		o.CancelledAt = o.UpdatedAt
	}
	if code := []string{"", "ava15", "ben15"}[rng.IntN(3)]; code != "" {
		o.Codes = []attribution.CodeUse{{Code: code, Kind: attribution.Genuine}}
	}
	return told(o)
}

// TestADatabaseOfAnEarlierVersion is one from before there were histories.
func TestADatabaseOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	first := ordered("1", 0, attribution.Customer{Email: "e1.x"})
	first.Codes = []attribution.CodeUse{{Code: "ben15", Kind: attribution.Genuine}}
	d := db.desk(t, bindingPolicy())
	d.apply(t, told(first))
	require.NoError(t, d.store.Close())
	for _, statement := range []string{
		`DROP TABLE attribution_mark`, `DROP TABLE attribution_alias`, `DROP TABLE attribution_touch`, `DROP TABLE attribution_touch_key`, `DROP TABLE attribution_cursor`,
		`ALTER TABLE attribution_order DROP COLUMN history`, `ALTER TABLE attribution_order DROP COLUMN kin`,
		`DELETE FROM byline_migration WHERE component = 'attribution' AND name > '0003'`,
	} {
		db.exec(t, statement)
	}
	d = db.desk(t, bindingPolicy())
	second := told(ordered("2", 100, attribution.Customer{Email: "e1.x"}))
	d.apply(t, second)
	require.Equal(t, map[byline.OrderID]string{"1": "ben 100.00 EUR by [ben15]"}, d.credits(t, "1", "2"))
	d.apply(t, told(first), second)
	require.Equal(t, map[byline.OrderID]string{"1": "ben 100.00 EUR by [ben15]", "2": "ben 100.00 EUR by [1]"}, d.credits(t, "1", "2"))
}

// The indexes are used: nothing that a settlement looks up reads a whole table.
func TestLookUpsUseTheirIndexes(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	db.orders(t, orders.Options{})
	for query, args := range map[string]int{
		`SELECT mark FROM attribution_mark WHERE order_id = ?`: 1,
		`SELECT order_id FROM attribution_mark WHERE mark = ? AND (placed_at, order_id) > (?, ?) AND (placed_at, order_id) < (?, ?) ORDER BY placed_at DESC, order_id DESC LIMIT 9 OFFSET 0`: 5,
		`SELECT order_id FROM attribution_mark WHERE mark = ? AND (placed_at, order_id) > (?, ?) AND stands = 1 ORDER BY placed_at, order_id LIMIT 1 OFFSET 9`:                               3,
		`SELECT digest FROM attribution_touch_key WHERE key = ? AND at <= ? ORDER BY at DESC, digest LIMIT 9`:                                                                                2,
		`SELECT digest FROM attribution_touch WHERE at < ? LIMIT 9`:                                                                                                                          1,
		`SELECT also FROM attribution_alias WHERE shop = ? AND order_id = ? ORDER BY also`:                                                                                                   2,
	} {
		plan := db.plan(t, query, args)
		scans := slices.ContainsFunc(plan, func(step string) bool { return strings.HasPrefix(step, "SCAN") })
		require.False(t, scans, "%s: %v", query, plan)
	}
}

// plan is how SQLite goes about a query.
func (db database) plan(t *testing.T, query string, args int) []string {
	t.Helper()
	rows, err := db.reader.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, make([]any, args)...)
	require.NoError(t, err)
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &step))
		plan = append(plan, step)
	}
	require.NoError(t, rows.Err())
	return plan
}
