package reach

import (
	"math"
	"math/bits"
)

// registers are those of a HyperLogLog: the upper bits of a hash choose one, and it holds
// one more than the most zeros seen at the lower end of the others. Eight stand in a word,
// the first lowest. The tally follows every change, so that a count takes O(1).
type registers struct {
	words []uint64
	tally tally
}

// tally is all that the estimate needs to know of the registers. Whole numbers keep it
// independent of the order in which they rose.
type tally struct {
	precision uint8
	zeros     int    // registers that saw nothing
	full      int    // registers at the highest rank
	sum       uint64 // of 2^(limit-rank) over all registers, modulo 2^64
}

// limit is the number of bits that a rank is read from; ranks go up to limit + 1.
func (t tally) limit() uint64 { return 64 - uint64(t.precision) }

func emptyTally(precision uint8) tally {
	t := tally{precision: precision, zeros: 1 << precision}
	t.sum = uint64(t.zeros) << t.limit()
	return t
}

func newRegisters(precision uint8) registers {
	return registers{words: make([]uint64, 1<<precision/8), tally: emptyTally(precision)}
}

// place returns the register of a hash and the rank it asks for.
func (t tally) place(hash uint64) (at int, rank uint64) {
	// The bit above the others stops the count where all of them are 0.
	lower := hash | 1<<t.limit()
	return int(hash >> t.limit()), uint64(bits.TrailingZeros64(lower)) + 1
}

// move counts one register that rises. A rank above the limit shifts by more than a word
// and so weighs nothing. The sign bit of a difference stands for a comparison, because a
// branch here cannot be predicted and would cost more than all the rest.
func (t *tally) move(from, to uint64) {
	limit := t.limit()
	t.sum += 1<<(limit-to) - 1<<(limit-from)
	t.zeros -= int((from - 1) >> 63)
	t.full += int((limit - to) >> 63)
}

func (r *registers) rank(at int) uint64 { return r.words[at>>3] >> (at & 7 * 8) & 0xff }

func (r *registers) raise(at int, rank uint64) {
	old := r.rank(at)
	if rank <= old {
		return
	}
	r.tally.move(old, rank)
	r.words[at>>3] += (rank - old) << (at & 7 * 8)
}

const highBits = 0x8080808080808080

// above marks with its high bit every byte of b that is greater than that of a. Ranks stay
// below 128, so no byte borrows from the next.
func above(a, b uint64) uint64 { return ^((a | highBits) - b) & highBits }

// with is the tally after a merge that does not take place.
func (r *registers) with(o *registers) tally {
	t := r.tally
	if t.zeros == 1<<t.precision {
		return o.tally
	}
	other := o.words[:len(r.words)]
	for i, word := range r.words {
		for rises := above(word, other[i]); rises != 0; rises &= rises - 1 {
			shift := bits.TrailingZeros64(rises) - 7
			t.move(word>>shift&0xff, other[i]>>shift&0xff)
		}
	}
	return t
}

func (r *registers) merge(o *registers) {
	r.tally = r.with(o)
	for i, word := range r.words {
		rises := above(word, o.words[i])
		taken := rises >> 7 * 0xff // 0xff in every byte that rises
		r.words[i] = word&^taken | o.words[i]&taken
	}
}

// maxPeople bounds an estimate: beyond, the hashes themselves run out.
const maxPeople = 1 << 63

// estimate is the improved raw estimator of O. Ertl, "New cardinality estimation algorithms
// for HyperLogLog sketches" (2017, section 2.5): it needs no table and no switch between
// ranges. It never falls when a register rises.
func (t tally) estimate() float64 {
	registers := float64(int(1) << t.precision)
	if t.zeros == 1<<t.precision {
		return 0
	}
	scale := math.Ldexp(1, -int(t.limit()))
	between := t.sum - uint64(t.zeros)<<t.limit()
	// Conversions keep the compiler from fusing a product with a sum, which would give other
	// bits on other machines.
	z := float64(registers*sigma(float64(t.zeros)/registers)) + float64(float64(between)*scale)
	z += float64(registers * scale * tau(1-float64(t.full)/registers))
	return min(registers*registers/(2*math.Ln2*z), maxPeople) // z is 0 at their very end
}

func sigma(x float64) float64 {
	z, y := x, 1.0
	for last := -1.0; z != last; y += y {
		x *= x
		last = z
		z += float64(x * y)
	}
	return z
}

func tau(x float64) float64 {
	if x == 0 || x == 1 {
		return 0
	}
	z, y := 1-x, 1.0
	for last := -1.0; z != last; {
		x = math.Sqrt(x)
		last = z
		y *= 0.5
		z -= float64(float64((1-x)*(1-x)) * y)
	}
	return z / 3
}
