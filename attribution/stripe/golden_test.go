package stripe_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/internal/golden"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		t.Run(s.file, func(t *testing.T) {
			t.Parallel()
			attributiontest.Golden(t, golden.Equal, s.file, events(t, load(t, s.file)))
		})
	}
}

func TestEverySampleIsListed(t *testing.T) {
	t.Parallel()
	attributiontest.AllListed(t, files()...)
	for _, s := range samples {
		d, err := decoder().Verify(signed(load(t, s.file)), load(t, s.file))
		require.NoError(t, err)
		if d.Topic != s.topic {
			t.Errorf("%s is of %s, not %s", s.file, d.Topic, s.topic)
		}
	}
}

// What the samples are worth was worked out by hand, not by the code.
func TestSalesOfSamples(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file                 string
		currency             byline.Currency
		sold, returned, kept string
	}{
		{"session_payment.json", "EUR", "45", "0", "45"},                 // 50.00 - 5.00, tax and shipping beside it
		{"session_tax_included.json", "GBP", "45", "0", "45"},            // 60.00 - 6.00 with 9.00 of tax in it
		{"session_tax_of_both_kinds.json", "EUR", "45.21", "0", "45.21"}, // 50.00 with 4.79 in it
		{"session_two_discounts.json", "EUR", "67", "0", "67"},
		{"session_unmapped_code.json", "EUR", "18", "0", "18"},
		{"session_expanded_code.json", "EUR", "18", "0", "18"},
		{"session_jpy.json", "JPY", "3680", "0", "3680"},
		{"session_kwd.json", "KWD", "12.340", "0", "12.340"},
		{"session_isk.json", "ISK", "16048", "0", "16048"}, // 19,900 with 3,851.61 of tax in it
		{"session_mga.json", "MGA", "45000", "0", "45000"},
		{"session_free.json", "EUR", "0", "0", "0"},
		{"session_unpaid.json", "EUR", "50", "0", "50"},
		{"session_async_succeeded.json", "EUR", "50", "0", "50"},
		{"session_async_failed.json", "EUR", "50", "50", "0"},
		{"session_subscription_code.json", "EUR", "17.10", "0", "17.10"},
		{"session_2020.json", "USD", "24", "0", "24"},
		{"session_test_mode.json", "EUR", "50", "0", "50"},
		{"session_connect.json", "EUR", "50", "0", "50"},
		{"session_guest.json", "EUR", "50", "0", "50"},
		{"invoice_paid.json", "EUR", "17.10", "0", "17.10"},
		{"invoice_renewal.json", "EUR", "17.10", "0", "17.10"},
		{"invoice_expanded_discounts.json", "EUR", "42.75", "0", "42.75"},
		{"invoice_proration.json", "EUR", "24", "0", "24"}, // 32.00 for the large plan, 8.00 back for the small one
		{"invoice_credit.json", "EUR", "0", "0", "0"},
		{"invoice_tax_included.json", "EUR", "28", "0", "28"},      // 10.00 and 21.40 - 2.14 - 1.26
		{"invoice_tax_of_both_kinds.json", "EUR", "20", "0", "20"}, // 11.90 with 1.90 in it, and 10.00
		{"invoice_cut_list.json", "EUR", "12", "0", "12"},          // ten lines of twelve, one euro each
		{"invoice_open.json", "EUR", "19", "0", "19"},
		{"invoice_uncollectible.json", "EUR", "19", "0", "19"},
		{"invoice_voided.json", "EUR", "19", "19", "0"},
		{"invoice_credit_note.json", "EUR", "100", "40", "60"}, // 47.60 of 119.00 was credited before it was paid
		{"invoice_shipping.json", "EUR", "40", "0", "40"},
		{"invoice_isk.json", "ISK", "5234", "0", "5234"}, // 5,233.87
		{"invoice_trial.json", "EUR", "0", "0", "0"},
		{"invoice_metered.json", "EUR", "7.31", "0", "7.31"},
		{"invoice_paid_2020.json", "USD", "27", "0", "27"},
		{"invoice_metadata_2023.json", "USD", "30", "0", "30"},
		{"invoice_taxed_as_a_whole.json", "USD", "27", "0", "27"},
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
		h := signed(load(t, file))
		h.Set("Stripe-Signature", "t=1790000000,v1="+signature)
		_, err := decoder().Verify(h, load(t, file))
		return err
	})
}

func TestNothingPersonalIsKept(t *testing.T) {
	t.Parallel()
	hook := decoder()
	hook.Identity = attribution.Identity{Key: attribution.Secret(strings.Repeat("k", 32))}
	for _, s := range samples {
		t.Run(s.file, func(t *testing.T) {
			t.Parallel()
			body := load(t, s.file)
			d, err := hook.Verify(signed(body), body)
			require.NoError(t, err)
			events, err := hook.Parse(d)
			require.NoError(t, err)
			attributiontest.Impersonal(t, personal, []any{events, d.Header, d.ID, d.Topic})
		})
	}
}
