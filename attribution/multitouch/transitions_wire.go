package multitouch

import "encoding/binary"

// appendTo writes what was counted: a byte that is 1 where there were too many channels
// and nothing else follows, then steps and exits, each in order of the windows, which
// are written as the difference from the one before.
func (t *transitions) appendTo(data []byte) []byte {
	t.flush()
	if t.crowded {
		return append(data, 1)
	}
	data = append(data, 0)
	data = binary.AppendUvarint(data, uint64(t.steps.used))
	last := window(0)
	for _, e := range t.steps.sorted() {
		data = binary.AppendUvarint(data, uint64(e.key-last))
		data = binary.AppendUvarint(data, uint64(e.value))
		last = e.key
	}
	data = binary.AppendUvarint(data, uint64(t.exits.used))
	last = 0
	for _, e := range t.exits.sorted() {
		data = binary.AppendUvarint(data, uint64(e.key-last))
		data = binary.AppendUvarint(data, uint64(e.value.conversions))
		data = binary.AppendUvarint(data, uint64(e.value.nulls))
		data = e.value.value.appendTo(data)
		last = e.key
	}
	return data
}

// load reads what appendTo wrote into an empty t.
func (t *transitions) load(d *decoder, channels int) {
	switch d.byte() {
	case 0:
	case 1:
		t.crowded = true
		return
	default:
		d.fail()
	}
	left := uint64(1) << 63 // sums stay below
	count := func() int64 {
		n := d.uint()
		if n >= left {
			d.fail()
			return 0
		}
		left -= n
		return int64(n)
	}
	last := window(0)
	for range d.count(2) {
		last = t.loadWindow(d, last, channels)
		weight := count()
		if weight == 0 || last.length() != t.order+1 {
			d.fail()
		}
		if d.failed {
			return
		}
		*t.steps.at(last) = weight
	}
	last = 0
	for range d.count(5) {
		last = t.loadWindow(d, last, channels)
		e := exit{conversions: count(), nulls: count()}
		e.value = wide{uint64(d.int()), d.uint()}
		if e.conversions+e.nulls == 0 || e.conversions == 0 && e.value != (wide{}) || last.length() > t.order {
			d.fail()
		}
		if d.failed {
			return
		}
		*t.exits.at(last) = e
	}
}

// loadWindow reads a window that is above the last.
func (t *transitions) loadWindow(d *decoder, last window, channels int) window {
	w := last + window(d.uint())
	size := idBits(t.order)
	ids := w & (1<<windowLength - 1)
	if w <= last || w.length() == 0 || w.length() > t.order+1 || ids>>(uint(w.length())*size) != 0 {
		d.fail()
		return 0
	}
	for i := range w.length() {
		if int(w.id(i, size)) >= channels {
			d.fail()
			return 0
		}
	}
	return w
}
