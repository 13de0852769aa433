package signedjson

import "github.com/bylinehq/byline"

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

// codeMeaning is one row of the table of codes.
type codeMeaning struct{ code, meaning string }

func codes() []codeMeaning {
	return []codeMeaning{
		{codeJSON, "the body is not one JSON document in UTF-8"},
		{codeSize, "the body holds more values than any order"},
		{codeShape, "not of the JSON type that the schema says"},
		{codeUnknown, "the schema has no such field"},
		{codeTwice, "the field stands twice"},
		{codeRequired, "missing"},
		{codeTogether, "says again what another field says"},
		{codeText, "too long, or with a control character in it"},
		{codeID, "neither text of 1 to 255 bytes without space around it nor a whole number"},
		{codeWord, "not one of the words of the schema"},
		{codeCount, "not a whole number of at least zero"},
		{codeTime, "not an RFC 3339 time between 1970 and 9999"},
		{codeMoney, "not an exact amount of at least zero"},
		{codeCurrency, "not the currency of the order, or none at all"},
		{codeCountry, "not an ISO 3166-1 country code of two letters"},
		{codePage, "not the path of a page, which begins with a slash"},
		{codePersonal, "an id is no e-mail address; write that into email, where it is hashed"},
		{codeOtherShop, "the body speaks of another shop than this endpoint's"},
		{codeShop, "an endpoint belongs to one shop, whose name has no space and no colon"},
		{codeSecrets, "an endpoint needs a secret"},
		{codeClock, "an endpoint needs a clock"},
		{codeNotSignable, "signing takes an id without a dot, a time after 1970 and keys that can sign"},
	}
}

// fault makes a fault. A message of "" is the code's meaning; none ever quotes the
// body.
func fault(path, code, message string) *byline.FieldError {
	if message == "" {
		message = meaning(code)
	}
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

func meaning(code string) string {
	for _, row := range codes() {
		if row.code == code {
			return row.meaning
		}
	}
	return ""
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
