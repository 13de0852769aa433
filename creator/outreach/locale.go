package outreach

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// isTag reports whether a text has the form of a BCP 47 tag: parts of one to eight
// letters and digits, the first of two letters or more, and a hundred at most in all.
func isTag(tag string) bool {
	if len(tag) > 100 {
		return false
	}
	for i, part := range strings.Split(tag, "-") {
		letters := func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }
		others := func(r rune) bool { return letters(r) && (r < '0' || r > '9') }
		switch {
		case part == "" || len(part) > 8 || strings.ContainsFunc(part, others):
			return false
		case i == 0 && (len(part) < 2 || strings.ContainsFunc(part, letters)):
			return false
		}
	}
	return true
}

// fallbacks returns a tag and what it falls back to, by the lookup of RFC 4647, section
// 3.4: pt-BR, pt. All are in lower case.
func fallbacks(tag string) []string {
	parts := strings.Split(strings.ToLower(tag), "-")
	var chain []string
	for len(parts) > 0 {
		chain = append(chain, strings.Join(parts, "-"))
		parts = parts[:len(parts)-1]
		if last := len(parts) - 1; last > 0 && len(parts[last]) == 1 {
			parts = parts[:last]
		}
	}
	return chain
}

func primary(tag string) string {
	language, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return language
}

// writeDate writes a date out, or as 2026-11-22 where the language is not known here.
func writeDate(at time.Time, locale string) string {
	months := strings.Fields(months(primary(locale)))
	if len(months) == 0 {
		return at.Format(time.DateOnly)
	}
	day, month, year := fmt.Sprint(at.Day()), months[at.Month()-1], fmt.Sprint(at.Year())
	switch primary(locale) {
	case "en":
		if strings.EqualFold(locale, "en-US") {
			return month + " " + day + ", " + year
		}
	case "de":
		day += "."
	case "es", "pt":
		return day + " de " + month + " de " + year
	case "fr":
		if at.Day() == 1 {
			day = "1er"
		}
	}
	return day + " " + month + " " + year
}

func months(language string) string {
	switch language {
	case "en":
		return "January February March April May June July August September October November December"
	case "de":
		return "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
	case "es":
		return "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
	case "fr":
		return "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
	case "it":
		return "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
	case "nl":
		return "januari februari maart april mei juni juli augustus september oktober november december"
	case "pt":
		return "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
	}
	return ""
}

// writeMoney writes 1,234.50 EUR with the marks of a language where they are known for
// its country, and else 1234.50 EUR.
func writeMoney(m byline.Money, locale string) string {
	group, point, known := marks(strings.ToLower(locale))
	if !known {
		return m.String()
	}
	whole, fraction, hasFraction := strings.Cut(strings.TrimPrefix(m.Amount(), "-"), ".")
	var groups []string
	for len(whole) > 3 {
		groups = append(groups, whole[len(whole)-3:])
		whole = whole[:len(whole)-3]
	}
	groups = append(groups, whole)
	slices.Reverse(groups)
	text := strings.Join(groups, group)
	if hasFraction {
		text += point + fraction
	}
	if m.Sign() < 0 {
		text = "-" + text
	}
	return strings.TrimSpace(text + " " + string(m.Currency()))
}

func marks(locale string) (group, point string, known bool) {
	switch locale {
	case "en", "en-us", "en-gb", "en-ie", "en-au", "en-nz", "en-ca":
		return ",", ".", true
	case "de", "de-de", "es", "es-es", "it", "it-it", "nl", "nl-nl", "pt", "pt-br":
		return ".", ",", true
	case "fr", "fr-fr":
		return "\u00a0", ",", true
	}
	return "", "", false
}
