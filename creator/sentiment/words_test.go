package sentiment

import (
	"math"
	"testing"
)

// Capitals are as Python's str.isupper has them.
func TestIsShouted(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"GOOD": true, "GO0D!": true, "Ⅷ": true, "Ⓐ": true, "ÀÉ": true,
		"": false, "123": false, "Good": false, "good": false, "GOOD\u00aa": false, "ǅX": false, "ⅷX": false, "ßA": false, "世界": false,
	} {
		if got := isShouted(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestRound(t *testing.T) {
	t.Parallel()
	for x, want := range map[float64]float64{0.12345: 0.1235, 0.00005: 0.0001, -0.5: -0.5, -0.00001: 0, 1.5e-10: 0} {
		if got := round(x, 4); got != want || math.Signbit(got) != (want < 0) {
			t.Errorf("%v is %v", x, got)
		}
	}
}
