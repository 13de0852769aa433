package multitouch

import "math"

// transitions is all that a chain of order k needs to know of the journeys. A state is a
// window of k touches in a row, or a whole path where it is shorter. How often a state
// starts a journey is not counted, because it follows: what flows into a state flows out.
type transitions struct {
	order int
	steps table[int64] // by the k+1 touches of a step from a state to the next; its weight
	exits table[exit]  // by the last state of a journey
	front *front       // counts steps of order 1 for few channels; see flush
	// crowded is set where an id had no room in a window; then little was counted.
	crowded bool
}

// exit is how journeys ended at a state.
type exit struct {
	conversions, nulls int64
	value              wide // in units of 2^-62 minor ones, so that the sum of all fits
}

// minor is the value in minor units.
func (e *exit) minor() float64 { return math.Ldexp(e.value.float(), 62) }

func (e *exit) journeys() int64 { return e.conversions + e.nulls }

func (e *exit) add(o exit) {
	e.conversions += o.conversions
	e.nulls += o.nulls
	e.value.add(o.value)
}

func newTransitions(order int) *transitions { return &transitions{order: order} }

// window holds 1 to 5 ids, the first in the highest bits, and above them how many.
type window uint64

// idBits is how much room an id has in windows of order+1 ids: 16 bits for orders 1 and
// 2, 15 for order 3, 12 for order 4.
func idBits(order int) uint { return min(16, uint(60/(order+1))) }

const windowLength = 60 // the bits below hold the ids

func (t *transitions) window(ids []id) window {
	w := window(0)
	for _, n := range ids {
		w = w<<idBits(t.order) | window(n)
	}
	return w | window(len(ids))<<windowLength
}

func (w window) length() int { return int(w >> windowLength) }

// id returns the id at a place counted from the end.
func (w window) id(fromEnd int, bits uint) id { return id(w >> (uint(fromEnd) * bits) & (1<<bits - 1)) }

// from is the state that a step leaves, and to the one it reaches.
func (t *transitions) from(step window) window {
	ids := step & (1<<windowLength - 1)
	return ids>>idBits(t.order) | window(t.order)<<windowLength
}

func (t *transitions) to(step window) window {
	return step&(1<<(uint(t.order)*idBits(t.order))-1) | window(t.order)<<windowLength
}

// maxChannels is how many channels a chain of this order can tell apart.
func (t *transitions) maxChannels() int { return 1 << idBits(t.order) }

// count adds the rows of a block. Its ids are below channels.
func (t *transitions) count(b *block, channels int) {
	if channels > t.maxChannels() {
		t.crowded = true
	}
	if t.crowded {
		return
	}
	if t.order == 1 && channels <= frontChannels {
		if t.front == nil {
			t.front = &front{}
		}
		t.front.count(b, channels)
		return
	}
	start, converted := uint32(0), 0
	for i, end := range b.ends {
		e := exit{conversions: int64(b.conversions[i]), nulls: int64(b.nulls[i])}
		if e.conversions > 0 {
			e.value.addValue(b.values[converted], 1)
			converted++
		}
		t.add(b.ids[start:end], e)
		start = end
	}
}

// add counts a path of at least one touch.
func (t *transitions) add(path []id, e exit) {
	if len(path) <= t.order {
		t.exits.at(t.window(path)).add(e)
		return
	}
	size := idBits(t.order)
	weight := e.conversions + e.nulls
	ids := t.window(path[:t.order])
	mask := window(1)<<(uint(t.order+1)*size) - 1
	length := window(t.order+1) << windowLength
	for _, n := range path[t.order:] {
		ids = (ids<<size | window(n)) & mask
		*t.steps.at(ids | length) += weight
	}
	t.exits.at(t.to(ids)).add(e)
}

// merge adds what was counted elsewhere; renumber holds for each id there the id here.
func (t *transitions) merge(other *transitions, renumber []id) {
	t.flush()
	other.flush()
	if t.crowded = t.crowded || other.crowded; t.crowded {
		return
	}
	t.steps.reserve(t.steps.used + other.steps.used)
	for i := range other.steps.entries {
		if e := &other.steps.entries[i]; e.key != 0 {
			*t.steps.at(t.renumbered(e.key, renumber)) += e.value
		}
	}
	t.exits.reserve(t.exits.used + other.exits.used)
	for i := range other.exits.entries {
		if e := &other.exits.entries[i]; e.key != 0 {
			t.exits.at(t.renumbered(e.key, renumber)).add(e.value)
		}
	}
}

func (t *transitions) renumbered(w window, renumber []id) window {
	size := idBits(t.order)
	to := window(w.length()) << windowLength
	for i := range w.length() {
		n := renumber[w.id(i, size)]
		if int(n) >= t.maxChannels() {
			t.crowded = true
		}
		to |= window(n) & (1<<size - 1) << (uint(i) * size)
	}
	return to
}

// flush moves what the front has counted to where everything else reads it.
func (t *transitions) flush() {
	if t.front == nil {
		return
	}
	f := t.front
	t.front = nil
	for from := range f.exits {
		for to := range f.exits {
			if weight := f.weights[from<<f.shift|to]; weight != 0 {
				*t.steps.at(t.window([]id{id(from), id(to)})) += int64(weight)
			}
		}
		if e := f.exits[from]; e != (exit{}) {
			t.exits.at(t.window([]id{id(from)})).add(e)
		}
	}
}
