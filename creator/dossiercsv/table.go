package dossiercsv

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/bylinehq/byline/internal/sheet"
)

// table is a file that is being read, at one of its rows.
type table struct {
	file    File
	o       *Options
	faults  *[]Fault
	in      *sheet.Reader
	csv     *csv.Reader
	columns map[string]int // ours, where the file has them
	names   []string       // of the columns, as they stand; "" for what is passed over
	needed  []string       // columns in which no cell is empty
	percent map[string]bool
	wide    []wide
	more    []string // cells behind those of each row, which the file does not have
	width   int
	rows    int

	definitions map[string]string // of numbers, by what follows the first dot

	cells     []string
	spreading string // the column whose bucket the row now is
	line      int
	bad       bool            // the row has a fault
	told      map[string]bool // columns of the row that have one
}

func (t *table) report(line int, column, code, message string) {
	*t.faults = append(*t.faults, Fault{File: t.file, Line: line, Column: column, Code: code, Message: message})
}

// fault adds a fault of the row.
func (t *table) fault(column, code, message string) {
	t.bad, t.told[column] = true, true
	if t.spreading != "" && slices.Contains(bucketColumns(), column) {
		column = t.spreading
	}
	t.report(t.line, column, code, message)
}

// open reads the header. It returns nil where there is no file, or none that can be read.
func open(file File, r io.Reader, o *Options, faults *[]Fault) (*table, error) {
	t := &table{file: file, o: o, faults: faults, told: map[string]bool{}, definitions: map[string]string{}, in: sheet.NewReader(r)}
	t.in.Row(o.MaxRow)
	buffered := bufio.NewReaderSize(t.in, sheet.Buffer)
	start, err := buffered.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("dossiercsv: %s: %w", file, err)
	}
	switch {
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}), bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		t.report(1, "", "dossiercsv.utf_sixteen", "the file is in UTF-16; save it as CSV in UTF-8")
		return nil, nil //nolint:nilnil // a file that cannot be read is reported, and the others are read
	case bytes.Equal(start, []byte("\ufeff")):
		_, _ = buffered.Discard(len(start)) // they were just peeked at
	}
	t.csv = csv.NewReader(buffered)
	t.csv.Comma = t.delimiter(buffered)
	t.csv.FieldsPerRecord, t.csv.ReuseRecord = -1, true
	header, err := t.csv.Read()
	if t.in.Failed() != nil && !errors.Is(t.in.Failed(), sheet.ErrRowSize) {
		return nil, fmt.Errorf("dossiercsv: %s: %w", file, t.in.Failed())
	}
	if err != nil || blank(header) {
		t.report(1, "", "dossiercsv.header", "the first row does not name the columns")
		return nil, nil //nolint:nilnil // as above
	}
	if !t.resolve(header) {
		return nil, nil //nolint:nilnil // as above
	}
	return t, nil
}

// delimiter tells what stands between the cells of the header.
func (t *table) delimiter(in *bufio.Reader) rune {
	if t.o.Delimiter != "" {
		r, _ := utf8.DecodeRuneInString(t.o.Delimiter)
		return r
	}
	start, _ := in.Peek(sheet.Buffer) // less is enough, and an error comes again
	counts := map[byte]int{}
	quoted := false
	for _, b := range start {
		if b == '"' {
			quoted = !quoted
		}
		if b == '\n' && !quoted && len(counts) > 0 {
			break
		}
		if !quoted && b != '\n' && b != '\r' {
			counts[b]++
		}
	}
	best := byte(',')
	for _, b := range []byte{';', '\t'} {
		if counts[b] > counts[best] {
			best = b
		}
	}
	return rune(best)
}

// each calls add for every row whose cells can be told apart and that has what it must.
func (t *table) each(add func()) error {
	for {
		t.in.Row(t.o.MaxRow)
		cells, err := t.csv.Read()
		if t.in.Failed() != nil {
			return t.end(cells)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && blank(cells) {
			continue
		}
		t.bad = false
		clear(t.told)
		if t.line = t.lineOf(cells, err); t.rows == t.o.MaxRows {
			t.fault("", "dossiercsv.too_many_rows", "the file has too many rows; nothing from here on was read")
			return nil
		}
		t.rows++
		switch t.take(cells, err); {
		case t.bad:
		case len(t.wide) > 0:
			t.spread(add)
		default:
			add()
		}
	}
}

// end tells why the reading ended within a row.
func (t *table) end(cells []string) error {
	if !errors.Is(t.in.Failed(), sheet.ErrRowSize) {
		return fmt.Errorf("dossiercsv: %s, after line %d: %w", t.file, t.line, t.in.Failed())
	}
	t.line = t.lineOf(cells, nil)
	t.fault("", "dossiercsv.row_size", "the row is too long; nothing from here on was read")
	return nil
}

// lineOf is the line on which a row begins.
func (t *table) lineOf(cells []string, err error) int {
	if wrong, unreadable := errors.AsType[*csv.ParseError](err); unreadable {
		return wrong.StartLine
	}
	if len(cells) == 0 {
		return t.line + 1
	}
	line, _ := t.csv.FieldPos(0)
	return line
}

// take looks at a row as a whole.
func (t *table) take(cells []string, err error) {
	if err != nil {
		t.fault("", "dossiercsv.quotes", "a quote stands where none can, or is not closed")
		return
	}
	t.cells = cells
	if len(cells) != t.width {
		t.fault("", "dossiercsv.cells", fmt.Sprintf("the row has %d cells and the header %d", len(cells), t.width))
		return
	}
	for i, cell := range cells {
		if len(cell) > t.o.MaxCell && t.names[i] != "" {
			t.fault(t.names[i], "dossiercsv.cell_size", fmt.Sprintf("the cell has more than %d bytes", t.o.MaxCell))
		}
	}
	if t.bad {
		return
	}
	if len(t.more) > 0 {
		t.cells = append(slices.Clone(cells), t.more...)
	}
	for _, name := range t.needed {
		if t.cell(name) == "" {
			t.fault(name, "dossiercsv.required", "empty")
		}
	}
}

// blank reports whether a row says nothing, as spreadsheets leave them behind.
func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return cell != "" })
}
