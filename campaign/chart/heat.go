package chart

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/bylinehq/byline"
)

// Heat is a small matrix with the number in every cell, deeper in colour the further it is
// from 0, and in another colour below 0. It serves transitions and overlaps, up to about
// twelve columns.
//
// Where the numbers do not fit in the width of the options, the picture is wider than that:
// put it where it can be scrolled.
type Heat struct {
	Title       string
	Description string
	Format      Format
	RowLabel    string // what the rows are: "from"
	ColumnLabel string // what the columns are: "to"
	Rows        []string
	Columns     []string
	Cells       [][]float64 // a row for each of Rows, a value for each of Columns; NaN is no value
}

func (h Heat) faults() []*byline.FieldError {
	var found []*byline.FieldError
	if len(h.Cells) != len(h.Rows) {
		found = append(found, fault("cells", "chart.values", fmt.Sprintf("%d rows of cells for %d rows", len(h.Cells), len(h.Rows))))
	}
	for i, row := range h.Cells {
		path := fmt.Sprintf("cells[%d]", i)
		if len(row) != len(h.Columns) {
			found = append(found, fault(path, "chart.values", fmt.Sprintf("%d cells for %d columns", len(row), len(h.Columns))))
		}
		found = append(found, magnitudeFaults(path, row...)...)
	}
	return found
}

// WriteSVG draws the matrix. Faults are "chart.values", "chart.magnitude", "chart.title"
// and those of the options.
func (h Heat) WriteSVG(w io.Writer, o *Options) error {
	kind := fmt.Sprintf("Matrix of %s and %s.", count(len(h.Rows), "row"), count(len(h.Columns), "column"))
	return draw(w, o, head{h.Title, h.Description, kind}, h.faults(), h.body)
}

// Table is the matrix itself.
func (h Heat) Table() Table {
	corner := h.RowLabel
	if h.ColumnLabel != "" {
		corner += " \\ " + h.ColumnLabel
	}
	t := newTable(h.Title, append([]string{orElse(corner, "Name")}, h.Columns...)...)
	for i, name := range h.Rows {
		var values []float64
		if i < len(h.Cells) {
			values = h.Cells[i]
		}
		t.add(name, h.Format, values...)
	}
	return t
}

const (
	cellHeight = 30.0
	maxTurned  = 96.0 // pixels of a heading that reads upwards
	heatSteps  = 6
	heatStrong = 4 // the first step whose text is the opposite of the page's
)

// heatFrame is where the cells stand.
type heatFrame struct {
	names, cell float64
	turned      bool // headings read upwards
	head        float64
}

func (h Heat) frame(width float64) heatFrame {
	need := textWidth(missingCell, smallSize)
	for _, row := range h.Cells {
		for _, v := range row {
			need = max(need, textWidth(h.cell(v), smallSize))
		}
	}
	n := float64(len(h.Columns))
	f := heatFrame{names: min(max(widest(h.Rows, nameSize), textWidth(clean(h.RowLabel), smallSize))+12, width*0.32)}
	f.cell = min(max((width-f.names)/n, need+7), 110)
	if f.cell*n+f.names > width {
		f.names = max(min(f.names, width-(need+7)*n), 64)
		f.cell = max((width-f.names)/n, need+7)
	}
	f.head = 26
	for _, name := range h.Columns {
		switch first, second := twoLines(name, f.cell-6); {
		case max(textWidth(first, smallSize), textWidth(second, smallSize)) > f.cell-6:
			f.turned, f.head = true, min(widest(h.Columns, smallSize), maxTurned)+12
			return f
		case second != "":
			f.head = 40
		}
	}
	return f
}

// missingCell stands in a cell without a value; its tip says so in words.
const missingCell = "–"

func (h Heat) cell(v float64) string {
	if !has(v) {
		return missingCell
	}
	return h.Format.short(v)
}

// twoLines breaks a name that is wider than limit at the last space before it.
func twoLines(name string, limit float64) (first, second string) {
	name = clean(name)
	if textWidth(name, smallSize) <= limit {
		return name, ""
	}
	for i := len(name) - 1; i > 0; i-- {
		if name[i] == ' ' && textWidth(name[:i], smallSize) <= limit {
			return name[:i], name[i+1:]
		}
	}
	return name, ""
}

func (h Heat) body(c *canvas) {
	if len(h.Rows) == 0 || len(h.Columns) == 0 {
		c.nothing()
		return
	}
	f := h.frame(c.width)
	if wide := f.names + f.cell*float64(len(h.Columns)); wide > c.width+0.5 {
		c.width, c.outgrown = wide, true
	}
	c.headings(h, f)
	most := 0.0
	for _, row := range h.Cells {
		for _, v := range row {
			if has(v) {
				most = max(most, math.Abs(v))
			}
		}
	}
	for i, name := range h.Rows {
		y := c.y + cellHeight/2
		c.text(label{x: 0, y: y, text: name, class: "chart-name", size: nameSize, limit: f.names - 10})
		for j, v := range h.Cells[i] {
			c.heatCell(f.names+f.cell*float64(j), f.cell, h.cell(v), heatStep(v, most), v < 0, name+" – "+h.Columns[j], h.Format.Text(v))
		}
		c.y += cellHeight
	}
}

func (c *canvas) headings(h Heat, f heatFrame) {
	if h.ColumnLabel != "" {
		c.text(label{x: f.names, y: c.y + 9, text: h.ColumnLabel, class: "chart-muted", limit: c.width - f.names})
		c.y += 20
	}
	for j, name := range h.Columns {
		x := f.names + f.cell*(float64(j)+0.5)
		if f.turned {
			c.text(label{x: x, y: c.y + f.head - 6, text: name, turned: true, limit: maxTurned})
			continue
		}
		first, second := twoLines(name, f.cell-6)
		if second != "" {
			c.text(label{x: x, y: c.y + f.head - 27, text: first, anchor: "middle"})
			first = second
		}
		c.text(label{x: x, y: c.y + f.head - 13, text: first, anchor: "middle"})
	}
	if h.RowLabel != "" {
		c.text(label{x: 0, y: c.y + f.head - 13, text: h.RowLabel, class: "chart-muted", limit: f.names - 10})
	}
	c.y += f.head
}

// heatStep is how deep the colour of a value is, -1 for none.
func heatStep(v, most float64) int {
	switch {
	case !has(v):
		return -1
	case most == 0 || v == 0:
		return 0
	default:
		return min(1+int(math.Abs(v)/most*(heatSteps-1)), heatSteps-1)
	}
}

func (c *canvas) heatCell(x, width float64, text string, step int, below bool, name, said string) {
	box, ink := "chart-empty", "chart-muted"
	if step >= 0 {
		box, ink = "chart-up-"+strconv.Itoa(step), "chart-on-pale"
		if below {
			box = "chart-down-" + strconv.Itoa(step)
		}
		if step >= heatStrong {
			ink = "chart-on-strong"
		}
	}
	c.tip(name, said)
	c.rect(box, x+1, c.y+1, width-2, cellHeight-2, 3)
	c.text(label{x: x + width/2, y: c.y + cellHeight/2, text: text, class: ink, anchor: "middle"})
	c.end()
}
