package pdf

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/page"
)

// Sizes in millimetres, of an A4 page.
const (
	margin   = 20
	right    = 210 - margin
	full     = right - margin
	top      = 22
	bottom   = 272 // where lines end
	footer   = 284
	keyWidth = 52
)

// mostPages is how long a document may be.
const mostPages = 200

// pagesAlias is put where the number of pages comes when it is known. A character for
// private use is never printed, so no text can hold it.
const pagesAlias = "{\ue000n}"

// style is a weight and size.
type style int

const (
	body style = iota
	strong
	small
	label
	heading
	title
)

func (s style) points() float64 {
	switch s {
	case small:
		return 8.5
	case label:
		return 13
	case heading:
		return 13.5
	case title:
		return 21
	}
	return 10
}

func (s style) bold() bool { return s != body && s != small }

// size is an em in millimetres.
func (s style) size() float64 { return s.points() * 25.4 / 72 }

// height is that of a line.
func (s style) height() float64 { return s.size() * 1.42 }

// shade is a colour, 0xRRGGBB.
type shade int

const (
	black  shade = 0x15161c
	muted  shade = 0x5b5e6d
	accent shade = 0x3a2fb0
	edge   shade = 0xc9cbd4
	faint  shade = 0xe4e5ea
	tint   shade = 0xf1f0fb
	ground shade = 0xececf1
)

func (c shade) parts() (r, g, b int) { return int(c >> 16), int(c >> 8 & 0xff), int(c & 0xff) }

// paper is a document and where on it the next line goes.
type paper struct {
	doc           *fpdf.Fpdf
	regular, bold *face
	y             float64 // the top of the next line
	again         func()  // what a new page begins with: the head of a table
	full          bool    // more than mostPages
}

func newPaper(o *Options) (*paper, error) {
	regular, bold, err := o.faces()
	if err != nil {
		return nil, err
	}
	doc := fpdf.New("P", "mm", "A4", "")
	doc.AddUTF8FontFromBytes("brief", "", regular.data)
	doc.AddUTF8FontFromBytes("brief", "B", bold.data)
	if doc.Err() {
		return nil, &byline.FieldError{Path: "regular", Code: "pdf.font", Message: "not a TrueType font that can be embedded"}
	}
	return &paper{doc: doc, regular: regular, bold: bold}, nil
}

// begin sets what a file says of itself, and its first page.
func (p *paper) begin(d page.Document, o *Options) {
	// Without these the clock and the order of a map would be in the document.
	p.doc.SetCatalogSort(true)
	p.doc.SetCreationDate(o.stamp())
	p.doc.SetModificationDate(o.stamp())
	p.doc.SetTitle(p.printable(d.Title), true)
	p.doc.SetAuthor(p.printable(o.Author), true)
	p.doc.SetLang(languageTag(d.Language))
	p.doc.SetMargins(margin, margin, margin)
	p.doc.SetCellMargin(0)
	p.doc.SetAutoPageBreak(false, 0)
	p.doc.AliasNbPages(pagesAlias)
	running := p.shortened(p.printable(d.Title), small, 130)
	p.doc.SetFooterFunc(func() {
		p.put(margin, footer, fragment{run: run{text: running, style: small, ink: muted}})
		page := strconv.Itoa(p.doc.PageNo()) + " / "
		// The number of pages is not known yet; its width is taken to be that of this one's.
		x := right - p.wide(page+strconv.Itoa(p.doc.PageNo()), small)
		p.put(x, footer, fragment{run: run{text: page + pagesAlias, style: small, ink: muted}})
	})
	p.newPage()
}

// languageTag is a language as a file may name it.
func languageTag(language string) string {
	for _, r := range language {
		if r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return ""
		}
	}
	return language[:min(len(language), 35)]
}

func (p *paper) newPage() {
	if p.doc.PageNo() == mostPages {
		p.full = true
	}
	if p.full { // nothing more is written, and the document is refused
		p.y = top
		return
	}
	p.doc.AddPage()
	p.doc.SetFont("brief", "", body.points())
	p.y = top
	if p.again != nil {
		p.again()
	}
}

// room starts a new page where less than height is left, which a page must have.
func (p *paper) room(height float64) {
	if p.y+min(height, bottom-top) > bottom {
		p.newPage()
	}
}

// put sets a text with its baseline at y.
func (p *paper) put(x, y float64, f fragment) {
	if p.full {
		return
	}
	if f.copy {
		p.doc.SetFillColor(ground.parts())
		p.doc.Rect(x+f.x-.7, y-f.style.size()*.98, f.width+1.4, f.style.size()*1.3, "F")
	}
	weight := ""
	if f.style.bold() {
		weight = "B"
	}
	p.doc.SetFont("brief", weight, f.style.points())
	p.doc.SetTextColor(f.ink.parts())
	p.doc.Text(x+f.x, y, f.text)
	if target := address(f.url); target != "" {
		p.doc.LinkString(x+f.x, y-f.style.size(), f.width, f.style.height(), target)
	}
}

// address is what a click opens: an address of the web, of mail or of a telephone.
func address(target string) string {
	parsed, err := url.Parse(target)
	if err != nil || len(target) > 2000 {
		return ""
	}
	escaped := parsed.String()
	if strings.ContainsFunc(escaped, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ""
	}
	switch parsed.Scheme {
	case "http", "https", "mailto", "tel":
		return escaped
	}
	return ""
}

// line sets fragments of one line at the left of x, below the last one.
func (p *paper) line(x float64, fragments []fragment, height float64) {
	p.room(height)
	for _, f := range fragments {
		p.put(x, p.y+height*.72, f)
	}
	p.y += height
}

// text sets runs, wrapped.
func (p *paper) text(x, width float64, runs ...run) {
	if len(runs) == 0 {
		return
	}
	for _, fragments := range p.flow(runs, width) {
		p.line(x, fragments, runs[0].style.height())
	}
}

func (p *paper) rule(c shade) { p.ruleFrom(margin, right, c) }

func (p *paper) ruleFrom(from, to float64, c shade) {
	if p.full {
		return
	}
	p.doc.SetDrawColor(c.parts())
	p.doc.SetLineWidth(.2)
	p.doc.Line(from, p.y, to, p.y)
}

// strip colours the place of the next line.
func (p *paper) strip(height float64) {
	if p.full {
		return
	}
	p.doc.SetFillColor(tint.parts())
	p.doc.Rect(margin, p.y, full, height+.05, "F") // a little more, so that no gap is seen
	p.doc.SetFillColor(accent.parts())
	p.doc.Rect(margin, p.y, 1, height+.05, "F")
}

// done returns why the document cannot be sent, if so.
func (p *paper) done() error {
	if p.full {
		return &byline.RefusalError{Code: "pdf.pages", Message: fmt.Sprintf("a brief of more than %d pages is none", mostPages), Have: mostPages + 1, Need: mostPages}
	}
	return p.doc.Error()
}
