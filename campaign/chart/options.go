package chart

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"io"
	"strings"

	"github.com/bylinehq/byline"
)

// MinWidth and MaxWidth bound [Options.Width], in pixels.
const (
	MinWidth = 240
	MaxWidth = 2400
)

const defaultWidth = 640

// Options say where a picture will stand. Nil and the zero value are a picture of 640
// pixels for a page.
type Options struct {
	// Width in pixels of the place where the picture stands, 0 for 640.
	Width int
	// ID is the prefix of the ids inside the picture: a letter, then letters, digits,
	// "-" and "_". When it is empty, it follows from the title: set it where two
	// pictures of one title stand on one page.
	ID string
	// Standalone writes a file that carries its own style, ground and visible title.
	Standalone bool
}

// Chart is a picture and the numbers in it.
type Chart interface {
	// WriteSVG draws the chart. Nothing is written when the chart is at fault.
	WriteSVG(w io.Writer, o *Options) error
	// Table holds the numbers of the chart as text.
	Table() Table
}

// SVG is the picture as text for html/template. The error is that of the chart's WriteSVG.
func SVG(c Chart, o *Options) (template.HTML, error) {
	var b strings.Builder
	if err := c.WriteSVG(&b, o); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil
}

// head is what every chart says of itself.
type head struct{ title, description, kind string }

func (o *Options) orDefault(title string) Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.Width == 0 {
		out.Width = defaultWidth
	}
	if out.ID == "" {
		sum := fnv.New32a()
		sum.Write([]byte(title)) // a hash does not fail
		out.ID = fmt.Sprintf("chart-%08x", sum.Sum32())
	}
	return out
}

func (o Options) faults() []*byline.FieldError {
	var found []*byline.FieldError
	if o.Width < MinWidth || o.Width > MaxWidth {
		found = append(found, fault("width", "chart.width", fmt.Sprintf("must lie between %d and %d pixels", MinWidth, MaxWidth)))
	}
	if !isID(o.ID) {
		found = append(found, fault("id", "chart.id", "must be a letter followed by letters, digits, - and _"))
	}
	return found
}

func isID(id string) bool {
	for i, r := range id {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		inner := r >= '0' && r <= '9' || r == '-' || r == '_'
		if !letter && (i == 0 || !inner) {
			return false
		}
	}
	return id != ""
}

// draw is the way of every chart: check, draw the body, put the frame around it.
func draw(w io.Writer, o *Options, h head, found []*byline.FieldError, body func(*canvas)) error {
	opts := o.orDefault(h.title)
	found = append(opts.faults(), found...)
	if strings.TrimSpace(clean(h.title)) == "" {
		found = append(found, fault("title", "chart.title", "a picture needs a name"))
	}
	if err := byline.Faults(found); err != nil {
		return err
	}
	c := &canvas{width: float64(opts.Width)}
	if opts.Standalone {
		c.standalone(h)
	}
	body(c)
	_, err := io.WriteString(w, c.picture(opts, h))
	return err
}
