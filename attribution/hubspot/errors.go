package hubspot

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

const prefix = "hubspot."

// Codes of what can be wrong with a webhook, a record or a Webhook, beside those that
// [wire.Codes] lists. They are a public contract: one may retire, none is ever reused.
const (
	codeRequired    = prefix + "required"
	codeSize        = prefix + "size"
	codeShape       = prefix + "shape"
	codeID          = prefix + "id"
	codeTime        = prefix + "time"
	codeBatch       = prefix + "batch"
	codeOtherPortal = prefix + "other_portal"
	codePointer     = prefix + "pointer"
	codeSecrets     = prefix + "secrets"
	codeURI         = prefix + "uri"
	codeMethod      = prefix + "method"
	codeClock       = prefix + "clock"
	codeTolerance   = prefix + "tolerance"
	codeBaseURL     = prefix + "base_url"
)

func codes() []wire.Code {
	return append(wire.Codes(prefix, "quantity", "flag"),
		wire.Code{Code: codeBatch, Meaning: "more changes than HubSpot sends at once"},
		wire.Code{Code: codeOtherPortal, Meaning: "the change is of another portal than this endpoint"},
		wire.Code{Code: codePointer, Meaning: "the event does not point at a deal or a contact of HubSpot"},
		wire.Code{Code: codeSecrets, Meaning: "an endpoint needs a secret; an empty one, or one of zero bytes, is none"},
		wire.Code{Code: codeURI, Meaning: "the whole address as it is registered, from https:// on, without a user in it"},
		wire.Code{Code: codeMethod, Meaning: "a method is written in capitals"},
		wire.Code{Code: codeClock, Meaning: "an endpoint needs a clock"},
		wire.Code{Code: codeTolerance, Meaning: "a tolerance below zero accepts nothing"},
		wire.Code{Code: codeBaseURL, Meaning: "the address of an API begins with https://, or http:// on this machine, and has no user and no query"},
	)
}

func fault(code string) *byline.FieldError { return wire.Fault(codes(), "", code, "") }

func newReader() wire.Reader { return wire.Reader{Prefix: prefix, Table: codes} }
