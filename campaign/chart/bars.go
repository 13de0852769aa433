package chart

import (
	"fmt"
	"io"

	"github.com/bylinehq/byline"
)

// Bars shows what adds and what takes: signed bars from a line at zero, each with its
// number. It serves contributions to a score and differences of two models.
type Bars struct {
	Title       string
	Description string
	Axis        Axis
	Neutral     bool // one colour, where more is not better and less not worse
	Rows        []Bar
}

// Bar is one row. A Value of NaN is no value.
type Bar struct {
	Name  string
	Value float64
}

func (b Bars) faults() []*byline.FieldError {
	var found []*byline.FieldError
	for i, r := range b.Rows {
		found = append(found, magnitudeFaults(fmt.Sprintf("rows[%d].value", i), r.Value)...)
	}
	return found
}

// WriteSVG draws the bars. Faults are "chart.magnitude", "chart.title" and those of the
// options.
func (b Bars) WriteSVG(w io.Writer, o *Options) error {
	h := head{b.Title, b.Description, fmt.Sprintf("Bars from zero, %s.", count(len(b.Rows), "row"))}
	return draw(w, o, h, b.faults(), b.body)
}

// Table has one value for each row.
func (b Bars) Table() Table {
	t := newTable(b.Title, "Name", orElse(b.Axis.Label, "Value"))
	for _, r := range b.Rows {
		t.add(r.Name, b.Axis.Format, r.Value)
	}
	return t
}

func (b Bars) body(c *canvas) {
	if len(b.Rows) == 0 {
		c.nothing()
		return
	}
	var names []string
	for _, r := range b.Rows {
		names = append(names, r.Name)
	}
	f := c.frameRows(names, nil)
	f.right = c.width - 1
	s := b.scale(f)
	f.rules = []rule{{class: "chart-axis", x: s.at(0)}}
	for _, r := range b.Rows {
		c.bar(b, r, f, s)
	}
	if name := b.Axis.name(); clean(name) != "" {
		x := f.left
		if f.stacked {
			x = 0
		}
		c.text(label{x: x, y: c.y + 13, text: name, class: "chart-muted", limit: c.width - x})
		c.y += 24
	}
}

// scale leaves room at both ends for the numbers beside the longest bars.
func (b Bars) scale(f rowFrame) scale {
	lo, hi, before, after := 0.0, 0.0, 0.0, 0.0
	for _, r := range b.Rows {
		width := textWidth(b.Axis.Format.short(r.Value), smallSize) + 12
		switch {
		case has(r.Value) && r.Value < 0:
			lo, before = min(lo, r.Value), max(before, width)
		default:
			after = max(after, width)
			if has(r.Value) {
				hi = max(hi, r.Value)
			}
		}
	}
	if hi-lo < 1e-290 {
		lo, hi = 0, 1
	}
	most := (f.right - f.left) * maxNumber
	return scale{lo, hi, f.left + min(before, most), f.right - min(after, most)}
}

// maxNumber is the share of a plot that a number beside a bar may take.
const maxNumber = 0.35

func (c *canvas) bar(b Bars, r Bar, f rowFrame, s scale) {
	y := c.row(f, r.Name, "", f.height(18))
	zero := s.at(0)
	if !has(r.Value) {
		c.text(label{x: zero + 6, y: y, text: NoValue, class: "chart-muted"})
		return
	}
	at, class, text := s.at(r.Value), "chart-good", b.Axis.Format.short(r.Value)
	if r.Value < 0 {
		class = "chart-bad"
	}
	if b.Neutral {
		class = "chart-plain"
	}
	limit := (f.right-f.left)*maxNumber - 10
	c.tip(r.Name, b.Axis.Format.Text(r.Value))
	switch {
	case r.Value < 0:
		c.rect(class, min(at, zero-1), y-7, max(zero-at, 1), 14, 2)
		c.text(label{x: min(at, zero-1) - 6, y: y, text: text, anchor: "end", limit: limit})
	case r.Value > 0:
		c.rect(class, zero, y-7, max(at-zero, 1), 14, 2)
		c.text(label{x: max(at, zero+1) + 6, y: y, text: text, limit: limit})
	default:
		c.text(label{x: zero + 6, y: y, text: text, limit: limit})
	}
	c.end()
}
