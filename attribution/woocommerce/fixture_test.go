package woocommerce_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

// The shop, its customers and its secret are placeholders.
const (
	shop   = "demo.example"
	home   = "https://demo.example/"
	secret = attribution.Secret("placeholder-secret-of-demo")
)

// arrival is when the tests' deliveries arrive.
func arrival() time.Time { return time.Date(2026, 10, 11, 8, 0, 30, 0, time.UTC) }

// identity makes keys, so that tests see that keys come out and nothing else.
func identity() attribution.Identity {
	return attribution.Identity{Key: "placeholder-key-of-the-tests-0123456789"}
}

// personal is what stands in the payloads about people and must never be kept.
var personal = []string{
	"Democustomer", "guest-one@demo.example", "guest-two@demo.example", "7946", "Placeholder Street", "Exampletown", "EX4 MPL",
	"203.0.113.7", "DemoBrowser", "changed their mind", "sent one back", "ring twice", "site.invalid", "[deleted]", "placeholder",
}

// sample is one payload of testdata. All are our own, in the shape of version 3 of the
// REST API.
type sample struct{ file, topic string }

var samples = []sample{
	{"order_guest_pending.json", "order.created"},
	{"order_coupon_and_visit.json", "order.updated"},
	{"order_two_coupons.json", "order.created"},
	{"order_on_hold.json", "order.created"},
	{"order_completed_account.json", "order.updated"},
	{"order_cancelled.json", "order.updated"},
	{"order_cancelled_paid.json", "order.updated"},
	{"order_failed.json", "order.updated"},
	{"order_refunded.json", "order.updated"},
	{"order_partial_refunds.json", "order.updated"},
	{"order_refund_deleted.json", "order.updated"},
	{"order_jpy.json", "order.created"},
	{"order_kwd.json", "order.created"},
	{"order_four_decimals.json", "order.created"},
	{"order_prices_include_tax.json", "order.created"},
	{"order_admin.json", "order.created"},
	{"order_rest_api.json", "order.created"},
	{"order_pos.json", "order.created"},
	{"order_renewal.json", "order.created"},
	{"order_gift_cards.json", "order.created"},
	{"order_fees_and_shipping.json", "order.created"},
	{"order_odd_types.json", "order.created"},
	{"order_custom_status.json", "order.updated"},
	{"order_custom_status_unpaid.json", "order.updated"},
	{"order_free.json", "order.created"},
	{"order_note_and_cart.json", "order.created"},
	{"order_organic.json", "order.created"},
	{"order_anonymized.json", "order.updated"},
	{"order_trash.json", "order.updated"},
	{"order_restored.json", "order.restored"},
	{"order_deleted.json", "order.deleted"},
	{"order_checkout_draft.json", "order.created"},
	{"order_test_payment.json", "order.created"},
	{"order_by_weight.json", "order.created"},
	{"order_wire.json", "order.created"},
	{"order_many_lines.json", "order.updated"},
}

func files() (names []string) {
	for _, s := range samples {
		names = append(names, s.file)
	}
	return names
}

// listFile is of ParseRefunds, not of a webhook.
const listFile = "refunds.json"

func decoder() woocommerce.Webhook {
	return woocommerce.Webhook{Secrets: []attribution.Secret{secret}, Shop: home, Identity: identity()}
}

// signed returns the headers that WooCommerce sends with body.
func signed(topic string, body []byte) http.Header {
	resource, event, _ := strings.Cut(topic, ".")
	h := http.Header{}
	h.Set("Content-Type", "application/json")
	h.Set("X-WC-Webhook-Source", home)
	h.Set("X-WC-Webhook-Topic", topic)
	h.Set("X-WC-Webhook-Resource", resource)
	h.Set("X-WC-Webhook-Event", event)
	h.Set("X-WC-Webhook-Signature", woocommerce.Sign(body, secret))
	h.Set("X-WC-Webhook-Id", "3")
	h.Set("X-WC-Webhook-Delivery-Id", "0123456789abcdef0123456789abcdef")
	return h
}

// The headers as net/http spells them.
const (
	signatureHeader = "X-Wc-Webhook-Signature"
	topicHeader     = "X-Wc-Webhook-Topic"
	sourceHeader    = "X-Wc-Webhook-Source"
	deliveryHeader  = "X-Wc-Webhook-Delivery-Id"
)

func decode(t testing.TB, topic string, body []byte) ([]attribution.Event, error) {
	t.Helper()
	return decoder().Decode(signed(topic, body), body, arrival())
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

func parse(topic, body string) ([]attribution.Event, error) {
	return decoder().Parse(attribution.Delivery{
		Topic: topic, Header: map[string]string{"source": shop}, Body: []byte(body), ReceivedAt: arrival(),
	})
}

// plainOrder is as small as a body may be.
const plainOrder = `{"id":1001,"status":"processing","currency":"EUR","date_created_gmt":"2026-10-04T09:00:05","date_modified_gmt":"2026-10-04T09:00:07",
	"coupon_lines":[],"refunds":[],"line_items":[{"id":11,"quantity":2,"subtotal":"20.00","total":"20.00","total_tax":"0.00"}]}`

// edit replaces pairs of texts in plainOrder.
func edit(pairs ...string) string {
	body := plainOrder
	for i := 0; i < len(pairs); i += 2 {
		body = strings.Replace(body, pairs[i], pairs[i+1], 1)
	}
	return body
}

func plain(t testing.TB, patch string) attribution.Order {
	t.Helper()
	return decodeOrder(t, "order.updated", change(t, plainOrder, patch))
}

func at(t testing.TB, text string) time.Time {
	t.Helper()
	parsed, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return parsed.UTC()
}

// What the tests of all adapters share.
var (
	load    = attributiontest.Load
	codesOf = attributiontest.Faults
	money   = attributiontest.Money
	with    = attributiontest.With
	rename  = attributiontest.Rename
	change  = attributiontest.Patch
)
