package woocommerce_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"testing"
)

// A body with one line is about 4 KiB on the wire, one with twelve lines and two refunds
// about 8 KiB.
var wireBodies = []sample{{"order_wire.json", "order.created"}, {"order_many_lines.json", "order.updated"}, {"order_four_decimals.json", "order.created"}}

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
			if _, err := decoder().Decode(h, body, arrival()); err != nil {
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

// BenchmarkFloor is crypto/hmac over the body and what encoding/json needs to find it
// well formed, which it does before it decodes anything: Decode cannot be faster.
func BenchmarkFloor(b *testing.B) {
	benchmark(b, func(b *testing.B, _ sample, body []byte) {
		b.Helper()
		for b.Loop() {
			mac := hmac.New(sha256.New, []byte(secret))
			mac.Write(body)
			mac.Sum(nil)
			if !json.Valid(body) {
				b.Fatal("not JSON")
			}
		}
	})
}
