package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// shape looks for what in a JSON text does not fit a Go type. The decoder of the library
// stops at the first such place, and does not say where it stands; whoever mends a file
// wants all of them.
type shape struct{ faults []*byline.FieldError }

// shapeFaults are "json.syntax", "json.value" for a value of another kind, and
// "json.unknown" for a field that nothing reads.
func shapeFaults(text []byte, t reflect.Type) []*byline.FieldError {
	var all json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		message := "not JSON: " + err.Error()
		if at, is := errors.AsType[*json.SyntaxError](err); is {
			message += fmt.Sprintf(", at byte %d", at.Offset)
		}
		return []*byline.FieldError{{Code: "json.syntax", Message: message}}
	}
	if strings.TrimSpace(string(all)) == "null" {
		return []*byline.FieldError{{Code: "json.value", Message: "there is nothing in it"}}
	}
	s := shape{}
	s.walk("", all, t)
	return s.faults
}

func (s *shape) add(path, code, message string) {
	s.faults = append(s.faults, &byline.FieldError{Path: path, Code: code, Message: message})
}

// walk goes through values whose parts can be told apart. What reads itself is asked as a
// whole.
func (s *shape) walk(path string, text json.RawMessage, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	reads := reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]())
	switch {
	case string(text) == "null":
	case reads:
		s.leaf(path, text, t)
	case t.Kind() == reflect.Struct:
		s.object(path, text, t)
	case t.Kind() == reflect.Slice:
		s.list(path, text, t)
	default:
		s.leaf(path, text, t)
	}
}

func (s *shape) object(path string, text json.RawMessage, t reflect.Type) {
	var parts map[string]json.RawMessage
	if json.Unmarshal(text, &parts) != nil {
		s.add(path, "json.value", "this is no JSON object")
		return
	}
	fields := fieldsOf(t)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		field, is := fields[name]
		if !is {
			s.add(join(path, name), "json.unknown", "there is no such field")
			continue
		}
		s.walk(join(path, name), parts[name], field)
	}
}

func (s *shape) list(path string, text json.RawMessage, t reflect.Type) {
	var entries []json.RawMessage
	if json.Unmarshal(text, &entries) != nil {
		s.add(path, "json.value", "this is no JSON list")
		return
	}
	for i, entry := range entries {
		s.walk(fmt.Sprintf("%s[%d]", path, i), entry, t.Elem())
	}
}

func (s *shape) leaf(path string, text json.RawMessage, t reflect.Type) {
	err := json.Unmarshal(text, reflect.New(t).Interface())
	if err == nil {
		return
	}
	if _, is := errors.AsType[*byline.FieldError](err); is {
		s.faults = append(s.faults, byline.Nest(path, err)...)
		return
	}
	if wrong, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		s.add(path, "json.value", fmt.Sprintf("a JSON %s cannot be read as %s", wrong.Value, wrong.Type))
		return
	}
	s.add(path, "json.value", strings.TrimPrefix(err.Error(), "json: "))
}

// fieldsOf are the fields of a struct by their names in JSON, those of embedded structs
// among them.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" {
			fields[name] = f.Type
		}
	}
	return fields
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
