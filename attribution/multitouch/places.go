package multitouch

// tabledTouches is up to which length of a journey its touches are counted by place, and
// tabledChannels up to how many channels: 9 MB.
const (
	tabledTouches  = 32
	tabledChannels = 1 << 10
)

// places counts the touches of converted journeys by the journey's length, the place in
// it and the channel. All rules whose parts depend only on length and place are computed
// from it, so that a touch costs them two sums together instead of two each. Longer
// journeys are split one by one, and all of them where there are more channels.
type places struct {
	channels int
	tables   [tabledTouches + 1][]placeCount // by length; place*channels + id, nil while there is none
}

type placeCount struct {
	conversions uint64
	value       int64 // minor units; the turnover of all fits, so that no sum of some wraps
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
	for _, channel := range r.ids {
		c := &table[channel]
		c.conversions += uint64(r.conversions)
		c.value += r.value
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
			at.value += c.value
		}
	}
}

// addTo adds what a rule makes of the places, given its parts by length.
func (p *places) addTo(sums []ruleSum, parts func(n int) []uint64) {
	for n, table := range p.tables {
		if table == nil {
			continue
		}
		for place, part := range parts(n) {
			for i, c := range table[place*p.channels:][:p.channels] {
				if part > 0 && c.conversions > 0 {
					sums[i].conversions.addParts(c.conversions, part)
					sums[i].value.addValue(c.value, part)
				}
			}
		}
	}
}
