package attribution_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// placed is the instant at which the test orders are placed.
var placed = time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC)

func eur(cents int64) byline.Money { return byline.Minor(cents, byline.EUR) }

func november() byline.Window {
	return byline.Window{Start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)}
}

func october() byline.Window {
	return byline.Window{Start: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), End: november().Start}
}

// offers are two creators of one campaign, one whose code passed from her to him, one
// offer of another campaign and one still to start.
func offers() []attribution.Offer {
	return []attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Code: "ADA15", Link: "ada-autumn", Active: november()},
		{Creator: "bruno", Campaign: "autumn", Code: "Bruno10", Link: "bruno-autumn", Active: november()},
		{Creator: "ada", Campaign: "autumn", Code: "CANDLE", Active: october()},
		{Creator: "bruno", Campaign: "autumn", Code: "candle", Active: november()},
		{Creator: "cleo", Campaign: "spring", Code: "CLEO5", Link: "cleo-spring", Active: november()},
		{Creator: "dario", Campaign: "autumn", Code: "DARIO5", Active: byline.Window{Start: november().End}},
		{Creator: "ada", Campaign: "autumn", Code: "OLDADA", Active: october()},
	}
}

func testBook(tb testing.TB) *attribution.Book {
	tb.Helper()
	book, err := attribution.NewBook(offers())
	require.NoError(tb, err)
	return book
}

// paidOrder is worth 100.00 before a discount of 15.00, plus tax.
func paidOrder(codes ...string) attribution.Order {
	o := attribution.Order{
		ID: "shop:1001", Shop: "demo.example", Number: "#1001", PlacedAt: placed, UpdatedAt: placed,
		Payment: attribution.Paid, Currency: byline.EUR,
		Lines: []attribution.Line{
			{ID: "mug", Quantity: 2, Gross: eur(6000), Discount: eur(900), Tax: eur(969)},
			{ID: "tray", Quantity: 1, Gross: eur(4000), Discount: eur(600), Tax: eur(646)},
		},
	}
	for _, c := range codes {
		o.Codes = append(o.Codes, attribution.CodeUse{Code: c, Kind: attribution.Genuine, Discount: eur(1500 / int64(len(codes)))})
	}
	return o
}
