package ordercsv

import (
	"errors"
	"io"
)

// readAhead is the buffer of encoding/csv, which it fills beyond the row it reads.
const readAhead = 4096

var errRowSize = errors.New("the row is too long")

// bounded ends the reading of a row that is too long: a quote that nobody closed would
// else read the rest of the file into memory. It remembers why it ended, because
// encoding/csv forgets an error where it finds another fault in what came before it.
type bounded struct {
	r      io.Reader
	left   int
	failed error
}

// Read reads until the row has had its share.
func (b *bounded) Read(p []byte) (int, error) {
	if b.failed == nil && b.left <= 0 {
		b.failed = errRowSize
	}
	if b.failed != nil {
		return 0, b.failed
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	if err != nil && !errors.Is(err, io.EOF) {
		b.failed = err
	}
	return n, err
}
