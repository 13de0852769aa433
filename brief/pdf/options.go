package pdf

import (
	"time"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/bylinehq/byline"
)

// Options says how a brief is printed. nil has every default.
type Options struct {
	// Stamp is the document's date of creation; zero: 1 January 1980, as a clock would make
	// every file another.
	Stamp time.Time
	// Author is the sender's name in the properties of the file.
	Author string
	// Regular and Bold are typefaces to use in place of the built-in ones: TrueType, with
	// outlines in a glyf table. nil Bold takes Regular.
	Regular, Bold []byte
	// Replace prints U+FFFD, the replacement character, for what the typefaces lack, where
	// it is read only. A label, a code and whatever else is to be copied letter by letter
	// must still be complete.
	Replace bool
}

func (o *Options) stamp() time.Time {
	if o.Stamp.IsZero() {
		return time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return o.Stamp.UTC()
}

// faces reads the typefaces. Its faults have the code "pdf.font".
func (o *Options) faces() (regular, bold *face, err error) {
	first, second := o.Regular, o.Bold
	if first == nil {
		first, second = goregular.TTF, gobold.TTF
	}
	if second == nil {
		second = first
	}
	regular, err = newFace(first)
	if err != nil {
		return nil, nil, &byline.FieldError{Path: "regular", Code: "pdf.font", Message: "not a TrueType font"}
	}
	bold, err = newFace(second)
	if err != nil {
		return nil, nil, &byline.FieldError{Path: "bold", Code: "pdf.font", Message: "not a TrueType font"}
	}
	return regular, bold, nil
}
