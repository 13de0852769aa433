package chart

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
)

// Lines draws what follows what: a response to spend, reach by creators added. Each series
// has points in the order of the caller and, where it is known, a band of uncertainty.
type Lines struct {
	Title       string
	Description string
	X, Y        Axis
	Series      []Line // at most [MaxSeries]
	Marks       []Mark // places to point out, such as current and proposed spend
}

// Line is one series. A point without a number parts the line; a point alone between two
// such stands as a dot.
type Line struct {
	Name   string
	Points []Point
	Band   []BandPoint // nil for none; need not stand at the X of the points
}

// Point is a place on a line.
type Point struct{ X, Y float64 }

// BandPoint is the two edges of a band at one X, such as P10 and P90. NaN parts the band.
type BandPoint struct{ X, Low, High float64 }

// Mark is a dashed line at X with a label on top, and a ring at Y unless that is NaN.
type Mark struct {
	Name string
	X, Y float64
}

func (l Lines) faults() []*byline.FieldError {
	found := seriesFaults(len(l.Series))
	for i, s := range l.Series {
		for j, p := range s.Points {
			found = append(found, magnitudeFaults(fmt.Sprintf("series[%d].points[%d]", i, j), p.X, p.Y)...)
		}
		for j, p := range s.Band {
			path := fmt.Sprintf("series[%d].band[%d]", i, j)
			found = append(found, magnitudeFaults(path, p.X, p.Low, p.High)...)
			if p.Low > p.High {
				found = append(found, fault(path, "chart.range", "the low edge lies above the high edge"))
			}
		}
	}
	for i, m := range l.Marks {
		found = append(found, magnitudeFaults(fmt.Sprintf("marks[%d]", i), m.X, m.Y)...)
	}
	return found
}

// WriteSVG draws the lines. Faults are "chart.series", "chart.magnitude", "chart.range",
// "chart.title" and those of the options.
func (l Lines) WriteSVG(w io.Writer, o *Options) error {
	kind := fmt.Sprintf("Line chart of %s and %s.", count(len(l.Series), "series"), count(len(l.Marks), "mark"))
	return draw(w, o, head{l.Title, l.Description, kind}, l.faults(), l.body)
}

// Table has a row for each point with the edges of the band at the same X, then the edges
// at other places, then the marks.
func (l Lines) Table() Table {
	t := newTable(l.Title, "Series", orElse(l.X.Label, "X"), orElse(l.Y.Label, "Y"), "Low", "High")
	x, y := l.X.Format, l.Y.Format
	for _, s := range l.Series {
		s.rows(&t, x, y)
	}
	for _, m := range l.Marks {
		t.write(m.Name, x.Text(m.X), y.Text(m.Y), "", "")
	}
	return t
}

