package safety

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// HashText returns what tells a text from another: SHA-256 in hex. A decision about a post
// holds for the text with its hash and for no other.
func HashText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// compareText compares pairs of texts, the first pair first.
func compareText(pairs ...string) int {
	for i := 0; i+1 < len(pairs); i += 2 {
		if c := strings.Compare(pairs[i], pairs[i+1]); c != 0 {
			return cmp.Compare(c, 0)
		}
	}
	return 0
}
