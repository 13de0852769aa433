package multitouch

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/sheet"
)

// CSVOptions say how a file holds journeys. A nil *CSVOptions is the zero CSVOptions,
// which reads what the R package ChannelAttribution reads.
type CSVOptions struct {
	// Currency is what values are in. A file needs it from the first amount that is not 0: a
	// column of empty cells and zeros says nothing in any currency.
	Currency byline.Currency `json:"currency,omitempty"`
	// Separator stands between the touches of a path, ">" when empty. Space around names
	// does not count.
	Separator string `json:"separator,omitempty"`
	// Delimiter stands between cells, "," when empty.
	Delimiter string     `json:"delimiter,omitempty"`
	Columns   CSVColumns `json:"columns,omitzero"`
	// OtherColumns passes over columns that are none of Columns, instead of reporting them.
	OtherColumns bool `json:"other_columns,omitempty"`
	// MaxRow is how many bytes a row may have, 1 MiB when 0.
	MaxRow int `json:"max_row,omitempty"`
}

// CSVColumns are the names of columns in the header, whatever their case. One that is
// named must be there. Path and Conversions must in any case; what the others would say is
// not known where they are missing, and there are no nulls then.
type CSVColumns struct {
	Path        string `json:"path,omitempty"`        // "path" when empty
	Conversions string `json:"conversions,omitempty"` // "total_conversions"
	Value       string `json:"value,omitempty"`       // "total_conversion_value"
	Nulls       string `json:"nulls,omitempty"`       // "total_null"
	Ages        string `json:"ages,omitempty"`        // "ages": in the order of the path and separated like it, as hours ("36.5") or by ISO 8601 ("P1DT12H30M")
	Lead        string `json:"lead,omitempty"`        // "lead": Journey.Lead
	Opportunity string `json:"opportunity,omitempty"` // "opportunity": Journey.Opportunity
}

// The columns by place, in the order in which they are written.
const (
	pathColumn = iota
	conversionsColumn
	valueColumn
	nullsColumn
	agesColumn
	leadColumn
	opportunityColumn
	csvColumns
)

// field is a column's name in faults, which is that of a Journey's JSON.
func field(column int) string {
	return [csvColumns]string{"path", "conversions", "value", "nulls", "ages", "lead", "opportunity"}[column]
}

// names returns what the columns are called, and which have to be there.
func (c CSVColumns) names() (names [csvColumns]string, required [csvColumns]bool) {
	named := [csvColumns]string{c.Path, c.Conversions, c.Value, c.Nulls, c.Ages, c.Lead, c.Opportunity}
	names = [csvColumns]string{"path", "total_conversions", "total_conversion_value", "total_null", "ages", "lead", "opportunity"}
	for i, name := range named {
		if name != "" {
			names[i] = name
		}
		required[i] = name != "" || i == pathColumn || i == conversionsColumn
	}
	return names, required
}

const defaultMaxRow = 1 << 20

func (o *CSVOptions) orDefault() CSVOptions {
	var set CSVOptions
	if o != nil {
		set = *o
	}
	if set.Separator == "" {
		set.Separator = ">"
	}
	if trimmed := strings.TrimSpace(set.Separator); trimmed != "" {
		set.Separator = trimmed
	}
	if set.Delimiter == "" {
		set.Delimiter = ","
	}
	if set.MaxRow == 0 {
		set.MaxRow = defaultMaxRow
	}
	set.MaxRow = min(set.MaxRow, math.MaxInt-sheet.Buffer)
	return set
}

func (o CSVOptions) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	report := func(is bool, path, code, message string) {
		if is {
			faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
		}
	}
	comma, size := utf8.DecodeRuneInString(o.Delimiter)
	report(size != len(o.Delimiter) || comma == utf8.RuneError || strings.ContainsRune("\"\r\n\x00", comma), "delimiter", "csv.delimiter", "a delimiter is one character, and no quote and no line end")
	report(strings.ContainsAny(o.Separator, "0123456789.+-\"'") || strings.Trim(o.Separator, isoUnits) == "" || strings.TrimSpace(o.Separator) == "",
		"separator", "csv.separator", "a separator has no digit, point, sign or quote in it, and is neither space nor of the letters of a duration alone")
	report(o.Currency != "" && !o.Currency.Known(), "currency", "csv.currency", "not an ISO 4217 currency code")
	report(o.MaxRow < 0, "max_row", "csv.max_row", "a row cannot be shorter than nothing")
	names, _ := o.Columns.names()
	for i := range names {
		for k := range i {
			report(headed(names[i]) == headed(names[k]), "columns."+field(i), "csv.column_twice", "another column has this name")
		}
	}
	return faults
}

