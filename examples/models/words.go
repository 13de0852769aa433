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

// showMore is an amount with its sign.
func showMore(m byline.Money) string {
	if m.Minor() > 0 {
		return "+" + showMoney(m)
	}
	return showMoney(m)
}

// showNumber writes conversions with one decimal.
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

// showSigned is a number with its sign, and 0.0 without one.
func showSigned(v float64) string {
	text := showNumber(v)
	if v > 0 && text != "0.0" {
		return "+" + text
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

// showRate writes a rate with one decimal.
func showRate(v float64) string { return strconv.FormatFloat(v*100, 'f', 1, 64) + "%" }

// showChance writes a chance in whole percent, and nothing as certain.
func showChance(v float64) string {
	switch {
	case v < 0.005:
		return "<1%"
	case v > 0.995:
		return ">99%"
	}
	return strconv.FormatFloat(v*100, 'f', 0, 64) + "%"
}

// showAmount writes a number that is mostly whole.
func showAmount(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return strings.TrimSuffix(showNumber(v), ".0")
	}
	return showNumber(v)
}

// showTiny writes what is a rounding error at best.
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
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// lower is a label inside a sentence. Names of people and of chains stay as they are.
func lower(label string) string {
	if strings.HasPrefix(label, "Markov") || strings.HasPrefix(label, "Shapley") || strings.HasPrefix(label, "W-") {
		return label
	}
	return strings.ToLower(label)
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
