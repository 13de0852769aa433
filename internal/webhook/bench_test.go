package webhook_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
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
		benchmark(b, name, body, func() error {
			return webhook.VerifyHMAC(body, signature, webhook.Base64, secret)
		})
	}
}

func BenchmarkVerifyStripe(b *testing.B) {
	for name, body := range bodySizes() {
		header := webhook.SignStripe(body, now(), secret)
		benchmark(b, name, body, func() error {
			return webhook.VerifyStripe(body, header, webhook.Moment{Now: now()}, secret)
		})
	}
}

func BenchmarkVerifyStandard(b *testing.B) {
	keys := map[string]webhook.StandardKey{"HMAC": webhook.RawStandardKey(secret), "Ed25519": standardKey(b, seedText)}
	for name, body := range bodySizes() {
		for kind, key := range keys {
			header := webhook.SignStandard("msg_1", now(), body, key)
			benchmark(b, kind+"/"+name, body, func() error {
				return header.Verify(body, webhook.Moment{Now: now()}, key)
			})
			benchmark(b, kind+"/unknown/"+name, body, func() error {
				if header.Verify(body, webhook.Moment{Now: now()}) == nil {
					return errors.New("accepted")
				}
				return nil
			})
		}
	}
}

func BenchmarkVerifyHubSpot(b *testing.B) {
	for name, body := range bodySizes() {
		r := hubspotRequest()
		r.Signature = webhook.SignHubSpot(r, body, secret)
		benchmark(b, name, body, func() error {
			return r.Verify(body, webhook.Moment{Now: now()}, secret)
		})
	}
}

// BenchmarkRefuse is what a stranger can make a receiver do with 1024 characters of
// header: a list of Ed25519 signatures that are nobody's.
func BenchmarkRefuse(b *testing.B) {
	entry := " v1a," + base64.StdEncoding.EncodeToString(make([]byte, 64))
	h := webhook.StandardHeader{ID: "msg_1", Timestamp: "1767225600", Signature: strings.Repeat(entry, 1024/len(entry))}
	for name, body := range bodySizes() {
		benchmark(b, name, body, func() error {
			if err := h.Verify(body, webhook.Moment{Now: now()}); !errors.Is(err, webhook.ErrBadSignature) {
				return err
			}
			return nil
		})
	}
}

func benchmark(b *testing.B, name string, body []byte, verify func() error) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(body)))
		for b.Loop() {
			if err := verify(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkFloor is what crypto/hmac alone costs: no verification by HMAC can be faster.
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
