package ordercsv

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
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

func codes() []wire.Code {
	return []wire.Code{
		{Code: codeShop, Meaning: "the orders of a file belong to a shop"},
		{Code: codeColumn, Meaning: "not a column of an order"},
		{Code: codeDelimiter, Meaning: "a delimiter is one character, and no quote and no line end"},
		{Code: codeNumbers, Meaning: "the decimal and the thousands separator are two different signs"},
		{Code: codeCodes, Meaning: "codes and their amounts need two different separators"},
		{Code: codeLayout, Meaning: "a layout of package time has the whole date, 24 hours or AM and PM, and an offset instead of the name of a zone"},
		{Code: codeMapped, Meaning: "says again what another column says"},
		{Code: codeHeader, Meaning: "the first row does not name the columns"},
		{Code: codeUTF16, Meaning: "the file is in UTF-16; save it as CSV in UTF-8"},
		{Code: codeMissing, Meaning: "the file has no such column"},
		{Code: codeTwice, Meaning: "the file has the column twice"},
		{Code: codeQuotes, Meaning: "a quote stands where none can, or is not closed"},
		{Code: codeCells, Meaning: "the row has more or fewer cells than the header"},
		{Code: codeRowSize, Meaning: "the row is too long; nothing behind it was read"},
		{Code: codeBroken, Meaning: "a row that cannot be read stands beside these and may belong to them"},
		{Code: codeIDTwice, Meaning: "the row above is of the same order; rows of one order need Mapping.Grouped"},
		{Code: codeContradicts, Meaning: "another row of the same order says otherwise"},
		{Code: codeRequired, Meaning: "empty"},
		{Code: codeText, Meaning: "too long, not UTF-8, or with a control character in it"},
		{Code: codeID, Meaning: "longer than 255 bytes, or not UTF-8, or with a control character in it"},
		{Code: codeWord, Meaning: "not a word that the column or Mapping.Words knows"},
		{Code: codeFlag, Meaning: "neither true nor false"},
		{Code: codeCount, Meaning: "not a whole number of at least zero"},
		{Code: codeTime, Meaning: "not a time of the layout, between 1970 and 9999"},
		{Code: codeMoney, Meaning: "not an exact amount of at least zero"},
		{Code: codeCurrency, Meaning: "not an ISO 4217 currency code"},
		{Code: codePersonal, Meaning: "an id is no e-mail address"},
		{Code: codeRefund, Meaning: "partially refunded, and nothing says how much came back"},
	}
}

// fault makes a fault. A message of "" is the code's meaning; none ever quotes a cell.
func fault(path, code, message string) *byline.FieldError {
	return wire.Fault(codes(), path, code, message)
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