// headed is how the names of columns are compared.
func headed(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// RowError says what is wrong with a row of a file. It answers to byline.ErrInvalid and
// unwraps to its faults.
type RowError struct {
	Line int // on which the row begins; the header begins on line 1
	// Faults are 100 at most. They have the names of a Journey's JSON as their paths,
	// "path[1]". Their messages name the line and the file's own column, so that neither is
	// lost where they are passed on: `line 3, column "path", touch 2: a touch needs …`.
	Faults []*byline.FieldError
}

// Error lists the messages of all faults, and names the line once.
func (e *RowError) Error() string {
	texts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		if texts[i] = f.Message; i > 0 {
			texts[i] = strings.TrimLeft(strings.TrimPrefix(f.Message, fmt.Sprintf("line %d", e.Line)), ",: ")
		}
	}
	return strings.Join(texts, "; ")
}

// Unwrap returns the single faults.
func (e *RowError) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

// ReadCSV reads journeys from a file in the format that most tools of the field share:
//
//	path,total_conversions,total_conversion_value,total_null
//	ada > bruno > ada,3,120.00,17
//
// It yields a row at a time, and uses the journey's slices again for the next: who keeps a
// journey clones them, and [Collect] and [Compare] need not. The file is UTF-8, with or
// without a byte order mark; lines end in LF or CRLF; rows of empty cells are passed over.
// A path of nothing is a journey without a touch. An apostrophe before a sign that starts
// a formula is what [Journeys.WriteCSV] puts there, and is dropped.
//
// A bad row yields a [*RowError] in its place and reading goes on. Faults of a row are
// "csv.quotes" and "csv.cells" for what is no row of this file, "csv.required" for an
// empty count, "csv.text" for text that is not UTF-8 or has a control character in it,
// "csv.count" for what is no whole number (0.4 is not rounded away), "csv.value" for an
// amount with more decimals than its currency and all else that byline.ParseMoney
// refuses, "csv.age", "csv.place", and those of a journey itself: "journey.channel",
// "journey.negative", "journey.count", "journey.value", "journey.ages", "journey.age",
// "journey.stage" and "journey.stage_order". What may be thousands in one file and a
// fraction in another is not guessed: a count of "1.000" is "csv.count", and an amount of
// "12.500" is "csv.value" in a currency of less than three decimals.
//
// Reading ends after a row longer than MaxRow, "csv.row_size", after the first amount
// without a currency to be in, "csv.currency", after an error of r, and at once after faults
// of the options or the header: "csv.delimiter", "csv.separator", "csv.max_row",
// "csv.header", "csv.encoding", "csv.column_missing", "csv.column_unknown",
// "csv.column_twice", and "csv.currency" for one that is none.
func ReadCSV(r io.Reader, opts *CSVOptions) iter.Seq2[Journey, error] {
	return func(yield func(Journey, error) bool) {
		o := opts.orDefault()
		if err := byline.Faults(o.faults()); err != nil {
			yield(Journey{}, err)
			return
		}
		reader := newCSVReader(r, o)
		if err := reader.readHeader(); err != nil {
			yield(Journey{}, err)
			return
		}
		for {
			journey, err := reader.next()
			if errors.Is(err, io.EOF) || !yield(journey, err) || reader.done {
				return
			}
		}
	}
}

