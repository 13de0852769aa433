package shopify_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"testing"
)

// A body with one line is about 7 KiB on the wire, one with eight lines and a refund
// about 19 KiB.
var wireBodies = []sample{{"order_wire.json", "orders/create"}, {"order_many_lines.json", "orders/updated"}}

func benchmark(b *testing.B, run func(b *testing.B, s sample, body []byte)) {
	b.Helper()
	for _, s := range wireBodies {
		body := load(b, s.file)
		b.Run(s.file, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			run(b, s, body)
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	benchmark(b, func(b *testing.B, s sample, body []byte) {
		b.Helper()
		h := signed(s.topic, body)
		for b.Loop() {
			if _, err := decoder().Decode(h, body); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	benchmark(b, func(b *testing.B, s sample, body []byte) {
		b.Helper()
		h := signed(s.topic, body)
		for b.Loop() {
			if _, err := decoder().Verify(h, body); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkFloorHMAC is what crypto/hmac alone costs: Verify cannot be faster.
func BenchmarkFloorHMAC(b *testing.B) {
	benchmark(b, func(b *testing.B, _ sample, body []byte) {
		b.Helper()
		for b.Loop() {
			mac := hmac.New(sha256.New, []byte(secret))
			mac.Write(body)
			mac.Sum(nil)
		}
	})
}

// BenchmarkFloorJSON is what encoding/json needs to find the body well formed, which it
// does before it decodes anything.
func BenchmarkFloorJSON(b *testing.B) {
	benchmark(b, func(b *testing.B, _ sample, body []byte) {
		b.Helper()
		for b.Loop() {
			if !json.Valid(body) {
				b.Fatal("not JSON")
			}
		}
	})
}
