package stores_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
)

// deskPay has something of everything.
func deskPay() contracts.Pay {
	sofa := contracts.Scope{Products: []string{"sofa"}}
	return contracts.Pay{
		Currency: byline.EUR, Period: contracts.Monthly, Guarantee: eur(5_000), Draw: eur(2_000),
		Fees: []contracts.Fee{{ID: "signing", Amount: eur(9_999), Due: contracts.AtSigning}, {ID: "posting", Amount: eur(20_001), Due: contracts.AtPosting, After: 3}},
		Percentages: []contracts.Percentage{
			{ID: "sofa", Rate: 20 * contracts.Percent, Scope: sofa, Base: contracts.NetSalesWithTax},
			{ID: "sales", Mode: contracts.Marginal, Tiers: []contracts.Tier{{From: eur(0), Rate: 10 * contracts.Percent}, {From: eur(20_000), Rate: 15 * contracts.Percent}}},
		},
		PerConversions: []contracts.PerConversion{{ID: "item", Amount: eur(55), Per: contracts.PerItem}},
		Metered:        []contracts.Metered{{ID: "views", Metric: contracts.Views, Amount: eur(500), Per: 1000}},
		Bonuses:        []contracts.Bonus{{ID: "two", Amount: eur(1_000), Metric: contracts.Orders, Target: 2}},
		Gifts:          []contracts.Gift{{ID: "box", Description: "a box of samples", Value: eur(12_000), Due: contracts.AtReceipt}},
		Cap:            &contracts.Cap{Amount: eur(15_000), Headroom: contracts.HeadroomSpent},
		Hold:           contracts.Hold{From: contracts.HeldDelivery, Days: 14, AtMost: 45, Items: []contracts.ItemHold{{Scope: sofa, Days: 100}}},
	}
}

func deskAgreements(t *testing.T) (*attribution.Book, *contracts.Register) {
	t.Helper()
	var offers []attribution.Offer
	var agreements []*contracts.Agreement
	for _, c := range []byline.CreatorID{"ada", "bruno"} {
		offers = append(offers, attribution.Offer{Creator: c, Campaign: "autumn", Code: string(c)})
		start := attributiontest.LifeStart().AddDate(0, -1, 0)
		a, err := contracts.Draft(contracts.Terms{
			ID: contracts.AgreementID("ag-" + c), Version: 1, Creator: c, Campaign: "autumn", SignedAt: start, Effective: byline.Window{Start: start}, Pay: deskPay(),
		})
		require.NoError(t, err)
		agreements = append(agreements, a)
	}
	book, err := attribution.NewBook(offers)
	require.NoError(t, err)
	register, err := contracts.NewRegister(agreements...)
	require.NoError(t, err)
	return book, register
}

// settlerOver is the same desk over any stores.
func settlerOver[Tx any](t *testing.T, store campaign.OrderStore[Tx], ledger contracts.EntryStore[Tx], now func() time.Time) *campaign.Settler[Tx] {
	t.Helper()
	book, register := deskAgreements(t)
	s, err := campaign.NewSettler(campaign.Settler[Tx]{
		Orders: store, Ledger: ledger, Book: book, Agreements: register, Now: now,
		Progress: func(context.Context, Tx, contracts.AgreementID) (contracts.Progress, error) {
			at := attributiontest.LifeStart()
			return contracts.Progress{
				Events:   []contracts.Event{{Milestone: contracts.AtPosting, At: at.AddDate(0, 0, 4)}, {Milestone: contracts.AtReceipt, At: at.AddDate(0, 0, 9)}},
				Readings: []contracts.Reading{{Metric: contracts.Views, Count: 12_345, At: at}},
			}, nil
		},
		Quote: func(_ context.Context, _ Tx, from, to byline.Currency, at time.Time) (contracts.Quote, error) {
			rate := map[byline.Currency]string{byline.JPY: "0.006123", byline.KWD: "2.98765"}[from]
			return contracts.NewQuote(from, to, decimal.RequireFromString(rate), at, "demo")
		},
	})
	require.NoError(t, err)
	return s
}

// TestTheSameDeskOverTwoStores leads the lives of orders, with accruals between, through a
// desk in memory and one in a database. They post the same entries at every step, pinned
// rates, holds, releases and periods included.
func TestTheSameDeskOverTwoStores(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(51, 52))
	at := attributiontest.LifeStart().AddDate(0, 0, -5)
	clock := func() time.Time { return at }
	db := newDatabase(t)
	stored, memory := db.ledger(t), &contracts.Ledger{}
	inSQL := settlerOver(t, db.orders(t, orders.Options{}), stored, clock)
	inMemory := settlerOver[attribution.NoTx](t, &attribution.Memory{}, memory, clock)

	var events []attribution.Order
	for i := range 40 {
		placed := attributiontest.LifeStart().AddDate(0, 0, rng.IntN(60))
		for _, e := range attributiontest.Life(rng, byline.OrderID(fmt.Sprint("shop:", i)), "ada", "bruno") {
			events = append(events, dressed(e, placed))
		}
	}
	rng.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	kinds := map[contracts.Kind]int{}
	released := 0
	compare := func(want, got []contracts.Entry) {
		t.Helper()
		require.Empty(t, cmp.Diff(want, got))
		for _, e := range got {
			kinds[e.Kind]++
			if e.Reason == contracts.ReasonReleased {
				released++
			}
		}
	}
	for _, e := range events {
		at = at.Add(time.Duration(rng.IntN(30)) * time.Hour)
		var inside campaign.Settlement
		require.NoError(t, stored.InTx(t.Context(), func(ctx context.Context, tx *sql.Tx) (err error) {
			inside, err = inSQL.Settle(ctx, tx, e)
			return err
		}))
		want, err := inMemory.Settle(t.Context(), attribution.NoTx{}, e)
		require.NoError(t, err)
		compare(want.Entries, inside.Entries)
		if rng.IntN(3) > 0 {
			continue
		}
		var accrued []contracts.Entry
		require.NoError(t, stored.InTx(t.Context(), func(ctx context.Context, tx *sql.Tx) (err error) {
			accrued, err = inSQL.Accrue(ctx, tx, at)
			return err
		}))
		due, err := inMemory.Accrue(t.Context(), attribution.NoTx{}, at)
		require.NoError(t, err)
		compare(due, accrued)
	}
	for _, c := range []byline.CreatorID{"ada", "bruno"} {
		want, err := memory.Balances(c)
		require.NoError(t, err)
		got, err := stored.CreatorBalances(t.Context(), c)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(want, got))
	}
	if len(kinds) < 9 || released < 20 {
		t.Errorf("%d releases and the kinds %v show too little", released, kinds)
	}
}

// dressed says what the goods of a life are, and when it was.
func dressed(o attribution.Order, placed time.Time) attribution.Order {
	if len(o.Lines) == 0 {
		return o
	}
	if !o.DeliveredAt.IsZero() {
		o.DeliveredAt = o.DeliveredAt.Add(placed.Sub(o.PlacedAt))
	}
	o.PlacedAt, o.Lines = placed, slices.Clone(o.Lines)
	for i := range o.Lines {
		o.Lines[i].Product = []string{"sofa", "mug"}[i%2]
	}
	return o
}
