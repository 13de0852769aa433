package shopify_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/shopify"
)

// The shop, its people and its secret are made up.
const (
	shop   = "north-pier.myshopify.com"
	secret = attribution.Secret("fictional-secret-of-north-pier")
)

// personal is what stands in the payloads about people and must never be kept.
var personal = []string{
	"Mira", "Sandoval", "mira.sandoval@example.com", "@", "203.0.113.7", "198.51.100.23", "Harbour Lane", "YO21",
	"960111", "Whitby", "•••• 4242", "owner@north-pier.example", "fictional",
	"Tam Okafor", "Quarry Row", "EH6", "Leith", "960222", "Please ring", "gift_message",
	// Tokens that open a customer's page.
	"0f0e0d0c", "a0b1c2d3", "0a0b0c0d",
}

// sample is one payload of testdata. All are our own, in the shape of API version
// 2026-07 unless their name says otherwise.
type sample struct{ file, topic string }

var samples = []sample{
	{"order_two_codes.json", "orders/create"},
	{"order_code_automatic_manual.json", "orders/create"},
	{"order_free_shipping_code.json", "orders/paid"},
	{"order_gift_card.json", "orders/paid"},
	{"order_jpy.json", "orders/create"},
	{"order_kwd.json", "orders/create"},
	{"order_eur_tax_included.json", "orders/create"},
	{"order_unicode_code.json", "orders/create"},
	{"order_big_ids.json", "orders/create"},
	{"order_edited_document.json", "orders/edited"},
	{"order_edit_envelope.json", "orders/edited"},
	{"order_partial_refunds.json", "orders/updated"},
	{"order_failed_refund.json", "orders/updated"},
	{"order_cancelled.json", "orders/cancelled"},
	{"order_bogus_gateway.json", "orders/create"},
	{"order_test_notification.json", "orders/paid"},
	{"order_draft.json", "orders/create"},
	{"order_before_applications_web.json", "orders/create"},
	{"order_before_applications_draft.json", "orders/create"},
	{"order_odd_but_harmless.json", "orders/create"},
	{"order_many_lines.json", "orders/updated"},
	{"order_wire.json", "orders/create"},
	{"order_till.json", "orders/create"},
	{"order_company.json", "orders/create"},
	{"order_renewal.json", "orders/paid"},
	{"order_by_an_app.json", "orders/create"},
	{"order_links.json", "orders/create"},
	{"order_exchange.json", "orders/updated"},
	{"order_presentment.json", "orders/updated"},
	{"order_redacted.json", "orders/updated"},
	{"order_deleted.json", "orders/delete"},
	{"refund_lines.json", "refunds/create"},
	{"refund_no_lines.json", "refunds/create"},
	{"refund_pending.json", "refunds/create"},
	{"refund_foreign_currency.json", "refunds/create"},
	{"refund_shipping_only.json", "refunds/create"},
	{"refund_shipping_without_adjustment.json", "refunds/create"},
	{"refund_numbers_only.json", "refunds/create"},
	{"refund_no_money.json", "refunds/create"},
	{"refund_void_only.json", "refunds/create"},
	{"dispute_open.json", "disputes/create"},
	{"dispute_won.json", "disputes/update"},
	{"dispute_inquiry.json", "disputes/create"},
	{"dispute_of_no_order.json", "disputes/update"},
	{"customers_redact.json", "customers/redact"},
	{"customers_redact_email_only.json", "customers/redact"},
	{"customers_data_request.json", "customers/data_request"},
	{"shop_redact.json", "shop/redact"},
	{"app_uninstalled.json", "app/uninstalled"},
}

func files() (names []string) {
	for _, s := range samples {
		names = append(names, s.file)
	}
	return names
}

func decoder() shopify.Webhook {
	return shopify.Webhook{Secrets: []attribution.Secret{secret}, Shop: shop}
}

// identifying makes keys of whom it reads of, and knows the shop's tags.
func identifying() shopify.Webhook {
	w := decoder()
	w.Identity.Key = "fictional-key-of-north-pier-0123456789"
	w.Tags = shopify.Tags{Staff: "Staff pick", Wholesale: "trade"}
	return w
}

// signed returns the headers that Shopify sends with body.
func signed(topic string, body []byte) http.Header {
	h := http.Header{}
	h.Set("X-Shopify-Hmac-Sha256", shopify.Sign(body, secret))
	h.Set("X-Shopify-Topic", topic)
	h.Set("X-Shopify-Shop-Domain", shop)
	h.Set("X-Shopify-Api-Version", "2026-07")
	h.Set("X-Shopify-Webhook-Id", "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043")
	h.Set("X-Shopify-Event-Id", "98880550-7158-44d4-b7cd-2c97c8a091b5")
	h.Set("X-Shopify-Triggered-At", "2026-10-04T09:00:08.123456789Z")
	return h
}

func decode(t testing.TB, topic string, body []byte) ([]attribution.Event, error) {
	t.Helper()
	return decoder().Decode(signed(topic, body), body)
}

// decodeOrder decodes what must be one event about an order.
func decodeOrder(t testing.TB, topic string, body []byte) attribution.Order {
	t.Helper()
	events, err := decode(t, topic, body)
	require.NoError(t, err)
	require.Len(t, events, 1)
	require.NotNil(t, events[0].Order)
	return *events[0].Order
}

func sampleOrder(t testing.TB, file string) attribution.Order {
	t.Helper()
	i := slices.IndexFunc(samples, func(s sample) bool { return s.file == file })
	require.GreaterOrEqual(t, i, 0, file)
	return decodeOrder(t, samples[i].topic, load(t, file))
}

// plainOrder and plainRefund are as small as a body may be.
const (
	plainOrder = `{"id":1001,"updated_at":"2026-10-04T09:00:07Z","created_at":"2026-10-04T09:00:05Z","currency":"EUR",
		"financial_status":"paid","discount_codes":[],"discount_applications":[],"shipping_lines":[],"refunds":[],
		"line_items":[{"id":11,"quantity":2,"price":"10.00","discount_allocations":[],"tax_lines":[]}]}`
	plainRefund = `{"id":77,"order_id":1001,"created_at":"2026-10-09T13:30:00Z",
		"refund_line_items":[],"order_adjustments":[],"refund_shipping_lines":[],"transactions":[]}`
)

// What the tests of all adapters share.
var (
	load    = attributiontest.Load
	codesOf = attributiontest.Faults
	money   = attributiontest.Money
	with    = attributiontest.With
	rename  = attributiontest.Rename
	change  = attributiontest.Patch
)
