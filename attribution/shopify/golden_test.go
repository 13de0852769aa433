package shopify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/internal/golden"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		t.Run(s.file, func(t *testing.T) {
			t.Parallel()
			events, err := decode(t, s.topic, load(t, s.file))
			require.NoError(t, err)
			attributiontest.Golden(t, golden.Equal, s.file, events)
		})
	}
}

func TestEverySampleIsListed(t *testing.T) {
	t.Parallel()
	attributiontest.AllListed(t, files()...)
}

// What the samples are worth was worked out by hand, not by the code.
func TestSalesOfSamples(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file                 string
		currency             byline.Currency
		sold, returned, kept string
	}{
		{"order_two_codes.json", "USD", "103.88", "0", "103.88"},
		{"order_code_automatic_manual.json", "GBP", "54.85", "0", "54.85"},
		{"order_free_shipping_code.json", "GBP", "59.70", "0", "59.70"},
		{"order_gift_card.json", "GBP", "18", "0", "18"},
		{"order_jpy.json", "JPY", "6513", "0", "6513"},
		{"order_kwd.json", "KWD", "11.137", "0", "11.137"},
		{"order_eur_tax_included.json", "EUR", "85.57", "0", "85.57"},
		{"order_unicode_code.json", "EUR", "34", "0", "34"},
		{"order_big_ids.json", "GBP", "20", "0", "20"},
		{"order_edited_document.json", "GBP", "52", "18", "34"},
		{"order_partial_refunds.json", "GBP", "90", "54", "36"},
		{"order_failed_refund.json", "GBP", "30", "0", "30"},
		{"order_cancelled.json", "GBP", "44", "44", "0"},
		{"order_bogus_gateway.json", "GBP", "15", "0", "15"},
		{"order_test_notification.json", "GBP", "20", "20", "0"},
		{"order_draft.json", "GBP", "72", "0", "72"},
		{"order_before_applications_web.json", "GBP", "45", "0", "45"},
		{"order_before_applications_draft.json", "GBP", "45", "0", "45"},
		{"order_odd_but_harmless.json", "GBP", "9.50", "0", "9.50"},
		{"order_many_lines.json", "USD", "217.35", "11.25", "206.10"},
		{"order_wire.json", "GBP", "61.20", "0", "61.20"},
		{"order_till.json", "GBP", "22.50", "0", "22.50"},
		{"order_company.json", "GBP", "440", "0", "440"},
		{"order_renewal.json", "GBP", "17.10", "0", "17.10"},
		{"order_by_an_app.json", "GBP", "54", "0", "54"},
		{"order_links.json", "GBP", "45", "0", "45"},
		{"order_exchange.json", "GBP", "91.50", "36", "55.50"},
		{"order_presentment.json", "GBP", "22.50", "11.25", "11.25"},
		{"order_redacted.json", "GBP", "18", "0", "18"},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			attributiontest.Sold(t, sampleOrder(t, tt.file), tt.currency, tt.sold, tt.returned, tt.kept)
		})
	}
}

// The list in signatures.txt was made by openssl, see there.
func TestSignaturesOfAnotherProgram(t *testing.T) {
	t.Parallel()
	attributiontest.Signatures(t, files(), func(file, signature string) error {
		h := with(signed("orders/create", load(t, file)), "X-Shopify-Hmac-Sha256", signature)
		_, err := decoder().Verify(h, load(t, file))
		return err
	})
}

func TestNothingPersonalIsKept(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		t.Run(s.file, func(t *testing.T) {
			t.Parallel()
			body := load(t, s.file)
			events, err := identifying().Decode(signed(s.topic, body), body)
			require.NoError(t, err)
			attributiontest.Impersonal(t, personal, events)
		})
	}
}
