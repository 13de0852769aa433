package tracking

import (
	"strings"

	"github.com/bylinehq/byline/attribution"
)

// Codes lists the codes of the table, in its order.
func Codes() []string {
	var list []string
	for _, row := range codes() {
		list = append(list, row.code)
	}
	return list
}

// Fragments lists what no code spells.
func Fragments() []string { return strings.Fields(fragments) }

// Previewers lists the words of programs that only look.
func Previewers() []string { return previewers() }

// Permutation returns a permutation of the numbers below size, and its inverse.
func Permutation(key attribution.Secret, size uint64) (forward, backward func(uint64) uint64) {
	p, err := newPermutation(key, "test", size)
	if err != nil {
		panic(err)
	}
	return p.forward, p.backward
}

// SignBody signs whatever it is given, as another use of the same key could.
func SignBody(key attribution.Secret, prefix string, body []byte) string {
	text := append([]byte(prefix), body...)
	return prefix + clickEncoding().EncodeToString(append(body, clickMAC(key, text)...))
}
