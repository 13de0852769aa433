package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// writeText writes the answer for a terminal.
func (r report) writeText(out io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.headline())
	if r.Refused == nil {
		for _, remark := range r.remarks() {
			fmt.Fprintln(&b, remark)
		}
		fmt.Fprintln(&b, notice)
		fmt.Fprintf(&b, "\nConversions by model\n\n")
		r.creditTable().write(&b)
		r.writeLacks(&b)
	}
	_, err := io.WriteString(out, clean(b.String()))
	return err
}

// creditTable has a row for each channel, and the models that the page draws.
func (r report) creditTable() textTable {
	models := r.seen()
	t := textTable{{"Creator"}}
	for _, m := range models {
		t[0] = append(t[0], m.Label)
	}
	t[0] = append(t[0], "Least", "Most")
	for _, s := range r.Standings {
		row := []string{strings.ReplaceAll(s.Channel, "\n", " ")}
		for _, m := range models {
			row = append(row, showNumber(m.Conversions(s.Channel)))
		}
		t = append(t, append(row, showNumber(s.Spread.Low), showNumber(s.Spread.High)))
	}
	return t
}

// writeLacks says which answers are missing, and why.
func (r report) writeLacks(b *strings.Builder) {
	lacks := r.lacks()
	if len(lacks) > 0 {
		b.WriteString("\nNot answered\n\n")
	}
	for _, l := range lacks {
		fmt.Fprintf(b, "  %s: %s", l.Label, l.Why)
		if l.Code != "" {
			fmt.Fprintf(b, " (%s)", l.Code)
		}
		b.WriteString("\n")
	}
}

// textTable is rows of cells. The first column stands at the left, numbers at the right.
type textTable [][]string

func (t textTable) write(b *strings.Builder) {
	widths := make([]int, len(t[0]))
	for _, row := range t {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range t {
		fmt.Fprintf(b, "%-*s", widths[0], row[0])
		for i, cell := range row[1:] {
			fmt.Fprintf(b, "  %*s", widths[i+1], cell)
		}
		b.WriteString("\n")
	}
}
