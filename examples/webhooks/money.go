package main

import (
	"slices"
	"strings"

	"github.com/bojanz/currency"

	"github.com/bylinehq/byline"
)

const minusSign = "−" // U+2212 is as wide as a digit, so columns stay aligned

// showMoney writes an amount as an English reader expects it: "€1,234.50".
func showMoney(m byline.Money) string {
	amount, err := currency.NewAmount(m.Amount(), string(m.Currency()))
	if err != nil {
		// The zero Money, or a withdrawn currency that the formatter has forgotten.
		return m.String()
	}
	f := currency.NewFormatter(currency.NewLocale("en"))
	// The formatter's own digits follow local habit, ours the minor unit.
	f.MinDigits = uint8(m.Currency().Digits())
	return strings.Replace(f.Format(amount), "-", minusSign, 1)
}

// showSigned puts a sign before every amount but nothing.
func showSigned(m byline.Money) string {
	if m.Sign() > 0 {
		return "+" + showMoney(m)
	}
	return showMoney(m)
}

// purse holds one amount per currency. Amounts of several currencies are never added.
type purse []byline.Money

// add returns the purse with m in it. It keeps the currencies in the order in which
// they came, and the sum is dropped where it overflows, which no real ledger reaches.
func (p purse) add(m byline.Money) purse {
	for i := range p {
		if p[i].Currency() != m.Currency() {
			continue
		}
		if sum, err := p[i].Add(m); err == nil {
			p[i] = sum
		}
		return p
	}
	return append(p, m)
}

// something reports whether any amount in it is not zero.
func (p purse) something() bool {
	return slices.ContainsFunc(p, func(m byline.Money) bool { return !m.IsZero() })
}

// nonzero leaves out what is nothing.
func (p purse) nonzero() purse {
	return slices.DeleteFunc(slices.Clone(p), byline.Money.IsZero)
}

func (p purse) of(c byline.Currency) byline.Money {
	for _, m := range p {
		if m.Currency() == c {
			return m
		}
	}
	return byline.Minor(0, c)
}

func (p purse) show() []string {
	texts := make([]string, len(p))
	for i, m := range p {
		texts[i] = showMoney(m)
	}
	return texts
}
