package stores_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
)

func ids(records []attribution.Record) []byline.OrderID {
	got := []byline.OrderID{}
	for _, r := range records {
		got = append(got, r.Order.ID)
	}
	return got
}

func TestRecentOrdersPage(t *testing.T) {
	t.Parallel()
	s := newDatabase(t).orders(t, orders.Options{})
	var all []attribution.Record
	for i := range 5 {
		r := record(t, byline.OrderID(fmt.Sprint(i)), attribution.Paid, []string{"ava", "ben"}[i%2])
		r.Order.PlacedAt = now().Add(time.Duration(i/2) * time.Hour) // pairs at the same instant
		all = append(all, r)
	}
	putOrders(t, s, all...)
	for name, c := range map[string]struct {
		query orders.OrderQuery
		want  []byline.OrderID
	}{
		"newest first":        {orders.OrderQuery{}, []byline.OrderID{"4", "3", "2", "1", "0"}},
		"limited":             {orders.OrderQuery{Limit: 2}, []byline.OrderID{"4", "3"}},
		"continued in a pair": {orders.OrderQuery{Limit: 2, Before: orders.After(all[3])}, []byline.OrderID{"2", "1"}},
		"the end":             {orders.OrderQuery{Before: orders.After(all[0])}, []byline.OrderID{}},
		"of a creator":        {orders.OrderQuery{Creator: "ava"}, []byline.OrderID{"4", "2", "0"}},
		"a creator continued": {orders.OrderQuery{Creator: "ava", Limit: 1, Before: orders.After(all[4])}, []byline.OrderID{"2"}},
		"of nobody":           {orders.OrderQuery{Creator: "cy"}, []byline.OrderID{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := s.RecentOrders(t.Context(), c.query)
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(c.want, ids(got)))
		})
	}
	got, err := s.FindOrder(t.Context(), "3")
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(all[3], got))
}

func TestSalesAddUp(t *testing.T) {
	t.Parallel()
	s := newDatabase(t).orders(t, orders.Options{})
	test := record(t, "test", attribution.Paid, "ava")
	test.Order.Test = true
	test.Decision.Standing = attribution.StandingTest
	clicked := record(t, "clicked", attribution.Paid, "ava")
	clicked.Decision.Credits[0].By = attribution.ByClick
	putOrders(t, s,
		record(t, "paid", attribution.Pending, "ava"), record(t, "paid", attribution.Paid, "ava"), // the later decision counts
		record(t, "shared", attribution.Paid, "ava", "ben"),
		record(t, "back", attribution.Refunded, "ava"),
		record(t, "open", attribution.Pending, "ben"),
		record(t, "nobody", attribution.Paid),
		clicked, test)

	sales, err := s.SalesByCreator(t.Context())
	require.NoError(t, err)
	want := []orders.CreatorSales{
		{Creator: "ava", Campaign: "autumn", Orders: 3, AllOrders: 5, ByCode: 2, ByClick: 1, Sold: eur(25_000), Earning: eur(25_000), Returned: eur(10_000)},
		{Creator: "ben", Campaign: "autumn", Orders: 1, AllOrders: 2, ByCode: 1, Sold: eur(5_000), Earning: eur(5_000), Returned: eur(0)},
	}
	require.Empty(t, cmp.Diff(want, sales))

	totals, err := s.Totals(t.Context())
	require.NoError(t, err)
	require.Empty(t, cmp.Diff([]orders.OrderTotals{{
		Currency: byline.EUR, Orders: 6, Credited: 5, Earning: 3,
		Sold: eur(60_000), Returned: eur(10_000),
		CreditedSold: eur(50_000), CreditedReturned: eur(10_000), EarningBase: eur(30_000),
	}}, totals))
}

func TestARecordNobodyCouldReadIsInvalid(t *testing.T) {
	t.Parallel()
	s := newDatabase(t).orders(t, orders.Options{})
	for name, spoil := range map[string]func(*attribution.Record){
		"amount without a currency": func(r *attribution.Record) { r.Order.Lines[0].Gross = byline.Minor(5, "") },
		"unknown currency":          func(r *attribution.Record) { r.Order.Lines[0].Gross = byline.Minor(5, "ZZZ") },
		"a year of five digits":     func(r *attribution.Record) { r.Order.PlacedAt = time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC) },
	} {
		r := record(t, "spoilt", attribution.Paid)
		spoil(&r)
		require.ErrorIs(t, s.PutOrder(t.Context(), nil, r), byline.ErrInvalid, name)
	}
}
