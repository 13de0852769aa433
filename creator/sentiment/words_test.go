package sentiment

import "testing"

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
