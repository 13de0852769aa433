package lift

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// percentOf writes a share with three significant digits: 0.025 is "2.5%".
func percentOf(share float64) string { return brief(share*100) + "%" }

// brief writes three significant digits of a small number, and a large one whole, if it
// is not so small or large that nobody would count its zeros.
func brief(v float64) string {
	digits := 0
	if a := math.Abs(v); a > 0 && a < 1e-9 || a >= 1e15 {
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	if a := math.Abs(v); a > 0 && a < 100 {
		digits = min(12, max(0, 2-int(math.Floor(math.Log10(a)))))
	}
	text := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}

// between writes an interval: "4.2% to 50%".
func (i Interval) between(write func(float64) string) string {
	return write(i.Low) + " to " + write(i.High)
}

// chances writes how often chance does what was seen.
func chances(p float64) string {
	if p < 0.0001 {
		return "in fewer than 1 of 10000 experiments"
	}
	return "in " + percentOf(p) + " of experiments"
}

func counted[N int | int64](n N, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// upTo writes the level at which a p value turns, rounded down: 94.9999% is not the 95%
// that was asked for.
func upTo(p float64) string {
	return strconv.FormatFloat(math.Floor((1-p)*1e4+1e-6)/100, 'f', -1, 64) + "%"
}
