package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// output is a file that appears whole or not at all: it is written beside its place and
// moved there when everything is on the disk. Pipes and devices are written as they are.
type output struct {
	*bufio.Writer

	file  *os.File // nil: of the caller
	place string   // "" where there is nothing to move
}

// create opens path for writing. Nobody sees the file before commit.
func create(path string) (*output, error) {
	if special(path) {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		return &output{Writer: bufio.NewWriter(f), file: f}, nil
	}
	place := absolute(path)
	mode := os.FileMode(0o666) // before the umask, as for any new file
	if was, err := os.Stat(place); err == nil {
		if was.IsDir() {
			return nil, fmt.Errorf("cannot write %s: it is a folder", path)
		}
		mode = was.Mode().Perm()
	}
	unfinished := fmt.Sprintf("%s.%d.part", filepath.Base(place), os.Getpid())
	f, err := os.OpenFile(filepath.Join(filepath.Dir(place), unfinished), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", path, err)
	}
	return &output{Writer: bufio.NewWriter(f), file: f, place: place}, nil
}

// special reports whether path is there and is no file that could be replaced.
func special(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// toStream writes to a stream that stays open.
func toStream(w io.Writer) *output { return &output{Writer: bufio.NewWriter(w)} }

// commit puts the file in its place. Its error means that the file is not there.
func (o *output) commit() error {
	if o == nil {
		return nil
	}
	err := o.Flush()
	if o.file == nil {
		return err
	}
	if o.place == "" {
		return errors.Join(err, o.file.Close())
	}
	if err == nil {
		err = o.file.Sync()
	}
	if err = errors.Join(err, o.file.Close()); err == nil {
		err = os.Rename(o.file.Name(), o.place)
	}
	if err != nil {
		err = fmt.Errorf("cannot write %s: %w", o.place, err)
		_ = os.Remove(o.file.Name()) // the error is told already
	}
	return err
}

// discard throws away what was written. After commit it does nothing.
func (o *output) discard() {
	if o != nil && o.file != nil {
		_ = o.file.Close() // closed already after a commit
		if o.place != "" {
			_ = os.Remove(o.file.Name())
		}
	}
}

// outputs are the files of one run. They are opened before any order is read, so that a
// place that cannot be written to shows at once.
type outputs struct {
	result, changed, bad *output // changed and bad may be nil
	changedName          string
}

func createOutputs(c config, stdout io.Writer) (*outputs, error) {
	files := &outputs{result: toStream(stdout), changedName: c.changed}
	var errs []error
	for _, f := range []struct {
		path string
		to   **output
	}{{c.out, &files.result}, {c.changed, &files.changed}, {c.bad, &files.bad}} {
		if f.path == "" {
			continue
		}
		o, err := create(f.path)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		*f.to = o
	}
	if err := errors.Join(errs...); err != nil {
		files.discard()
		return nil, err
	}
	return files, nil
}

// commit puts the result in its place last: where it stands, the others do too.
func (o *outputs) commit() error {
	for _, f := range []*output{o.changed, o.bad, o.result} {
		if err := f.commit(); err != nil {
			return err
		}
	}
	return nil
}

func (o *outputs) discard() {
	o.changed.discard()
	o.bad.discard()
	o.result.discard()
}
