package signedjson

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

// Codes of what can be wrong with a body, and with a Webhook or a call of Sign. They are
// a public contract: one may retire, none is ever reused. Order.Sales adds its own
// ("order.line_twice", "order.size").
const (
	codeJSON        = "signedjson.json"
	codeSize        = "signedjson.size"
	codeShape       = "signedjson.shape"
	codeUnknown     = "signedjson.unknown_field"
	codeTwice       = "signedjson.field_twice"
	codeRequired    = "signedjson.required"
	codeTogether    = "signedjson.together"
	codeText        = "signedjson.text"
	codeID          = "signedjson.id"
	codeWord        = "signedjson.word"
	codeCount       = "signedjson.count"
	codeTime        = "signedjson.time"
	codeMoney       = "signedjson.money"
	codeCurrency    = "signedjson.currency"
	codeCountry     = "signedjson.country"
	codePage        = "signedjson.page"
	codePersonal    = "signedjson.personal"
	codeOtherShop   = "signedjson.other_shop"
	codeShop        = "signedjson.shop"
	codeSecrets     = "signedjson.secrets"
	codeClock       = "signedjson.clock"
	codeNotSignable = "signedjson.not_signable"
)

func codes() []wire.Code {
	return []wire.Code{
		{Code: codeJSON, Meaning: "the body is not one JSON document in UTF-8"},
		{Code: codeSize, Meaning: "the body holds more values than any order"},
		{Code: codeShape, Meaning: "not of the JSON type that the schema says"},
		{Code: codeUnknown, Meaning: "the schema has no such field"},
		{Code: codeTwice, Meaning: "the field stands twice"},
		{Code: codeRequired, Meaning: "missing"},
		{Code: codeTogether, Meaning: "says again what another field says"},
		{Code: codeText, Meaning: "too long, or with a control character in it"},
		{Code: codeID, Meaning: "neither text of 1 to 255 bytes without space around it nor a whole number"},
		{Code: codeWord, Meaning: "not one of the words of the schema"},
		{Code: codeCount, Meaning: "not a whole number of at least zero"},
		{Code: codeTime, Meaning: "not an RFC 3339 time between 1970 and 9999"},
		{Code: codeMoney, Meaning: "not an exact amount of at least zero"},
		{Code: codeCurrency, Meaning: "not the currency of the order, or none at all"},
		{Code: codeCountry, Meaning: "not an ISO 3166-1 country code of two letters"},
		{Code: codePage, Meaning: "not the path of a page, which begins with a slash"},
		{Code: codePersonal, Meaning: "an id is no e-mail address; write that into email, where it is hashed"},
		{Code: codeOtherShop, Meaning: "the body speaks of another shop than this endpoint's"},
		{Code: codeShop, Meaning: "an endpoint belongs to one shop, whose name has no space and no colon"},
		{Code: codeSecrets, Meaning: "an endpoint needs a secret"},
		{Code: codeClock, Meaning: "an endpoint needs a clock"},
		{Code: codeNotSignable, Meaning: "signing takes an id without a dot, a time after 1970 and keys that can sign"},
	}
}

// fault makes a fault. A message of "" is the code's meaning; none ever quotes the
// body.
func fault(path, code, message string) *byline.FieldError {
	return wire.Fault(codes(), path, code, message)
}

// faults are collected, so that one look at a body shows all that is wrong with it.
type faults []*byline.FieldError

// maxFaults keeps the account of a hopeless body short.
const maxFaults = 50

func (f *faults) add(path, code, message string) {
	if len(*f) < maxFaults {
		*f = append(*f, fault(path, code, message))
	}
}
