package search

import (
	"math"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// numberKey names a column: numbers that may be compared with each other.
type numberKey struct {
	metric     string
	platform   byline.Platform
	definition string
}

// readingKey names the readings of a metric on a platform, by whatever definition.
type readingKey struct {
	metric   string
	platform byline.Platform
}

// shareKey names a column of audience shares.
type shareKey struct {
	platform  byline.Platform
	kind      creator.AudienceKind
	dimension creator.Dimension
	key       string
}

// column holds the rows that have a number, sorted; a row may stand more than once, as for
// two accounts. low and high are nil where no row has an interval, else NaN for one without.
type column struct {
	rows             []uint32
	value, low, high []float64
}

func (c *column) add(row uint32, value float64, low, high *float64) {
	c.rows = append(c.rows, row)
	c.value = append(c.value, value)
	c.low = appendEnd(c.low, low, len(c.rows))
	c.high = appendEnd(c.high, high, len(c.rows))
}

func appendEnd(ends []float64, end *float64, size int) []float64 {
	absent := end == nil || math.IsNaN(*end) || math.IsInf(*end, 0)
	if ends == nil && absent {
		return nil
	}
	for len(ends) < size-1 {
		ends = append(ends, math.NaN())
	}
	if absent {
		return append(ends, math.NaN())
	}
	return append(ends, *end)
}

// by returns the numbers that a clause counts, nil where no row has such an end.
func (c *column) by(which By) []float64 {
	switch which {
	case ByLow:
		return c.low
	case ByHigh:
		return c.high
	default:
		return c.value
	}
}

// of returns the numbers of one row.
func (c *column) of(row uint32, which By) []float64 {
	numbers := c.by(which)
	if numbers == nil {
		return nil
	}
	at, _ := slices.BinarySearch(c.rows, row)
	var found []float64
	for ; at < len(c.rows) && c.rows[at] == row; at++ {
		if !math.IsNaN(numbers[at]) {
			found = append(found, numbers[at])
		}
	}
	return found
}

// mark sets the rows with a number in the range, and those with any.
func (c *column) mark(which By, within bounds, in, known bitmap) {
	numbers := c.by(which)
	if numbers == nil {
		return
	}
	for i, row := range c.rows {
		x := numbers[i]
		if x >= within.low && x <= within.high {
			in.set(row)
		}
		if !math.IsNaN(x) {
			known.set(row)
		}
	}
}

// anyIn reports whether a row with a number is in the set. A nil column has none.
func (c *column) anyIn(set bitmap) bool {
	return c != nil && set != nil && slices.ContainsFunc(c.rows, set.has)
}

// merge returns own with the rows of over that are in the set; no row is in both.
func merge(own, over *column, set bitmap) *column {
	merged := &column{}
	take := func(from *column, i int) {
		end := func(ends []float64) *float64 {
			if ends == nil {
				return nil
			}
			return &ends[i]
		}
		merged.add(from.rows[i], from.value[i], end(from.low), end(from.high))
	}
	i := 0
	for j, row := range over.rows {
		for ; i < len(own.rows) && own.rows[i] < row; i++ {
			take(own, i)
		}
		if set.has(row) {
			take(over, j)
		}
	}
	for ; i < len(own.rows); i++ {
		take(own, i)
	}
	return merged
}

// build turns rows in the order of adding into sorted rows in the order of ids.
func (c *column) build(rank []uint32) {
	order := make([]uint32, len(c.rows))
	for i, row := range c.rows {
		order[i], c.rows[i] = uint32(i), rank[row]
	}
	if slices.IsSorted(c.rows) {
		c.clip()
		return
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return int(int64(c.rows[a]) - int64(c.rows[b])) })
	c.rows = pick(c.rows, order)
	c.value, c.low, c.high = pick(c.value, order), pick(c.low, order), pick(c.high, order)
}

func (c *column) clip() {
	c.rows, c.value = slices.Clone(c.rows), slices.Clone(c.value)
	c.low, c.high = slices.Clone(c.low), slices.Clone(c.high)
}

func pick[T any](from []T, order []uint32) []T {
	if from == nil {
		return nil
	}
	picked := make([]T, len(order))
	for i, at := range order {
		picked[i] = from[at]
	}
	return picked
}

// bounds is a closed range; an open end is infinite.
type bounds struct{ low, high float64 }

func newBounds(atLeast, atMost *float64) bounds {
	b := bounds{math.Inf(-1), math.Inf(1)}
	if atLeast != nil {
		b.low = *atLeast
	}
	if atMost != nil {
		b.high = *atMost
	}
	return b
}
