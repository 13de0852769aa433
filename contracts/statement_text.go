package contracts

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// textWidth is what mail programs show without wrapping.
const textWidth = 78

// WriteText writes the statement for a terminal or a plain mail, at most 78 characters
// wide where words allow it. w gets the lines as they are read.
func (s *Statement) WriteText(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriter(w)
	s.textHead(out)
	for _, section := range s.Sections {
		s.textSummary(out, section)
		s.textWaiting(out, section)
		err := textLines(out, "What happened", s.Lines(ctx, section.Currency))
		if err == nil {
			err = textLines(out, "Given in goods, not paid out", s.giftsOf(ctx, section))
		}
		if err != nil {
			return fmt.Errorf("statement as text: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("statement as text: %w", err)
	}
	return nil
}

func (s *Statement) textHead(out *bufio.Writer) {
	say := func(text string) { _, _ = fmt.Fprintln(out, oneLine(text)) }
	say(s.Title())
	say("for " + s.Name)
	if s.Brand != "" {
		say("from " + s.Brand)
	}
	say(s.Dates() + " (" + s.Zone() + ")")
	if len(s.Sections) == 0 {
		say("")
		say("Nothing stood open and nothing happened in this period.")
	}
}

func (s *Statement) textSummary(out *bufio.Writer, section Section) {
	_, _ = fmt.Fprintf(out, "\n%s\n", section.Currency)
	row := func(indent string, r SummaryRow) { textRow(out, indent+r.Label, FormatAmount(r.Amount)) }
	for _, r := range section.Summary() {
		row("  ", r)
	}
	for _, r := range section.Standing() {
		row("    ", r)
	}
	for _, note := range s.Notes(section) {
		textWrapped(out, "  ", note)
	}
}

func (s *Statement) textWaiting(out *bufio.Writer, section Section) {
	if len(section.Waiting) > 0 {
		_, _ = fmt.Fprintf(out, "\n  %s\n", WaitingTitle)
	}
	for _, row := range s.Waiting(section) {
		textRow(out, "  "+row.Label, FormatAmount(row.Amount))
		if row.Detail != "" {
			textWrapped(out, "    ", row.Detail)
		}
	}
}

// textRow sets the amount at the right edge.
func textRow(out *bufio.Writer, label, amount string) {
	gap := textWidth - utf8.RuneCountInString(label) - utf8.RuneCountInString(amount)
	_, _ = fmt.Fprintln(out, breakable(label+strings.Repeat(" ", max(2, gap))+amount))
}

func textLines(out *bufio.Writer, title string, lines iter.Seq2[StatementLine, error]) error {
	for l, err := range lines {
		if err != nil {
			return err
		}
		if title != "" {
			_, _ = fmt.Fprintf(out, "\n  %s\n", title)
			title = ""
		}
		const day = "  %11s  "
		textRow(out, fmt.Sprintf(day, l.At.Format(shortDay))+oneLine(l.About+" · "+l.For), l.Shown())
		textWrapped(out, strings.Repeat(" ", 15), l.Why)
	}
	return nil
}

// textWrapped breaks at spaces.
func textWrapped(out *bufio.Writer, indent, text string) {
	width := textWidth
	for i, word := range strings.FieldsFunc(oneLine(text), func(r rune) bool { return r == ' ' }) {
		length := utf8.RuneCountInString(word)
		switch {
		case i == 0:
			_, _ = out.WriteString(indent)
			width = textWidth - len(indent)
		case length+1 > width:
			_, _ = out.WriteString("\n" + indent)
			width = textWidth - len(indent)
		default:
			_ = out.WriteByte(' ')
			width--
		}
		_, _ = out.WriteString(breakable(word))
		width -= length
	}
	_ = out.WriteByte('\n')
}

// breakable is text whose lines are set: spaces that held an amount together have done
// their work.
func breakable(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }

// oneLine keeps a name from faking lines of its own or steering a terminal.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, text)
}
