package byline

import (
	"slices"
	"strings"
	"testing"
)

// TestCodeListsAreSorted: what is searched by halves has to be in order.
func TestCodeListsAreSorted(t *testing.T) {
	t.Parallel()
	for name, list := range map[string]string{
		"currencies": currencyCodes, "withdrawn": withdrawnCurrencyCodes, "zero digits": zeroDigitCodes, "three digits": threeDigitCodes, "markets": marketCodes,
	} {
		codes := strings.Split(list, " ")
		if !slices.IsSorted(codes) {
			t.Errorf("%s are not sorted", name)
		}
		for _, code := range codes {
			if !inCodeList(list, code) || inCodeList(list, strings.ToLower(code)) || inCodeList(list, code+" ") || inCodeList(list, code[1:]+" ") {
				t.Errorf("%s: %s is not found, or found as what it is not", name, code)
			}
		}
	}
}

func BenchmarkCurrencyKnown(b *testing.B) {
	for b.Loop() {
		if !USD.Known() || Currency("XXX").Known() {
			b.Fatal("wrong")
		}
	}
}
