package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// maxValues bounds what a document can make us allocate: two bytes of JSON are enough for
// an element that takes hundreds of bytes here. An order of five hundred lines has some
// 40,000 commas.
const maxValues = 100_000

// Decode fills a type of Scalars. One value of a wrong type is a fault that leaves the
// rest readable, so more faults can be told; ok is false when nothing can be read.
func (r *Reader) Decode(body []byte, into any) (ok bool) {
	if bytes.Count(body, []byte(",")) > maxValues {
		r.wrong("", codeSize)
		return false
	}
	err := json.Unmarshal(body, into)
	if err == nil {
		return true
	}
	if mistyped, isType := errors.AsType[*json.UnmarshalTypeError](err); isType {
		r.wrong(mistyped.Field, codeShape)
		return mistyped.Field != ""
	}
	message := ""
	if syntax, isSyntax := errors.AsType[*json.SyntaxError](err); isSyntax {
		message = fmt.Sprintf("%s: it breaks off or goes wrong at byte %d", meaning(r.Table(), r.Prefix+codeJSON), syntax.Offset)
	}
	r.Add("", r.Prefix+codeJSON, message)
	return false
}
