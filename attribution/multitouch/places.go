package multitouch

import (
	"encoding/binary"
	"math/bits"
)

// tabledTouches is up to which length of a journey its touches are counted by place.
const tabledTouches = 32

// places counts the touches of converted journeys by the journey's length, the place in
// it and the channel. All rules whose parts depend only on length and place are computed
// from it, so that a touch costs them two sums together instead of two each. Longer
// journeys are split one by one.
type places struct {
	channels int
	tables   [tabledTouches + 1][]placeCount // by length; place*channels + id, nil while there is none
}

// placeCount holds a value in 128 bits, because values of both signs may leave the range
// of a total on the way to it.
type placeCount struct {
	conversions uint64
	value       wide // in whole minor units
}

func (p *places) grow(channels int) {
	if channels <= p.channels {
		return
	}
	for n, old := range p.tables {
		if old == nil {
			continue
		}
		p.tables[n] = make([]placeCount, n*channels)
		for place := range n {
			copy(p.tables[n][place*channels:], old[place*p.channels:(place+1)*p.channels])
		}
	}
	p.channels = channels
}

func (p *places) table(n int) []placeCount {
	if p.tables[n] == nil {
		p.tables[n] = make([]placeCount, n*p.channels)
	}
	return p.tables[n]
}

// add counts a row of at most tabledTouches touches.
func (p *places) add(r *row) {
	table := p.table(len(r.ids))
	value := wide{hi: uint64(r.value >> 63), lo: uint64(r.value)}
	for _, channel := range r.ids {
		c := &table[channel]
		c.conversions += uint64(r.conversions)
		c.value.add(value)
		table = table[p.channels:]
	}
}

func (p *places) merge(o *places, renumber []id) {
	for n, from := range o.tables {
		if from == nil {
			continue
		}
		to := p.table(n)
		for i, c := range from {
			at := &to[i/o.channels*p.channels+int(renumber[i%o.channels])]
			at.conversions += c.conversions
			at.value.add(c.value)
		}
	}
}

// addTo adds what a rule makes of the places, given its parts by length.
func (p *places) addTo(sums []ruleSum, parts func(n int) []uint64) {
	for n, table := range p.tables {
		if table == nil {
			continue
		}
		for i, c := range table {
			sum, part := &sums[i%p.channels], parts(n)[i/p.channels]
			sum.conversions.addParts(c.conversions, part)
			sum.value.add(c.value.times(part))
		}
	}
}

// times multiplies by a part, in two's complement.
func (w wide) times(part uint64) wide {
	hi, lo := bits.Mul64(w.lo, part)
	return wide{hi: hi + w.hi*part, lo: lo}
}

func (p *places) appendTo(data []byte) []byte {
	for _, table := range p.tables {
		data = binary.AppendUvarint(data, uint64(len(table)))
		for _, c := range table {
			data = c.value.appendTo(binary.AppendUvarint(data, c.conversions))
		}
	}
	return data
}

func (p *places) load(d *decoder, channels int) {
	p.grow(channels)
	for n := range p.tables {
		switch d.count(3) {
		case 0:
		case n * channels:
			table := p.table(n)
			for i := range table {
				table[i] = placeCount{d.uint(), wide{uint64(d.int()), d.uint()}}
			}
		default:
			d.fail()
		}
	}
}
