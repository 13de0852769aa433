package bigcommerce_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/bigcommerce"
)

// The store, its people and its secrets are made up.
const (
	store  = "np7k2"
	secret = attribution.Secret("fictional-secret-of-north-pier")
	token  = attribution.Secret("fictional-token-of-north-pier")
	id     = "msg_fictional_1"
)

// personal is what stands in the payloads about people and must never be kept.
var personal = []string{
	"Mira", "Sandoval", "mira.sandoval@example.com", "203.0.113.7", "Harbour Lane", "YO21", "Whitby", "7946", "Tam Okafor",
	"•••• 4242", "fictional",
}

var now = time.Date(2026, 10, 4, 9, 0, 10, 0, time.UTC)

func clock() time.Time { return now }

func decoder() bigcommerce.Webhook {
	return bigcommerce.Webhook{Secrets: []attribution.Secret{secret}, StoreHash: store, Now: clock}
}

func signed(_ string, body []byte) http.Header { return bigcommerce.Sign(id, now, body, secret) }

// notices are own payloads. Of those that are silent nothing follows.
var notices = []struct {
	file   string
	silent bool
}{
	{"notice_created.json", false},
	{"notice_updated.json", false},
	{"notice_status.json", false},
	{"notice_archived.json", false},
	{"notice_refund.json", false},
	{"notice_without_time.json", false},
	{"notice_product.json", true},
	{"notice_price_records.json", true},
}

// orders are own documents, with the id of each.
var orders = map[string]string{
	"order_code.json":                      "250",
	"order_tax_included.json":              "251",
	"order_two_coupons.json":               "252",
	"order_jpy.json":                       "253",
	"order_kwd.json":                       "257",
	"order_refunds.json":                   "254",
	"order_refund_with_amount.json":        "255",
	"order_refunds_tax_included.json":      "256",
	"order_refunded_before_v3.json":        "258",
	"order_cancelled.json":                 "259",
	"order_cash_on_delivery.json":          "260",
	"order_gift_certificate.json":          "261",
	"order_shown_in_another_currency.json": "262",
	"order_archived.json":                  "263",
	"order_notes.json":                     "264",
	"order_test_gateway.json":              "265",
	"order_point_of_sale.json":             "266",
	"order_odd_but_harmless.json":          "267",
}

// parts are the documents of one order. A list that is missing has no content.
type parts struct {
	Order    json.RawMessage `json:"order"`
	Coupons  json.RawMessage `json:"coupons,omitempty"`
	Products json.RawMessage `json:"products,omitempty"`
	Refunds  json.RawMessage `json:"refunds"` // what data holds
}

func loadParts(t testing.TB, file string) parts {
	t.Helper()
	var p parts
	require.NoError(t, json.Unmarshal(load(t, file), &p))
	return p
}

// fakeStore is BigCommerce's API with one order. It is safe for concurrent use.
type fakeStore struct {
	mu    sync.Mutex
	id    string
	parts parts
	asked []string
	// before is called ahead of each answer, with the store locked.
	before func(s *fakeStore, path string)
	// answer replaces the answer to a path that ends so.
	answer map[string]func(http.ResponseWriter)
}

func (s *fakeStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.URL.RequestURI())
	if s.before != nil {
		s.before(s, r.URL.Path)
	}
	for suffix, answer := range s.answer {
		if strings.HasSuffix(r.URL.Path, suffix) {
			answer(w)
			return
		}
	}
	if r.Header.Get("X-Auth-Token") != string(token) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	content, ok := s.content(r.URL.Path)
	switch {
	case !ok:
		w.WriteHeader(http.StatusNotFound)
	case content == nil:
		w.WriteHeader(http.StatusNoContent)
	default:
		_, _ = w.Write(content)
	}
}

func (s *fakeStore) content(path string) (json.RawMessage, bool) {
	rest, ok := strings.CutPrefix(path, "/stores/"+store)
	if !ok {
		return nil, false
	}
	switch rest {
	case "/v2/orders/" + s.id:
		return s.parts.Order, true
	case "/v2/orders/" + s.id + "/coupons":
		return s.parts.Coupons, true
	case "/v2/orders/" + s.id + "/products":
		return s.parts.Products, true
	case "/v3/orders/" + s.id + "/payment_actions/refunds":
		return json.RawMessage(`{"data":` + string(s.parts.Refunds) + `,"meta":{}}`), true
	}
	return nil, false
}

// serve starts a store and returns the endpoint that reads from it.
func serve(t testing.TB, s *fakeStore) bigcommerce.Webhook {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	w := decoder()
	w.Client, w.Token, w.BaseURL = server.Client(), token, server.URL
	return w
}

// pointer is the event of a webhook about an order.
func pointer(order string) attribution.Event {
	return attribution.Event{
		Key: "k", Kind: attribution.OrderPointed, Shop: store, At: now.Add(-time.Second),
		Pointer: &attribution.Pointer{Type: "order", ID: order},
	}
}

// fetchOrder fetches what must be one order.
func fetchOrder(t testing.TB, w bigcommerce.Webhook, order string) attribution.Order {
	t.Helper()
	events, err := w.Fetch(t.Context(), pointer(order))
	require.NoError(t, err)
	require.Len(t, events, 1)
	require.NotNil(t, events[0].Order)
	return *events[0].Order
}

func sampleOrder(t testing.TB, file string) attribution.Order {
	t.Helper()
	return fetchOrder(t, serve(t, &fakeStore{id: orders[file], parts: loadParts(t, file)}), orders[file])
}

// change returns a document with the top-level fields of patch put in.
func change(t testing.TB, document json.RawMessage, patch string) json.RawMessage {
	t.Helper()
	var fields, changes map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(document, &fields))
	require.NoError(t, json.Unmarshal([]byte(patch), &changes))
	maps.Copy(fields, changes)
	changed, err := json.Marshal(fields)
	require.NoError(t, err)
	return changed
}

// doer answers by a function.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

func newRecorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }

func signedAs(delivery, body string) http.Header {
	return bigcommerce.Sign(delivery, now, []byte(body), secret)
}

// What the tests of all adapters share.
var (
	load    = attributiontest.Load
	codesOf = attributiontest.Faults
	money   = attributiontest.Money
	with    = attributiontest.With
)
