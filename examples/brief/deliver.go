package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/ics"
	"github.com/bylinehq/byline/brief/page"
	"github.com/bylinehq/byline/brief/pdf"
)

// deliver writes what was asked for: the files first, because they can fail for many
// reasons, and only for a brief that may be sent.
func (r *report) deliver(c config, out io.Writer) error {
	if c.out != "" && !r.blocked() {
		if err := r.writeFiles(c); err != nil {
			return err
		}
	}
	if !c.json {
		return r.writeText(out)
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// sendable is a file that goes to the creator.
type sendable struct {
	name string
	text []byte
}

// sendables are made before the first of them is written. A script that the typefaces of
// the PDF lack is no reason to keep back the others.
func (r *report) sendables(c config) ([]sendable, error) {
	doc, err := page.Make(r.sent, &page.Options{Language: c.lang, Zone: r.known.reader(), At: r.At})
	if err != nil {
		return nil, told("the page", err)
	}
	var files []sendable
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"brief.html", func(w io.Writer) error { return page.WriteHTML(w, doc, nil) }},
		{"brief.md", func(w io.Writer) error { return page.WriteMarkdown(w, doc) }},
		{"brief.pdf", func(w io.Writer) error { return pdf.Write(w, doc, &pdf.Options{Stamp: r.At}) }},
		{"calendar.ics", func(w io.Writer) error {
			return ics.Write(w, r.sent, &ics.Options{Stamp: r.At, Domain: c.domain, Calendar: r.known.brand()})
		}},
	} {
		var b bytes.Buffer
		err := f.write(&b)
		if refused, is := errors.AsType[*byline.RefusalError](err); is {
			r.Skipped = append(r.Skipped, fmt.Sprintf("%s: %s", f.name, refused.Message))
			continue
		}
		if err != nil {
			return nil, told(f.name, err)
		}
		files = append(files, sendable{f.name, b.Bytes()})
	}
	return files, nil
}

func (r *report) writeFiles(c config) error {
	files, err := r.sendables(c)
	if err != nil {
		return err
	}
	const everybodyReads = 0o755
	if err := os.MkdirAll(c.out, everybodyReads); err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(c.out, f.name)
		if err := writeFile(path, f.text); err != nil {
			return err
		}
		r.Files = append(r.Files, path)
	}
	return nil
}

// writeFile writes a file that appears whole or not at all.
func writeFile(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part")
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	_, err = f.Write(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
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
