package pdf

import (
	"errors"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is a typeface and what is known of its characters. It grows with the characters
// that are met, of which there are at most 65,536.
type face struct {
	data   []byte
	font   *sfnt.Font
	buffer sfnt.Buffer
	widths map[rune]float64 // in em; -1: it has none
}

// errNoOutlines says that a typeface has no glyf table, which the writer needs.
var errNoOutlines = errors.New("no TrueType outlines")

func newFace(data []byte) (*face, error) {
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return nil, err
	}
	if len(data) < 4 || string(data[:4]) != "\x00\x01\x00\x00" && string(data[:4]) != "true" {
		return nil, errNoOutlines
	}
	return &face{data: data, font: parsed, widths: map[rune]float64{}}, nil
}

// has reports whether a character can be printed. The writer knows none beyond U+FFFF,
// and one for private use says nothing.
func (f *face) has(r rune) bool { return f.width(r) >= 0 }

func (f *face) width(r rune) float64 {
	width, known := f.widths[r]
	if !known {
		width = f.measure(r)
		f.widths[r] = width
	}
	return width
}

func (f *face) measure(r rune) float64 {
	if r < ' ' || r > 0xffff || r >= 0xe000 && r <= 0xf8ff {
		return -1
	}
	index, err := f.font.GlyphIndex(&f.buffer, r)
	if err != nil || index == 0 {
		return -1
	}
	const em = 1000
	advance, err := f.font.GlyphAdvance(&f.buffer, index, fixed.I(em), font.HintingNone)
	if err != nil {
		return -1
	}
	return float64(advance) / 64 / em
}
