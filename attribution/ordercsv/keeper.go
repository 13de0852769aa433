package ordercsv

import (
	"strings"

	"github.com/bylinehq/byline"
)

// Bounds of what a keeper remembers: words that come back, such as codes and SKUs.
const (
	maxWords = 4096
	maxWord  = 64
)

// keeper makes copies of cells. A cell is part of its whole row, which must not live on
// in an order: it may hold an address.
type keeper struct {
	words    map[string]string
	code     string // the last currency that was read, as it stood there
	currency byline.Currency
}

func newKeeper() keeper { return keeper{words: map[string]string{}} }

// word returns a copy of text that is expected to come again.
func (k *keeper) word(text string) string {
	if kept, ok := k.words[text]; ok {
		return kept
	}
	kept := strings.Clone(text)
	if len(kept) <= maxWord && len(k.words) < maxWords {
		k.words[kept] = kept
	}
	return kept
}

// parse reads a currency code. A file has few of them.
func (k *keeper) parse(text string) (c byline.Currency, ok bool) {
	if text == k.code && text != "" {
		return k.currency, true
	}
	c, err := byline.ParseCurrency(text)
	if err != nil {
		return "", false
	}
	c = byline.Currency(strings.Clone(string(c)))
	k.code, k.currency = strings.Clone(text), c
	return c, true
}
