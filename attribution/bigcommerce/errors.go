package bigcommerce

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/httpapi"
)

const prefix = "bigcommerce."

// Codes of what can be wrong with a webhook or with a document, beside those that
// [httpapi.Codes] lists. They are a public contract: one may retire, none is ever reused.
const (
	codeRequired   = prefix + "required"
	codeSize       = prefix + "size"
	codeShape      = prefix + "shape"
	codeTime       = prefix + "time"
	codeOtherStore = prefix + "other_store"
	codePointer    = prefix + "pointer"
	codeGone       = prefix + "gone"
)

func codes() []httpapi.Code {
	return append(httpapi.Codes(prefix),
		httpapi.Code{Code: codeOtherStore, Meaning: "the webhook is of another store than this endpoint"},
		httpapi.Code{Code: codePointer, Meaning: "the event does not point at an order of BigCommerce"},
		httpapi.Code{Code: codeGone, Meaning: "BigCommerce knows no such order"},
	)
}

func fault(code string) *byline.FieldError { return httpapi.Fault(codes(), code) }
