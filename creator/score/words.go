package score

import (
	"bytes"
	"math"
	"slices"
	"strconv"
)

// words shows a value as a reader expects it: "4.2 %", "1.3×", "12,400".
func (u Unit) words(v float64) string { return string(u.write(nil, v)) }

func (u Unit) write(b []byte, v float64) []byte {
	switch u {
	case Percent:
		return append(writeFigures(b, 100*v), " %"...)
	case Times:
		return append(writeFigures(b, v), "×"...)
	default:
		return writeFigures(b, v)
	}
}

// span is a value with its interval, where there is one.
func (u Unit) span(value, low, high float64) string {
	var room [128]byte
	b := u.write(room[:0], value)
	if low == value && high == value {
		return string(b)
	}
	b = append(u.write(append(b, " ("...), low), " to "...)
	return string(append(u.write(b, high), ')'))
}

// writeFigures keeps three significant figures of a small number, and all of a large one's
// whole part.
func writeFigures(b []byte, v float64) []byte {
	size := math.Abs(v)
	digits := 0
	switch {
	case size == 0:
		return append(b, '0') // and never "-0"
	case size >= 100:
	case size >= 10:
		digits = 1
	case size >= 1:
		digits = 2
	default:
		return strconv.AppendFloat(b, v, 'g', 3, 64)
	}
	start := len(b)
	b = strconv.AppendFloat(b, v, 'f', digits, 64)
	if digits > 0 {
		return bytes.TrimSuffix(bytes.TrimRight(b, "0"), []byte{'.'})
	}
	return group(b, start)
}

// group puts commas between the thousands of the whole number from start on.
func group(b []byte, start int) []byte {
	if len(b) > start && b[start] == '-' {
		start++
	}
	for at := len(b) - 3; at > start; at -= 3 {
		b = slices.Insert(b, at, ',')
	}
	return b
}
