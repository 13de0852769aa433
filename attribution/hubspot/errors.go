package hubspot

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

const prefix = "hubspot."

// Codes of what can be wrong with a webhook or with a record, beside those that
// [wire.Codes] lists. They are a public contract: one may retire, none is ever reused.
const (
	codeRequired    = prefix + "required"
	codeSize        = prefix + "size"
	codeShape       = prefix + "shape"
	codeTime        = prefix + "time"
	codeBatch       = prefix + "batch"
	codeOtherPortal = prefix + "other_portal"
	codePointer     = prefix + "pointer"
)

func codes() []wire.Code {
	return append(wire.Codes(prefix, "quantity", "flag"),
		wire.Code{Code: codeBatch, Meaning: "more changes than HubSpot sends at once"},
		wire.Code{Code: codeOtherPortal, Meaning: "the change is of another portal than this endpoint"},
		wire.Code{Code: codePointer, Meaning: "the event does not point at a deal or a contact of HubSpot"},
	)
}

func fault(code string) *byline.FieldError { return wire.Fault(codes(), "", code, "") }

func newReader() wire.Reader { return wire.Reader{Prefix: prefix, Table: codes} }
