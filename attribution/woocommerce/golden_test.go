package woocommerce_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/woocommerce"
	"github.com/bylinehq/byline/internal/golden"
)

// The keys of customers are another package's affair, so there are none in these files.
func TestGolden(t *testing.T) {
	t.Parallel()
	hook := decoder()
	hook.Identity = attribution.Identity{}
	for _, s := range samples {
		t.Run(s.file, func(t *testing.T) {
			t.Parallel()
			body := load(t, s.file)
			events, err := hook.Decode(signed(s.topic, body), body, arrival())
			require.NoError(t, err)
			attributiontest.Golden(t, golden.Equal, s.file, events)
		})
	}
}

func TestGoldenRefundList(t *testing.T) {
	t.Parallel()
	o, err := woocommerce.ParseRefunds(load(t, listFile), refundList(t))
	require.NoError(t, err)
	attributiontest.Golden(t, golden.Equal, listFile, o)
}

func TestEverySampleIsListed(t *testing.T) {
	t.Parallel()
	attributiontest.AllListed(t, append(files(), listFile)...)
}

// What the samples are worth was worked out by hand, not by the code.
func TestSalesOfSamples(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		currency             byline.Currency
		sold, returned, kept string
	}{
		"order_coupon_and_visit.json":   {"EUR", "36", "0", "36"},
		"order_two_coupons.json":        {"USD", "78", "0", "78"},
		"order_cancelled_paid.json":     {"EUR", "40", "40", "0"},
		"order_failed.json":             {"EUR", "40", "40", "0"},
		"order_refunded.json":           {"EUR", "40", "40", "0"},
		"order_partial_refunds.json":    {"EUR", "40", "25", "15"},
		"order_refund_deleted.json":     {"EUR", "40", "5", "35"},
		"order_jpy.json":                {"JPY", "6513", "0", "6513"},
		"order_kwd.json":                {"KWD", "11.137", "0", "11.137"},
		"order_four_decimals.json":      {"EUR", "27.33", "0", "27.33"}, // 3 × 9.1111 = 27.3333
		"order_prices_include_tax.json": {"EUR", "100", "0", "100"},
		"order_gift_cards.json":         {"EUR", "40", "0", "40"},
		"order_fees_and_shipping.json":  {"EUR", "40", "0", "40"},
		"order_odd_types.json":          {"EUR", "50", "0", "50"},
		"order_free.json":               {"EUR", "0", "0", "0"},
		"order_by_weight.json":          {"EUR", "21", "0", "21"},
		"order_wire.json":               {"EUR", "36", "0", "36"},
		"order_many_lines.json":         {"EUR", "177.72", "23.34", "154.38"}, // 177.72 × 25 / (177.72 + 12.66 tax)
	}
	for file, tt := range tests {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			attributiontest.Sold(t, sampleOrder(t, file), tt.currency, tt.sold, tt.returned, tt.kept)
		})
	}
}

// The list in signatures.txt was made by openssl, see there.
func TestSignaturesOfAnotherProgram(t *testing.T) {
	t.Parallel()
	attributiontest.Signatures(t, files(), func(file, signature string) error {
		h := with(signed("order.created", load(t, file)), signatureHeader, signature)
		_, err := decoder().Verify(h, load(t, file))
		return err
	})
}

func TestNothingPersonalIsKept(t *testing.T) {
	t.Parallel()
	kept := map[string]any{}
	for _, s := range samples {
		events, err := decode(t, s.topic, load(t, s.file))
		require.NoError(t, err)
		kept[s.file] = events
	}
	list, err := woocommerce.ParseRefunds(load(t, listFile), refundList(t))
	require.NoError(t, err)
	kept[listFile] = list
	for file, events := range kept {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			attributiontest.Impersonal(t, personal, events)
		})
	}
}
