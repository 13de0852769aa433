package creator

import (
	"bufio"
	"io"
	"iter"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
)

// ShapeFaults are what Validate finds by the tags, TagFaults what the engine finds there.
func ShapeFaults(d *Dossier) []*byline.FieldError { return d.shapeFaults() }

// TagFaults asks the engine alone.
func TagFaults(d *Dossier) []*byline.FieldError { return validate.Struct(d) }

// ReadJSONLimited is ReadJSON with another limit.
func ReadJSONLimited(r io.Reader, limit int) iter.Seq2[Dossier, error] {
	return func(yield func(Dossier, error) bool) {
		c := &cutter{in: bufio.NewReaderSize(r, 16), limit: limit, line: 1}
		c.run(yield)
	}
}
