package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// deliver writes what was asked for: the JSON first, so that where the page stands all
// else does too.
func (r report) deliver(c config, stdout io.Writer) error {
	if c.json != "" {
		if err := writeFile(c.json, r.writeJSON); err != nil {
			return err
		}
	}
	if c.out == "" {
		return r.writeHTML(stdout)
	}
	if err := writeFile(c.out, r.writeHTML); err != nil {
		return err
	}
	_, err := fmt.Fprintf(stdout, "%s\n%s\n", r.verdict(), clean(c.out))
	return err
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
