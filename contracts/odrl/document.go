package odrl

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What bounds a document. The largest policy of the public test suite has some 6,000
// values in 130 kB.
const (
	maxBytes  = 1 << 20
	maxValues = 100_000
	maxDepth  = 32
)

// node is one JSON value as it stood. A number keeps its digits.
type node struct {
	kind    nodeKind
	text    string // of text, of a number, "true" and "false"
	members []member
	items   []node
}

type member struct {
	name  string
	value node
}

type nodeKind uint8

const (
	isNull nodeKind = iota
	isText
	isNumber
	isFlag
	isObject
	isList
)

// treeReader builds the tree. encoding/json alone would let the last of two equal names
// win, and a restriction vanish without a trace.
type treeReader struct {
	faults
	decoder *json.Decoder
	values  int
}

var errStop = errors.New("the document is refused")

// readTree returns nothing but faults where the document cannot be read as a whole.
func readTree(data []byte) (node, faults) {
	r := treeReader{decoder: json.NewDecoder(bytes.NewReader(data))}
	r.decoder.UseNumber()
	switch {
	case len(data) > maxBytes:
		r.add("", codeSize, "")
		return node{}, r.faults
	case !utf8.Valid(data):
		r.add("", codeJSON, "")
		return node{}, r.faults
	}
	root, err := r.value("", 0)
	if err == nil {
		if _, more := r.decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows")
		}
	}
	if err != nil && len(r.list) == 0 {
		r.add("", codeJSON, "")
	}
	return root, r.faults
}

func (r *treeReader) value(path string, depth int) (node, error) {
	if r.values++; r.values > maxValues || depth > maxDepth {
		r.list = nil
		r.add("", codeSize, "")
		return node{}, errStop
	}
	token, err := r.decoder.Token()
	if err != nil {
		return node{}, err
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return r.object(path, depth)
		}
		return r.array(path, depth)
	case string:
		return node{kind: isText, text: token}, nil
	case json.Number:
		return node{kind: isNumber, text: token.String()}, nil
	case bool:
		return node{kind: isFlag, text: strconv.FormatBool(token)}, nil
	default:
		return node{}, nil
	}
}

func (r *treeReader) object(path string, depth int) (node, error) {
	n := node{kind: isObject}
	seen := map[string]bool{}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return node{}, err
		}
		name, _ := token.(string) // the decoder lets nothing else stand here
		here := within(path, name)
		if seen[name] {
			r.add(here, codeDuplicate, "")
		}
		seen[name] = true
		value, err := r.value(here, depth+1)
		if err != nil {
			return node{}, err
		}
		n.members = append(n.members, member{name, value})
	}
	_, err := r.decoder.Token()
	return n, err
}

func (r *treeReader) array(path string, depth int) (node, error) {
	n := node{kind: isList}
	for r.decoder.More() {
		item, err := r.value(at(path, len(n.items)), depth+1)
		if err != nil {
			return node{}, err
		}
		n.items = append(n.items, item)
	}
	_, err := r.decoder.Token()
	return n, err
}

// within is the path of a member. A name that is no plain word is not repeated: it came
// from a stranger.
func within(path, name string) string {
	if len(name) > 80 || strings.ContainsFunc(name, func(c rune) bool { return !isWordRune(c) }) {
		name = "?"
	}
	if path == "" {
		return name
	}
	return path + "." + name
}

func isWordRune(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("@:/#_-", c)
}

func at(path string, index int) string { return path + "[" + strconv.Itoa(index) + "]" }

// member returns a member by the name as it is written.
func (n node) member(name string) (node, bool) {
	for _, m := range n.members {
		if m.name == name {
			return m.value, true
		}
	}
	return node{}, false
}

// all is what a property holds: JSON-LD writes one value bare or in a list, and a list
// bare, as @list or as @set.
func (n node) all() []node {
	if n.kind == isObject && len(n.members) == 1 {
		if name := n.members[0].name; name == "@list" || name == "@set" {
			n = n.members[0].value
		}
	}
	if n.kind == isList {
		return n.items
	}
	return []node{n}
}
