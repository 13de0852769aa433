package bigcommerce

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

const prefix = "bigcommerce."

// Codes of what can be wrong with a webhook or with a document, beside those that
// [wire.Codes] lists. They are a public contract: one may retire, none is ever reused.
const (
	codeRequired   = prefix + "required"
	codeSize       = prefix + "size"
	codeShape      = prefix + "shape"
	codeTime       = prefix + "time"
	codeOtherStore = prefix + "other_store"
	codePointer    = prefix + "pointer"
	codeGone       = prefix + "gone"
)

func codes() []wire.Code {
	return append(wire.Codes(prefix),
		wire.Code{Code: codeOtherStore, Meaning: "the webhook is of another store than this endpoint"},
		wire.Code{Code: codePointer, Meaning: "the event does not point at an order of BigCommerce"},
		wire.Code{Code: codeGone, Meaning: "BigCommerce knows no such order"},
	)
}

func fault(code string) *byline.FieldError { return wire.Fault(codes(), "", code, "") }

func newReader() wire.Reader { return wire.Reader{Prefix: prefix, Table: codes} }
