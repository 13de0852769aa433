package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bojanz/currency"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/chart"
)

// showMoney writes an amount as an English reader expects it: "€1,234.50".
func showMoney(m byline.Money) string {
	if m.Currency() == "" {
		return chart.NoValue
	}
	amount, err := currency.NewAmount(m.Amount(), string(m.Currency()))
	if err != nil {
		return m.String() // a withdrawn currency that the formatter has forgotten
	}
	f := currency.NewFormatter(currency.NewLocale("en"))
	f.MinDigits = uint8(m.Currency().Digits()) // the formatter's own follow local habit
	return strings.Replace(f.Format(amount), "-", "−", 1)
}

// showRound writes a number as well as it is known: whole from 10 on, in thousands, hundreds
// or tens where it is large.
func showRound(v float64) string {
	size := math.Abs(v)
	switch {
	case size >= 100_000:
		v = math.Round(v/1000) * 1000
	case size >= 10_000:
		v = math.Round(v/100) * 100
	case size >= 1000:
		v = math.Round(v/10) * 10
	case size < 10 && math.Round(10*v) != 10*math.Round(v):
		return showNumber(v)
	}
	return strings.TrimSuffix(showNumber(math.Round(v)), ".0")
}

// showNumber writes a number with one decimal.
func showNumber(v float64) string {
	v = math.Round(v*10) / 10
	text := strconv.FormatFloat(math.Abs(v), 'f', 1, 64)
	whole, tenth, _ := strings.Cut(text, ".")
	text = grouped(whole) + "." + tenth
	if v < 0 {
		return "−" + text
	}
	return text
}

// showPercent writes a share in whole percent, with a decimal below 10%.
func showPercent(v float64) string {
	if v != 0 && math.Abs(v) < 0.0995 {
		return strconv.FormatFloat(v*100, 'f', 1, 64) + "%"
	}
	return strconv.FormatFloat(v*100, 'f', 0, 64) + "%"
}

// showChance writes a chance in whole percent, and nothing as certain.
func showChance(v float64) string {
	switch {
	case v < 0.005:
		return "<1%"
	case v >= 0.995:
		return ">99%"
	}
	return strconv.FormatFloat(v*100, 'f', 0, 64) + "%"
}

// showTiny writes what is below one with the digits that matter.
func showTiny(v float64) string { return strconv.FormatFloat(v, 'g', 2, 64) }

// showCount writes a number with its thousands apart.
func showCount[T int | int64](n T) string { return grouped(strconv.FormatInt(int64(n), 10)) }

func grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// plural counts things.
func plural[T int | int64](n T, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return showCount(n) + " " + many
}

// listed joins names, and counts those for which there is no room.
func listed(names []string, most int) string {
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// sentence begins with a capital letter.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// clean makes visible what a terminal or a reader's eye would obey: control characters,
// and marks that turn the direction of what follows. Text in a file comes from anybody.
func clean(text string) string {
	const joiner, noBreak = '\u200d', '\u00a0' // of the parts of a picture; of a currency and its amount
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == joiner || r == noBreak || r == '\n' {
			return r
		}
		return utf8.RuneError
	}, text)
}
