package creator

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// MaxDossierJSON is how many bytes of JSON one dossier may have when it is read.
const MaxDossierJSON = 256 << 20

// JSONError says why a dossier in a file could not be read. It answers to
// byline.ErrInvalid and unwraps to its fault, whose code is one of
//
//   - "dossier.syntax": not JSON, or not one value
//   - "dossier.type": a value of the wrong kind, or a time not in RFC 3339
//   - "dossier.unknown_field": a field that a dossier does not have
//   - "dossier.text": not UTF-8
//   - "dossier.size": more than [MaxDossierJSON]
//   - "dossier.unclosed": the array has no end, or something stands behind it
//
// or that of a measure or an amount. It never quotes a value.
type JSONError struct {
	Index int // of the dossier in the file, from 0
	Line  int // on which it begins, from 1
	Fault *byline.FieldError
}

// Error names the dossier and its line.
func (e *JSONError) Error() string {
	return fmt.Sprintf("dossier %d on line %d: %s", e.Index, e.Line, e.Fault.Error())
}

// Unwrap returns the fault.
func (e *JSONError) Unwrap() error { return e.Fault }

// ReadJSON reads dossiers one at a time. The first line of the file says how they are
// written: in a JSON array where it begins with a bracket; indented, each over several
// lines, where it is a brace alone; and else as JSON Lines, one dossier on each line. A
// byte order mark and blank lines are passed over. It holds one dossier in memory, of at
// most [MaxDossierJSON]; a larger one is passed over and reported.
//
// A dossier that cannot be read gives a [*JSONError] in its place, and the reading goes on
// with the next: on the next line, on the next that begins with a brace where they are
// indented, or behind the comma in an array, where a quote or a bracket that is missing
// takes what follows with it. A field that a dossier does not have makes it one that
// cannot be read: it would be lost without a word. Any other error is that of r, and the last. What was read is not validated:
// see [Dossier.Validate].
func ReadJSON(r io.Reader) iter.Seq2[Dossier, error] {
	return func(yield func(Dossier, error) bool) {
		c := &cutter{in: bufio.NewReaderSize(r, 64<<10), limit: MaxDossierJSON, line: 1}
		c.run(yield)
	}
}

// WriteJSON writes dossiers as JSON Lines. It ends with the first that cannot be written,
// as one whose times or amounts JSON cannot carry, or with the error of w.
func WriteJSON(w io.Writer, dossiers iter.Seq[Dossier]) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	i := 0
	for d := range dossiers {
		if err := out.Encode(&d); err != nil {
			return fmt.Errorf("creator: dossier %d: %w", i, err)
		}
		i++
	}
	return nil
}

// cutter cuts a file into the texts of single values.
type cutter struct {
	in    *bufio.Reader
	limit int
	line  int // of the byte that is read next
	index int

	indented bool // each value has several lines

	value []byte
	began int // the line of the value, 0 before its first sign
	large bool
}

func (c *cutter) run(yield func(Dossier, error) bool) {
	if mark, err := c.in.Peek(3); err == nil && bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = c.in.Discard(len(mark)) // they were just peeked at
	}
	first, err := c.space()
	if err == nil && first == '[' {
		c.array(yield)
		return
	}
	if err == nil {
		err = c.in.UnreadByte()
		c.indented = first == '{' && c.braceAlone()
	}
	for err == nil {
		err = c.row()
		for c.indented && err == nil && !c.begins() {
			err = c.row()
		}
		if (err == nil || errors.Is(err, io.EOF)) && c.began > 0 && !c.give(yield) {
			return
		}
	}
	c.broken(yield, err)
}

// broken yields an error of the reader underneath.
func (c *cutter) broken(yield func(Dossier, error) bool, err error) {
	if !errors.Is(err, io.EOF) {
		yield(Dossier{}, fmt.Errorf("creator: after dossier %d: %w", c.index, err))
	}
}

// space skips what JSON passes over and returns what follows.
func (c *cutter) space() (byte, error) {
	for {
		b, err := c.in.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case b == '\n':
			c.line++
		case b != ' ' && b != '\t' && b != '\r':
			return b, nil
		}
	}
}

// braceAlone reports whether the line has nothing but the sign that is read next.
func (c *cutter) braceAlone() bool {
	start, _ := c.in.Peek(3) // less is enough, and an error comes again
	line, _, ended := bytes.Cut(start, []byte("\n"))
	return ended && len(bytes.TrimRight(line, " \t\r")) == 1
}

// begins reports whether a value begins on the next line: what is inside of one is indented.
func (c *cutter) begins() bool {
	start, _ := c.in.Peek(1) // an error comes again
	return len(start) > 0 && start[0] == '{'
}

// row keeps the value on the next line.
func (c *cutter) row() error {
	for {
		part, err := c.in.ReadSlice('\n')
		c.keep(part)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err == nil {
			c.line++
		}
		return err
	}
}

