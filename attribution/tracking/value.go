package tracking

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds in bytes. A value is as long as an offer's code or link may be. A click id
// fits into Stripe's client_reference_id: "up to 200 characters", of letters, digits,
// dashes and underscores. https://docs.stripe.com/payment-links/url-parameters, read
// 2026-11-22.
const (
	maxValue   = 255
	maxClickID = 200
)

// clean returns the value without space at its ends. ok is false for what is not kept:
// nothing, over-long text, control characters, invalid UTF-8, personal data.
func clean(value string) (kept string, ok bool) {
	if len(value) > maxValue {
		return "", false
	}
	kept = strings.TrimSpace(value)
	if kept == "" || !utf8.ValidString(kept) || strings.ContainsFunc(kept, unseen) {
		return "", false
	}
	return kept, !looksPersonal(value)
}

// unseen tells characters that hide or reorder what a person reads.
func unseen(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// cleanID is clean for click ids: of anybody's making, in the alphabet that every
// carrier takes.
func cleanID(value string) (kept string, ok bool) {
	kept, ok = clean(value)
	return kept, ok && len(kept) <= maxClickID && wordly(kept)
}

// wordly reports whether text is made of A-Z, a-z, 0-9, "-" and "_" alone.
func wordly(text string) bool {
	for i := range len(text) {
		if c := text[i]; !isLetter(c) && !isDigit(c) && c != '-' && c != '_' {
			return false
		}
	}
	return text != ""
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// maxRounds is how often text may have been percent-encoded before it is given up.
const maxRounds = 4

// looksPersonal errs on the side of dropping. Text is looked at as it is and as it
// decodes, and what does not stop decoding hides something.
func looksPersonal(text string) bool {
	for range maxRounds {
		if looksLikeEmail(text) || looksLikePhone(text) {
			return true
		}
		next := decode(text, false)
		if next == text {
			return false
		}
		text = next
	}
	return true
}

// looksLikeEmail knows an "@" between two other characters, in any width. A handle,
// "@ada", is no address.
func looksLikeEmail(text string) bool {
	if !isASCII(text) {
		text = norm.NFKC.String(text)
	}
	text = strings.TrimSpace(text)
	at := strings.LastIndexByte(text, '@')
	return at > 0 && at < len(text)-1
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Digits of a telephone number: at most 15 (ITU-T E.164), at least 7 behind a "+", and
// at least 9 where only the grouping tells, so that a date is none.
const (
	minPhone    = 7
	minGrouping = 9
	maxPhone    = 15
)

// looksLikePhone knows numbers in the forms that people and forms write: behind a "+"
// anywhere, or the space that a "+" decodes to, or "tel:"; all of the text in groups, or
// with a "0" in front. Plain digits without any of it are kept: the ids that ad platforms
// put into UTM values look so.
func looksLikePhone(text string) bool {
	if !isASCII(text) {
		text = norm.NFKC.String(text)
	}
	if scheme, number, found := strings.Cut(text, ":"); found && strings.EqualFold(strings.TrimSpace(scheme), "tel") {
		text = "+" + number
	}
	for _, rest, found := strings.Cut(text, "+"); found; _, rest, found = strings.Cut(rest, "+") {
		if leadingDigits(rest) >= minPhone {
			return true
		}
	}
	if beginsWithDate(text) {
		return false
	}
	if text == "" || strings.Trim(text, phoneSigns) != "" || strings.Contains(text, "--") {
		return false
	}
	least := minGrouping
	switch {
	case text[0] == ' ':
		least = minPhone
	case text[0] != '0' && !strings.ContainsAny(text, " ()./-"):
		return false
	}
	digits := leadingDigits(text)
	return least <= digits && digits <= maxPhone
}

// phoneSigns are the signs that a number is written with.
const phoneSigns = "0123456789 ()./-"

// leadingDigits counts the digits at the start of text, whatever stands between them.
func leadingDigits(text string) int {
	digits := 0
	for i := range len(text) {
		switch {
		case isDigit(text[i]):
			digits++
		case strings.IndexByte(phoneSigns, text[i]) < 0:
			return digits
		}
	}
	return digits
}

// decode decodes percent escapes, and "+" as a space in a query. What is no escape
// stays as it is: "50%off" is how people write.
func decode(text string, query bool) string {
	if !strings.ContainsAny(text, "%+") {
		return text
	}
	decoded := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			decoded = append(decoded, unhex(text[i+1])<<4|unhex(text[i+2]))
			i += 2
		case c == '+' && query:
			decoded = append(decoded, ' ')
		default:
			decoded = append(decoded, c)
		}
	}
	return string(decoded)
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func unhex(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return (c | 0x20) - 'a' + 10
}

// beginsWithDate knows the year, month and day that campaigns are named by, in digits
// alone or parted: "20261122-0930", "2026-11-22-01", "2026.11.22".
func beginsWithDate(text string) bool {
	digits := strings.Map(func(r rune) rune {
		if r == '-' || r == '.' || r == '_' {
			return -1
		}
		return r
	}, text[:min(len(text), len("2026-11-22"))])
	if len(digits) < len("20261122") {
		return false
	}
	at, err := time.Parse("20060102", digits[:8])
	return err == nil && at.Year() >= 2000 && at.Year() < 2100
}
