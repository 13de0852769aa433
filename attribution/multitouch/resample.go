package multitouch

import (
	"github.com/bylinehq/byline"
)

// resampler draws the rows of journeys anew.
type resampler struct {
	journeys *Journeys
	seed     uint64
	keys     [][]uint64 // by block and row
	poisson  *poisson
}

func newResampler(j *Journeys, seed uint64) *resampler {
	return &resampler{journeys: j, seed: seed, keys: rowKeys(j), poisson: newPoisson()}
}

// rowKeys names each row by what it holds, and equal rows by their number among them. So
// a row is drawn alike wherever it stands, and two equal ones are drawn apart.
func rowKeys(j *Journeys) [][]uint64 {
	names := make([]uint64, len(j.directory.names))
	for i, name := range j.directory.names {
		names[i] = textKey(name)
	}
	seen := make(map[uint64]uint64, j.rows)
	keys := make([][]uint64, len(j.blocks))
	for i, b := range j.blocks {
		keys[i] = make([]uint64, b.rows())
		converted := 0
		for at := range b.rows() {
			key := b.rowKey(at, names)
			if b.conversions[at] > 0 {
				key = mixed(key ^ uint64(b.values[converted]))
				converted++
			}
			keys[i][at] = mixed(key + stride*seen[key])
			seen[key]++
		}
	}
	return keys
}

// textKey is FNV-1a, mixed.
func textKey(text string) uint64 {
	h := uint64(0xCBF29CE484222325)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 0x100000001B3
	}
	return mixed(h + stride)
}

// rowKey is what a row holds but for its value.
func (b *block) rowKey(at int, names []uint64) uint64 {
	start := 0
	if at > 0 {
		start = int(b.ends[at-1])
	}
	key := uint64(b.conversions[at])<<32 | uint64(b.nulls[at])
	for i := start; i < int(b.ends[at]); i++ {
		key = mixed((key + stride) ^ names[b.ids[i]])
		if b.ages != nil && b.ages[i] != noAge {
			key = mixed(key ^ uint64(b.ages[i]+1))
		}
	}
	if b.stages != nil {
		key ^= uint64(b.stages[at].lead)<<32 | uint64(b.stages[at].opportunity)
	}
	return mixed(key)
}

// count counts one replicate into a tally of the journeys' directory. The block is used
// again.
func (s *resampler) count(t *Tally, replicate int, scratch *block) {
	t.totals.Value = byline.Minor(0, s.journeys.totals.Value.Currency())
	base := mixed(s.seed + stride*uint64(replicate+1))
	for i, b := range s.journeys.blocks {
		scratch.reset()
		s.draw(scratch, b, s.keys[i], base)
		scratch.addTo(&t.totals)
		for _, v := range scratch.values {
			t.turnover += int64(magnitude(v))
		}
		t.countBlock(scratch)
	}
}

// draw fills a block with the rows of another that are drawn at least once.
func (s *resampler) draw(to, from *block, keys []uint64, base uint64) {
	start, converted := uint32(0), 0
	for i, end := range from.ends {
		c := chance{state: base ^ keys[i]}
		conversions := s.poisson.draw(from.conversions[i], &c)
		nulls := s.poisson.draw(from.nulls[i], &c)
		if conversions > 0 || nulls > 0 {
			to.copyRow(from, i, start, end)
			to.conversions, to.nulls = append(to.conversions, conversions), append(to.nulls, nulls)
		}
		if was := from.conversions[i]; was > 0 {
			if conversions > 0 {
				to.values = append(to.values, redrawn(from.values[converted], conversions, was))
			}
			converted++
		}
		start = end
	}
}

// copyRow appends what a row holds but for its counts and its value.
func (b *block) copyRow(from *block, at int, start, end uint32) {
	b.ids = append(b.ids, from.ids[start:end]...)
	b.ends = append(b.ends, uint32(len(b.ids)))
	if from.ages != nil {
		b.ages = append(b.ages, from.ages[start:end]...)
	}
	if from.stages != nil {
		b.stages = append(b.stages, from.stages[at])
	}
}

// redrawn is value × now / was in whole minor units, rounded half away from zero.
func redrawn(value int64, now, was uint32) int64 {
	if was == 1 {
		return value * int64(now)
	}
	// It fits: Bootstrap refuses values that are too large for it.
	part, _ := byline.Minor(value, "").Portion(int64(now), int64(was))
	return part.Minor()
}

// addTo adds up what a block holds, which fits.
func (b *block) addTo(t *Totals) {
	value := t.Value.Minor()
	for _, v := range b.values {
		value += v
	}
	start := uint32(0)
	for i, end := range b.ends {
		conversions, nulls := int64(b.conversions[i]), int64(b.nulls[i])
		t.Conversions += conversions
		t.Nulls += nulls
		t.Touches += int64(end-start) * (conversions + nulls)
		start = end
	}
	t.Value = byline.Minor(value, t.Value.Currency())
}
