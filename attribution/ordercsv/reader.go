package ordercsv

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/sheet"
)

// Reader reads orders out of a file, one at a time. It keeps a row or two and a few
// repeated words, however long the file is. It is not safe for concurrent use.
type Reader struct {
	m        Mapping
	in       *sheet.Reader
	csv      *csv.Reader
	sources  [columnCount]source
	linewise bool
	width    int   // cells of a row, by the header
	skipped  int64 // bytes of the byte order mark

	row   row  // the row that was read last
	waits bool // it is the first of the next order
	done  bool

	order   draft // that is being read
	line    int
	rows    int64
	status  attribution.CustomerStatus
	kept    keeper
	allowed [columnCount][]string // the words of columns that have some
}

// row is one row of the file.
type row struct {
	cells     []string
	line, end int
	fault     *byline.FieldError // why its cells cannot be read, or nil
}

// NewReader reads the header of a file. The error has all that is wrong with the mapping
// and the header, as a [*byline.ValidationError] with codes of the table of this
// package, or is that of r.
func NewReader(r io.Reader, m Mapping) (*Reader, error) {
	m = m.withDefaults()
	found := m.faults()
	reader := &Reader{m: m, in: sheet.NewReader(r), kept: newKeeper(), allowed: vocabulary()}
	reader.in.Row(m.MaxRow)
	buffered := bufio.NewReaderSize(reader.in, sheet.Buffer)
	mark, err := reader.skipMark(buffered)
	if err != nil {
		return nil, fmt.Errorf("ordercsv: %w", err)
	}
	if mark != nil {
		return nil, byline.Faults(append(found, mark))
	}
	if len(found) > 0 {
		// Without a delimiter there is no header to look at.
		return nil, byline.Faults(found)
	}
	reader.csv = csv.NewReader(buffered)
	reader.csv.Comma, _ = utf8.DecodeRuneInString(m.Delimiter)
	reader.csv.FieldsPerRecord = -1
	reader.csv.ReuseRecord = true
	return reader.readHeader()
}

// skipMark steps over the byte order mark that Excel writes.
func (r *Reader) skipMark(in *bufio.Reader) (*byline.FieldError, error) {
	start, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}), bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		return fault("", codeUTF16, ""), nil
	case bytes.Equal(start, []byte("\ufeff")):
		n, err := in.Discard(len(start))
		r.skipped = int64(n)
		return nil, err
	}
	return nil, nil
}

func (r *Reader) readHeader() (*Reader, error) {
	header, err := r.csv.Read()
	if err != nil && r.in.Failed() != nil {
		err = r.in.Failed()
	}
	_, unreadable := errors.AsType[*csv.ParseError](err)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, sheet.ErrRowSize), unreadable, err == nil && blank(header):
		return nil, byline.Faults([]*byline.FieldError{fault("", codeHeader, "")})
	case err != nil:
		return nil, fmt.Errorf("ordercsv: %w", err)
	}
	r.width = len(header)
	resolved, found := sources(header, r.m)
	r.sources, r.linewise = resolved, linewise(resolved)
	if found = append(found, r.fixedFaults()...); len(found) > 0 {
		return nil, byline.Faults(found)
	}
	return r, nil
}

// Orders yields the orders of the file in their order. What cannot be made an order of
// gives a [*RowError] in its place, and the reading goes on. Any other error, that of
// the reader underneath, is the last; so is a row that is longer than Mapping.MaxRow.
//
// Called again after a loop was left, it goes on behind the last order.
func (r *Reader) Orders() iter.Seq2[attribution.Order, error] {
	return func(yield func(attribution.Order, error) bool) {
		for {
			o, err := r.next()
			if errors.Is(err, io.EOF) || !yield(o, err) {
				return
			}
		}
	}
}

// Line is the line on which the order or the error begins that was yielded last, 0
// before the first.
func (r *Reader) Line() int { return r.line }

// Rows is how many rows were read so far, without the header and blank ones.
func (r *Reader) Rows() int64 { return r.rows }

// Bytes is how much of the file was read so far, header included.
func (r *Reader) Bytes() int64 { return r.skipped + r.csv.InputOffset() }

// Has reports whether the file has a column, or the mapping fixes what stands in it.
func (r *Reader) Has(c Column) bool { return c.known() && r.sources[c].has() }

// CustomerStatus is what the file says of the customer of the order that was yielded
// last, for [attribution.History].
func (r *Reader) CustomerStatus() attribution.CustomerStatus { return r.status }

// next returns the next order, a *RowError, or the error that ends the reading: io.EOF
// at the end of the file.
func (r *Reader) next() (attribution.Order, error) {
	r.status = attribution.CustomerUnknown
	if r.done {
		return attribution.Order{}, io.EOF
	}
	if !r.waits {
		if err := r.read(); err != nil {
			return r.end(err, 0)
		}
	}
	r.waits = false
	r.begin()
	for r.m.Grouped {
		if err := r.read(); err != nil {
			if !errors.Is(err, io.EOF) {
				// The rows of this order may go on.
				return r.end(err, r.order.line)
			}
			r.done = true
			break
		}
		if !r.continues() {
			r.waits = true
			break
		}
		r.add()
	}
	return r.finish()
}

// end ends the reading. unfinished is the line of an order whose rows may go on, or 0.
func (r *Reader) end(err error, unfinished int) (attribution.Order, error) {
	r.done = true
	switch {
	case errors.Is(err, io.EOF):
		return attribution.Order{}, io.EOF
	case errors.Is(err, sheet.ErrRowSize):
		r.line = r.row.line
		if unfinished > 0 {
			r.line = unfinished
		}
		return attribution.Order{}, &RowError{Line: r.line, End: r.row.line, Faults: []*byline.FieldError{fault("", codeRowSize, "")}}
	case unfinished > 0:
		r.line = unfinished
		return attribution.Order{}, fmt.Errorf("ordercsv: after row %d, in the order on line %d: %w", r.rows, unfinished, err)
	}
	return attribution.Order{}, fmt.Errorf("ordercsv: after row %d: %w", r.rows, err)
}

// read reads the next row that is not blank. Its error ends the reading.
func (r *Reader) read() error {
	for {
		r.in.Row(r.m.MaxRow)
		cells, err := r.csv.Read()
		wrong, unreadable := errors.AsType[*csv.ParseError](err)
		switch {
		case err != nil && r.in.Failed() != nil:
			if len(cells) > 0 {
				r.row.line, _ = r.csv.FieldPos(0)
			}
			return r.in.Failed()
		case unreadable:
			r.row = row{line: wrong.StartLine, end: wrong.Line, fault: fault("", codeQuotes, "")}
		case err != nil:
			return err
		case blank(cells):
			continue
		default:
			r.row = r.rowOf(cells)
		}
		r.rows++
		return nil
	}
}

func (r *Reader) rowOf(cells []string) row {
	line, _ := r.csv.FieldPos(0)
	end, _ := r.csv.FieldPos(len(cells) - 1)
	read := row{cells: cells, line: line, end: end}
	if len(cells) != r.width {
		read.fault = fault("", codeCells, fmt.Sprintf("the row has %d cells and the header %d", len(cells), r.width))
	}
	return read
}

// blank reports whether a row says nothing, as spreadsheets leave them behind.
func blank(cells []string) bool {
	for _, cell := range cells {
		if cell != "" {
			return false
		}
	}
	return true
}
