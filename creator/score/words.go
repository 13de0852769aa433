package score

import (
	"math"
	"strconv"
	"strings"
)

// words shows a value as a reader expects it: "4.2 %", "1.3×", "12,400".
func (u Unit) words(v float64) string {
	switch u {
	case Percent:
		return figures(100*v) + " %"
	case Times:
		return figures(v) + "×"
	default:
		return figures(v)
	}
}

// span is a value with its interval, where there is one.
func (u Unit) span(value, low, high float64) string {
	if low == value && high == value {
		return u.words(value)
	}
	return u.words(value) + " (" + u.words(low) + " to " + u.words(high) + ")"
}

// figures keeps three significant figures of a small number, and all of a large one's
// whole part.
func figures(v float64) string {
	size := math.Abs(v)
	digits := 0
	switch {
	case size == 0 || size >= 1000:
	case size >= 100:
	case size >= 10:
		digits = 1
	case size >= 1:
		digits = 2
	case size >= 0.0001:
		digits = min(2-int(math.Floor(math.Log10(size))), 6)
	default:
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	text := strconv.FormatFloat(v, 'f', digits, 64)
	if digits > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		text = "0"
	}
	return grouped(text)
}

// grouped puts a comma between thousands.
func grouped(text string) string {
	sign, rest := "", text
	if strings.HasPrefix(rest, "-") {
		sign, rest = "-", rest[1:]
	}
	whole, fraction, _ := strings.Cut(rest, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}
