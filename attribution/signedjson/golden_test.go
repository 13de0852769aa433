package signedjson_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/internal/golden"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, file := range samples {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			body := load(t, file)
			d := decoder()
			// The keys of people are another package's, and have its own tests.
			d.Identity = attribution.Identity{}
			events, err := d.Decode(signed(t, body), body)
			require.NoError(t, err)
			attributiontest.Golden(t, golden.Equal, file, events)
		})
	}
}

func TestEverySampleIsListed(t *testing.T) {
	t.Parallel()
	attributiontest.AllListed(t, samples...)
}

func TestConformance(t *testing.T) {
	t.Parallel()
	h := attributiontest.DecoderHarness{Decoder: decoder(), Signature: "Webhook-Signature", Personal: personal}
	for _, file := range samples {
		h.Samples = append(h.Samples, attributiontest.DecoderSample{Name: file, Body: load(t, file), Silent: file == "unknown_type.json"})
	}
	h.Sign = func(_ string, body []byte) http.Header { return signed(t, body) }
	attributiontest.TestDecoder(t, h)
}

// What the samples are worth was worked out by hand, not by the code.
func TestSalesOfSamples(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file                 string
		currency             byline.Currency
		sold, returned, kept string
	}{
		// 75 - 7.50 - 10.78 tax; 20.00 - 3.19 came back; the removed unit is that one.
		{"order_everything.json", "EUR", "56.72", "16.81", "39.91"},
		{"order_total.json", "USD", "50.00", "0", "50.00"},
		{"order_jpy.json", "JPY", "4860", "0", "4860"},
		{"order_kwd.json", "KWD", "11.137", "0", "11.137"},
		{"order_big_ids.json", "EUR", "0", "0", "0"},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			o := parseOrder(t, string(load(t, tt.file)))
			o.Disputes = nil
			attributiontest.Sold(t, o, tt.currency, tt.sold, tt.returned, tt.kept)
		})
	}
}

// The two documents of the package comment, and what it says of them.
func TestTheExampleOfTheDocumentation(t *testing.T) {
	t.Parallel()
	documents := documented(t)
	require.Len(t, documents, 2)
	o := parseOrder(t, documents[0])
	refund := parseOrder(t, documents[1])
	if o.ID != "demo.example:1001" || refund.ID != o.ID {
		t.Errorf("the orders are %q and %q", o.ID, refund.ID)
	}
	merged, err := o.Merge(refund)
	require.NoError(t, err)
	got, err := merged.Sales()
	require.NoError(t, err)
	want := attribution.Sales{Sold: money("42.50", "EUR"), Returned: money("21.25", "EUR"), Kept: money("21.25", "EUR")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Sales mismatch (-want +got):\n%s", diff)
	}
	book, err := attribution.NewBook([]attribution.Offer{{Creator: "ada", Campaign: "autumn", Code: "ada15", Active: byline.Window{
		Start: o.PlacedAt.AddDate(0, -1, 0), End: o.PlacedAt.AddDate(0, 1, 0),
	}}})
	require.NoError(t, err)
	decision := attribution.Decide(merged, nil, book, attribution.Policy{})
	require.Len(t, decision.Credits, 1)
	if diff := cmp.Diff(byline.CreatorID("ada"), decision.Credits[0].Creator); diff != "" {
		t.Errorf("credited (-want +got):\n%s", diff)
	}
}
