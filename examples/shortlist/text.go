package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// writeText writes the answer for a terminal.
func (r *report) writeText(out io.Writer) error {
	var b strings.Builder
	for _, line := range r.Answer {
		fmt.Fprintln(&b, line)
	}
	if len(r.Orders.Picks) > 0 {
		fmt.Fprintf(&b, "\nThe list\n\n")
		r.pickTable().write(&b)
	}
	for _, g := range r.others() {
		fmt.Fprintf(&b, "\n%s\n\n", g.Title)
		for _, row := range g.Rows {
			fmt.Fprintf(&b, "  %s: %s\n", row.Who(), row.Why)
		}
	}
	_, err := io.WriteString(out, clean(b.String()))
	return err
}

// pickTable has a row for each pick.
func (r *report) pickTable() textTable {
	t := textTable{{"Creator", "Where", "Price", "Orders", "From", "To", "Score", "Place", "Kept"}}
	for _, p := range r.pickRows() {
		t = append(t, []string{p.Entry.words(), string(p.Entry.Account.Platform), showMoney(p.Pick.Price), p.Orders, p.Low, p.High, p.Score, p.Place, p.Steady})
	}
	return t
}

// textTable is rows of cells. The first two columns stand at the left, numbers at the right.
type textTable [][]string

func (t textTable) write(b *strings.Builder) {
	widths := make([]int, len(t[0]))
	for _, row := range t {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range t {
		fmt.Fprintf(b, "%-*s  %-*s", widths[0], row[0], widths[1], row[1])
		for i, cell := range row[2:] {
			fmt.Fprintf(b, "  %*s", widths[i+2], cell)
		}
		b.WriteString("\n")
	}
}
