package main

import (
	"strconv"
	"strings"
	"time"

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

// showCount writes a number with its thousands apart.
func showCount(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return strings.Replace(text, "-", minusSign, 1)
}

// plural counts things.
func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return showCount(n) + " " + many
}

// percent is a share for reading, "–" of nothing.
func percent(part, whole int64) string {
	switch {
	case whole == 0:
		return "–"
	case part > 0 && part*200 < whole:
		return "<1%"
	case part < whole && (whole-part)*200 < whole:
		return ">99%"
	}
	return strconv.FormatInt((part*200+whole)/(2*whole), 10) + "%"
}

func showDay(t time.Time) string { return t.UTC().Format("2 Jan 2006") }

// span names the days from one instant to another.
func span(first, last time.Time) string {
	if showDay(first) == showDay(last) {
		return showDay(first)
	}
	return showDay(first) + " to " + showDay(last)
}