// next returns the next journey, a *RowError, or the error that ends the reading.
func (r *csvReader) next() (Journey, error) {
	for {
		r.in.Row(r.options.MaxRow)
		cells, err := r.csv.Read()
		wrong, unreadable := errors.AsType[*csv.ParseError](err)
		switch {
		case err != nil && r.in.Failed() != nil:
			r.done = true
			return Journey{}, r.failure()
		case unreadable:
			return Journey{}, rowError(wrong.StartLine, &byline.FieldError{Code: "csv.quotes", Message: "a quote stands where none can, or is not closed"})
		case err != nil:
			r.done = true
			return Journey{}, err
		}
		r.line, _ = r.csv.FieldPos(0)
		if !blank(cells) {
			return r.journey(cells)
		}
	}
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

// failure is why the file could not be read to its end.
func (r *csvReader) failure() error {
	if errors.Is(r.in.Failed(), sheet.ErrRowSize) {
		return rowError(r.line+1, &byline.FieldError{Code: "csv.row_size", Message: "the row is too long; nothing behind it was read"})
	}
	return fmt.Errorf("multitouch: after line %d: %w", r.line, r.in.Failed())
}

func rowError(line int, faults ...*byline.FieldError) *RowError {
	for _, f := range faults {
		f.Message = fmt.Sprintf("line %d: %s", line, f.Message)
	}
	return &RowError{Line: line, Faults: faults}
}

// rowError says of each fault in which column of the file it is.
func (r *csvReader) rowError(faults ...*byline.FieldError) *RowError {
	faults = faults[:min(len(faults), maxFaults)]
	for _, f := range faults {
		f.Message = fmt.Sprintf("line %d%s: %s", r.line, r.place(f.Path), f.Message)
	}
	return &RowError{Line: r.line, Faults: faults}
}

// place is the column of a path in a Journey's JSON, by its name in the file, and the touch.
// Of a column that nobody knows there is only its number: where a file has no header, what
// stands there is data.
func (r *csvReader) place(path string) string {
	name, index, part := strings.Cut(strings.TrimSuffix(path, "]"), "[")
	at, err := strconv.Atoi(index)
	switch {
	case part && err == nil && name == "columns":
		return fmt.Sprintf(", column %d", at+1)
	case part && err == nil:
		return r.place(name) + fmt.Sprintf(", touch %d", at+1)
	}
	for c := range csvColumns {
		if field(c) == name && r.at[c] >= 0 {
			return fmt.Sprintf(", column %q", r.titles[c])
		}
	}
	return ""
}

// csvReader reads one file.
type csvReader struct {
	options CSVOptions
	in      *sheet.Reader
	lead    *bufio.Reader
	csv     *csv.Reader
	at      [csvColumns]int    // of the cells of a row, -1 where there is no such column
	titles  [csvColumns]string // as the file writes them
	width   int
	line    int
	done    bool
	current Journey // whose slices are used again
	faults  []*byline.FieldError
}

func newCSVReader(r io.Reader, o CSVOptions) *csvReader {
	c := &csvReader{options: o, in: sheet.NewReader(r)}
	c.in.Row(o.MaxRow)
	c.lead = bufio.NewReaderSize(c.in, sheet.Buffer)
	c.csv = csv.NewReader(c.lead)
	c.csv.Comma, _ = utf8.DecodeRuneInString(o.Delimiter)
	c.csv.FieldsPerRecord = -1
	c.csv.ReuseRecord = true
	return c
}

// readHeader finds the columns. Its error ends the reading.
func (r *csvReader) readHeader() error {
	mark, err := r.lead.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return r.failure()
	}
	if bytes.HasPrefix(mark, []byte{0xff, 0xfe}) || bytes.HasPrefix(mark, []byte{0xfe, 0xff}) {
		return rowError(1, &byline.FieldError{Code: "csv.encoding", Message: "the file is in UTF-16; save it as CSV in UTF-8"})
	}
	if string(mark) == "\ufeff" {
		if _, err := r.lead.Discard(len(mark)); err != nil {
			return fmt.Errorf("multitouch: %w", err)
		}
	}
	header, err := r.csv.Read()
	if err != nil && r.in.Failed() != nil {
		return r.failure()
	}
	if err != nil || blank(header) {
		return rowError(1, &byline.FieldError{Code: "csv.header", Message: "the first row does not name the columns"})
	}
	r.line, _ = r.csv.FieldPos(0)
	if faults := r.resolve(header); len(faults) > 0 {
		return r.rowError(faults...)
	}
	return nil
}

func (r *csvReader) resolve(header []string) []*byline.FieldError {
	var faults []*byline.FieldError
	report := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	names, required := r.options.Columns.names()
	r.width = len(header)
	for c := range names {
		r.at[c] = -1
	}
	for i, title := range header {
		c := 0
		for c < csvColumns && headed(names[c]) != headed(title) {
			c++
		}
		switch {
		case c == csvColumns && (r.options.OtherColumns || len(faults) >= maxFaults):
		case c == csvColumns:
			report(fmt.Sprintf("columns[%d]", i), "csv.column_unknown", "nothing is known of a column of its name; OtherColumns passes over it")
		case c < csvColumns && r.at[c] >= 0:
			report(field(c), "csv.column_twice", "the file has the column twice")
		case c < csvColumns:
			r.at[c], r.titles[c] = i, strings.TrimSpace(title)
		}
	}
	if len(header) == 1 && strings.ContainsAny(header[0], ",;|\t") {
		report("", "csv.header", "the header is one cell; Delimiter says what stands between cells")
		return faults
	}
	for c, name := range names {
		if required[c] && r.at[c] < 0 {
			report(field(c), "csv.column_missing", fmt.Sprintf("the file has no column %q", name))
		}
	}
	return faults
}
