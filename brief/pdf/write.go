package pdf

import (
	"bytes"
	"fmt"
	"io"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/page"
)

// Write prints a document of package page as PDF, A4. The same arguments give the same
// bytes; w gets nothing before an error.
//
// A [*byline.RefusalError] says why a document is not printed: "pdf.glyphs", the typefaces
// lack characters of it; "pdf.script", a script that is not set rightly here; "pdf.pages",
// it has more than 200 pages. Faults: "pdf.table", a table of no column, of more than
// eight, or with a row of another length; "pdf.font", a typeface that cannot be read.
func Write(w io.Writer, d page.Document, o *Options) error {
	if o == nil {
		o = &Options{}
	}
	file, err := render(d, o)
	if err == nil {
		_, err = w.Write(file)
	}
	if err != nil {
		return fmt.Errorf("brief as PDF: %w", err)
	}
	return nil
}

// render returns the file. The library that embeds typefaces panics on some that are
// damaged; the built-in ones are not, so that there a panic is a fault of ours.
func render(d page.Document, o *Options) (file []byte, err error) {
	if o.Regular != nil {
		defer func() {
			if recover() != nil {
				file, err = nil, &byline.FieldError{Path: "regular", Code: "pdf.font", Message: "a damaged font"}
			}
		}()
	}
	p, err := newPaper(o)
	if err == nil {
		err = checkTables(d)
	}
	if err == nil {
		err = p.check(d, o.Replace)
	}
	if err != nil {
		return nil, err
	}
	p.begin(d, o)
	p.head(d)
	for _, s := range d.Sections {
		p.section(s, d.Colon)
	}
	if err := p.done(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = p.doc.Output(&out)
	return out.Bytes(), err
}

// head sets the title, what stands below it, and notes.
func (p *paper) head(d page.Document) {
	p.text(margin, full, run{text: p.printable(d.Title), style: title, ink: black})
	p.y += 2
	p.rows(d.Summary)
	for _, note := range d.Notes {
		p.y += 2
		p.text(margin, full, run{text: p.printable(note), style: small, ink: muted})
	}
}

func (p *paper) section(s page.Section, colon string) {
	p.y += 7
	p.room(30) // a heading does not stand alone at the end of a page
	if s.Heading != "" && !p.full {
		p.doc.Bookmark(p.printable(s.Heading), 0, p.y)
	}
	p.text(margin, full, run{text: p.printable(s.Heading), style: heading, ink: accent})
	p.y += .6
	p.rule(edge)
	p.y += 2.4
	for i, b := range s.Blocks {
		if i > 0 {
			p.y += 3
		}
		p.block(b, colon)
	}
}

// block sets the fields of a block in their order.
func (p *paper) block(b page.Block, colon string) {
	if b.Heading != "" {
		p.room(18)
		p.text(margin, full, run{text: p.printable(b.Heading), style: strong, ink: black})
		p.y++
	}
	for _, l := range b.Text {
		p.text(margin, full, p.runs(l, colon)...)
		p.y += 1.6
	}
	for _, l := range b.List {
		p.item(margin, l, colon)
	}
	if len(b.Text)+len(b.List) > 0 {
		p.y++
	}
	p.rows(b.Rows)
	if b.Table != nil {
		p.table(*b.Table, colon)
	}
	for _, l := range b.Labels {
		p.label(l, colon)
	}
}

// runs are the parts of a line: "Lead: Text – Note".
func (p *paper) runs(l page.Line, colon string) []run {
	var runs []run
	if l.Lead != "" {
		runs = append(runs, run{text: p.printable(l.Lead), style: strong, ink: black})
		if l.Text != "" {
			runs[0].text += p.printable(colon)
		}
	}
	if l.Text != "" {
		runs = append(runs, p.value(l))
	}
	if l.Note != "" {
		note := p.printable(l.Note)
		if len(runs) > 0 {
			note = " – " + note
		}
		runs = append(runs, run{text: note, style: body, ink: muted})
	}
	return runs
}

// value is the text of a line. What is to be copied stands out, and what can be opened is
// coloured.
func (p *paper) value(l page.Line) run {
	value := run{text: p.printable(l.Text), style: body, ink: black, url: l.URL, copy: l.Copy}
	if l.Copy {
		value.style = strong
	}
	if address(l.URL) != "" {
		value.ink = accent
	}
	return value
}

// item is a line after a bullet.
func (p *paper) item(x float64, l page.Line, colon string) {
	p.room(body.height())
	p.put(x+.5, p.y+body.height()*.72, fragment{run: run{text: p.bullet(), style: body, ink: accent}})
	p.text(x+5, right-x-5, p.runs(l, colon)...)
	p.y += .9
}

// bullet is one that the typefaces have.
func (p *paper) bullet() string {
	if p.shows('•') {
		return "•"
	}
	return "-"
}

// rows are keys with their values beside them.
func (p *paper) rows(lines []page.Line) {
	for _, l := range lines {
		key := p.flow([]run{{text: p.printable(l.Lead), style: body, ink: muted}}, keyWidth-4)
		l.Lead = ""
		p.beside([]column{{margin, key}, {margin + keyWidth, p.flow(p.runs(l, ""), full-keyWidth)}})
		p.y += .9
	}
}

// column is what stands at x.
type column struct {
	x     float64
	lines [][]fragment
}

// beside sets columns next to each other, over pages if need be.
func (p *paper) beside(columns []column) {
	most := 0
	for _, c := range columns {
		most = max(most, len(c.lines))
	}
	height := body.height()
	p.room(min(float64(most)*height, 60))
	for i := range most {
		p.room(height)
		for _, c := range columns {
			if i < len(c.lines) {
				for _, f := range c.lines[i] {
					p.put(c.x, p.y+height*.72, f)
				}
			}
		}
		p.y += height
	}
}
