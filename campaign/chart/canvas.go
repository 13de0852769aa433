package chart

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"
)

// canvas collects the body of a picture. Charts place their parts from y downwards and
// leave the height in y when they are done.
type canvas struct {
	body  strings.Builder
	width float64
	y     float64

	outgrown bool // wider than the options said
}

// pixels writes a coordinate with one decimal: finer is not seen, and the last bits of a
// float may differ between machines.
func pixels(v float64) string {
	r := math.Round(v*10) / 10
	if r == 0 {
		return "0" // not -0
	}
	return strconv.FormatFloat(r, 'f', -1, 64)
}

func (c *canvas) add(parts ...string) {
	for _, p := range parts {
		c.body.WriteString(p)
	}
}

func (c *canvas) line(class string, x1, y1, x2, y2 float64) {
	c.add(`<line class="`, class, `" x1="`, pixels(x1), `" y1="`, pixels(y1), `" x2="`, pixels(x2), `" y2="`, pixels(y2), `"/>`)
}

func (c *canvas) rect(class string, x, y, w, h, radius float64) {
	c.add(`<rect class="`, class, `" x="`, pixels(x), `" y="`, pixels(y), `" width="`, pixels(w), `" height="`, pixels(h), `"`)
	if radius > 0 {
		c.add(` rx="`, pixels(radius), `"`)
	}
	c.add(`/>`)
}

func (c *canvas) circle(class string, x, y, r float64) {
	c.add(`<circle class="`, class, `" cx="`, pixels(x), `" cy="`, pixels(y), `" r="`, pixels(r), `"/>`)
}

func (c *canvas) path(class, d string) { c.add(`<path class="`, class, `" d="`, d, `"/>`) }

// tip opens a group that shows a text to who points at it: a name, and what is said of it.
// Close it with end.
func (c *canvas) tip(name, said string) {
	c.add(`<g><title>`, html.EscapeString(isolated(name)))
	if said != "" {
		c.add(`: `, escape(said))
	}
	c.add(`</title>`)
}

func (c *canvas) end() { c.add(`</g>`) }

// label is a text at a place; y is the middle of its line.
type label struct {
	x, y   float64
	text   string
	class  string
	anchor string  // "" for start, "middle", "end"
	size   float64 // 0 for small
	limit  float64 // width at which to shorten, 0 for none
	turned bool    // reads upwards
}

func (c *canvas) text(l label) {
	size := l.size
	if size == 0 {
		size = smallSize
	}
	short, cut := clean(l.text), false
	if l.limit > 0 {
		short, cut = shorten(short, size, l.limit)
	}
	if cut {
		c.tip(l.text, "")
		defer c.end()
	}
	c.add(`<text`)
	if l.class != "" {
		c.add(` class="`, l.class, `"`)
	}
	if l.turned {
		c.add(` transform="translate(`, pixels(l.x+0.35*size), ` `, pixels(l.y), `) rotate(-90)"`)
	} else {
		c.add(` x="`, pixels(l.x), `" y="`, pixels(l.y+0.35*size), `"`)
	}
	if l.anchor != "" {
		c.add(` text-anchor="`, l.anchor, `"`)
	}
	c.add(`>`, escape(short), `</text>`)
}

// standalone writes what a page would say around the picture.
func (c *canvas) standalone(h head) {
	c.y = 30
	c.text(label{x: 0, y: 10, text: h.title, class: "chart-title", size: 15, limit: c.width})
	if h.description != "" {
		c.text(label{x: 0, y: 30, text: h.description, class: "chart-said", size: nameSize, limit: c.width})
		c.y = 50
	}
}

// margin is the ground around a picture that stands alone.
const margin = 16

func (c *canvas) picture(o Options, h head) string {
	width, height, x, y := c.width, math.Ceil(c.y), 0.0, 0.0
	if o.Standalone {
		width, height, x, y = width+2*margin, height+2*margin, -margin, -margin
	}
	var b strings.Builder
	class := "chart"
	if c.outgrown {
		class += " chart-outgrown"
	}
	title, desc := o.ID+"-title", o.ID+"-desc"
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="%s" role="img" aria-labelledby="%s %s" direction="ltr" width="%s" height="%s" viewBox="%s %s %s %s">`,
		class, title, desc, pixels(width), pixels(height), pixels(x), pixels(y), pixels(width), pixels(height))
	fmt.Fprintf(&b, `<title id="%s">%s</title><desc id="%s">%s</desc>`, title, escape(h.title), desc, escape(sentence(h.description)+h.kind))
	if o.Standalone {
		b.WriteString("<style>" + CSS + "svg.chart{color-scheme:light dark}</style>")
		b.WriteString(`<rect class="chart-ground" x="-16" y="-16" width="100%" height="100%"/>`)
	}
	b.WriteString(c.body.String())
	b.WriteString("</svg>\n")
	return b.String()
}

func sentence(s string) string {
	s = clean(s)
	switch {
	case s == "":
		return ""
	case strings.ContainsRune(".!?。", []rune(s)[len([]rune(s))-1]):
		return s + " "
	default:
		return s + ". "
	}
}
