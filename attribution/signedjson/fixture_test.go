package signedjson_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/signedjson"
)

// The shop, its people and its secrets are made up. The pair of Ed25519 keys is the
// first of RFC 8032, section 7.1.
const (
	shop       = "demo.example"
	secret     = attribution.Secret("whsec_ZGVtby1zZWNyZXQtbm90LWZvci1wcm9kdWN0aW9u")
	oldSecret  = attribution.Secret("whsec_ZGVtby1zZWNyZXQtb2YtbGFzdC15ZWFyLW9ubHk=")
	publicKey  = attribution.Secret("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
	privateKey = attribution.Secret("whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
)

func now() time.Time { return time.Date(2026, 12, 3, 9, 0, 5, 0, time.UTC) }

// personal is what stands in the payloads about people and must never be kept.
var personal = []string{
	"Shopper", "shopper", "@demo.example", "5550100", "Harbour", "20457", "Hamburg", "4242", "gift note",
	"ZGVtby1zZWNyZXQ", "demo-secret",
}

// samples are the payloads of testdata.
var samples = []string{
	"order_everything.json", "order_total.json", "order_jpy.json", "order_kwd.json", "order_lead.json", "order_big_ids.json",
	"refunded_lines.json", "refunded_cash.json", "refunded_unpriced.json", "disputed.json", "claimed_survey.json", "claimed_manual.json",
	"deleted.json", "person_redact.json", "shop_redact.json", "unknown_type.json",
}

func decoder() signedjson.Webhook {
	return signedjson.Webhook{
		Secrets: []attribution.Secret{secret}, Shop: shop, Now: now,
		Identity: attribution.Identity{Key: "a key of thirty-two bytes at least, for tests"},
	}
}

func signed(t testing.TB, body []byte) http.Header {
	t.Helper()
	h, err := signedjson.Sign("msg_1", now(), body, secret)
	require.NoError(t, err)
	return h
}

func parse(body string) ([]attribution.Event, error) {
	return decoder().Parse(attribution.Delivery{ID: "msg_1", Header: map[string]string{"shop": shop}, Body: []byte(body)})
}

// parseOrder reads what must be one event about an order.
func parseOrder(t testing.TB, body string) attribution.Order {
	t.Helper()
	events, err := parse(body)
	require.NoError(t, err)
	require.Len(t, events, 1)
	require.NotNil(t, events[0].Order)
	return *events[0].Order
}

// plain is an order as small as may be, and envelope what stands around a document.
const plain = `{"id":"1","placed_at":"2026-11-20T18:30:00Z","payment":"paid","currency":"EUR","lines":[{"id":"a","quantity":2,"unit_price":"10.00"}]}`

func envelope(kind, data string) string {
	return `{"type":"` + kind + `","timestamp":"2026-11-20T18:40:00Z","data":` + data + `}`
}

// order is the plain order with fields put in, as `"name":value,…`; one that stands
// there already is replaced.
func order(t testing.TB, patch string) string {
	t.Helper()
	return envelope("order.changed", patched(t, plain, patch))
}

func patched(t testing.TB, body, patch string) string {
	t.Helper()
	var fields, changes map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(body), &fields))
	require.NoError(t, json.Unmarshal([]byte("{"+patch+"}"), &changes))
	maps.Copy(fields, changes)
	changed := bytes.Buffer{}
	encoder := json.NewEncoder(&changed)
	encoder.SetEscapeHTML(false)
	require.NoError(t, encoder.Encode(fields))
	return changed.String()
}

// What the tests of all adapters share.
var (
	load    = attributiontest.Load
	codesOf = attributiontest.Faults
	money   = attributiontest.Money
	with    = attributiontest.With
)
