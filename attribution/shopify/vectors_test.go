package shopify_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
	"github.com/bylinehq/byline/internal/golden"
)

// The vectors come from the test suites of Shopify's libraries and others'. They carry
// no topic, so a good signature leads as far as ErrIgnored.
func TestVectors(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(golden.SharedData(t, "payloads", "vectors.json"))
	require.NoError(t, err)
	var file struct {
		Vectors []struct {
			ID, Platform, Scheme, Expect, Secret, Body string
			Headers                                    map[string]string
		}
	}
	require.NoError(t, json.Unmarshal(data, &file))
	judged := 0
	for _, v := range file.Vectors {
		if v.Platform != "shopify" || v.Scheme != "hmac-sha256-base64(body)" {
			continue
		}
		judged++
		want := attribution.ErrBadSignature
		if v.Expect == "valid" {
			want = attribution.ErrIgnored
		}
		header := http.Header{}
		for name, value := range v.Headers {
			header[name] = []string{value}
		}
		_, err := shopify.Webhook{Secrets: []attribution.Secret{attribution.Secret(v.Secret)}}.Verify(header, []byte(v.Body))
		if !errors.Is(err, want) {
			t.Errorf("%s: Verify = %v, want %v", v.ID, err, want)
		}
	}
	if judged != 4 {
		t.Errorf("judged %d vectors, want 4", judged)
	}
}

// Each file of the research data, under the topic it is of, and what becomes of it.
func TestSharedPayloads(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file, topic string
		want        string // a summary of the event, or the fault
	}{
		{"compliance_customers_redact.json", "customers/redact", "person.redact of 1 orders"},
		{"compliance_shop_redact.json", "shop/redact", "shop.redact of everybody"},
		{"legacy_price_rules.json", "orders/create", "shopify.shape"},
		{"order_EUR_tax.json", "orders/create", "shopify:1073459976 paid keeps 224.97 EUR of 224.97 EUR, no code, test false"},
		{"order_authorized.json", "orders/updated", "shopify:450789469 authorized keeps 195.67 USD of 587.00 USD, TENOFF discount_code 10.00 USD, test true"},
		{"order_cancelled_refunded.json", "orders/cancelled", "shopify:450789469 refunded keeps 0.00 USD of 587.00 USD, TENOFF discount_code 10.00 USD, test true"},
		{"order_manual_discount_listed_as_code_FAKE30.json", "orders/create", "shopify:1073459981 paid keeps 181.09 USD of 181.09 USD, FAKE30 manual 17.91 USD, test false"},
		{"order_partially_refunded_code_TENOFF.json", "orders/updated", "shopify:450789469 partially_refunded keeps 195.67 USD of 587.00 USD, TENOFF discount_code 10.00 USD, test true"},
		{"order_pending.json", "orders/create", "shopify:1073459983 pending keeps 199.00 USD of 199.00 USD, no code, test false"},
		{"refund_shipping_only.json", "refunds/create", "shopify:450789469 refund 929361471 settled of 0 lines, cash 5.00 USD, shipping 5.00 USD"},
		{"refund_two_lines_legacy_restock.json", "refunds/create", "shopify:450789469 refund 509562969 settled of 2 lines, cash 209.00 USD, shipping 0"},
	}
	dir := golden.SharedData(t, "payloads", "shopify")
	listed := map[string]bool{}
	for _, tt := range tests {
		listed[tt.file] = true
		body, err := os.ReadFile(filepath.Join(dir, tt.file))
		require.NoError(t, err)
		if diff := cmp.Diff(tt.want, summary(parseFor(t, tt.topic, body))); diff != "" {
			t.Errorf("%s mismatch (-want +got):\n%s", tt.file, diff)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	require.NoError(t, err)
	for _, f := range files {
		if !listed[filepath.Base(f)] {
			t.Errorf("%s is not in the table", filepath.Base(f))
		}
	}
}

// parseFor decodes as an endpoint of the shop that the compliance samples name.
func parseFor(t *testing.T, topic string, body []byte) ([]attribution.Event, error) {
	t.Helper()
	const other = "example.myshopify.com"
	h := with(signed(topic, body), "X-Shopify-Shop-Domain", other)
	return shopify.Webhook{Secrets: []attribution.Secret{secret}, Shop: other}.Decode(h, body)
}
