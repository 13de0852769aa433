package main

import (
	"fmt"
	"io"
)

// printer writes for a person and remembers the first failure, so that each line need
// not look for it.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format, args...)
	}
}
