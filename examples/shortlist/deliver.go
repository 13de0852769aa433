package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// deliver writes what was asked for: the page first, because it can fail for many
// reasons.
func (r *report) deliver(c config, out io.Writer) error {
	if c.html != "" {
		if err := writeFile(c.html, r.writeHTML); err != nil {
			return err
		}
	}
	switch {
	case c.json:
		return r.writeJSON(out)
	case c.html != "":
		_, err := fmt.Fprintf(out, "%s\n%s\n", clean(strings.Join(r.Answer, "\n")), clean(c.html))
		return err
	}
	return r.writeText(out)
}

func (r *report) writeJSON(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// writeFile writes a file that appears whole or not at all. What is there and no plain
// file is written as it is.
func writeFile(path string, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return finish(f, write)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part")
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	if err = finish(f, write); err == nil {
		const everybodyReads = 0o644
		err = os.Chmod(f.Name(), everybodyReads)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the error is told already
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}

func finish(f *os.File, write func(io.Writer) error) error {
	err := write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
