package bigcommerce_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/internal/golden"
)

func TestGoldenOfNotices(t *testing.T) {
	t.Parallel()
	for _, n := range notices {
		t.Run(n.file, func(t *testing.T) {
			t.Parallel()
			events, err := decoder().Parse(attribution.Delivery{Body: load(t, n.file), ReceivedAt: now})
			require.NoError(t, err)
			compare(t, n.file, events)
		})
	}
}

func TestGoldenOfOrders(t *testing.T) {
	t.Parallel()
	for file, order := range orders {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			events, err := serve(t, &fakeStore{id: order, parts: loadParts(t, file)}).Fetch(t.Context(), pointer(order))
			require.NoError(t, err)
			compare(t, file, events)
			attributiontest.Impersonal(t, personal, events)
		})
	}
}

func compare(t *testing.T, file string, events []attribution.Event) {
	t.Helper()
	attributiontest.Golden(t, golden.Equal, file, events)
}

func TestEverySampleIsListed(t *testing.T) {
	t.Parallel()
	listed := slices.Collect(maps.Keys(orders))
	for _, n := range notices {
		listed = append(listed, n.file)
	}
	attributiontest.AllListed(t, listed...)
}

// What the samples are worth was worked out by hand, not by the code.
func TestSalesOfSamples(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		currency             byline.Currency
		sold, returned, kept string
	}{
		"order_code.json":         {"GBP", "66.30", "0", "66.30"},   // 48 - 7.20 + 30 - 4.50
		"order_tax_included.json": {"EUR", "180.67", "0", "180.67"}, // 225 - 10 - 34.33
		"order_two_coupons.json":  {"GBP", "33", "0", "33"},
		"order_jpy.json":          {"JPY", "6513", "0", "6513"}, // 7662 - 1149
		"order_kwd.json":          {"KWD", "11.138", "0", "11.138"},
		// 92 sold and 110.40 paid for the goods; a unit of the first line is 18, the amount
		// for goods that stayed 2.50, and 4.60 without goods are 3.83 of 92.
		"order_refunds.json": {"GBP", "92", "24.33", "67.67"},
		// A unit is 25, and 6.00 of 120.00 paid are 5.00 of 100.
		"order_refund_with_amount.json":        {"GBP", "100", "30", "70"},
		"order_refunds_tax_included.json":      {"GBP", "50", "21.67", "28.33"}, // 20 - 3.33, 6 - 1.00
		"order_refunded_before_v3.json":        {"GBP", "40", "30", "10"},
		"order_cancelled.json":                 {"GBP", "44", "44", "0"},
		"order_cash_on_delivery.json":          {"GBP", "72", "0", "72"},
		"order_gift_certificate.json":          {"GBP", "18", "0", "18"},
		"order_shown_in_another_currency.json": {"EUR", "35.10", "0", "35.10"},
		"order_archived.json":                  {"GBP", "15", "0", "15"},
		"order_notes.json":                     {"GBP", "15", "0", "15"},
		"order_test_gateway.json":              {"GBP", "15", "0", "15"},
		"order_point_of_sale.json":             {"GBP", "12", "0", "12"},
		"order_odd_but_harmless.json":          {"GBP", "9.50", "0", "9.50"},
	}
	for file := range orders {
		tt, ok := tests[file]
		if !ok {
			t.Errorf("%s is not in the table", file)
			continue
		}
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			attributiontest.Sold(t, sampleOrder(t, file), tt.currency, tt.sold, tt.returned, tt.kept)
		})
	}
}
