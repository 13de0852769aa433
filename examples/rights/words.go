package main

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bojanz/currency"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// channelWord names a channel, "" one that is none.
func channelWord(c contracts.Channel) string {
	switch c {
	case contracts.ChannelOrganic:
		return "Organic repost"
	case contracts.ChannelPaidSocial:
		return "Paid social"
	case contracts.ChannelPartnershipAd:
		return "Partnership ad"
	case contracts.ChannelSparkAd:
		return "Spark ad"
	case contracts.ChannelWebsite:
		return "Website"
	case contracts.ChannelEmail:
		return "E-mail"
	case contracts.ChannelOutOfHome:
		return "Out of home"
	case contracts.ChannelInStore:
		return "In store"
	case contracts.ChannelRetailMedia:
		return "Retail media"
	case contracts.ChannelTV:
		return "TV"
	case contracts.ChannelPrint:
		return "Print"
	case contracts.ChannelInternal:
		return "Internal"
	}
	return ""
}

// manner is how an asset is used, where it is not as it was posted by the brand.
func manner(u contracts.Use) string {
	var parts []string
	for _, part := range []string{string(u.Edit), string(u.Likeness), string(u.AI), string(u.By)} {
		if part != "" {
			parts = append(parts, strings.ReplaceAll(part, "_", " "))
		}
	}
	if u.Raw {
		parts = append(parts, "raw footage")
	}
	return strings.Join(parts, ", ")
}

// showMoney writes an amount as an English reader expects it: "€1,234.50".
func showMoney(m byline.Money) string {
	amount, err := currency.NewAmount(m.Amount(), string(m.Currency()))
	if err != nil {
		return m.String() // the zero Money, or a withdrawn currency that the formatter has forgotten
	}
	f := currency.NewFormatter(currency.NewLocale("en"))
	f.MinDigits = uint8(m.Currency().Digits()) // the formatter's own follow local habit
	return strings.Replace(f.Format(amount), "-", "−", 1)
}

// showTime is an instant in UTC, with the time of day where it is not midnight.
func showTime(t time.Time) string {
	t = t.UTC()
	if t.Equal(t.Truncate(24 * time.Hour)) {
		return showDay(t)
	}
	return t.Format("2 Jan 2006 15:04 UTC")
}

func showDay(t time.Time) string { return t.UTC().Format("2 Jan 2006") }

// showWindow names both ends of a window.
func showWindow(w byline.Window) string {
	switch {
	case w.Start.IsZero() && w.End.IsZero():
		return "at any time"
	case w.Start.IsZero():
		return "until " + showTime(w.End)
	case w.End.IsZero():
		return showTime(w.Start) + " on, no end"
	}
	return showTime(w.Start) + " to " + showTime(w.End)
}

func showWindows(list []byline.Window) string {
	if len(list) == 0 {
		return "none"
	}
	texts := make([]string, len(list))
	for i, w := range list {
		texts[i] = showWindow(w)
	}
	return strings.Join(texts, "; ")
}

// distance is how long it is between two instants, in whole days.
func distance(from, to time.Time) string {
	const day = 24 * time.Hour
	if days := int(to.Sub(from) / day); days > 0 {
		return plural(days, "day", "days")
	}
	return "less than a day"
}

// plural counts things.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return showCount(n) + " " + many
}

// showCount writes a number with its thousands apart.
func showCount(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
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
