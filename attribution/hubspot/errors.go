package hubspot

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/httpapi"
)

const prefix = "hubspot."

// Codes of what can be wrong with a webhook or with a record, beside those that
// [httpapi.Codes] lists. They are a public contract: one may retire, none is ever reused.
const (
	codeRequired    = prefix + "required"
	codeSize        = prefix + "size"
	codeShape       = prefix + "shape"
	codeTime        = prefix + "time"
	codeBatch       = prefix + "batch"
	codeOtherPortal = prefix + "other_portal"
	codePointer     = prefix + "pointer"
)

func codes() []httpapi.Code {
	return append(httpapi.Codes(prefix, "quantity", "flag"),
		httpapi.Code{Code: codeBatch, Meaning: "more changes than HubSpot sends at once"},
		httpapi.Code{Code: codeOtherPortal, Meaning: "the change is of another portal than this endpoint"},
		httpapi.Code{Code: codePointer, Meaning: "the event does not point at a deal or a contact of HubSpot"},
	)
}

func fault(code string) *byline.FieldError { return httpapi.Fault(codes(), code) }
