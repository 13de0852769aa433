package pdf

import (
	"strings"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// pagesAlias is put where the number of pages comes when it is known. No typeface has
// U+E000, so no name can hold it.
const pagesAlias = "{\ue000n}"

// style is a typeface and size.
type style int

const (
	body style = iota
	bold
	small
	title
)

// font is the weight, as fpdf names it, and the size in points.
func (s style) font() (weight string, points float64) {
	switch s {
	case bold:
		return "B", 9.5
	case small:
		return "", 8
	case title:
		return "B", 18
	}
	return "", 9.5
}

// shade is a colour, 0xRRGGBB.
type shade int

const (
	black  shade = 0x15161c
	muted  shade = 0x5b5e6d
	red    shade = 0xb01f3c
	green  shade = 0x0b6e5f
	strong shade = 0xc9cbd4
	faint  shade = 0xe4e5ea
)

func (c shade) parts() (r, g, b int) { return int(c >> 16), int(c >> 8 & 0xff), int(c & 0xff) }

// paper is a document and where on it the next line goes.
type paper struct {
	doc     *fpdf.Fpdf
	glyphs  *glyphs
	y       float64 // of the next baseline
	inTable bool
}

func addFonts(doc *fpdf.Fpdf) (*glyphs, error) {
	doc.AddUTF8FontFromBytes("go", "", goregular.TTF)
	doc.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	// Both have the same characters.
	font, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	return &glyphs{font: font, known: map[rune]bool{}}, doc.Error()
}

// glyphs remembers which characters the typefaces have. It grows with the characters
// that are met, of which there are at most as many as Unicode has.
type glyphs struct {
	font   *sfnt.Font
	buffer sfnt.Buffer
	known  map[rune]bool
}

func (g *glyphs) has(r rune) bool {
	has, asked := g.known[r]
	if !asked {
		index, err := g.font.GlyphIndex(&g.buffer, r)
		has = err == nil && index != 0 && r >= ' '
		g.known[r] = has
	}
	return has
}

// clean replaces what cannot be printed. Space that is not a space becomes one.
func (p *paper) clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case p.glyphs.has(r):
			return r
		case r == '\n', r == '\r', r == '\t':
			return ' '
		}
		return utf8.RuneError
	}, text)
}

func (p *paper) ink(s style, c shade) {
	weight, points := s.font()
	p.doc.SetFont("go", weight, points)
	p.doc.SetTextColor(c.parts())
}

// put sets a text that is clean, with its baseline at y.
func (p *paper) put(x, y float64, text string) { p.doc.Text(x, y, text) }

// right sets a text against the right margin.
func (p *paper) right(y float64, text string) { p.put(right-p.doc.GetStringWidth(text), y, text) }

func (p *paper) line(x float64, text string, height float64) {
	p.put(x, p.y, text)
	p.y += height
}

// lines sets wrapped text in the middle column, over pages if need be.
func (p *paper) lines(texts []string, s style, c shade, height float64) {
	for _, text := range texts {
		p.room(height)
		p.ink(s, c)
		p.line(margin+dateWidth, text, height)
	}
}

func (p *paper) rule(c shade) {
	p.doc.SetDrawColor(c.parts())
	p.doc.SetLineWidth(.2)
	p.doc.Line(margin, p.y, right, p.y)
}

// room starts a new page where less than height is left.
func (p *paper) room(height float64) {
	if p.y+height > bottom {
		p.doc.AddPage()
	}
}

// again is what a page begins with.
func (p *paper) again() {
	p.y = margin + 5
	if p.inTable {
		p.columns()
	}
}

// wrapped breaks text at spaces to the width, in the style that is set, and inside of
// words that are wider. A no-break space holds.
func (p *paper) wrapped(text string, width float64) []string {
	var lines []string
	line := ""
	space := p.doc.GetStringWidth(" ")
	used := 0.0
	for word := range strings.FieldsFuncSeq(p.clean(text), func(r rune) bool { return r == ' ' }) {
		length := p.doc.GetStringWidth(word)
		if line != "" && used+space+length <= width {
			line, used = line+" "+word, used+space+length
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for length > width {
			piece := p.cut(word, width)
			lines, word = append(lines, piece), word[len(piece):]
			length = p.doc.GetStringWidth(word)
		}
		line, used = word, length
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// cut is the longest beginning of a text that fits, at least one character.
func (p *paper) cut(text string, width float64) string {
	used := 0.0
	for i, r := range text {
		used += p.doc.GetStringWidth(string(r))
		if used > width && i > 0 {
			return text[:i]
		}
	}
	return text
}
