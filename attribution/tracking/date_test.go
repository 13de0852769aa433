package tracking_test

import (
	"testing"
	"time"

	"github.com/bylinehq/byline/attribution/tracking"
)

// TestNamesThatBeginWithADate: campaigns are named so, and are no telephone numbers.
func TestNamesThatBeginWithADate(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for value, kept := range map[string]bool{
		"2026-11-22-01": true, "20261122-0930": true, "2026.11.22.001": true, "2026-13-22-0123": false, "030-1234-5678": false,
	} {
		if got := len(tracking.Visit("https://demo.example/?bl="+value, at, "")) == 1; got != kept {
			t.Errorf("%s kept %t, want %t", value, got, kept)
		}
	}
}
