package main

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
)

// faulty is a file with all that is wrong with it.
type faulty struct {
	file   string
	faults []*byline.FieldError
	hint   string // what may be meant instead
}

// faultsOf makes one of an error, nil when there is none.
func faultsOf(file string, err error) error {
	if err == nil {
		return nil
	}
	return &faulty{file: file, faults: byline.Nest("", err)}
}

// Error has a line for each fault.
func (f *faulty) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s has %s:", f.file, plural(int64(len(f.faults)), "fault", "faults"))
	for _, fault := range f.faults {
		fmt.Fprintf(&text, "\n  %s (%s)", clean(fault.Error()), fault.Code)
	}
	if f.hint != "" {
		text.WriteString("\n  " + f.hint)
	}
	return text.String()
}

// Is answers to byline.ErrInvalid.
func (f *faulty) Is(target error) bool { return target == byline.ErrInvalid }
