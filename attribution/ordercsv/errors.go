package ordercsv

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// Codes of what can be wrong with a Mapping, a header or a row. They are a public
// contract: one may retire, none is ever reused. Order.Sales adds its own
// ("order.line_twice", "order.size").
const (
	// Of a Mapping.
	codeShop      = "ordercsv.shop"
	codeColumn    = "ordercsv.column"
	codeDelimiter = "ordercsv.delimiter"
	codeNumbers   = "ordercsv.numbers"
	codeCodes     = "ordercsv.codes"
	codeLayout    = "ordercsv.time_layout"
	codeMapped    = "ordercsv.mapped_together"

	// Of a header.
	codeHeader  = "ordercsv.header"
	codeUTF16   = "ordercsv.utf16"
	codeMissing = "ordercsv.column_missing"
	codeTwice   = "ordercsv.column_twice"

	// Of a row.
	codeQuotes      = "ordercsv.quotes"
	codeCells       = "ordercsv.cells"
	codeRowSize     = "ordercsv.row_size"
	codeBroken      = "ordercsv.beside_broken"
	codeIDTwice     = "ordercsv.id_twice"
	codeContradicts = "ordercsv.contradicts"
	codeRequired    = "ordercsv.required"
	codeText        = "ordercsv.text"
	codeID          = "ordercsv.id"
	codeWord        = "ordercsv.word"
	codeFlag        = "ordercsv.flag"
	codeCount       = "ordercsv.count"
	codeTime        = "ordercsv.time"
	codeMoney       = "ordercsv.money"
	codeCurrency    = "ordercsv.currency"
	codePersonal    = "ordercsv.personal"
	codeRefund      = "ordercsv.refund_unknown"
)

// codeMeaning is one row of the table of codes.
type codeMeaning struct{ code, meaning string }

func codes() []codeMeaning {
	return []codeMeaning{
		{codeShop, "the orders of a file belong to a shop"},
		{codeColumn, "not a column of an order"},
		{codeDelimiter, "a delimiter is one character, and no quote and no line end"},
		{codeNumbers, "the decimal and the thousands separator are two different signs"},
		{codeCodes, "codes and their amounts need two different separators"},
		{codeLayout, "a layout of package time has the whole date, 24 hours or AM and PM, and an offset instead of the name of a zone"},
		{codeMapped, "says again what another column says"},
		{codeHeader, "the first row does not name the columns"},
		{codeUTF16, "the file is in UTF-16; save it as CSV in UTF-8"},
		{codeMissing, "the file has no such column"},
		{codeTwice, "the file has the column twice"},
		{codeQuotes, "a quote stands where none can, or is not closed"},
		{codeCells, "the row has more or fewer cells than the header"},
		{codeRowSize, "the row is too long; nothing behind it was read"},
		{codeBroken, "a row that cannot be read stands beside these and may belong to them"},
		{codeIDTwice, "the row above is of the same order; rows of one order need Mapping.Grouped"},
		{codeContradicts, "another row of the same order says otherwise"},
		{codeRequired, "empty"},
		{codeText, "too long, not UTF-8, or with a control character in it"},
		{codeID, "longer than 255 bytes, or not UTF-8, or with a control character in it"},
		{codeWord, "not a word that the column or Mapping.Words knows"},
		{codeFlag, "neither true nor false"},
		{codeCount, "not a whole number of at least zero"},
		{codeTime, "not a time of the layout, between 1970 and 9999"},
		{codeMoney, "not an exact amount of at least zero"},
		{codeCurrency, "not an ISO 4217 currency code"},
		{codePersonal, "an id is no e-mail address"},
		{codeRefund, "partially refunded, and nothing says how much came back"},
	}
}

// fault makes a fault. A message of "" is the code's meaning; none ever quotes a cell.
func fault(path, code, message string) *byline.FieldError {
	if message == "" {
		message = meaning(code)
	}
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

func meaning(code string) string {
	for _, row := range codes() {
		if row.code == code {
			return row.meaning
		}
	}
	return ""
}

// RowError says why a row, or the rows of one order, gave no order. It answers to
// byline.ErrInvalid and unwraps to its faults.
type RowError struct {
	Line int // the first line of the rows; the header begins on line 1
	End  int // the line on which their last cell begins, Line for most
	// Faults have the Column's own name as Path; where an order has several rows,
	// "rows[2].sku", counted from its first. Those of Order.Sales have its paths.
	Faults []*byline.FieldError
}

// Error names the lines and all faults.
func (e *RowError) Error() string {
	place := fmt.Sprintf("line %d", e.Line)
	if e.End > e.Line {
		place = fmt.Sprintf("lines %d-%d", e.Line, e.End)
	}
	return place + ": " + byline.Faults(e.Faults).Error()
}

// Unwrap returns the single faults.
func (e *RowError) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}
