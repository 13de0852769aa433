package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/bylinehq/byline"
)

// maxFile is more than an inventory of a million placements takes.
const maxFile = 512 << 20

//go:embed demo
var demoFiles embed.FS

// source is a file of input with its faults.
type source struct {
	name   string
	text   []byte
	faults []*byline.FieldError
}

// read reads a file; one without a name is empty.
func read(name string) (source, error) {
	if name == "" {
		return source{}, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return source{}, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = fmt.Errorf("%s is larger than %d MB", name, maxFile>>20)
	}
	return source{name: name, text: text}, err
}

// demo is a file that comes with the program.
func demo(name string) (source, error) {
	text, err := demoFiles.ReadFile(path.Join("demo", name))
	return source{name: "demo/" + name, text: text}, err
}

// err tells of all faults of the file, nil when there are none.
func (s *source) err() error {
	if len(s.faults) == 0 {
		return nil
	}
	const most = 100
	lines := []string{fmt.Sprintf("%s has %s:", s.name, plural(len(s.faults), "fault", "faults"))}
	for _, f := range s.faults[:min(len(s.faults), most)] {
		lines = append(lines, fmt.Sprintf("  %s (%s)", f, f.Code))
	}
	if left := len(s.faults) - most; left > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", left))
	}
	return errors.New(strings.Join(lines, "\n"))
}

func (s *source) add(path, code, message string) {
	s.faults = append(s.faults, &byline.FieldError{Path: path, Code: code, Message: message})
}

// nest adds the faults of an element.
func (s *source) nest(path string, err error) { s.faults = append(s.faults, byline.Nest(path, err)...) }

// elements are the members of a JSON list, each still to be read.
func (s *source) elements() []json.RawMessage {
	if s.name == "" {
		return nil
	}
	var list []json.RawMessage
	if err := strictly(s.text, &list); err != nil || list == nil {
		s.add("", "json.list", "not a JSON list"+because(err))
	}
	return list
}

// element reads one of elements. Its faults are told.
func (s *source) element(i int, text json.RawMessage, into any) bool {
	err := strictly(text, into)
	s.nest(at(i), jsonFault(err))
	return err == nil
}

// strictly reads JSON that has no field too many and nothing behind it.
func strictly(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind it")
	}
	return nil
}

// jsonFault gives an error of the JSON a code and the path that it knows.
func jsonFault(err error) error {
	if _, is := errors.AsType[*byline.FieldError](err); err == nil || is {
		return err
	}
	fault := &byline.FieldError{Code: "json.value", Message: strings.TrimPrefix(err.Error(), "json: ")}
	if wrong, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		// What is embedded has no name in the file.
		path := strings.TrimPrefix(wrong.Field, "Asset.")
		fault.Path, fault.Message = path, "a JSON "+wrong.Value+" cannot be read here"
	}
	return fault
}

func because(err error) string {
	if err == nil {
		return ""
	}
	return ": " + err.Error()
}

// at is the path of an element.
func at(i int) string { return fmt.Sprintf("[%d]", i) }
