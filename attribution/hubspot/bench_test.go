package hubspot_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bylinehq/byline/attribution"
)

// fullBatch is a hundred changes, some 22 KiB.
func fullBatch() []byte {
	var list []string
	for i := range 100 {
		list = append(list, fmt.Sprintf(`{"eventId":%d,"subscriptionId":4001,"portalId":62515,"appId":54321,"occurredAt":%d,`+
			`"subscriptionType":"deal.propertyChange","attemptNumber":0,"objectId":%d,"propertyName":"dealstage","propertyValue":"closedwon","changeSource":"CRM_UI"}`,
			3_000_000_000+i, 1791104405000+i, 90_000_000_000+i))
	}
	return []byte("[" + strings.Join(list, ",") + "]")
}

func benchmark(b *testing.B, run func(body []byte) error) {
	b.Helper()
	body := fullBatch()
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if err := run(body); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	w := decoder()
	h := w.Sign(now, fullBatch())
	benchmark(b, func(body []byte) error {
		_, err := w.Verify(h, body)
		return err
	})
}

// BenchmarkFloorHMAC is what crypto/hmac alone costs: Verify cannot be faster. It sums
// the body a second time, to know the delivery by it.
func BenchmarkFloorHMAC(b *testing.B) {
	benchmark(b, func(body []byte) error {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(body)
		mac.Sum(nil)
		return nil
	})
}

func BenchmarkParse(b *testing.B) {
	w := decoder()
	benchmark(b, func(body []byte) error {
		_, err := w.Parse(attribution.Delivery{Body: body})
		return err
	})
}

// BenchmarkFloorJSON is what encoding/json needs to find the body well formed, which it
// does before it decodes anything.
func BenchmarkFloorJSON(b *testing.B) {
	benchmark(b, func(body []byte) error {
		if !json.Valid(body) {
			return fmt.Errorf("not JSON")
		}
		return nil
	})
}

// BenchmarkFetch is a deal with one contact, from a client that answers at once.
func BenchmarkFetch(b *testing.B) {
	p := &fakePortal{content: loadContent(b, "deal_won.json")}
	w := decoder()
	w.Token = token
	w.Client = doer(func(r *http.Request) (*http.Response, error) {
		p.asked = p.asked[:0]
		rec := httptest.NewRecorder()
		p.ServeHTTP(rec, r)
		return rec.Result(), nil
	})
	e := pointing(dealPointer)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := w.Fetch(b.Context(), e); err != nil {
			b.Fatal(err)
		}
	}
}