// keep adds to the value what begins with its first sign.
func (c *cutter) keep(part []byte) {
	if c.began == 0 {
		part = bytes.TrimLeft(part, " \t\r\n")
		if len(part) == 0 {
			return
		}
		c.began = c.line
	}
	if c.large = c.large || len(c.value)+len(part) > c.limit; !c.large {
		c.value = append(c.value, part...)
	}
}

// array reads the values of an array, behind its bracket.
func (c *cutter) array(yield func(Dossier, error) bool) {
	for {
		end, err := c.element()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				c.broken(yield, err)
				return
			}
			c.fail(yield, "dossier.unclosed", "the file ends within the array")
			return
		}
		empty := c.index == 0 && c.began == 0 && end == ']'
		if !empty && !c.give(yield) {
			return
		}
		if end == ']' {
			break
		}
	}
	if _, err := c.space(); err == nil {
		c.fail(yield, "dossier.unclosed", "something stands behind the end of the array")
	} else {
		c.broken(yield, err)
	}
}

// element keeps the next value of an array and returns the sign that ends it.
func (c *cutter) element() (end byte, err error) {
	depth, quoted, escaped := 0, false, false
	for {
		b, err := c.in.ReadByte()
		if err != nil {
			return 0, err
		}
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped = b == '\\'
			quoted = b != '"'
		case b == '"':
			quoted = true
		case b == '{' || b == '[':
			depth++
		case depth == 0 && (b == ',' || b == ']'):
			return b, nil
		case b == '}' || b == ']':
			depth = max(depth-1, 0)
		}
		c.keepByte(b)
	}
}

func (c *cutter) keepByte(b byte) {
	if c.began == 0 && b != ' ' && b != '\t' && b != '\r' && b != '\n' {
		c.began = c.line
	}
	if b == '\n' {
		c.line++
	}
	if c.began == 0 {
		return
	}
	if c.large = c.large || len(c.value) >= c.limit; !c.large {
		c.value = append(c.value, b)
	}
}

// give yields the value that was kept, or why it is none.
func (c *cutter) give(yield func(Dossier, error) bool) bool {
	if c.large {
		return c.fail(yield, "dossier.size", "the dossier is too large")
	}
	d, fault := decode(c.value)
	if fault != nil {
		return c.fail(yield, fault.Code, fault.Error())
	}
	goOn := yield(d, nil)
	c.next()
	return goOn
}

// fail yields a fault of the value.
func (c *cutter) fail(yield func(Dossier, error) bool, code, message string) bool {
	line := c.began
	if line == 0 {
		line = c.line
	}
	goOn := yield(Dossier{}, &JSONError{Index: c.index, Line: line, Fault: &byline.FieldError{Code: code, Message: message}})
	c.next()
	return goOn
}

// maxKept is how large a buffer is kept for the next value.
const maxKept = 1 << 20

func (c *cutter) next() {
	c.index++
	c.began, c.large = 0, false
	if c.value = c.value[:0]; cap(c.value) > maxKept {
		c.value = nil
	}
}

// decode reads one dossier.
func decode(value []byte) (Dossier, *byline.FieldError) {
	if !utf8.Valid(value) {
		return Dossier{}, &byline.FieldError{Code: "dossier.text", Message: "the text is not UTF-8"}
	}
	if trimmed := bytes.TrimSpace(value); len(trimmed) == 0 || trimmed[0] != '{' {
		return Dossier{}, &byline.FieldError{Code: "dossier.syntax", Message: "a dossier is a JSON object"}
	}
	in := json.NewDecoder(bytes.NewReader(value))
	in.DisallowUnknownFields()
	var d Dossier
	if err := in.Decode(&d); err != nil {
		return Dossier{}, decodeFault(err)
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return Dossier{}, &byline.FieldError{Code: "dossier.syntax", Message: "something stands behind the dossier"}
	}
	return d, nil
}

// decodeFault says what encoding/json found, without the values that it quotes.
func decodeFault(err error) *byline.FieldError {
	if f, ok := errors.AsType[*byline.FieldError](err); ok {
		return f
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return &byline.FieldError{Path: wrong.Field, Code: "dossier.type", Message: "a JSON " + kindOf(wrong.Value) + " stands where none can"}
	}
	if _, ok := errors.AsType[*time.ParseError](err); ok {
		return &byline.FieldError{Code: "dossier.type", Message: "a time is written as in RFC 3339"}
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return &byline.FieldError{Code: "dossier.unknown_field", Message: "a dossier has no field " + cut(name)}
	}
	if wrong, ok := errors.AsType[*json.SyntaxError](err); ok {
		return &byline.FieldError{Code: "dossier.syntax", Message: fmt.Sprintf("not JSON at byte %d", wrong.Offset)}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return &byline.FieldError{Code: "dossier.syntax", Message: "the JSON ends too early"}
	}
	return &byline.FieldError{Code: "dossier.type", Message: "a value that cannot be read"}
}

// kindOf drops the value from "number 1e999".
func kindOf(value string) string {
	kind, _, _ := strings.Cut(value, " ")
	return kind
}
