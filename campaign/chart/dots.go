package chart

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Dots is a dot plot: a row for each creator or channel, and in it the value of each series
// with a line from the least to the greatest. It shows where models disagree. Marks that
// would hide each other stand above each other.
type Dots struct {
	Title       string
	Description string
	Axis        Axis
	Series      []string // names of the models, at most [MaxSeries]
	Rows        []DotRow // in the order of the caller
}

// DotRow is the values of one creator, one for each series and in their order. NaN is no
// value: its mark stands hollow at the right of the plot.
type DotRow struct {
	Name   string
	Values []float64
}

func (d Dots) faults() []*byline.FieldError {
	found := seriesFaults(len(d.Series))
	for i, r := range d.Rows {
		path := fmt.Sprintf("rows[%d].values", i)
		if len(r.Values) != len(d.Series) {
			found = append(found, fault(path, "chart.values", fmt.Sprintf("%d values for %d series", len(r.Values), len(d.Series))))
		}
		found = append(found, magnitudeFaults(path, r.Values...)...)
	}
	return found
}

// WriteSVG draws the plot. Faults are "chart.series", "chart.values", "chart.magnitude",
// "chart.title" and those of the options.
func (d Dots) WriteSVG(w io.Writer, o *Options) error {
	h := head{d.Title, d.Description, fmt.Sprintf("Dot plot of %s and %s.", count(len(d.Rows), "row"), count(len(d.Series), "series"))}
	return draw(w, o, h, d.faults(), d.body)
}

// Table has a row for each row and a column for each series.
func (d Dots) Table() Table {
	t := newTable(d.Title, append([]string{"Name"}, d.Series...)...)
	for _, r := range d.Rows {
		t.add(r.Name, d.Axis.Format, r.Values...)
	}
	return t
}

func (d Dots) body(c *canvas) {
	if len(d.Rows) == 0 || len(d.Series) == 0 {
		c.nothing()
		return
	}
	var names []string
	var all []float64
	for _, r := range d.Rows {
		names, all = append(names, r.Name), append(all, r.Values...)
	}
	c.legend(d.Series, 12, func(i int, x, y float64) { c.shape(i, x, y, false) })
	f := c.frameRows(names, nil)
	missing := d.mostMissing()
	if missing > 0 {
		f.right -= max(float64(missing)*goneGap+14, textWidth(NoValue, smallSize)+gap)
	}
	lo, hi := bounds(all, d.Axis.Zero, true)
	s, list := axisAt(lo, hi, d.Axis.Format, f.left, f.right)
	f.grid(s, list)
	for _, r := range d.Rows {
		c.dotRow(d, r, f, s)
	}
	if missing > 0 {
		c.text(label{x: c.width, y: c.y + 13, text: NoValue, class: "chart-muted", anchor: "end"})
	}
	c.axis(s, list, d.Axis.name())
}

func (d Dots) mostMissing() int {
	most := 0
	for _, r := range d.Rows {
		n := 0
		for _, v := range r.Values {
			if !has(v) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// markGap is the distance in pixels at which two marks do not touch.
const markGap = 10.0

const goneGap = 13.0 // of the hollow marks of what has no value

// stack lifts marks that would touch out of each other's way: it returns for each value how
// far it moves down from the middle, and how many marks stand in the highest pile.
func stack(values []float64, s scale) (moves []float64, most int) {
	order := make([]int, 0, len(values))
	for i, v := range values {
		if has(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	moves = make([]float64, len(values))
	for len(order) > 0 {
		n := 1
		for n < len(order) && s.at(values[order[n]])-s.at(values[order[n-1]]) < markGap {
			n++
		}
		most = max(most, spread(order[:n], values, s, moves))
		order = order[n:]
	}
	return moves, most
}

// spread gives the marks of one crowd to as few lanes as keep them apart.
func spread(crowd []int, values []float64, s scale, moves []float64) (lanes int) {
	var last []float64
	lane := make([]int, len(crowd))
	for i, v := range crowd {
		x := s.at(values[v])
		lane[i] = slices.IndexFunc(last, func(end float64) bool { return x-end >= markGap })
		if lane[i] < 0 {
			lane[i] = len(last)
			last = append(last, x)
		}
		last[lane[i]] = x
	}
	for i, v := range crowd {
		moves[v] = (float64(lane[i]) - float64(len(last)-1)/2) * markGap
	}
	return len(last)
}

func (c *canvas) dotRow(d Dots, r DotRow, f rowFrame, s scale) {
	moves, pile := stack(r.Values, s)
	y := c.row(f, r.Name, "", f.height(float64(pile)*markGap+4))
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range r.Values {
		if has(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if lo < hi {
		c.line("chart-span", s.at(lo), y, s.at(hi), y)
	}
	gone := 0
	for i, v := range slices.Backward(r.Values) { // the first series lies on top
		c.tip(r.Name, d.Series[i]+" "+d.Axis.Format.Text(v))
		if has(v) {
			c.shape(i, s.at(v), y+moves[i], false)
		} else {
			c.shape(i, c.width-6-float64(gone)*goneGap, y, true)
			gone++
		}
		c.end()
	}
}

// count is "1 row", "2 rows"; series is its own plural.
func count(n int, noun string) string {
	if n != 1 && noun != "series" {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
