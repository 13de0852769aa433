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

// flow breaks runs into lines of a width.
func (p *paper) flow(runs []run, width float64) [][]fragment {
	var lines [][]fragment
	var line []fragment
	used := 0.0
	end := func() { lines, line, used = append(lines, line), nil, 0 }
	put := func(w word, gap, wide float64) {
		if last := len(line) - 1; last >= 0 && line[last].like(w.run) {
			if gap > 0 {
				line[last].text += " "
			}
			line[last].text += w.text
			line[last].width += gap + wide
		} else {
			line = append(line, fragment{w.run, used + gap, wide})
		}
		used += gap + wide
	}
	for _, w := range words(runs) {
		if w.ends {
			end()
			continue
		}
		gap, wide := 0.0, p.wide(w.text, w.style)
		if w.space && len(line) > 0 {
			gap = p.wide(" ", w.style)
		}
		if len(line) > 0 && used+gap+wide > width {
			end()
			gap = 0
		}
		for wide > width {
			piece := w
			piece.text = p.cut(w.text, w.style, width)
			put(piece, 0, p.wide(piece.text, w.style))
			end()
			w.text = w.text[len(piece.text):]
			wide = p.wide(w.text, w.style)
		}
		if w.text != "" {
			put(w, gap, wide)
		}
	}
	if line != nil {
		end()
	}
	return lines
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
