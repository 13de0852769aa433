package stripe_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"testing"
)

// A session is some 4 KiB on the wire, an invoice of ten lines some 14 KiB.
var wireBodies = []string{"session_payment.json", "invoice_cut_list.json"}

func benchmark(b *testing.B, run func(b *testing.B, body []byte)) {
	b.Helper()
	for _, file := range wireBodies {
		body := load(b, file)
		b.Run(file, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			run(b, body)
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	benchmark(b, func(b *testing.B, body []byte) {
		b.Helper()
		h := signed(body)
		for b.Loop() {
			if _, err := decoder().Decode(h, body); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	benchmark(b, func(b *testing.B, body []byte) {
		b.Helper()
		h := signed(body)
		for b.Loop() {
			if _, err := decoder().Verify(h, body); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkFloorHMAC is what crypto/hmac alone costs. Verify does more: the id and the
// topic are in the body.
func BenchmarkFloorHMAC(b *testing.B) {
	benchmark(b, func(b *testing.B, body []byte) {
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
	benchmark(b, func(b *testing.B, body []byte) {
		b.Helper()
		for b.Loop() {
			if !json.Valid(body) {
				b.Fatal("not JSON")
			}
		}
	})
}
