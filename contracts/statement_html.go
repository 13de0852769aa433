package contracts

import (
	"bufio"
	"context"
	_ "embed" // of the template
	"fmt"
	"html/template"
	"io"
	"iter"
)

//go:embed statement.html
var statementHTML string

// WriteHTML writes the statement as one page that needs nothing else: no script, its own
// style for light and dark, phone and A4. w gets the lines as they are read; after an
// error it has part of a page.
func (s *Statement) WriteHTML(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriter(w)
	if err := s.writeHTML(ctx, out); err != nil {
		return fmt.Errorf("statement as HTML: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("statement as HTML: %w", err)
	}
	return nil
}

// htmlSection is a section as the template has it.
type htmlSection struct {
	Section
	Notes        []string
	WaitingTitle string
	Rows         []WaitingRow
}

func (s *Statement) writeHTML(ctx context.Context, out *bufio.Writer) error {
	page, err := template.New("statement").Funcs(template.FuncMap{"amount": FormatAmount}).Parse(statementHTML)
	if err != nil {
		return err
	}
	if err := page.ExecuteTemplate(out, "head", s); err != nil {
		return err
	}
	for _, section := range s.Sections {
		data := htmlSection{section, s.Notes(section), WaitingTitle, s.Waiting(section)}
		if err := page.ExecuteTemplate(out, "section", data); err != nil {
			return err
		}
		for _, t := range []htmlTable{
			{"What happened", "Amount", section.MoneyLines, s.Lines(ctx, section.Currency)},
			{"Given in goods, not paid out", "Value", section.GiftLines, s.giftsOf(ctx, section)},
		} {
			if err := t.write(page, out); err != nil {
				return err
			}
		}
		_, _ = out.WriteString("</section>\n") // the writer keeps its first error for Flush
	}
	return page.ExecuteTemplate(out, "foot", s)
}

// htmlTable is a table of lines. Its head is of the template; the rows, of which there
// may be very many, are written directly.
type htmlTable struct {
	Caption string
	Amount  string // what the column of amounts is called
	rows    int
	lines   iter.Seq2[StatementLine, error]
}

func (t htmlTable) write(page *template.Template, out *bufio.Writer) error {
	if t.rows == 0 {
		return nil
	}
	if err := page.ExecuteTemplate(out, "lines", t); err != nil {
		return err
	}
	for line, err := range t.lines {
		if err != nil {
			return err
		}
		line.writeHTML(out)
	}
	_, _ = out.WriteString("</tbody>\n</table>\n")
	return nil
}

// writeHTML writes one row. What is not a constant stands between tags, and is escaped.
func (l StatementLine) writeHTML(out *bufio.Writer) {
	for _, part := range [...]string{
		"<tr><td>", l.At.Format(shortDay),
		"</td><td><strong>", template.HTMLEscapeString(l.For),
		`</strong> <bdi class="muted">`, template.HTMLEscapeString(l.About),
		"</bdi><small>", template.HTMLEscapeString(l.Why),
		`</small></td><td class="n"><span class="` + l.class() + `">`, template.HTMLEscapeString(l.Shown()),
		"</span><small>", l.Where(),
		"</small></td></tr>\n",
	} {
		_, _ = out.WriteString(part)
	}
}

func (l StatementLine) class() string {
	switch {
	case l.Moves(), l.Movement == MovementPaid:
		return "moved" // to be paid is no loss
	case l.Amount.Sign() < 0:
		return "minus"
	}
	return "plus"
}
