package chart

import (
	"fmt"
	"io"

	"github.com/bylinehq/byline"
)

// Intervals shows estimates with how sure they are: a row for each, with a point and a bar
// from low to high, all on one axis.
type Intervals struct {
	Title       string
	Description string
	Axis        Axis
	Level       float64    // share of certainty of the ranges, 0.9 for 90%; 0 when not said
	Reference   *Reference // nil for none
	Column      string     // what the texts at the right are: "Chance of top 3"
	Rows        []IntervalRow
}

// IntervalRow is one estimate. A Value of NaN is no value; a nil Range is none.
type IntervalRow struct {
	Name  string
	Value float64
	Range *Range
	Text  string // in the column at the right; "" for none
}

// Reference is a line to compare with: no effect, the mean of all.
type Reference struct {
	Value float64
	Label string
}

func (v Intervals) faults() []*byline.FieldError {
	var found []*byline.FieldError
	if !(v.Level >= 0 && v.Level < 1) {
		found = append(found, fault("level", "chart.level", "must be at least 0 and below 1: 0.9 is 90%"))
	}
	if v.Reference != nil {
		found = append(found, magnitudeFaults("reference", v.Reference.Value)...)
	}
	for i, r := range v.Rows {
		found = append(found, magnitudeFaults(fmt.Sprintf("rows[%d].value", i), r.Value)...)
		found = append(found, r.Range.faults(fmt.Sprintf("rows[%d].range", i))...)
	}
	return found
}

// WriteSVG draws the rows. Faults are "chart.level", "chart.magnitude", "chart.range",
// "chart.title" and those of the options.
func (v Intervals) WriteSVG(w io.Writer, o *Options) error {
	kind := fmt.Sprintf("Estimates with %sof %s.", v.intervals(), count(len(v.Rows), "row"))
	return draw(w, o, head{v.Title, v.Description, kind}, v.faults(), v.body)
}

func (v Intervals) intervals() string {
	if v.Level == 0 {
		return "intervals "
	}
	return Percent(3).trimmed(v.Level) + " intervals "
}

// trimmed writes a level: 90%, 97.5%.
func (f Format) trimmed(v float64) string {
	return trimZeros(decimal(v*100, f.decimals)) + "%"
}

// Table has the value, the two ends and the text of each row.
func (v Intervals) Table() Table {
	level := ""
	if v.Level > 0 {
		level = " (" + Percent(3).trimmed(v.Level) + ")"
	}
	header := []string{"Name", "Estimate", "Low" + level, "High" + level}
	if v.hasText() {
		header = append(header, v.Column)
	}
	t := newTable(v.Title, header...)
	f := v.Axis.Format
	for _, r := range v.Rows {
		row := []string{r.Name, f.Text(r.Value), NoValue, NoValue}
		if r.Range != nil {
			row[2], row[3] = f.Text(r.Range.Low), f.Text(r.Range.High)
		}
		if v.hasText() {
			row = append(row, r.Text)
		}
		t.write(row...)
	}
	return t
}

func (v Intervals) hasText() bool {
	for _, r := range v.Rows {
		if r.Text != "" {
			return true
		}
	}
	return v.Column != ""
}

func (v Intervals) body(c *canvas) {
	if len(v.Rows) == 0 {
		c.nothing()
		return
	}
	var names, side []string
	var all []float64
	for _, r := range v.Rows {
		names, side, all = append(names, r.Name), append(side, r.Text), append(all, r.Value)
		if r.Range != nil {
			all = append(all, r.Range.Low, r.Range.High)
		}
	}
	if v.Reference != nil {
		all = append(all, v.Reference.Value)
	}
	f := c.frameRows(names, append(side, v.Column))
	lo, hi := bounds(all, v.Axis.Zero, true)
	s, list := axisAt(lo, hi, v.Axis.Format, f.left, f.right)
	c.intervalHead(v, f, s)
	f.grid(s, list)
	if v.Reference != nil && has(v.Reference.Value) {
		f.rules = append(f.rules, rule{class: "chart-reference", x: s.at(v.Reference.Value), whole: true})
	}
	for _, r := range v.Rows {
		c.interval(v, r, f, s)
	}
	c.axis(s, list, v.Axis.name())
}

// intervalHead names the column at the right and the line of reference.
func (c *canvas) intervalHead(v Intervals, f rowFrame, s scale) {
	if v.Column != "" {
		c.text(label{x: c.width, y: c.y + 9, text: v.Column, class: "chart-muted", anchor: "end", limit: f.sideLimit})
		if f.stacked {
			c.y += 18
		}
	}
	labelled := v.Reference != nil && has(v.Reference.Value) && clean(v.Reference.Label) != ""
	if labelled {
		c.above(s.at(v.Reference.Value), c.y+9, f.left, f.right, v.Reference.Label)
	}
	if labelled || v.Column != "" && !f.stacked {
		c.y += 22
	}
}

// above writes a text over a line at x, moved where it would leave the plot.
func (c *canvas) above(x, y, left, right float64, text string) {
	half := min(textWidth(clean(text), smallSize), right-left) / 2
	x = min(max(x, left+half), right-half)
	c.text(label{x: x, y: y, text: text, class: "chart-muted", anchor: "middle", limit: right - left})
}

func (c *canvas) interval(v Intervals, r IntervalRow, f rowFrame, s scale) {
	y := c.row(f, r.Name, r.Text, f.height(18))
	format := v.Axis.Format
	said := format.Text(r.Value)
	if r.Range != nil {
		said += ", " + format.Text(r.Range.Low) + " to " + format.Text(r.Range.High)
	}
	c.tip(r.Name, said)
	if r.Range != nil {
		from, to := s.at(r.Range.Low), s.at(r.Range.High)
		c.rect("chart-soft", from, y-4, max(to-from, 2), 8, 4)
	}
	switch {
	case has(r.Value):
		c.circle("chart-point", s.at(r.Value), y, 4.5)
	case r.Range == nil:
		c.text(label{x: s.from + 8, y: y, text: NoValue, class: "chart-muted"})
	}
	c.end()
}
