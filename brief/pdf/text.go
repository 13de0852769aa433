package pdf

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/page"
)

// text is a text of a document, exact where it is to be copied letter by letter.
type text struct {
	text  string
	exact bool
}

// texts yields every text that is printed.
func texts(d page.Document) iter.Seq[text] {
	return func(yield func(text) bool) {
		readable := slices.Concat([]string{d.Title, d.Colon}, d.Notes)
		lines := slices.Clone(d.Summary)
		var exact []string
		for _, s := range d.Sections {
			readable = append(readable, s.Heading)
			for _, b := range s.Blocks {
				readable = append(readable, b.Heading)
				lines = append(lines, slices.Concat(b.Text, b.List, b.Rows)...)
				if b.Table != nil {
					readable = append(append(readable, b.Table.Caption), b.Table.Head...)
					lines = append(lines, slices.Concat(b.Table.Rows...)...)
				}
				for _, l := range b.Labels {
					readable, exact = append(readable, l.For), append(exact, l.Text)
					lines = append(lines, l.Where...)
					if l.Switch != nil {
						lines = append(lines, *l.Switch)
					}
				}
			}
		}
		for _, l := range lines {
			readable = append(readable, l.Lead, l.Note)
			if l.Copy {
				exact = append(exact, l.Text)
			} else {
				readable = append(readable, l.Text)
			}
		}
		for _, t := range exact {
			if !yield(text{t, true}) {
				return
			}
		}
		for _, t := range readable {
			if !yield(text{t, false}) {
				return
			}
		}
	}
}

// clean is text as it is set: composed, with no control character but \n, and without
// characters that leave no ink.
func clean(t string) string {
	t = strings.ReplaceAll(strings.ToValidUTF8(t, "\ufffd"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\u00a0':
			return r
		case r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case r == '\u202f', r == '\u2007':
			return '\u00a0'
		case r == '\u2011':
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r >= 0xfe00 && r <= 0xfe0f:
			return -1
		}
		return r
	}, norm.NFC.String(t))
}

// printable replaces what the typefaces lack.
func (p *paper) printable(t string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', p.shows(r):
			return r
		case p.shows(utf8.RuneError):
			return utf8.RuneError
		}
		return '?'
	}, clean(t))
}

// shows reports whether both weights have a character.
func (p *paper) shows(r rune) bool { return p.regular.has(r) && p.bold.has(r) }

// check refuses a document that would not be printed as it is.
func (p *paper) check(d page.Document, replace bool) error {
	met, missing := map[rune]bool{}, map[rune]bool{}
	for t := range texts(d) {
		for _, r := range clean(t.text) {
			if r == '\n' || met[r] {
				continue
			}
			if unicode.In(r, shaped()...) {
				return &byline.RefusalError{Code: "pdf.script", Message: fmt.Sprintf("the script of %U is not set rightly here; send the HTML", r)}
			}
			met[r] = true
			if !p.shows(r) && (t.exact || !replace) {
				missing[r] = true
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return &byline.RefusalError{
		Code: "pdf.glyphs", Have: float64(len(met) - len(missing)), Need: float64(len(met)),
		Message: fmt.Sprintf("the typeface lacks %d of %d characters, among them %s; give one that has them, or send the HTML", len(missing), len(met), some(missing)),
	}
}

// some names the first few of characters.
func some(runes map[rune]bool) string {
	var names []string
	for r := range runes {
		names = append(names, fmt.Sprintf("%U", r))
	}
	slices.SortFunc(names, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return strings.Join(names[:min(len(names), 5)], " ")
}

// shaped are the scripts whose letters join, stack or run from right to left.
func shaped() []*unicode.RangeTable {
	return []*unicode.RangeTable{
		unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil,
		unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala,
		unicode.Thai, unicode.Lao, unicode.Tibetan, unicode.Myanmar, unicode.Khmer, unicode.Mongolian,
	}
}
