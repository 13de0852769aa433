package multitouch

import (
	"iter"
	"slices"
	"time"
)

// block holds rows by column, which is what the counters read: 2 bytes a touch and 12 a
// journey, and 8 more for each journey that converted.
type block struct {
	ids         []id
	ends        []uint32 // where each row's ids end
	conversions []uint32
	nulls       []uint32
	values      []int64 // of the rows that converted, in their order; minor units

	ages   []time.Duration // beside ids, nil while no row has any; noAge where one has none
	stages []stage         // beside ends, nil while no row has any
}

// noAge marks the touches of a row without ages among rows that have them.
const noAge = time.Duration(-1)

// A block is full when it holds this many rows or touches. That bounds what a stream
// needs, and makes chunks of work for goroutines.
const (
	blockRows    = 1 << 15
	blockTouches = 1 << 18
)

func (b *block) full() bool { return len(b.ends) >= blockRows || len(b.ids) >= blockTouches }

// next returns an empty block with the room that this one has taken, because it is likely
// to hold much the same.
func (b *block) next() *block {
	rows := len(b.ends)
	return &block{
		ids: make([]id, 0, min(len(b.ids)+len(b.ids)/16, 2*blockTouches)), ends: make([]uint32, 0, rows),
		conversions: make([]uint32, 0, rows), nulls: make([]uint32, 0, rows), values: make([]int64, 0, len(b.values)),
	}
}

func (b *block) rows() int { return len(b.ends) }

func (b *block) reset() {
	*b = block{ids: b.ids[:0], ends: b.ends[:0], conversions: b.conversions[:0], nulls: b.nulls[:0], values: b.values[:0]}
}

// row is one converted row of a block, as a rule sees it.
type row struct {
	ids         []id
	ages        []time.Duration // nil where they are not known
	stage       stage
	conversions uint32
	value       int64
}

// converted yields the rows of a block that converted, in their order.
func (b *block) converted() iter.Seq[*row] {
	return func(yield func(*row) bool) {
		var r row
		var start, converted uint32
		for i, end := range b.ends {
			if n := b.conversions[i]; n > 0 {
				r.ids, r.conversions, r.value = b.ids[start:end], n, b.values[converted]
				if b.ages != nil {
					r.ages = knownAges(b.ages[start:end])
				}
				if b.stages != nil {
					r.stage = b.stages[i]
				}
				if !yield(&r) {
					return
				}
				converted++
			}
			start = end
		}
	}
}

func knownAges(ages []time.Duration) []time.Duration {
	if slices.Contains(ages, noAge) {
		return nil
	}
	return ages
}

// close ends a row whose ids were appended.
func (b *block) close(j *Journey) {
	if j.Ages != nil && b.ages == nil {
		b.ages = slices.Repeat([]time.Duration{noAge}, b.start())
	}
	if b.ages != nil {
		b.closeAges(j.Ages)
	}
	if (j.Lead > 0 || j.Opportunity > 0) && b.stages == nil {
		b.stages = make([]stage, b.rows())
	}
	if b.stages != nil {
		b.stages = append(b.stages, stage{uint32(j.Lead), uint32(j.Opportunity)})
	}
	b.ends = append(b.ends, uint32(len(b.ids)))
	b.conversions = append(b.conversions, uint32(j.Conversions))
	b.nulls = append(b.nulls, uint32(j.Nulls))
	if j.Conversions > 0 {
		b.values = append(b.values, j.Value.Minor())
	}
}

// start is where the row that is being written starts.
func (b *block) start() int {
	if len(b.ends) == 0 {
		return 0
	}
	return int(b.ends[len(b.ends)-1])
}

func (b *block) closeAges(ages []time.Duration) {
	if ages == nil {
		for range len(b.ids) - b.start() {
			b.ages = append(b.ages, noAge)
		}
		return
	}
	b.ages = append(b.ages, ages...)
}
