package webhook_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"testing"

	"github.com/bylinehq/byline/internal/webhook"
)

// A small order is about 4 KiB on the wire, a long one about 20 KiB.
func bodySizes() map[string][]byte {
	return map[string][]byte{
		"4KiB":  bytes.Repeat([]byte("x"), 4<<10),
		"20KiB": bytes.Repeat([]byte("x"), 20<<10),
	}
}

func BenchmarkVerifyHMAC(b *testing.B) {
	for name, body := range bodySizes() {
		signature := webhook.Sign(body, webhook.Base64, secret)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				if err := webhook.VerifyHMAC(body, signature, webhook.Base64, secret); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkFloor is what crypto/hmac alone costs: VerifyHMAC cannot be faster.
func BenchmarkFloor(b *testing.B) {
	for name, body := range bodySizes() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				mac := hmac.New(sha256.New, []byte(secret))
				mac.Write(body)
				mac.Sum(nil)
			}
		})
	}
}
