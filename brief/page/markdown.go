package page

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WriteMarkdown writes a document as CommonMark, with the pipe tables of GitHub Flavored
// Markdown where it has tables. Whatever a text says, it reads as text: no sign of it is
// taken as markup, HTML, a link or an entity. What is to be copied stands in code, letter
// by letter.
//
// A renderer that turns bare addresses of mail into links (GFM) does so here too.
func WriteMarkdown(w io.Writer, doc Document) error {
	m := &markdown{out: bufio.NewWriter(w), colon: doc.Colon}
	m.line("# " + escape(doc.Title))
	m.rows(doc.Summary)
	for _, note := range doc.Notes {
		m.gap()
		m.line("*" + escape(note) + "*")
	}
	for _, s := range doc.Sections {
		m.gap()
		m.line("## " + escape(s.Heading))
		for _, b := range s.Blocks {
			m.block(b)
		}
	}
	if err := m.out.Flush(); err != nil {
		return fmt.Errorf("brief as Markdown: %w", err)
	}
	return nil
}

// markdown keeps the first error of its writer for the flush.
type markdown struct {
	out   *bufio.Writer
	colon string
}

func (m *markdown) line(text string) { _, _ = m.out.WriteString(text + "\n") }

func (m *markdown) gap() { _ = m.out.WriteByte('\n') }

func (m *markdown) block(b Block) {
	if b.Heading != "" {
		m.gap()
		m.line("### " + escape(b.Heading))
	}
	for _, l := range b.Text {
		m.gap()
		m.line(m.inline(l, ""))
	}
	m.rows(b.List)
	m.rows(b.Rows)
	if b.Table != nil {
		m.table(*b.Table)
	}
	for _, l := range b.Labels {
		m.label(l)
	}
}

func (m *markdown) rows(rows []Line) {
	if len(rows) > 0 {
		m.gap()
	}
	for _, l := range rows {
		m.line("- " + m.inline(l, "  "))
	}
}

// inline is a line, which goes on with the indent after a break.
func (m *markdown) inline(l Line, indent string) string {
	text := ""
	if l.Lead != "" {
		text = "**" + escape(strings.TrimSpace(l.Lead)) + strings.TrimRight(m.colon, " ") + "**"
		if strings.HasSuffix(m.colon, " ") {
			text += " "
		}
	}
	text += marked(l, false)
	if l.Note != "" {
		text += " – " + escape(l.Note)
	}
	return strings.ReplaceAll(text, "\n", "\\\n"+indent)
}

// marked is the text of a line with its link or as code.
func marked(l Line, inTable bool) string {
	switch {
	case l.Copy && l.Text != "" && (!inTable || !strings.Contains(l.Text, "|")):
		return code(l.Text)
	case l.URL == "":
		return escape(l.Text)
	case l.URL == l.Text:
		return "<" + l.URL + ">"
	}
	return "[" + escape(l.Text) + "](<" + l.URL + ">)"
}

func (m *markdown) table(t Table) {
	m.gap()
	head := make([]string, len(t.Head))
	for i, h := range t.Head {
		head[i] = escape(h)
	}
	m.line("| " + strings.Join(head, " | ") + " |")
	m.line("|" + strings.Repeat(" --- |", len(head)))
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = strings.ReplaceAll(marked(cell, true), "\n", " ")
		}
		m.line("| " + strings.Join(cells, " | ") + " |")
	}
}

func (m *markdown) label(l Label) {
	if l.For != "" {
		m.gap()
		m.line("**" + escape(l.For) + "**")
	}
	m.gap()
	fence := strings.Repeat("`", max(3, longestRun(l.Text)+1))
	m.line(fence)
	m.line(l.Text)
	m.line(fence)
	m.rows(l.Where)
	if l.Switch != nil {
		m.rows([]Line{*l.Switch})
	}
}

// code is a span of code with nothing in it that ends it. The two spaces around it, which a
// reader drops, part a backtick from those of the span.
func code(text string) string {
	text = strings.ReplaceAll(text, "\n", " ")
	ticks := strings.Repeat("`", longestRun(text)+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return ticks + text + ticks
}

// longestRun is the length of the longest run of backticks.
func longestRun(text string) int {
	longest, run := 0, 0
	for _, r := range text {
		if r == '`' {
			run++
		} else {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// always are the signs that may mean something anywhere in a line: of CommonMark, of GFM,
// and of what is added to it for formulas and templates.
const always = "\\`*_[]<>&|~#${}^="

// escape makes Markdown in which a text is read as it stands. A backslash before any ASCII
// punctuation is that sign itself (CommonMark 0.31.2, section 2.4, read 2026-11-22).
func escape(text string) string {
	var b strings.Builder
	for n, line := range strings.Split(text, "\n") {
		if n > 0 {
			b.WriteByte('\n')
		}
		escapeLine(&b, line)
	}
	return b.String()
}

// escapeLine escapes more at the start of a line, where lists, headings and rules begin.
func escapeLine(b *strings.Builder, line string) {
	line = strings.Trim(line, " \t")
	start := startOf(line)
	for i := range len(line) {
		c := line[i]
		if i == start || strings.IndexByte(always, c) >= 0 || linksFrom(line, i) {
			if punctuation(c) {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(c)
	}
}

// startOf is where a line has a sign that may begin a block: its first, or that after a
// number; -1 where there is none.
func startOf(line string) int {
	digits := 0
	for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	if digits == len(line) {
		return -1
	}
	return digits
}

// linksFrom reports the sign in a bare address without which GFM makes no link of it.
func linksFrom(line string, i int) bool {
	switch line[i] {
	case ':':
		return strings.HasPrefix(line[i:], "://")
	case '.':
		return i >= 3 && strings.EqualFold(line[i-3:i], "www")
	}
	return false
}

func punctuation(c byte) bool {
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~')
}
