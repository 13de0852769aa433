package pdf

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/page"
)

const (
	mostColumns = 8
	gutter      = 4  // between columns
	narrowest   = 15 // column
	widest      = 80 // column, where others need room
)

// checkTables returns the faults of tables that have no shape.
func checkTables(d page.Document) error {
	var faults []*byline.FieldError
	for i, s := range d.Sections {
		for j, b := range s.Blocks {
			if b.Table == nil {
				continue
			}
			wrong := len(b.Table.Head) == 0 || len(b.Table.Head) > mostColumns
			for _, row := range b.Table.Rows {
				wrong = wrong || len(row) != len(b.Table.Head)
			}
			if wrong {
				faults = append(faults, &byline.FieldError{
					Path: fmt.Sprintf("sections[%d].blocks[%d].table", i, j), Code: "pdf.table",
					Message: "a table has up to eight columns, and as many cells in every row",
				})
			}
		}
	}
	return byline.Faults(faults)
}

func (p *paper) table(t page.Table, colon string) {
	if t.Caption != "" {
		p.room(25)
		p.text(margin, full, run{text: p.printable(t.Caption), style: small, ink: muted})
		p.y++
	}
	widths := p.columnWidths(t, colon)
	head := make([][]run, len(t.Head))
	for i, name := range t.Head {
		head[i] = []run{{text: p.printable(name), style: strong, ink: muted}}
	}
	setHead := func() {
		p.beside(p.columns(head, widths))
		p.y += 1
		p.rule(edge)
		p.y += 1.4
	}
	p.room(20)
	setHead()
	p.again = setHead
	defer func() { p.again = nil }()
	for _, row := range t.Rows {
		cells := make([][]run, len(row))
		for i, l := range row {
			cells[i] = p.runs(l, colon)
		}
		p.beside(p.columns(cells, widths))
		p.y += 1
		p.rule(faint)
		p.y += 1.4
	}
}

func (p *paper) columns(cells [][]run, widths []float64) []column {
	columns := make([]column, len(cells))
	x := float64(margin)
	for i, runs := range cells {
		columns[i] = column{x, p.flow(runs, widths[i])}
		x += widths[i] + gutter
	}
	return columns
}

// columnWidths shares the page among the columns by what they hold.
func (p *paper) columnWidths(t page.Table, colon string) []float64 {
	widths := make([]float64, len(t.Head))
	for i, name := range t.Head {
		widths[i] = max(narrowest, min(widest, p.wide(p.printable(name), strong)))
	}
	for _, row := range t.Rows {
		for i, l := range row {
			wide := 0.0
			for _, r := range p.runs(l, colon) {
				wide += p.wide(r.text, r.style)
			}
			widths[i] = max(widths[i], min(widest, wide))
		}
	}
	share(widths, full-gutter*float64(len(widths)-1))
	return widths
}

// share makes widths fill a page: what is left goes to all, and what is missing is taken
// from those that are wider than the narrowest.
func share(widths []float64, page float64) {
	sum, spare := 0.0, 0.0
	for _, w := range widths {
		sum += w
		spare += w - narrowest
	}
	for i, w := range widths {
		if sum <= page {
			widths[i] = w * page / sum
		} else {
			widths[i] = narrowest + (w-narrowest)*(spare-(sum-page))/spare
		}
	}
}
