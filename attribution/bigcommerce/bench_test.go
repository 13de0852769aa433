package bigcommerce_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/bigcommerce"
)

func BenchmarkVerify(b *testing.B) {
	body := load(b, "notice_status.json")
	h, w := signed("", body), decoder()
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := w.Verify(h, body); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFloorHMAC is what crypto/hmac alone costs: Verify cannot be faster.
func BenchmarkFloorHMAC(b *testing.B) {
	body := load(b, "notice_status.json")
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(body)
		mac.Sum(nil)
	}
}

func BenchmarkParse(b *testing.B) {
	d, w := attribution.Delivery{Body: load(b, "notice_status.json")}, decoder()
	b.ReportAllocs()
	b.SetBytes(int64(len(d.Body)))
	for b.Loop() {
		if _, err := w.Parse(d); err != nil {
			b.Fatal(err)
		}
	}
}

// documents are those of the order with the most refunds, 5 KiB in all.
func documents(b *testing.B) [4][]byte {
	b.Helper()
	p := loadParts(b, "order_refunds.json")
	return [4][]byte{p.Order, p.Coupons, p.Products, []byte(`{"data":` + string(p.Refunds) + `}`)}
}

func benchmarkDocuments(b *testing.B, run func(d [4][]byte) bool) {
	b.Helper()
	d := documents(b)
	b.ReportAllocs()
	b.SetBytes(int64(len(d[0]) + len(d[1]) + len(d[2]) + len(d[3])))
	for b.Loop() {
		if !run(d) {
			b.Fatal("it failed")
		}
	}
}

// BenchmarkDocuments is Fetch without the network.
func BenchmarkDocuments(b *testing.B) {
	w := decoder()
	benchmarkDocuments(b, func(d [4][]byte) bool {
		_, err := bigcommerce.Convert(w, "254", d[0], d[1], d[2], d[3])
		return err == nil
	})
}

// BenchmarkFloorJSON is what encoding/json needs to find the documents well formed, which
// it does before it decodes anything.
func BenchmarkFloorJSON(b *testing.B) {
	benchmarkDocuments(b, func(d [4][]byte) bool {
		return json.Valid(d[0]) && json.Valid(d[1]) && json.Valid(d[2]) && json.Valid(d[3])
	})
}

// BenchmarkFetch is the whole of it with a client that answers at once.
func BenchmarkFetch(b *testing.B) {
	s := &fakeStore{id: "254", parts: loadParts(b, "order_refunds.json")}
	w, e := decoder(), pointer("254")
	w.Token = token
	w.Client = doer(func(r *http.Request) (*http.Response, error) {
		s.asked = s.asked[:0]
		rec := newRecorder()
		s.ServeHTTP(rec, r)
		return rec.Result(), nil
	})
	b.ReportAllocs()
	for b.Loop() {
		events, err := w.Fetch(b.Context(), e)
		if err != nil || !strings.HasSuffix(string(events[0].Order.ID), "254") {
			b.Fatal(err)
		}
	}
}
