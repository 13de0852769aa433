package httpapi_test

import (
	"testing"

	"github.com/bylinehq/byline/internal/httpapi"
)

func TestIsBase(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://api.demo.example": true, "https://api.demo.example/v3/": true, "http://127.0.0.1:8080": true, "http://localhost": true, "http://[::1]:1": true,
		"": false, "api.demo.example": false, "http://api.demo.example": false, "https://": false, "ftp://127.0.0.1": false,
		"https://user@api.demo.example": false, "https://api.demo.example?x=1": false, "https://api.demo.example#x": false, "https://api demo.example": false,
		"http://127.0.0.1.demo.example": false, "http://localhost.demo.example": false,
	} {
		if got := httpapi.IsBase(address); got != want {
			t.Errorf("%q: %t, want %t", address, got, want)
		}
	}
}
