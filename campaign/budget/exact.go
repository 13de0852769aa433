package budget

import "math"

// maxCells bounds the work of the exact table, in additions, and so its memory: at most
// four bytes for each.
const maxCells = 40_000_000

// table is the most that a node can bring by the money it gets, in units of the greatest
// common step, and how it splits that between its parts.
type table struct {
	value []float64 // negative infinity where the limits forbid the amount
	picks [][]int32 // by part, by amount: what the part gets
	parts []table
	line  int // of a line's own table; -1 of a node's
}

// exact solves the problem by dynamic programming over all whole steps; ok is false
// where the table would be too large.
func (p *problem) exact() (x []int64, ok bool) {
	unit := p.unit()
	width := int(min(p.nodes[0].hi/unit, maxCells))
	cells := int64(0)
	for _, l := range p.lines {
		if cells += int64(width) * min((l.hi-l.lo)/l.step+1, maxCells); cells > maxCells {
			return nil, false
		}
	}
	// A group's table is as wide as the budget, so that joining it costs its square.
	for range p.nodes[1:] {
		if cells += int64(width) * int64(width); cells > maxCells {
			return nil, false
		}
	}
	root := p.table(0, unit, width)
	best := 0 // of amounts that bring the same, the largest: money left over needs a reason
	for s, v := range root.value {
		if v >= root.value[best] {
			best = s
		}
	}
	x = make([]int64, len(p.lines))
	root.read(best, unit, x)
	return x, true
}

// unit is the greatest common divisor of all steps.
func (p *problem) unit() int64 {
	unit := p.lines[0].step
	for _, l := range p.lines {
		for b := l.step; b != 0; {
			unit, b = b, unit%b
		}
	}
	return unit
}

func (p *problem) table(n int, unit int64, width int) table {
	t := table{line: -1, value: blank(width)}
	t.value[0] = 0
	for _, i := range p.nodes[n].lines {
		t.join(p.lineTable(i, unit, width))
	}
	for _, child := range p.nodes[n].children {
		t.join(p.table(child, unit, width))
	}
	for s := range t.value {
		if amount := int64(s) * unit; amount < p.nodes[n].lo || amount > p.nodes[n].hi {
			t.value[s] = math.Inf(-1)
		}
	}
	return t
}

func (p *problem) lineTable(i int, unit int64, width int) table {
	t := table{line: i, value: blank(width)}
	l := p.lines[i]
	for amount := l.lo; amount <= l.hi && amount/unit <= int64(width); amount += l.step {
		t.value[amount/unit] = p.at(i, amount)
	}
	return t
}

func blank(width int) []float64 {
	value := make([]float64, width+1)
	for s := range value {
		value[s] = math.Inf(-1)
	}
	return value
}

// join adds a part: for every amount the best of all ways to divide it.
func (t *table) join(part table) {
	value, pick := blank(len(t.value)-1), make([]int32, len(t.value))
	for give, brings := range part.value {
		if math.IsInf(brings, -1) {
			continue
		}
		for rest, before := range t.value[:len(value)-give] {
			if sum := before + brings; sum > value[rest+give] {
				value[rest+give], pick[rest+give] = sum, int32(give)
			}
		}
	}
	part.value = nil
	t.value, t.picks, t.parts = value, append(t.picks, pick), append(t.parts, part)
}

// read writes down how an amount was split.
func (t *table) read(amount int, unit int64, x []int64) {
	if t.line >= 0 {
		x[t.line] = int64(amount) * unit
		return
	}
	for k := len(t.parts) - 1; k >= 0; k-- {
		give := int(t.picks[k][amount])
		t.parts[k].read(give, unit, x)
		amount -= give
	}
}
