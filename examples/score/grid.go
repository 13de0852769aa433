package main

import (
	"fmt"
	"strings"
)

// grid is a table for the terminal. Its first column stands left and the others, which
// are numbers, right, unless they are text.
type grid struct {
	text map[int]bool // further columns that stand left
	rows [][]string
}

func (g *grid) add(cells ...string) { g.rows = append(g.rows, cells) }

// maxCell keeps one long name from pushing everything off the screen.
const maxCell = 36

// String has a line for each row, two spaces between columns and none at the end. The
// last column may be of any width.
func (g *grid) String() string {
	var columns []int
	for _, row := range g.rows {
		for i, cell := range row {
			row[i] = clean(cell)
			if i < len(row)-1 {
				row[i] = short(row[i], maxCell)
			}
			if i == len(columns) {
				columns = append(columns, 0)
			}
			columns[i] = max(columns[i], width(row[i]))
		}
	}
	var out strings.Builder
	for _, row := range g.rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", columns[i]-width(cell))
			if i == 0 || g.text[i] {
				line.WriteString(cell + pad)
			} else {
				line.WriteString(pad + cell)
			}
			line.WriteString("  ")
		}
		fmt.Fprintln(&out, strings.TrimRight(line.String(), " "))
	}
	return out.String()
}
