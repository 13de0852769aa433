package signedjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// kind says what a JSON value is.
type kind uint8

const (
	kindAbsent kind = iota
	kindNull
	kindText
	kindNumber
	kindBoolean
	kindObject
	kindList
)

// node is one JSON value as it stands in the body. Numbers never pass through a float,
// and names keep their case, which encoding/json would not tell apart.
type node struct {
	kind   kind
	raw    []byte // of a scalar, with the quotes of text
	fields []field
	items  []node
}

type field struct {
	name  []byte
	value node
	taken bool
}

func (n node) missing() bool { return n.kind == kindAbsent || n.kind == kindNull }

// maxValues bounds what a body can make us allocate: two bytes of JSON are enough for a
// value that takes a hundred here. An order of four thousand lines has some 40,000
// commas.
const maxValues = 100_000

// parseNode reads a whole document.
func parseNode(body []byte) (node, faults) {
	if bytes.Count(body, []byte(",")) > maxValues {
		return node{}, faults{fault("", codeSize, "")}
	}
	if !utf8.Valid(body) {
		return node{}, faults{fault("", codeJSON, "")}
	}
	var whole json.RawMessage
	if err := json.Unmarshal(body, &whole); err != nil {
		message := ""
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			message = fmt.Sprintf("the body is not one JSON document: it breaks off or goes wrong at byte %d", syntax.Offset)
		}
		return node{}, faults{fault("", codeJSON, message)}
	}
	s := scanner{data: body}
	return s.value(), nil
}

// scanner cuts up a document that encoding/json has found well formed, which is why it
// looks at one byte where a grammar has several ways to go and checks nothing.
type scanner struct {
	data []byte
	at   int
}

// peek returns the next byte that is no space.
func (s *scanner) peek() byte {
	for {
		switch c := s.data[s.at]; c {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return c
		}
	}
}

// pass steps over a byte where it stands next.
func (s *scanner) pass(c byte) {
	if s.peek() == c {
		s.at++
	}
}

func (s *scanner) value() node {
	switch s.peek() {
	case '{':
		return s.object()
	case '[':
		return s.list()
	case '"':
		return node{kind: kindText, raw: s.text()}
	case 'n':
		return node{kind: kindNull, raw: s.word()}
	case 't', 'f':
		return node{kind: kindBoolean, raw: s.word()}
	default:
		return node{kind: kindNumber, raw: s.word()}
	}
}

func (s *scanner) object() node {
	n := node{kind: kindObject}
	for s.pass('{'); s.peek() != '}'; s.pass(',') {
		s.peek()
		name := s.text()
		s.pass(':')
		n.fields = append(n.fields, field{name: unquote(name), value: s.value()})
	}
	s.at++
	return n
}

func (s *scanner) list() node {
	n := node{kind: kindList}
	for s.pass('['); s.peek() != ']'; s.pass(',') {
		n.items = append(n.items, s.value())
	}
	s.at++
	return n
}

func (s *scanner) text() []byte {
	start := s.at
	for s.at++; s.data[s.at] != '"'; s.at++ {
		if s.data[s.at] == '\\' {
			s.at++
		}
	}
	s.at++
	return s.data[start:s.at]
}

// word takes what is left of a number or a literal, which the end of the body ends too.
func (s *scanner) word() []byte {
	start := s.at
	for s.at < len(s.data) && !bytes.ContainsRune([]byte(" \t\r\n,]}"), rune(s.data[s.at])) {
		s.at++
	}
	return s.data[start:s.at]
}

// unquote returns the content of text. Without an escape in it, that is what stands in
// the body.
func unquote(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	var s string
	// The syntax is checked, and any text goes into a string.
	_ = json.Unmarshal(raw, &s)
	return []byte(s)
}

// unquoted returns the content of text, "" for all else.
func unquoted(n node) string {
	if n.kind != kindText {
		return ""
	}
	return string(unquote(n.raw))
}
