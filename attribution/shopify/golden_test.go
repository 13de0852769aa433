package shopify_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/golden"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		t.Run(s.file, func(t *testing.T) {
			t.Parallel()
			events, err := decode(t, s.topic, load(t, s.file))
			require.NoError(t, err)
			got, err := json.MarshalIndent(events, "", " ")
			require.NoError(t, err)
			golden.Equal(t, strings.TrimSuffix(s.file, ".json")+".golden.json", append(got, '\n'))
		})
	}
}

func TestEverySampleIsListed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	for _, f := range files {
		name := filepath.Base(f)
		if base, is := strings.CutSuffix(name, ".golden.json"); is {
			name = base + ".json"
		}
		if !slices.ContainsFunc(samples, func(s sample) bool { return s.file == name }) {
			t.Errorf("%s is of no sample in the table", f)
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
			got, err := sampleOrder(t, tt.file).Sales()
			require.NoError(t, err)
			want := attribution.Sales{
				Sold: money(tt.sold, tt.currency), Returned: money(tt.returned, tt.currency), Kept: money(tt.kept, tt.currency),
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Sales mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// The list in signatures.txt was made by openssl, see there.
func TestSignaturesOfAnotherProgram(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/signatures.txt")
	require.NoError(t, err)
	seen := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		signature, file, found := strings.Cut(strings.TrimSpace(line), "  ")
		if strings.HasPrefix(line, "#") || !found {
			continue
		}
		seen[file] = true
		h := signed("orders/create", load(t, file))
		h.Set("X-Shopify-Hmac-Sha256", signature)
		_, err := decoder().Verify(h, load(t, file))
		require.NoError(t, err, file)
	}
	for _, s := range samples {
		if !seen[s.file] {
			t.Errorf("%s has no signature in the list", s.file)
		}
	}
}

func TestNothingPersonalIsKept(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		t.Run(s.file, func(t *testing.T) {
			t.Parallel()
			body := load(t, s.file)
			events, err := identifying().Decode(signed(s.topic, body), body)
			require.NoError(t, err)
			kept, err := json.Marshal(events)
			require.NoError(t, err)
			for _, word := range personal {
				if strings.Contains(string(kept), word) {
					t.Errorf("an event holds %q", word)
				}
			}
		})
	}
}
