package wire

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
)

// Reader turns Scalars into values and collects what is wrong with them. Paths are from
// the object on that it reads; see [Reader.In]. No fault quotes the document.
type Reader struct {
	// Prefix begins the codes that the Reader finds by itself: "hubspot.".
	Prefix string
	// Table lists all codes of the package with what they mean.
	Table func() []Code
	// Currency is that of the amounts.
	Currency byline.Currency

	faults []*byline.FieldError // of the whole document; parts leave theirs with the whole
	up     *Reader
	name   string // of the part in up
	index  int    // in the list of that name, -1 where it is none
}

// In returns a Reader of one part of the document, whose faults go to r under its name. It
// may be used as long as r.
func (r *Reader) In(name string) Reader { return r.Item(name, -1) }

// Item is In for one element of a list; the name of a list that is the whole document
// is "".
func (r *Reader) Item(list string, index int) Reader {
	return Reader{Prefix: r.Prefix, Table: r.Table, Currency: r.Currency, up: r, name: list, index: index}
}

// Add notes a fault. A message of "" is what the code means.
func (r *Reader) Add(path, code, message string) {
	if whole := r.whole(); len(whole.faults) < maxFaults {
		whole.faults = append(whole.faults, Fault(r.Table(), r.place(path), code, message))
	}
}

// maxFaults keeps the account of a hopeless document short.
const maxFaults = 50

func (r *Reader) wrong(path, code string) { r.Add(path, r.Prefix+code, "") }

func (r *Reader) whole() *Reader {
	for r.up != nil {
		r = r.up
	}
	return r
}

// place is a path from the whole document on. It is written only where there is a fault.
func (r *Reader) place(path string) string {
	for ; r.up != nil; r = r.up {
		here := r.name
		if r.index >= 0 {
			here += "[" + strconv.Itoa(r.index) + "]"
		}
		path = join(here, path)
	}
	return path
}

func join(parent, child string) string {
	if parent == "" || child == "" || strings.HasPrefix(child, "[") {
		return parent + child
	}
	return parent + "." + child
}

// Misfit notes that a document is of another kind, where no fault of its own says why it
// only looks so. It reports whether it is: a nil fault is none.
func (r *Reader) Misfit(fault *byline.FieldError) bool {
	if fault != nil && !r.Failed() {
		r.Add(fault.Path, fault.Code, fault.Message)
	}
	return fault != nil
}

// Forget drops what was wrong with the whole document so far: where it is of another kind,
// none of that matters.
func (r *Reader) Forget() { r.whole().faults = nil }

// Failed reports whether anything is wrong with the whole document.
func (r *Reader) Failed() bool { return len(r.whole().faults) > 0 }

// Err is all that is wrong with the whole document as one error, which says in which
// package and where it was found; nil where nothing is.
func (r *Reader) Err(where string) error {
	err := byline.Faults(r.whole().faults)
	if err == nil {
		return nil
	}
	if where != "" {
		where += ": "
	}
	return fmt.Errorf("%s: %s%w", strings.TrimSuffix(r.Prefix, "."), where, err)
}
