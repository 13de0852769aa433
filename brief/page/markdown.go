package page

import (
	"bufio"
	"fmt"
	"io"
	"slices"
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
	m.line("# " + escape(doc.Title, false))
	m.rows(doc.Summary)
	for _, note := range doc.Notes {
		m.gap()
		m.line("*" + escape(note, false) + "*")
	}
	for _, s := range doc.Sections {
		m.gap()
		m.line("## " + escape(s.Heading, false))
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
	out    *bufio.Writer
	colon  string
	bullet string // of the list that was just written, "" after anything else
}

func (m *markdown) line(text string) {
	_, _ = m.out.WriteString(text + "\n")
	m.bullet = ""
}

func (m *markdown) gap() { _ = m.out.WriteByte('\n') }

func (m *markdown) block(b Block) {
	if b.Heading != "" {
		m.gap()
		m.line("### " + escape(b.Heading, false))
	}
	for _, l := range b.Text {
		m.gap()
		m.line(broken(m.inline(l, false), ""))
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

// rows writes a list. After another list it takes another bullet, or both would be one.
func (m *markdown) rows(rows []Line) {
	if len(rows) == 0 {
		return
	}
	bullet := "- "
	if m.bullet == bullet {
		bullet = "* "
	}
	m.gap()
	for _, l := range rows {
		m.line(bullet + broken(m.inline(l, false), "  "))
	}
	m.bullet = bullet
}

// broken goes on after a break with an indent.
func broken(text, indent string) string { return strings.ReplaceAll(text, "\n", "\\\n"+indent) }

func flat(text string) string { return strings.ReplaceAll(text, "\n", " ") }

func (m *markdown) inline(l Line, inTable bool) string {
	text := ""
	if l.Lead != "" { // the colon is outside, where it does not keep the stars from closing
		text = "**" + escape(strings.TrimSpace(l.Lead), false) + "**" + m.colon
	}
	text += marked(l, inTable)
	if l.Note != "" {
		text += " – " + escape(l.Note, false)
	}
	return text
}

// marked is the text of a line with its link or as code.
func marked(l Line, inTable bool) string {
	address := followable(l.URL)
	switch {
	case l.Copy && l.Text != "" && (!inTable || !strings.Contains(l.Text, "|")):
		return code(l.Text)
	case address == "":
		return escape(l.Text, l.Lead == "" && !inTable)
	case address == l.Text:
		return "<" + address + ">"
	}
	return "[" + escape(l.Text, false) + "](<" + address + ">)"
}

func (m *markdown) table(t Table) {
	m.gap()
	head := make([]string, len(t.Head))
	for i, h := range t.Head {
		head[i] = flat(escape(h, false))
	}
	m.line("| " + strings.Join(head, " | ") + " |")
	m.line("|" + strings.Repeat(" --- |", len(head)))
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = flat(m.inline(cell, true))
		}
		m.line("| " + strings.Join(cells, " | ") + " |")
	}
}

func (m *markdown) label(l Label) {
	if l.For != "" {
		m.gap()
		m.line("**" + escape(l.For, false) + "**")
	}
	m.gap()
	fence := strings.Repeat("`", max(3, longestRun(l.Text)+1))
	m.line(fence)
	m.line(l.Text)
	m.line(fence)
	below := l.Where
	if l.Switch != nil {
		below = append(slices.Clone(below), *l.Switch)
	}
	m.rows(below)
}

// code is a span of code with nothing in it that ends it. The two spaces around it, which a
// reader drops, part a backtick from those of the span.
func code(text string) string {
	text = flat(text)
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
//
// At the start of a line, where lists, headings and rules begin, it escapes more. The text
// stands there where begins says so; what follows a break in it always does.
func escape(text string, begins bool) string {
	var b strings.Builder
	for n, line := range strings.Split(text, "\n") {
		if n > 0 {
			b.WriteByte('\n')
		}
		escapeLine(&b, line, begins || n > 0)
	}
	return b.String()
}

func escapeLine(b *strings.Builder, line string, begins bool) {
	line = strings.Trim(line, " \t")
	start := -1
	if begins {
		start = startOf(line)
	}
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

// startOf is where a line has a sign that may begin a block: its first, or that which makes
// a number one of a list; -1 where there is none.
func startOf(line string) int {
	rest := strings.TrimLeft(line, "0123456789")
	at := len(line) - len(rest)
	switch {
	case rest == "":
		return -1
	case at == 0, (rest[0] == '.' || rest[0] == ')') && (len(rest) == 1 || rest[1] == ' ' || rest[1] == '\t'):
		return at
	}
	return -1
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
