package creator

import (
	"bufio"
	"io"
	"iter"
)

// ReadJSONLimited is ReadJSON with another limit.
func ReadJSONLimited(r io.Reader, limit int) iter.Seq2[Dossier, error] {
	return func(yield func(Dossier, error) bool) {
		c := &cutter{in: bufio.NewReaderSize(r, 16), limit: limit, line: 1}
		c.run(yield)
	}
}
