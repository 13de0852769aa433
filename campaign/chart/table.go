package chart

import (
	"fmt"
	"html/template"
	"io"
	"strings"
)

// Table is the numbers of a chart as text. The first column names the row.
type Table struct {
	Caption string     `json:"caption"`
	Header  []string   `json:"header"`
	Rows    [][]string `json:"rows"`
}

func newTable(caption string, header ...string) Table {
	t := Table{Caption: clean(caption), Rows: [][]string{}}
	for _, h := range header {
		t.Header = append(t.Header, clean(h))
	}
	return t
}

func (t *Table) write(cells ...string) {
	row := make([]string, len(cells))
	for i, cell := range cells {
		row[i] = clean(cell)
	}
	t.Rows = append(t.Rows, row)
}

// add writes a row with a cell under every heading, as a chart at fault may lack values.
func (t *Table) add(name string, f Format, values ...float64) {
	row := []string{name}
	for i := range len(t.Header) - 1 {
		if i < len(values) {
			row = append(row, f.Text(values[i]))
		} else {
			row = append(row, NoValue)
		}
	}
	t.write(row...)
}

// WriteHTML writes the table as an HTML element of class chart-table, with a caption and
// with the scope of every header cell. All text is escaped.
func (t Table) WriteHTML(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<table class="chart-table"><caption>%s</caption><thead><tr>`, escape(t.Caption))
	for _, h := range t.Header {
		fmt.Fprintf(&b, `<th scope="col">%s</th>`, escape(h))
	}
	b.WriteString("</tr></thead><tbody>\n")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			if i == 0 {
				fmt.Fprintf(&b, `<th scope="row"><bdi>%s</bdi></th>`, escape(cell))
				continue
			}
			fmt.Fprintf(&b, `<td>%s</td>`, escape(cell))
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// HTML is the table as text for html/template.
func (t Table) HTML() template.HTML {
	var b strings.Builder
	_ = t.WriteHTML(&b) // a strings.Builder takes everything
	return template.HTML(b.String())
}
