package chart

import (
	"fmt"
	"strconv"
	"strings"
)

// shape draws the mark of a series, which its form tells without its colour. hollow is for
// what has no value.
func (c *canvas) shape(series int, x, y float64, hollow bool) {
	n := strconv.Itoa(series + 1)
	class := "chart-mark chart-f" + n
	if hollow {
		class = "chart-gone chart-o" + n
	}
	switch series {
	case 0:
		c.circle(class, x, y, 4.8)
	case 1:
		c.rect(class, x-4.3, y-4.3, 8.6, 8.6, 0)
	case 2:
		c.path(class, polygon(x, y, 0, -5.4, 5.4, 4, -5.4, 4))
	case 3:
		c.path(class, polygon(x, y, 0, -5.8, 5.8, 0, 0, 5.8, -5.8, 0))
	case 4:
		c.path(class, polygon(x, y, 0, 5.4, 5.4, -4, -5.4, -4))
	default:
		c.path(class, polygon(x, y, -2, -5.4, 2, -5.4, 2, -2, 5.4, -2, 5.4, 2, 2, 2, 2, 5.4, -2, 5.4, -2, 2, -5.4, 2, -5.4, -2, -2, -2))
	}
}

// polygon is a closed path through points relative to a middle.
func polygon(x, y float64, offsets ...float64) string {
	var d strings.Builder
	for i := 0; i+1 < len(offsets); i += 2 {
		d.WriteString(verb(i) + pixels(x+offsets[i]) + " " + pixels(y+offsets[i+1]))
	}
	return d.String() + "Z"
}

// cross marks a place where a value is missing.
func (c *canvas) cross(x, y float64) {
	c.path("chart-cross", fmt.Sprintf("M%s %sL%s %sM%s %sL%s %s", pixels(x-3), pixels(y-3), pixels(x+3), pixels(y+3),
		pixels(x-3), pixels(y+3), pixels(x+3), pixels(y-3)))
}

const legendLine = 22.0

// legend names the series, in as many lines as they need; swatch draws the mark of one
// with its middle at x and y, within a width.
func (c *canvas) legend(names []string, wide float64, swatch func(series int, x, y float64)) {
	x, y := 0.0, c.y+legendLine/2
	for i, name := range names {
		width := min(wide+8+textWidth(clean(name), smallSize), c.width)
		if x > 0 && x+width > c.width {
			x, y = 0, y+legendLine
		}
		swatch(i, x+wide/2, y)
		c.text(label{x: x + wide + 6, y: y, text: name, limit: c.width - x - wide - 6})
		x += width + 14
	}
	c.y = y + legendLine/2 + 6
}

// nothing says in the place of a picture that there is nothing to draw.
func (c *canvas) nothing() {
	c.rect("chart-empty", 0.5, c.y+0.5, c.width-1, 71, 8)
	c.text(label{x: c.width / 2, y: c.y + 36, text: "No data", class: "chart-muted", anchor: "middle"})
	c.y += 72
}
