package multitouch

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"math/bits"
	"slices"
)

// coalitions counts journeys by the channels that they touched, each channel once: by the
// set of them, or by the order of their first touches. It needs 2 bytes a channel and
// about 50 more for each that is different.
type coalitions struct {
	ordered bool
	size    int // of more channels the last are kept; 0 keeps all

	ids    []id // of all keys, one after the other
	ends   []int
	counts []exit   // how the journeys of each key ended
	slots  []uint32 // index of a key plus one, 0 is free; a power of two, at most half full
	seed   uint64   // spreads keys over slots; no result depends on it

	seen idSet
	key  []id
}

func newCoalitions(ordered bool, size int) *coalitions {
	seed := maphash.String(maphash.MakeSeed(), "coalition")
	return &coalitions{ordered: ordered, size: size, slots: make([]uint32, 64), seed: seed}
}

// rate is conversions by journeys, valueRate is minor units by journeys.
func (e *exit) rate() float64      { return float64(e.conversions) / float64(e.journeys()) }
func (e *exit) valueRate() float64 { return e.minor() / float64(e.journeys()) }

func (c *coalitions) count(b *block) {
	start, converted := uint32(0), 0
	for i, end := range b.ends {
		counted := c.at(c.keyOf(b.ids[start:end]))
		counted.conversions += int64(b.conversions[i])
		counted.nulls += int64(b.nulls[i])
		if b.conversions[i] > 0 {
			counted.value.addValue(b.values[converted], 1)
			converted++
		}
		start = end
	}
}

// keyOf returns the channels of a path, valid until the next call.
func (c *coalitions) keyOf(path []id) []id {
	c.seen.clear()
	key := c.key[:0]
	for _, n := range path {
		if c.seen.add(n) {
			key = append(key, n)
		}
	}
	c.key = key
	return c.arrange(key)
}

// arrange cuts a key to size and, unless order counts, sorts it.
func (c *coalitions) arrange(key []id) []id {
	if c.size > 0 && len(key) > c.size {
		key = key[len(key)-c.size:]
	}
	if !c.ordered {
		slices.Sort(key)
	}
	return key
}

func (c *coalitions) len() int { return len(c.ends) }

// keyAt returns the i-th key in the order in which they came.
func (c *coalitions) keyAt(i int) []id {
	if i == 0 {
		return c.ids[:c.ends[0]]
	}
	return c.ids[c.ends[i-1]:c.ends[i]]
}

func (c *coalitions) hash(key []id) uint64 {
	h := c.seed
	for _, n := range key {
		hi, lo := bits.Mul64(h^uint64(n), golden)
		h = hi ^ lo
	}
	return mix(h)
}

// slotOf returns the slot of a key, or the free one where it belongs.
func (c *coalitions) slotOf(key []id) *uint32 {
	mask := uint64(len(c.slots) - 1)
	for i := c.hash(key) & mask; ; i = (i + 1) & mask {
		slot := &c.slots[i]
		if *slot == 0 || slices.Equal(c.keyAt(int(*slot-1)), key) {
			return slot
		}
	}
}

// find returns what was counted of a key, nil where it was never seen.
func (c *coalitions) find(key []id) *exit {
	if slot := *c.slotOf(key); slot != 0 {
		return &c.counts[slot-1]
	}
	return nil
}

// at returns the count of a key, a new one where it is new. It keeps a copy of the key.
func (c *coalitions) at(key []id) *exit {
	slot := c.slotOf(key)
	if *slot == 0 {
		c.ids = append(c.ids, key...)
		c.ends = append(c.ends, len(c.ids))
		c.counts = append(c.counts, exit{})
		*slot = uint32(len(c.ends))
		if 2*len(c.ends) > len(c.slots) {
			c.grow()
		}
		return &c.counts[len(c.counts)-1]
	}
	return &c.counts[*slot-1]
}

func (c *coalitions) grow() {
	c.slots = make([]uint32, 2*len(c.slots))
	mask := uint64(len(c.slots) - 1)
	for at := range c.ends {
		i := c.hash(c.keyAt(at)) & mask
		for c.slots[i] != 0 {
			i = (i + 1) & mask
		}
		c.slots[i] = uint32(at + 1)
	}
}

// merge adds what others counted, whose ids renumber translates.
func (c *coalitions) merge(o *coalitions, renumber []id) {
	for i := range o.ends {
		key := c.key[:0]
		for _, n := range o.keyAt(i) {
			key = append(key, renumber[n])
		}
		c.key = key
		c.at(c.arrange(key)).add(o.counts[i])
	}
}

// sorted returns the places of all keys, in the order of the keys.
func (c *coalitions) sorted() []int {
	order := make([]int, c.len())
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return slices.Compare(c.keyAt(a), c.keyAt(b)) })
	return order
}

// addUp reports whether the counts sum to the totals. What a tally counted does; what was
// read from bytes may not.
func (c *coalitions) addUp(t *Totals) bool {
	sum := exit{}
	for _, counted := range c.counts {
		sum.add(counted)
		if sum.conversions < 0 || sum.nulls < 0 {
			return false
		}
	}
	value := wide{}
	value.addValue(t.Value.Minor(), 1)
	return sum == exit{t.Conversions, t.Nulls, value}
}

func (c *coalitions) appendTo(data []byte) []byte {
	data = binary.AppendUvarint(data, uint64(c.len()))
	for _, i := range c.sorted() {
		key := c.keyAt(i)
		data = binary.AppendUvarint(data, uint64(len(key)))
		for _, n := range key {
			data = binary.AppendUvarint(data, uint64(n))
		}
		counted := &c.counts[i]
		data = binary.AppendUvarint(data, uint64(counted.conversions))
		data = binary.AppendUvarint(data, uint64(counted.nulls))
		data = counted.value.appendTo(data)
	}
	return data
}

func (c *coalitions) load(d *decoder, channels int) {
	var last []id
	for range d.count(6) { // a length, a channel, two counts and a value of two numbers
		key := c.loadKey(d, channels)
		conversions, nulls := d.uint(), d.uint()
		value := wide{uint64(d.int()), d.uint()}
		nothing := conversions == 0 && (nulls == 0 || value != wide{})
		if d.failed || nothing || conversions > math.MaxInt64 || nulls > math.MaxInt64 || slices.Compare(key, last) <= 0 {
			d.fail()
			return
		}
		last = append(last[:0], key...)
		c.at(key).add(exit{int64(conversions), int64(nulls), value})
	}
}

// loadKey reads a key as keyOf makes them.
func (c *coalitions) loadKey(d *decoder, channels int) []id {
	n := d.count(1)
	if n == 0 || c.size > 0 && n > c.size {
		d.fail()
		return nil
	}
	c.seen.clear()
	key := c.key[:0]
	for i := range n {
		v := d.uint()
		if d.failed || v >= uint64(channels) || !c.seen.add(id(v)) || !c.ordered && i > 0 && id(v) < key[i-1] {
			d.fail()
			return nil
		}
		key = append(key, id(v))
	}
	c.key = key
	return key
}
