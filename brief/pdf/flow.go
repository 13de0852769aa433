package pdf

import (
	"strings"
	"unicode"
)

// run is text of one style.
type run struct {
	text  string
	style style
	ink   shade
	url   string
	copy  bool // it stands on a ground of its own
}

// word is what a line is not broken within, unless it is wider than a line.
type word struct {
	run
	space bool // before it
	ends  bool // the line: there is no text
}

func (r run) part(start, end int) run {
	r.text = r.text[start:end]
	return r
}

// like reports whether two runs can be set as one.
func (r run) like(o run) bool {
	o.text = r.text
	return r == o
}

// words takes runs apart. A character of a script without spaces is a word.
func words(runs []run) []word {
	var all []word
	space := false
	for _, r := range runs {
		start := -1
		flush := func(end int) {
			if start >= 0 {
				all = append(all, word{run: r.part(start, end), space: space})
				start, space = -1, false
			}
		}
		for i, c := range r.text {
			switch {
			case c == '\n':
				flush(i)
				all, space = append(all, word{run: run{style: r.style}, ends: true}), false
			case c == ' ':
				flush(i)
				space = true
			case unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana):
				flush(i)
				start = i
				flush(i + len(string(c)))
			case start < 0:
				start = i
			}
		}
		flush(len(r.text))
	}
	return all
}

// fragment is a part of a line that is set at once.
type fragment struct {
	run
	x, width float64
}

// breaker fills lines.
type breaker struct {
	lines [][]fragment
	line  []fragment
	used  float64 // of the line
}

func (b *breaker) end() { b.lines, b.line, b.used = append(b.lines, b.line), nil, 0 }

// put appends a word of a width after a gap.
func (b *breaker) put(r run, gap, wide float64) {
	last := len(b.line) - 1
	if last >= 0 && b.line[last].like(r) {
		if gap > 0 {
			b.line[last].text += " "
		}
		b.line[last].text += r.text
		b.line[last].width += gap + wide
	} else {
		b.line = append(b.line, fragment{r, b.used + gap, wide})
	}
	b.used += gap + wide
}

// flow breaks runs into lines of a width.
func (p *paper) flow(runs []run, width float64) [][]fragment {
	var b breaker
	for _, w := range words(runs) {
		if w.ends {
			b.end()
			continue
		}
		gap, wide := 0.0, p.wide(w.text, w.style)
		if w.space && len(b.line) > 0 {
			gap = p.wide(" ", w.style)
		}
		if len(b.line) > 0 && b.used+gap+wide > width {
			b.end()
			gap = 0
		}
		for wide > width {
			text := w.text
			w.text = p.cut(text, w.style, width)
			b.put(w.run, 0, p.wide(w.text, w.style))
			b.end()
			w.text = text[len(w.text):]
			wide = p.wide(w.text, w.style)
		}
		if w.text != "" {
			b.put(w.run, gap, wide)
		}
	}
	if b.line != nil {
		b.end()
	}
	return b.lines
}

// wide is the width of a text in millimetres.
func (p *paper) wide(t string, s style) float64 {
	f := p.regular
	if s.bold() {
		f = p.bold
	}
	sum := 0.0
	for _, r := range t {
		sum += max(0, f.width(r))
	}
	return sum * s.size()
}

// cut is the longest beginning of a text that fits, at least one character. Where it can,
// it ends behind a mark of an address.
func (p *paper) cut(t string, s style, width float64) string {
	used, mark := 0.0, 0
	for i, r := range t {
		used += p.wide(string(r), s)
		if used > width && i > 0 {
			if mark > i/2 {
				return t[:mark]
			}
			return t[:i]
		}
		if strings.ContainsRune("/?&-", r) {
			mark = i + 1
		}
	}
	return t
}

// shortened is a line of a text that fits, with an ellipsis where it ends early.
func (p *paper) shortened(t string, s style, width float64) string {
	t = strings.Join(strings.Fields(t), " ")
	if p.wide(t, s) <= width {
		return t
	}
	return strings.TrimSpace(p.cut(t, s, width-p.wide("...", s))) + "..."
}
