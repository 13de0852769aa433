package chart

import "strings"

// narrow is the width in pixels below which names stand above their rows.
const narrow = 480.0

const gap = 16.0 // between the columns of a row

// rowFrame is where the parts of rows stand: names at the left, or above on a phone; the
// plot; a text at the right.
type rowFrame struct {
	stacked     bool
	left, right float64 // of the plot
	nameLimit   float64
	sideLimit   float64
	rules       []rule
}

// rule is a line that goes down through the plots of all rows, behind their marks.
type rule struct {
	class string
	x     float64
	whole bool // past the names of a phone's rows too, which then stand on it
}

const maxName = 260.0 // pixels of the column of names

// frameRows shares the width between names, plot and the texts at the right.
func (c *canvas) frameRows(names, side []string) rowFrame {
	f := rowFrame{stacked: c.width < narrow, left: 10, right: c.width - 18}
	sideWidth := min(widest(side, smallSize), c.width*0.3)
	f.sideLimit = sideWidth
	if f.stacked {
		f.nameLimit = c.width
		if sideWidth > 0 {
			f.nameLimit = c.width - sideWidth - gap
		}
		return f
	}
	f.nameLimit = min(widest(names, nameSize), c.width*0.32, maxName)
	f.left = f.nameLimit + gap + 6
	if sideWidth > 0 {
		f.right -= sideWidth + gap - 6
	}
	return f
}

// nameHeight is how much a name adds to the height of its row.
func (f rowFrame) nameHeight() float64 {
	if f.stacked {
		return 24
	}
	return 0
}

// height is that of a row whose plot needs this much. Above a phone's rows stand names,
// which part them already.
func (f rowFrame) height(plot float64) float64 {
	if f.stacked {
		return f.nameHeight() + max(plot+2, 20)
	}
	return max(plot+10, 28)
}

// grid adds a rule for each tick.
func (f *rowFrame) grid(s scale, list []tick) {
	for _, t := range list {
		f.rules = append(f.rules, rule{class: "chart-grid", x: s.at(t.value)})
	}
}

// row writes the name and the text of a row of this height at c.y, and returns the middle
// of its plot.
func (c *canvas) row(f rowFrame, name, side string, height float64) (middle float64) {
	for _, r := range f.rules {
		top := c.y
		if !r.whole {
			top += f.nameHeight()
		}
		c.line(r.class, r.x, top, r.x, c.y+height)
	}
	middle = c.y + f.nameHeight() + (height-f.nameHeight())/2
	line, class := middle, ""
	if f.stacked {
		line, class = c.y+15, " chart-over"
	}
	c.text(label{x: 0, y: line, text: name, class: "chart-name" + class, size: nameSize, limit: f.nameLimit})
	if side != "" {
		c.text(label{x: c.width, y: line, text: side, class: strings.TrimSpace(class), anchor: "end", limit: f.sideLimit})
	}
	c.y += height
	return middle
}

// axis writes the ticks and the name of an axis below the rows.
func (c *canvas) axis(s scale, list []tick, name string) {
	for _, t := range list {
		x, anchor := s.at(t.value), "middle"
		switch half := textWidth(t.text, smallSize) / 2; {
		case x+half > c.width:
			x, anchor = c.width, "end"
		case x < half:
			x, anchor = 0, ""
		}
		c.text(label{x: x, y: c.y + 13, text: t.text, class: "chart-muted", anchor: anchor})
	}
	c.y += 24
	if clean(name) != "" {
		c.text(label{x: s.from, y: c.y + 9, text: name, class: "chart-muted", limit: c.width - s.from})
		c.y += 20
	}
}
