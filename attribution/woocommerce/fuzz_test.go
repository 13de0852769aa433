package woocommerce_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"html"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

var topics = []string{"order.created", "order.updated", "order.deleted", "order.restored", "product.updated", ""}

func FuzzParse(f *testing.F) {
	for _, s := range samples {
		for i, topic := range topics {
			if topic == s.topic {
				f.Add(uint8(i), load(f, s.file))
			}
		}
	}
	for i := range topics {
		for _, body := range woocommerce.EmptyBodies() {
			f.Add(uint8(i), body)
		}
	}
	for _, tt := range faulty {
		f.Add(uint8(1), []byte(tt.body))
		f.Add(uint8(2), []byte(tt.body))
	}
	f.Fuzz(func(t *testing.T, topic uint8, body []byte) {
		for _, e := range attributiontest.Parsed(t, func() ([]attribution.Event, error) { return parse(topics[int(topic)%len(topics)], string(body)) }) {
			checkEvent(t, e)
		}
	})
}

func checkEvent(t *testing.T, e attribution.Event) {
	t.Helper()
	if e.Key == "" || e.Shop != shop || e.Kind == "" || e.Order == nil {
		t.Fatalf("event without its key, shop, kind or order: %+v", e)
	}
	id, isOurs := strings.CutPrefix(string(e.Order.ID), "woocommerce:"+shop+":")
	if n, err := strconv.ParseInt(id, 10, 64); !isOurs || err != nil || woocommerce.OrderID(shop, n) != e.Order.ID || n <= 0 {
		t.Fatalf("order id %q", e.Order.ID)
	}
	if same, err := attribution.OrderEvent(e.Kind, *e.Order, e.At); err != nil || same.Key != e.Key {
		t.Fatalf("the key is not of what the event says: %q, %q, %v", e.Key, same.Key, err)
	}
	checkOrder(t, *e.Order)
}

func checkOrder(t *testing.T, o attribution.Order) {
	t.Helper()
	for _, l := range o.Lines {
		if l.Discount.Sign() < 0 || l.Quantity < 0 {
			t.Fatalf("a line adds to its price or takes pieces back: %+v", l)
		}
	}
	attributiontest.Mergeable(t, o)
}

func FuzzParseRefunds(f *testing.F) {
	f.Add(load(f, listFile))
	for _, body := range woocommerce.EmptyBodies() {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		o, err := woocommerce.ParseRefunds(body, refundList(t))
		if err != nil {
			if !errors.Is(err, byline.ErrInvalid) || len(codesOf(err)) == 0 {
				t.Fatalf("error %v", err)
			}
			return
		}
		checkOrder(t, o)
	})
}

// FuzzVerify compares with crypto/hmac by text: what is accepted is signed, and what is
// signed, for this shop and a known topic, is accepted.
func FuzzVerify(f *testing.F) {
	good := woocommerce.Sign([]byte(plainOrder), secret)
	f.Add([]byte(plainOrder), good, "", "order.created", home, "application/json")
	f.Add([]byte(plainOrder), good, good, "order.created", "", "")
	f.Add([]byte(plainOrder), good, "x", "product.updated", shop, "")
	f.Add([]byte(plainOrder), "", good, "", "https://other.example", "")
	f.Add([]byte{}, woocommerce.Sign(nil, secret), "", "order.created", home, "")
	f.Add([]byte("webhook_id=3"), "", "", "", "", formType)
	f.Add([]byte("webhook_id=3&a=b"), "", "", "", "", formType)
	f.Fuzz(func(t *testing.T, body []byte, first, second, topic, source, media string) {
		h := http.Header{"X-Wc-Webhook-Topic": {topic}, "x-wc-webhook-source": {source}, "Content-Type": {media}}
		if first != "" {
			h["X-Wc-Webhook-Signature"] = []string{first}
		}
		if second != "" {
			h["x-WC-webhook-signature"] = []string{second}
		}
		d, err := decoder().Verify(h, body)
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(body)
		sum := base64.StdEncoding.EncodeToString(mac.Sum(nil))
		genuine := len(body) > 0 && (first == sum || first == "") && (second == sum || second == "") && first+second != ""
		digits, isPing := strings.CutPrefix(string(body), "webhook_id=")
		isPing = isPing && first+second == "" && digits != "" && strings.Trim(digits, "0123456789") == ""
		if accepted := err == nil || errors.Is(err, attribution.ErrIgnored); accepted && !genuine && !isPing {
			t.Fatalf("accepted with the signature %q, %q: %q", first, second, body)
		}
		if genuine && errors.Is(err, attribution.ErrBadSignature) && (source == home || source == "") {
			t.Fatalf("a genuine delivery was refused: %v", err)
		}
		if err == nil && (string(d.Body) != string(body) || d.ID == "" || d.Header["source"] != shop || isPing) {
			t.Fatalf("delivery %+v", d)
		}
	})
}

// FuzzSecret compares with the standard library's reading of entities, where WordPress
// and it agree.
func FuzzSecret(f *testing.F) {
	for _, text := range []string{"", "a&amp;b", "&#39;&#039;&#x27;", "&quot;&lt;&gt;", "&&;", "&amp;amp;"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := woocommerce.DecodeEntities(text)
		if len(got) > len(text) || (!strings.Contains(text, "&") && got != text) {
			t.Fatalf("%q decodes to %q", text, got)
		}
		if again := woocommerce.DecodeEntities(html.EscapeString(text)); again != text {
			t.Fatalf("%q does not come back: %q", text, again)
		}
	})
}

// FuzzShop looks for two names of one shop, which would be two orders of each.
func FuzzShop(f *testing.F) {
	for _, source := range []string{home, "demo.example", "http://WWW.demo.example:80/uk/", "//", "https://[::1]:443/", "www.", "a:80:80", "%"} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		once := string(woocommerce.OrderID(source, 1))
		name := strings.TrimSuffix(strings.TrimPrefix(once, "woocommerce:"), ":1")
		if again := string(woocommerce.OrderID(name, 1)); name != "" && again != once {
			t.Fatalf("%q is named %q and then %q", source, once, again)
		}
		if strings.ContainsAny(name, " \n\r\t") {
			t.Fatalf("%q makes a name with space in it: %q", source, name)
		}
	})
}
