package shopify_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/shopify"
)

var topics = []string{
	"orders/create", "orders/paid", "orders/updated", "orders/cancelled", "orders/edited", "refunds/create",
	"customers/data_request", "customers/redact", "shop/redact", "app/uninstalled", "products/update", "",
	"orders/delete", "disputes/create", "disputes/update",
}

func FuzzParse(f *testing.F) {
	for _, s := range samples {
		for i, topic := range topics {
			if topic == s.topic {
				f.Add(uint8(i), load(f, s.file))
			}
		}
	}
	for i := range topics {
		for _, body := range shopify.EmptyBodies() {
			f.Add(uint8(i), body)
		}
	}
	for _, tt := range faulty {
		f.Add(uint8(0), []byte(tt.body))
		f.Add(uint8(5), []byte(tt.body))
		f.Add(uint8(12), []byte(tt.body))
		f.Add(uint8(13), []byte(tt.body))
	}
	f.Fuzz(func(t *testing.T, topic uint8, body []byte) {
		for _, e := range attributiontest.Parsed(t, func() ([]attribution.Event, error) { return parseAll(topics[int(topic)%len(topics)], body) }) {
			checkEvent(t, e)
		}
	})
}

// parseAll parses as a shop that makes keys, knows tags and says when it received.
func parseAll(topic string, body []byte) ([]attribution.Event, error) {
	return identifying().Parse(attribution.Delivery{
		Topic: topic, Header: map[string]string{"shop-domain": shop}, Body: body,
		ReceivedAt: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
	})
}

func checkEvent(t *testing.T, e attribution.Event) {
	t.Helper()
	if e.Key == "" || e.Shop != shop || e.Kind == "" {
		t.Fatalf("event without its key, shop or kind: %+v", e)
	}
	if e.Order == nil {
		return
	}
	o := *e.Order
	id, isOurs := strings.CutPrefix(string(o.ID), "shopify:")
	if n, err := strconv.ParseInt(id, 10, 64); !isOurs || err != nil || shopify.OrderID(n) != o.ID || n <= 0 {
		t.Fatalf("order id %q", o.ID)
	}
	if same, err := attribution.OrderEvent(e.Kind, o, e.At); err != nil || same.Key != e.Key && e.Kind != attribution.OrderDeleted {
		t.Fatalf("the key is not of what the event says: %q, %q, %v", e.Key, same.Key, err)
	}
	checkMerge(t, o)
	if len(o.Touches) > 16 || o.Customer.Visitor != "" || o.Customer.Payment != "" {
		t.Fatalf("touches %d, customer %+v", len(o.Touches), o.Customer)
	}
}

func checkMerge(t *testing.T, o attribution.Order) {
	t.Helper()
	attributiontest.Mergeable(t, o)
}

// FuzzVerify compares with crypto/hmac by text: what is accepted is signed, and what is
// signed, for this shop and a known topic, is accepted.
func FuzzVerify(f *testing.F) {
	good := shopify.Sign([]byte(plainOrder), secret)
	f.Add([]byte(plainOrder), good, "", "orders/create", shop)
	f.Add([]byte(plainOrder), good, good, "orders/create", "")
	f.Add([]byte(plainOrder), good, "x", "products/update", shop)
	f.Add([]byte(plainOrder), "", good, "", "south-pier.myshopify.com")
	f.Add([]byte{}, shopify.Sign(nil, secret), "", "orders/create", shop)
	f.Add([]byte("x"), strings.Repeat("\n", 44), "", "ORDERS/CREATE", shop)
	f.Fuzz(func(t *testing.T, body []byte, first, second, topic, named string) {
		h := http.Header{"X-Shopify-Hmac-Sha256": {first}, "X-Shopify-Topic": {topic}, "x-shopify-shop-domain": {named}}
		if second != "" {
			h["shopify-hmac-SHA256"] = []string{second}
		}
		d, err := decoder().Verify(h, body)
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(body)
		genuine := len(body) > 0 && first == base64.StdEncoding.EncodeToString(mac.Sum(nil)) && (second == "" || second == first)
		accepted := err == nil || errors.Is(err, attribution.ErrIgnored)
		if accepted && !genuine {
			t.Fatalf("accepted with the signature %q, %q", first, second)
		}
		if own := strings.ToLower(strings.TrimSpace(named)); genuine && !accepted && (own == shop || own == "") {
			t.Fatalf("a genuine delivery was refused: %v", err)
		}
		if err == nil && (string(d.Body) != string(body) || d.ID == "" || d.Header["shop-domain"] != shop) {
			t.Fatalf("delivery %+v", d)
		}
	})
}
