package chart

import (
	"cmp"
	"slices"
)

const markLine = 18.0 // height of one line of labels above a plot

// placed is where the label of a mark stands.
type placed struct {
	mark   Mark
	middle float64
	limit  float64
	lane   int
}

// markLanes places the labels of the marks over their lines, moved into the plot where they
// would leave it, and in as many lanes as they need not to touch.
func (l Lines) markLanes(x scale) (list []placed, lanes int) {
	marks := slices.DeleteFunc(slices.Clone(l.Marks), func(m Mark) bool { return !has(m.X) })
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(a.X, b.X) })
	var ends []float64
	for _, m := range marks {
		p := placed{mark: m, limit: x.to - x.from}
		half := min(textWidth(clean(m.Name), smallSize), p.limit) / 2
		p.middle = min(max(x.at(m.X), x.from+half), x.to-half)
		p.lane = slices.IndexFunc(ends, func(end float64) bool { return p.middle-half >= end+10 })
		if p.lane < 0 {
			p.lane = len(ends)
			ends = append(ends, 0)
		}
		ends[p.lane] = p.middle + half
		list = append(list, p)
	}
	return list, len(ends)
}

// marks draws the lines of all marks before their labels, so that no line crosses one.
func (c *canvas) marks(l Lines, p plane) {
	list, lanes := l.markLanes(p.x)
	top := p.y.to - 8 - float64(lanes)*markLine
	middle := func(m placed) float64 { return top + markLine*(float64(m.lane)+0.5) }
	for _, m := range list {
		x := p.x.at(m.mark.X)
		c.line("chart-reference", x, middle(m)+8, x, p.y.from)
	}
	for _, m := range list {
		said := l.X.Format.Text(m.mark.X)
		if has(m.mark.Y) {
			said += ", " + l.Y.Format.Text(m.mark.Y)
		}
		c.tip(m.mark.Name, said)
		if has(m.mark.Y) {
			c.circle("chart-ring", p.x.at(m.mark.X), p.y.at(m.mark.Y), 4.5)
		}
		c.text(label{x: m.middle, y: middle(m), text: m.mark.Name, class: "chart-over", anchor: "middle", limit: m.limit})
		c.end()
	}
}