// rows writes the points and edges of one series.
func (s Line) rows(t *Table, x, y Format) {
	edges := map[float64]BandPoint{}
	for _, b := range s.Band {
		edges[b.X] = b
	}
	at := map[float64]bool{}
	for _, p := range s.Points {
		low, high := "", ""
		if b, ok := edges[p.X]; ok {
			low, high = y.Text(b.Low), y.Text(b.High)
		}
		at[p.X] = true
		t.write(s.Name, x.Text(p.X), y.Text(p.Y), low, high)
	}
	for _, b := range s.Band {
		if !at[b.X] {
			t.write(s.Name, x.Text(b.X), "", y.Text(b.Low), y.Text(b.High))
		}
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// lineLegend names the series where there are several, and the crosses where there are any.
func (c *canvas) lineLegend(l Lines) {
	var names []string
	gone := false
	for _, s := range l.Series {
		names = append(names, s.Name)
		gone = gone || slices.ContainsFunc(s.Points, lost)
	}
	if gone {
		names = append(names, NoValue)
	}
	if len(names) < 2 {
		return
	}
	c.legend(names, 26, func(i int, x, y float64) {
		if i == len(l.Series) {
			c.cross(x, y)
			return
		}
		c.line("chart-curve chart-s"+strconv.Itoa(i+1), x-13, y, x+13, y)
	})
}

// lost reports whether a point has a place and no value.
func lost(p Point) bool { return has(p.X) && !has(p.Y) }

// plane is the two scales of a picture with lines.
type plane struct {
	x, y           scale
	xTicks, yTicks []tick
}

// spans collects the numbers that each axis must reach.
func (l Lines) spans() (xs, ys []float64) {
	for _, s := range l.Series {
		for _, p := range s.Points {
			xs, ys = append(xs, p.X), append(ys, p.Y)
		}
		for _, p := range s.Band {
			xs, ys = append(xs, p.X), append(ys, p.Low, p.High)
		}
	}
	for _, m := range l.Marks {
		xs, ys = append(xs, m.X), append(ys, m.Y)
	}
	return xs, ys
}

func (l Lines) body(c *canvas) {
	xs, ys := l.spans()
	if !slices.ContainsFunc(xs, has) {
		c.nothing()
		return
	}
	c.lineLegend(l)
	if name := l.Y.name(); clean(name) != "" {
		c.text(label{x: 0, y: c.y + 9, text: name, class: "chart-muted", limit: c.width})
		c.y += 24
	}
	p := l.plane(c, xs, ys)
	c.planeGrid(p)
	for i, s := range l.Series {
		c.band(i, s, p)
	}
	for i, s := range slices.Backward(l.Series) { // the first series lies on top
		c.curve(i, s, p)
		c.gaps(l, s, p)
	}
	c.marks(l, p)
	c.y = p.y.from
	c.axis(p.x, p.xTicks, l.X.name())
}

// plane finds the room for the plot: the labels of the marks above it, the ticks at its
// left.
func (l Lines) plane(c *canvas, xs, ys []float64) plane {
	height := min(max(c.width*0.4, 190), 320)
	lo, hi := bounds(ys, l.Y.Zero, true)
	var p plane
	p.yTicks, lo, hi = ticks(lo, hi, int(height/48), l.Y.Format)
	left := 0.0
	for _, t := range p.yTicks {
		left = max(left, textWidth(t.text, smallSize))
	}
	left = min(left, c.width*0.3) + 10
	xLo, xHi := bounds(xs, l.X.Zero, false)
	p.x, p.xTicks = axisAt(xLo, xHi, l.X.Format, left, c.width-18)
	_, lanes := l.markLanes(p.x)
	top := c.y + 8 + float64(lanes)*markLine
	p.y = scale{lo, hi, top + height, top}
	return p
}

func (c *canvas) planeGrid(p plane) {
	for _, t := range p.yTicks {
		y := p.y.at(t.value)
		class := "chart-grid"
		if t.value == 0 {
			class = "chart-axis"
		}
		c.line(class, p.x.from, y, p.x.to, y)
		c.text(label{x: p.x.from - 8, y: y, text: t.text, class: "chart-muted", anchor: "end", limit: p.x.from - 8})
	}
}

func (c *canvas) band(i int, l Line, p plane) {
	class := "chart-band chart-f" + strconv.Itoa(i+1)
	for part := range parts(l.Band, func(b BandPoint) bool { return has(b.X) && has(b.Low) && has(b.High) }) {
		var d strings.Builder
		for j, b := range part {
			d.WriteString(verb(j) + pixels(p.x.at(b.X)) + " " + pixels(p.y.at(b.High)))
		}
		for _, b := range slices.Backward(part) {
			d.WriteString("L" + pixels(p.x.at(b.X)) + " " + pixels(p.y.at(b.Low)))
		}
		c.path(class, d.String()+"Z")
	}
}

func (c *canvas) curve(i int, l Line, p plane) {
	n := strconv.Itoa(i + 1)
	for part := range parts(l.Points, func(q Point) bool { return has(q.X) && has(q.Y) }) {
		if len(part) == 1 {
			c.circle("chart-mark chart-f"+n, p.x.at(part[0].X), p.y.at(part[0].Y), 4)
			continue
		}
		var d strings.Builder
		for j, q := range part {
			d.WriteString(verb(j) + pixels(p.x.at(q.X)) + " " + pixels(p.y.at(q.Y)))
		}
		c.tip(l.Name, "")
		c.path("chart-curve chart-s"+n, d.String())
		c.end()
	}
}

// gaps marks at the bottom where values are lost.
func (c *canvas) gaps(l Lines, s Line, p plane) {
	for _, q := range s.Points {
		if lost(q) {
			c.tip(s.Name, l.X.Format.Text(q.X)+", "+NoValue)
			c.cross(p.x.at(q.X), p.y.from)
			c.end()
		}
	}
}

func verb(i int) string {
	if i == 0 {
		return "M"
	}
	return "L"
}

// parts yields the runs of elements that are there.
func parts[T any](list []T, there func(T) bool) func(yield func([]T) bool) {
	return func(yield func([]T) bool) {
		for len(list) > 0 {
			n := slices.IndexFunc(list, func(v T) bool { return !there(v) })
			if n < 0 {
				n = len(list)
			}
			if n > 0 && !yield(list[:n]) {
				return
			}
			list = list[min(n+1, len(list)):]
		}
	}
}
