package shortlist

import (
	"math"
	"strconv"
	"strings"
)

// number writes four digits of a number for people: "1,008,000" and not 1.008e+06.
func number(x float64) string { return rounded(x, 4) }

func rounded(x float64, digits int) string {
	text := strconv.FormatFloat(x, 'g', digits, 64)
	near, err := strconv.ParseFloat(text, 64)
	if err != nil || near == 0 || math.Abs(near) < 1e-6 {
		return text
	}
	return grouped(strconv.FormatFloat(near, 'f', -1, 64))
}

// ceiling writes a number that is not below x, for what nothing exceeds.
func ceiling(x float64) string {
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-5)
	if up := math.Ceil(x/unit) * unit; x != 0 && up > x {
		return rounded(up, 6)
	}
	return rounded(x, 6)
}

// grouped puts commas between thousands.
func grouped(decimal string) string {
	whole, _, _ := strings.Cut(decimal, ".")
	for at := len(whole) - 3; at > 0 && whole[at-1] != '-'; at -= 3 {
		decimal = decimal[:at] + "," + decimal[at:]
	}
	return decimal
}
