package signedjson_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// bodies are an order of one line and one of fifty.
func bodies(b *testing.B) map[string][]byte {
	b.Helper()
	var lines []string
	for i := range 50 {
		lines = append(lines, fmt.Sprintf(`{"id":"l%d","sku":"MUG-%d","quantity":2,"unit_price":"25.00","discount":"7.50","tax":"6.79"}`, i, i))
	}
	common := `"customer":{"id":"c-7","email":"shopper@demo.example"},"landing_url":"https://demo.example/mugs?bl=ada-autumn","codes":[{"code":"ADA15","discount":"7.50"}],`
	return map[string][]byte{
		"1 line":   []byte(order(b, common+`"lines":[`+lines[0]+`]`)),
		"50 lines": []byte(order(b, common+`"lines":[`+strings.Join(lines, ",")+`]`)),
	}
}

func benchmark(b *testing.B, run func(b *testing.B, body []byte)) {
	b.Helper()
	for name, body := range bodies(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			run(b, body)
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	benchmark(b, func(b *testing.B, body []byte) {
		b.Helper()
		h := signed(b, body)
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
		h := signed(b, body)
		for b.Loop() {
			if _, err := decoder().Verify(h, body); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkFloorHMAC is what crypto/hmac alone costs: Verify cannot be faster.
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

// BenchmarkFloorJSON is what encoding/json needs to find the body well formed.
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
