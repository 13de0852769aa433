package vet

import (
	"errors"

	"github.com/bylinehq/byline"
)

// refusalIn returns the refusal that an error is, or makes one of its text.
func refusalIn(err error) *byline.RefusalError {
	if no, ok := errors.AsType[*byline.RefusalError](err); ok {
		return no
	}
	return &byline.RefusalError{Code: "read.options", Message: err.Error()}
}
