package sheet

import (
	"errors"
	"io"
	"math"
)

// Buffer is that of encoding/csv in bytes, which it fills beyond the row it reads.
const Buffer = 4096

// ErrRowSize ends the reading of a row that is too long.
var ErrRowSize = errors.New("the row is too long")

// Reader stands between a file and encoding/csv and ends the reading of a row that is too
// long: a quote that nobody closed would else read the rest of the file into memory.
type Reader struct {
	r      io.Reader
	left   int
	failed error
}

// NewReader reads from r. [Reader.Row] must be called before each row.
func NewReader(r io.Reader) *Reader { return &Reader{r: r} }

// Row gives the next row its share of bytes.
func (r *Reader) Row(most int) { r.left = min(most, math.MaxInt-Buffer) + Buffer }

// Failed is why the reading ended, nil at the end of the file. encoding/csv forgets an
// error where it finds another fault in what came before it.
func (r *Reader) Failed() error { return r.failed }

// Read reads until the row has had its share.
func (r *Reader) Read(p []byte) (int, error) {
	if r.failed == nil && r.left <= 0 {
		r.failed = ErrRowSize
	}
	if r.failed != nil {
		return 0, r.failed
	}
	n, err := r.r.Read(p[:min(len(p), r.left)])
	r.left -= n
	if err != nil && !errors.Is(err, io.EOF) {
		r.failed = err
	}
	return n, err
}
