package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

func (p program) path(name string) string {
	if p.dir == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(p.dir, name)
}

// open opens a file that somebody named.
func (p program) open(name string) (*os.File, error) {
	f, err := os.Open(p.path(name))
	if err != nil {
		return nil, badInput{named(name, err)}
	}
	return f, nil
}

func (p program) read(name string) ([]byte, error) {
	data, err := os.ReadFile(p.path(name))
	if err != nil {
		return nil, badInput{named(name, err)}
	}
	return data, nil
}

// named says what went wrong with a file under the name that the caller gave it.
func named(name string, err error) error {
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		err = inner.Err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// readJSON takes a field that it does not know for a slip, which would else change who is
// paid.
func (p program) readJSON(name string, into any) error {
	data, err := p.read(name)
	if err != nil {
		return err
	}
	strict := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	strict.DisallowUnknownFields()
	if err := strict.Decode(into); err != nil {
		return badInput{faultsOf(name, err)}
	}
	if _, err := strict.Token(); !errors.Is(err, io.EOF) {
		return bad("%s: more than one JSON value", name)
	}
	return nil
}

// write writes a file that appears whole or not at all. It may hold account details, so
// nobody else may read it.
func (p program) write(name string, write func(io.Writer) error) error {
	place := p.path(name)
	f, err := os.CreateTemp(filepath.Dir(place), filepath.Base(place)+".*.part")
	if err != nil {
		return named(name, err)
	}
	defer os.Remove(f.Name()) //nolint:errcheck // after the renaming there is nothing to remove
	buffered := bufio.NewWriter(f)
	if err = write(buffered); err == nil {
		err = buffered.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), place)
	}
	if err != nil {
		return named(name, err)
	}
	return nil
}

func (p program) writeBytes(name string, data []byte) error {
	return p.write(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

func (p program) writeJSON(name string, value any) error {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return p.writeBytes(name, append(text, '\n'))
}
