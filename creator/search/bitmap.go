package search

import "math/bits"

// bitmap is a set of rows. Bits beyond the last row are 0.
type bitmap []uint64

func newBitmap(rows int) bitmap { return make(bitmap, (rows+63)/64) }

// fullBitmap holds every row.
func fullBitmap(rows int) bitmap {
	b := newBitmap(rows)
	for i := range b {
		b[i] = ^uint64(0)
	}
	if rest := rows % 64; rest != 0 {
		b[len(b)-1] = 1<<rest - 1
	}
	return b
}

func (b bitmap) set(row uint32)      { b[row/64] |= 1 << (row % 64) }
func (b bitmap) unset(row uint32)    { b[row/64] &^= 1 << (row % 64) }
func (b bitmap) has(row uint32) bool { return b[row/64]&(1<<(row%64)) != 0 }

func (b bitmap) and(o bitmap) {
	for i := range b {
		b[i] &= o[i]
	}
}

func (b bitmap) or(o bitmap) {
	for i := range b {
		b[i] |= o[i]
	}
}

func (b bitmap) andNot(o bitmap) {
	for i := range b {
		b[i] &^= o[i]
	}
}

func (b bitmap) count() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// each calls visit for the rows in rising order until it returns false.
func (b bitmap) each(visit func(row uint32) bool) {
	for i, word := range b {
		for ; word != 0; word &= word - 1 {
			if !visit(uint32(i*64 + bits.TrailingZeros64(word))) {
				return
			}
		}
	}
}

// tri is an answer for every row: yes, no, or neither where the facts do not say.
type tri struct{ yes, no bitmap }

func (t tri) and(o tri) {
	t.yes.and(o.yes)
	t.no.or(o.no)
}

func (t tri) or(o tri) {
	t.yes.or(o.yes)
	t.no.and(o.no)
}

func (t tri) not() tri { return tri{yes: t.no, no: t.yes} }
