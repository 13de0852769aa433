package signedjson_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/signedjson"
)

// FuzzParse holds the decoder to the schema, and its events to what the rest of the
// module needs of them.
func FuzzParse(f *testing.F) {
	for _, file := range samples {
		f.Add(load(f, file))
	}
	for _, tt := range faulty(f) {
		if len(tt.body) < 10_000 {
			f.Add([]byte(tt.body))
		}
	}
	c, whole := newChecker(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		events := attributiontest.Parsed(t, func() ([]attribution.Event, error) { return parse(string(body)) })
		if len(events) > 0 && !c.valid(whole, decodeAny(t, body)) {
			t.Fatal("the schema refuses what the decoder takes")
		}
		for _, e := range events {
			checkEvent(t, e)
		}
	})
}

func checkEvent(t *testing.T, e attribution.Event) {
	t.Helper()
	if e.Key == "" || e.Shop != shop || e.Kind == "" || (e.Order == nil) == (e.Redaction == nil) {
		t.Fatalf("an event without its key, shop, kind or content: %+v", e)
	}
	if e.Order == nil {
		return
	}
	o := *e.Order
	if id, ours := strings.CutPrefix(string(o.ID), shop+":"); !ours || id == "" || o.Shop != shop {
		t.Fatalf("order %q of %q", o.ID, o.Shop)
	}
	if strings.Contains(o.Customer.ID+o.Customer.Visitor, "@") {
		t.Fatalf("customer %+v", o.Customer)
	}
	if _, err := o.Sales(); err != nil {
		t.Fatalf("the order is not worth anything: %v", err)
	}
	attributiontest.Mergeable(t, o)
}

// FuzzVerify signs one body and lets the fuzzer change headers and body: only what was
// signed, in time, is accepted.
func FuzzVerify(f *testing.F) {
	body := []byte(envelope("order.changed", plain))
	good := signed(f, body)
	id, stamp, signature := good.Get("Webhook-Id"), good.Get("Webhook-Timestamp"), good.Get("Webhook-Signature")
	f.Add(id, stamp, signature, body, int64(0))
	f.Add(id, stamp, signature, body, int64(301))
	f.Add(id, stamp, "v1a,x "+signature, body, int64(-300))
	f.Add("", "", "", []byte(nil), int64(0))
	f.Fuzz(func(t *testing.T, gotID, gotStamp, gotSignature string, gotBody []byte, late int64) {
		hook := at(now().Add(time.Duration(late%1000) * time.Second))
		d, err := hook.Verify(http.Header{"Webhook-Id": {gotID}, "webhook-timestamp": {gotStamp}, "WEBHOOK-SIGNATURE": {gotSignature}}, gotBody)
		same := gotID == id && gotStamp == stamp && string(gotBody) == string(body)
		carries := false
		for entry := range strings.SplitSeq(gotSignature, " ") {
			carries = carries || entry == signature
		}
		genuine := same && carries && late%1000 >= -300 && late%1000 <= 300
		if err == nil && !genuine {
			t.Fatalf("accepted %q %q %q %q", gotID, gotStamp, gotSignature, gotBody)
		}
		if err != nil && genuine && len(gotSignature) < 1000 {
			t.Fatalf("a genuine delivery was refused: %v", err)
		}
		if err == nil && (d.ID != id || d.Header["shop"] != shop) {
			t.Fatalf("delivery %+v", d)
		}
	})
}

// FuzzShop shows that no two pairs of shop and order have one id.
func FuzzShop(f *testing.F) {
	f.Add("demo.example", "1", "demo.example:1", "")
	f.Add("a", "b:c", "a:b", "c")
	f.Fuzz(func(t *testing.T, shopA, a, shopB, b string) {
		kept := func(name string) string {
			w := decoder()
			w.Shop = name
			if w.Check() != nil {
				return ""
			}
			return strings.ToLower(strings.TrimSpace(name))
		}
		keptA, keptB := kept(shopA), kept(shopB)
		if keptA == "" || keptB == "" {
			return
		}
		if same := signedjson.OrderID(shopA, a) == signedjson.OrderID(shopB, b); same != (keptA == keptB && a == b) {
			t.Fatalf("%q and %q of %q and %q", a, b, shopA, shopB)
		}
	})
}
