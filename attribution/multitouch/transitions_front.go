package multitouch

import "math/bits"

// front counts the steps of a chain of order 1 in a square table, which for few channels
// is several times as fast as any other way.
type front struct {
	shift   uint
	weights []uint64 // from<<shift | to
	exits   []exit   // by channel
}

// frontChannels is up to how many channels the square table is used: 8 MB.
const frontChannels = 1 << 10

func (f *front) grow(channels int) {
	if more := channels - len(f.exits); more > 0 {
		f.exits = append(f.exits, make([]exit, more)...)
	}
	shift := uint(bits.Len(uint(channels - 1)))
	if f.weights != nil && shift <= f.shift {
		return
	}
	weights := make([]uint64, 1<<(2*shift))
	for from := range len(f.weights) >> f.shift {
		copy(weights[from<<shift:], f.weights[from<<f.shift:(from+1)<<f.shift])
	}
	f.shift, f.weights = shift, weights
}

// count takes the touches of all rows as one long path of weight 1, because rows are
// short and the end of a loop is hard for a processor to foresee. Then it takes back the
// steps from one row to the next, and adds what a row weighs more. Sums modulo 2^64 come
// out right.
func (f *front) count(b *block, channels int) {
	if b.rows() == 0 {
		return
	}
	f.grow(channels)
	f.countFlat(b.ids)
	weights, shift := f.weights, f.shift
	start, converted := uint32(0), 0
	for i, end := range b.ends {
		last := b.ids[end-1]
		if int(end) < len(b.ids) {
			weights[uint(last)<<shift|uint(b.ids[end])]--
		}
		conversions, nulls := int64(b.conversions[i]), int64(b.nulls[i])
		e := &f.exits[last]
		e.conversions += conversions
		e.nulls += nulls
		if conversions > 0 {
			e.value.addValue(b.values[converted], 1)
			converted++
		}
		if conversions+nulls != 1 {
			f.addWeight(b.ids[start:end], uint64(conversions+nulls-1))
		}
		start = end
	}
}

func (f *front) countFlat(ids []id) {
	weights, shift := f.weights, f.shift
	from := uint(ids[0])
	for _, n := range ids[1:] {
		weights[from<<shift|uint(n)]++
		from = uint(n)
	}
}

func (f *front) addWeight(ids []id, weight uint64) {
	from := uint(ids[0])
	for _, n := range ids[1:] {
		f.weights[from<<f.shift|uint(n)] += weight
		from = uint(n)
	}
}
