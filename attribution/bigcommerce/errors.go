package bigcommerce

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

const prefix = "bigcommerce."

// Codes of what can be wrong with a webhook, a document or a Webhook, beside those that
// [wire.Codes] lists. They are a public contract: one may retire, none is ever reused.
const (
	codeRequired   = prefix + "required"
	codeSize       = prefix + "size"
	codeShape      = prefix + "shape"
	codeTime       = prefix + "time"
	codeOtherStore = prefix + "other_store"
	codePointer    = prefix + "pointer"
	codeGone       = prefix + "gone"
	codeSecrets    = prefix + "secrets"
	codeHeaders    = prefix + "headers"
	codeClock      = prefix + "clock"
	codeTolerance  = prefix + "tolerance"
	codeStoreHash  = prefix + "store_hash"
	codeBaseURL    = prefix + "base_url"
)

func codes() []wire.Code {
	return append(wire.Codes(prefix),
		wire.Code{Code: codeOtherStore, Meaning: "the webhook is of another store than this endpoint"},
		wire.Code{Code: codePointer, Meaning: "the event does not point at an order of BigCommerce"},
		wire.Code{Code: codeGone, Meaning: "BigCommerce knows no such order"},
		wire.Code{Code: codeSecrets, Meaning: "an endpoint needs a secret or custom headers; an empty secret, or one of zero bytes, is none"},
		wire.Code{Code: codeHeaders, Meaning: "a custom header has a name and a value"},
		wire.Code{Code: codeClock, Meaning: "an endpoint needs a clock"},
		wire.Code{Code: codeTolerance, Meaning: "a tolerance below zero accepts nothing"},
		wire.Code{Code: codeStoreHash, Meaning: "the store hash is what stands behind \"stores/\" in an API address, and no more"},
		wire.Code{Code: codeBaseURL, Meaning: "the address of an API begins with https://, or http:// on this machine, and has no user and no query"},
	)
}

func fault(code string) *byline.FieldError { return wire.Fault(codes(), "", code, "") }

func newReader() wire.Reader { return wire.Reader{Prefix: prefix, Table: codes} }
