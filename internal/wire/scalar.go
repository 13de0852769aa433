package wire

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind says what stood where a scalar was expected.
type Kind uint8

// Kinds of JSON values.
const (
	Absent Kind = iota
	Null
	Text
	Number
	Boolean
	Composite // an object or a list; what is in it is not kept
)

// Scalar is one JSON value as it stood: ids never pass through a float, and an amount
// may be text or a number. A struct of Scalars decodes whatever the types of its values
// are, so that one odd field does not cost the rest.
type Scalar struct {
	Kind Kind
	text string // of text its content, of a number or a boolean its literal
}

// UnmarshalJSON takes anything.
func (s *Scalar) UnmarshalJSON(data []byte) error {
	*s = Scalar{Kind: Number}
	switch data[0] {
	case 'n':
		s.Kind = Null
	case '{', '[':
		s.Kind = Composite
	case '"':
		s.Kind, s.text = Text, unquote(data)
	case 't', 'f':
		s.Kind, s.text = Boolean, string(data)
	default:
		s.text = string(data)
	}
	return nil
}

func unquote(data []byte) string {
	if bytes.IndexByte(data, '\\') < 0 && utf8.Valid(data) {
		return string(data[1 : len(data)-1])
	}
	var s string
	// The decoder has checked the syntax, and any text goes into a string.
	_ = json.Unmarshal(data, &s)
	return s
}

// Missing reports whether there is no value, or null.
func (s Scalar) Missing() bool { return s.Kind == Absent || s.Kind == Null }

// Empty reports whether the value is missing or empty text.
func (s Scalar) Empty() bool { return s.Missing() || s.Kind == Text && s.text == "" }

// Given is the value, or none where it is empty text: that is how some write what they do
// not have.
func (s Scalar) Given() Scalar {
	if s.Empty() {
		return Scalar{}
	}
	return s
}

// Text returns the content of text, "" for all else.
func (s Scalar) Text() string {
	if s.Kind == Text {
		return s.text
	}
	return ""
}

// Words returns the content of text and the digits of a number, "" for all else.
func (s Scalar) Words() string {
	if s.Kind == Text || s.Kind == Number {
		return s.text
	}
	return ""
}

// Whole reads a whole number of at least zero, or text of its digits.
func (s Scalar) Whole() (n int64, ok bool) {
	digits := s.Words()
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}

// IsTrue reports whether the value is true, and not text that says so.
func (s Scalar) IsTrue() bool { return s.Kind == Boolean && s.text == "true" }

// flag reads true and false, also where they stand as text.
func (s Scalar) flag() (value, ok bool) {
	if s.Kind != Boolean && s.Kind != Text {
		return false, false
	}
	switch strings.ToLower(s.text) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}
