package multitouch

import (
	"math"
	"math/bits"
)

// whole is what the parts of one journey sum to. A part is a fixed-point number, because
// whole numbers add up to the same in any order, and floating point does not.
const whole = uint64(1) << 62

// wide is a signed number of 128 bits, in units of 1/whole: room for 2^63 conversions or
// minor units.
type wide struct {
	hi uint64 // in two's complement
	lo uint64
}

func (w *wide) add(o wide) {
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, o.lo, 0)
	w.hi, _ = bits.Add64(w.hi, o.hi, carry)
}

// addParts adds n parts.
func (w *wide) addParts(n, part uint64) {
	var p wide
	p.hi, p.lo = bits.Mul64(n, part)
	w.add(p)
}

// addValue adds a part of a value, which may be negative.
func (w *wide) addValue(value int64, part uint64) {
	if value >= 0 {
		w.addParts(uint64(value), part)
		return
	}
	var p wide
	p.hi, p.lo = bits.Mul64(-uint64(value), part)
	w.add(p.negated())
}

func (w wide) negated() wide {
	lo, borrow := bits.Sub64(0, w.lo, 0)
	hi, _ := bits.Sub64(0, w.hi, borrow)
	return wide{hi, lo}
}

// float is the number itself, correctly rounded but for the last bit.
func (w wide) float() float64 {
	if int64(w.hi) < 0 {
		return -w.negated().float()
	}
	return math.Ldexp(float64(w.hi), 2) + math.Ldexp(float64(w.lo), -62)
}

// floor returns the largest whole number not above, and what is left in units of 1/whole.
func (w wide) floor() (units int64, rest uint64) {
	return int64(w.hi<<2 | w.lo>>62), w.lo & (whole - 1)
}

// spreads is from how many touches on split evens out rounding: that of a few is lost on
// the heaviest of them, that of thousands is not.
const spreads = 64

// split fills parts by weights that are finite, not negative and not all zero. They are
// rounded down, and what is left goes to the first of the heaviest.
func split(weights []float64, parts []uint64) {
	sum, heaviest := 0.0, 0
	for i, w := range weights {
		sum += w
		if w > weights[heaviest] {
			heaviest = i
		}
	}
	left := int64(whole)
	for i, w := range weights {
		// Ratio first: the sum of large weights is finite where their product is not.
		parts[i] = uint64(w / sum * float64(whole))
		left -= int64(parts[i])
	}
	if len(parts) > spreads {
		each := float64(left) / float64(whole)
		for i, part := range parts {
			more := int64(float64(part) * each)
			parts[i] += uint64(more)
			left -= more
		}
	}
	// It may be below 0, but never by more than the heaviest has.
	parts[heaviest] += uint64(left)
}

// splitEvenly fills parts with equal ones; what is left over goes to the first.
func splitEvenly(parts []uint64) {
	n := uint64(len(parts))
	for i := range parts {
		parts[i] = whole / n
	}
	parts[0] += whole % n
}

// finite reports whether a number is one.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
