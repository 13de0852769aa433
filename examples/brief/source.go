package main

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"reflect"
	"strings"

	"github.com/bylinehq/byline"
)

// maxFile is far more than a brief or a transcript takes.
const maxFile = 4 << 20

//go:embed demo
var demoFiles embed.FS

// read reads a file of JSON; one without a name leaves what is there.
func read(name string, into any) error {
	if name == "" {
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = fmt.Errorf("%s is larger than %d MB", name, maxFile>>20)
	}
	if err != nil {
		return err
	}
	return decode(name, text, into)
}

// demo reads a file that comes with the program.
func demo(name string, into any) error {
	text, err := demoFiles.ReadFile(path.Join("demo", name))
	if err != nil {
		return err
	}
	return decode("demo/"+name, text, into)
}

// decode tells all faults of the JSON first, and then, where the value can check itself,
// all of its sense.
func decode(name string, text []byte, into any) error {
	if faults := shapeFaults(text, reflect.TypeOf(into).Elem()); len(faults) > 0 {
		return told(name, byline.Faults(faults))
	}
	if err := json.Unmarshal(text, into); err != nil {
		return told(name, err)
	}
	if v, is := into.(interface{ Validate() error }); is {
		return told(name, v.Validate())
	}
	return nil
}

// told lists the faults of a file, each on a line.
func told(name string, err error) error {
	if err == nil {
		return nil
	}
	const most = 100
	faults := byline.Nest("", err)
	lines := []string{fmt.Sprintf("%s has %s:", name, plural(len(faults), "fault"))}
	for _, f := range faults[:min(len(faults), most)] {
		lines = append(lines, fmt.Sprintf("  %s (%s)", strings.ReplaceAll(f.Error(), "\n", " "), f.Code))
	}
	if left := len(faults) - most; left > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", left))
	}
	return errors.New(strings.Join(lines, "\n"))
}
