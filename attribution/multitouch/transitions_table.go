package multitouch

import (
	"cmp"
	"hash/maphash"
	"math/bits"
	"slices"
)

// table maps windows to what was counted of them: open addressing, a power of two, at
// most three quarters full. Its zero value is empty.
type table[V any] struct {
	entries []entry[V]
	used    int
	seed    uint64 // spreads the keys over slots, so that nobody can aim at one; no figure depends on it
}

type entry[V any] struct {
	key   window // 0 is free
	value V
}

// at returns the value of a window, a new one where it is new. It stays valid until the
// next call.
func (t *table[V]) at(key window) *V {
	if 4*t.used >= 3*len(t.entries) {
		t.reserve(max(48, t.used+1))
	}
	mask := uint64(len(t.entries) - 1)
	for i := t.home(key); ; i++ {
		e := &t.entries[i&mask]
		if e.key == key {
			return &e.value
		}
		if e.key == 0 {
			e.key = key
			t.used++
			return &e.value
		}
	}
}

func (t *table[V]) home(key window) uint64 {
	hi, lo := bits.Mul64(uint64(key)^t.seed, 0x9E3779B97F4A7C15)
	return hi ^ lo
}

// reserve makes room for n windows without a further move. Whoever copies one table into
// another needs it: in the order of the slots, a table that grows meanwhile would get
// most of them in one place.
func (t *table[V]) reserve(n int) {
	size := 1 << bits.Len(uint(n+n/3))
	if size <= len(t.entries) {
		return
	}
	if t.seed == 0 {
		t.seed = maphash.Comparable(maphash.MakeSeed(), 0) | 1
	}
	old := t.entries
	t.entries, t.used = make([]entry[V], size), 0
	for i := range old {
		if old[i].key != 0 {
			*t.at(old[i].key) = old[i].value
		}
	}
}

// sorted returns what was counted in order of the windows.
func (t *table[V]) sorted() []entry[V] {
	all := make([]entry[V], 0, t.used)
	for i := range t.entries {
		if t.entries[i].key != 0 {
			all = append(all, t.entries[i])
		}
	}
	slices.SortFunc(all, func(a, b entry[V]) int { return cmp.Compare(a.key, b.key) })
	return all
}
