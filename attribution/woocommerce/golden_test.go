package woocommerce_test

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
			got, err := json.MarshalIndent(events, "", " ")
			require.NoError(t, err)
			golden.Equal(t, goldenName(s.file), append(got, '\n'))
		})
	}
}

func goldenName(file string) string { return strings.TrimSuffix(file, ".json") + ".golden.json" }

func TestGoldenRefundList(t *testing.T) {
	t.Parallel()
	o, err := woocommerce.ParseRefunds(load(t, listFile), refundList(t))
	require.NoError(t, err)
	got, err := json.MarshalIndent(o, "", " ")
	require.NoError(t, err)
	golden.Equal(t, goldenName(listFile), append(got, '\n'))
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
		if name != listFile && !slices.ContainsFunc(samples, func(s sample) bool { return s.file == name }) {
			t.Errorf("%s is of no sample in the table", f)
		}
	}
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
			got, err := sampleOrder(t, file).Sales()
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
		_, err := decoder().Verify(with(signed("order.created", load(t, file)), signatureHeader, signature), load(t, file))
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
		text, err := json.Marshal(events)
		require.NoError(t, err)
		for _, word := range personal {
			if strings.Contains(string(text), word) {
				t.Errorf("%s: an event holds %q", file, word)
			}
		}
	}
}
