package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// What can be wrong with any document. A package puts its own prefix before them:
// "hubspot.time".
const (
	codeJSON     = "json"
	codeSize     = "size"
	codeShape    = "shape"
	codeRequired = "required"
	codeID       = "id"
	codeQuantity = "quantity"
	codeFlag     = "flag"
	codeTime     = "time"
	codeMoney    = "money"
	codeCurrency = "currency"
)

// Code is one row of a package's table of codes.
type Code struct{ Code, Meaning string }

// Fault makes the fault of a code, "" in its message for one that the table has not.
func Fault(table []Code, code string) *byline.FieldError {
	f := &byline.FieldError{Code: code}
	for _, row := range table {
		if row.Code == code {
			f.Message = row.Meaning
		}
	}
	return f
}

// Codes is the table of the codes that a [Reader] can find, with a package's prefix and
// without those that it has no use for.
func Codes(prefix string, unused ...string) []Code {
	table := []Code{
		{prefix + codeJSON, "not one JSON document"},
		{prefix + codeSize, "holds more than any order could"},
		{prefix + codeShape, "not of the JSON type that is documented"},
		{prefix + codeRequired, "missing"},
		{prefix + codeID, "not a positive whole number"},
		{prefix + codeQuantity, "not a whole number of at least zero"},
		{prefix + codeFlag, "neither true nor false"},
		{prefix + codeTime, "not a time between 1970 and 9999"},
		{prefix + codeMoney, "not an exact amount"},
		{prefix + codeCurrency, "not an ISO 4217 currency code"},
	}
	return slices.DeleteFunc(table, func(row Code) bool { return slices.Contains(unused, strings.TrimPrefix(row.Code, prefix)) })
}

// maxFaults keeps the account of a hopeless document short.
const maxFaults = 50

// maxValues bounds what a document can make us allocate: two bytes of JSON are enough
// for an element that takes hundreds of bytes here.
const maxValues = 250_000

// Reader turns Scalars into values and collects what is wrong with them. Paths are from
// the object on that it reads; see [Reader.Inside]. No fault quotes the document.
type Reader struct {
	Prefix   string          // of the codes: "hubspot."
	Currency byline.Currency // of the amounts
	Faults   []*byline.FieldError
}

// Add notes a fault of any code. A message of "" is the meaning of a code of [Codes].
func (r *Reader) Add(path, code, message string) {
	if message == "" {
		message = Fault(Codes(r.Prefix), code).Message
	}
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
}

func (r *Reader) wrong(path, code string) { r.Add(path, r.Prefix+code, "") }

// Inside reads one part of the document, and moves its faults under path.
func (r *Reader) Inside(path string, read func(inner *Reader)) {
	inner := Reader{Prefix: r.Prefix, Currency: r.Currency}
	read(&inner)
	for _, moved := range byline.Nest(path, byline.Faults(inner.Faults)) {
		r.Add(moved.Path, moved.Code, moved.Message)
	}
}

// Item is the path of one element of a list.
func Item(list string, index int) string { return fmt.Sprintf("%s[%d]", list, index) }

// Decode fills a wire type. One value of a wrong type is a fault that leaves the rest
// readable, so more faults can be told; ok is false when nothing can be read.
func (r *Reader) Decode(body []byte, into any) (ok bool) {
	if bytes.Count(body, []byte(",")) > maxValues {
		r.wrong("", codeSize)
		return false
	}
	err := json.Unmarshal(body, into)
	if err == nil {
		return true
	}
	if mistyped, isType := errors.AsType[*json.UnmarshalTypeError](err); isType {
		r.wrong(mistyped.Field, codeShape)
		return mistyped.Field != ""
	}
	message := ""
	if syntax, isSyntax := errors.AsType[*json.SyntaxError](err); isSyntax {
		message = fmt.Sprintf("not one JSON document: it breaks off or goes wrong at byte %d", syntax.Offset)
	}
	r.Add("", r.Prefix+codeJSON, message)
	return false
}

// ID reads an id that must be there, as its digits.
func (r *Reader) ID(path string, s Scalar) string {
	n, ok := s.Whole()
	switch {
	case s.Missing():
		r.wrong(path, codeRequired)
	case !ok || n == 0:
		r.wrong(path, codeID)
	default:
		return fmt.Sprint(n)
	}
	return ""
}

// Count reads a quantity that must be there.
func (r *Reader) Count(path string, s Scalar) int64 {
	n, ok := s.Whole()
	switch {
	case s.Missing():
		r.wrong(path, codeRequired)
	case !ok:
		r.wrong(path, codeQuantity)
	}
	return n
}

// Flag reads a flag; a missing one is false, and what is neither is not guessed at.
func (r *Reader) Flag(path string, s Scalar) bool {
	if s.Empty() {
		return false
	}
	value, ok := s.flag()
	if !ok {
		r.wrong(path, codeFlag)
	}
	return value
}

// Time reads a time by its format, in UTC. One that is missing or empty is the zero time.
// Times that JSON cannot carry on are refused.
func (r *Reader) Time(path string, s Scalar, parse func(string) (time.Time, error)) time.Time {
	if s.Empty() {
		return time.Time{}
	}
	at, err := parse(s.Words())
	at = at.UTC()
	if err != nil || at.Year() < 1970 || at.Year() > 9999 {
		r.wrong(path, codeTime)
		return time.Time{}
	}
	return at
}

// MustTime is Time for one that must be there.
func (r *Reader) MustTime(path string, s Scalar, parse func(string) (time.Time, error)) time.Time {
	if s.Empty() {
		r.wrong(path, codeRequired)
	}
	return r.Time(path, s, parse)
}

// RFC3339 reads "2026-10-04T09:00:05.123Z".
func RFC3339(text string) (time.Time, error) { return time.Parse(time.RFC3339, text) }

// Code reads a currency code that must be there.
func (r *Reader) Code(path string, s Scalar) byline.Currency {
	if s.Empty() {
		r.wrong(path, codeRequired)
		return ""
	}
	c, err := byline.ParseCurrency(s.Words())
	if err != nil {
		r.wrong(path, codeCurrency)
	}
	return c
}

// Err is all faults as one error that says where they were found, nil for none.
func (r *Reader) Err(where string) error {
	if err := byline.Faults(r.Faults); err != nil {
		return fmt.Errorf("%s: %s: %w", strings.TrimSuffix(r.Prefix, "."), where, err)
	}
	return nil
}
