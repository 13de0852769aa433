package tracking

import "github.com/bylinehq/byline"

// Why a click id is not believed. Each answers to byline.ErrUnauthorized.
var (
	// ErrNotSigned says that the text has not the form of a signed click id.
	ErrNotSigned error = refusal("not a signed click id")
	// ErrBadSignature says that no key signed this click id.
	ErrBadSignature error = refusal("click id signature does not match")
)

type refusal string

func (r refusal) Error() string { return string(r) }

func (refusal) Is(target error) bool { return target == byline.ErrUnauthorized }

// Codes of faults. They are a public contract: one may retire, none is ever reused.
const (
	codeRequired = "required"
	codeURL      = "tracking.url"
	codeScheme   = "tracking.scheme"
	codeUserInfo = "tracking.user_info"
	codeHost     = "tracking.host"
	codePersonal = "tracking.personal"
	codeValue    = "tracking.value"
	codeLength   = "tracking.length"
	codeSlug     = "tracking.slug"
	codeKey      = "tracking.key"
	codeTime     = "tracking.time"
	codePattern  = "tracking.pattern"
	codeSpent    = "tracking.exhausted"
)

// codeMeaning is one row of the table of codes.
type codeMeaning struct{ code, meaning string }

func codes() []codeMeaning {
	return []codeMeaning{
		{codeRequired, "missing"},
		{codeURL, "not an address: it breaks a rule of RFC 3986, or holds spaces, control characters or backslashes"},
		{codeScheme, "neither http nor https"},
		{codeUserInfo, "an address with a user or a password in it is not for the public"},
		{codeHost, "the address names no host"},
		{codePersonal, "it looks like an e-mail address or a telephone number"},
		{codeValue, "not text that a link carries unchanged: no control characters, no space at the ends; a click id is made of A-Z, a-z, 0-9, - and _"},
		{codeLength, "too long"},
		{codeSlug, "nothing is left of it in the letters a-z and digits that a UTM value is made of here"},
		{codeKey, "a key has at least 32 bytes"},
		{codeTime, "not a time between 1970 and 9999"},
		{codePattern, "a pattern is made of A-Z, 0-9, -, _, {creator}, 1 to 14 # and behind them at most one *; {creator} needs a creator, and a creator needs {creator}"},
		{codeSpent, "the pattern has no code of that number"},
	}
}

// fault makes a fault. It never quotes the value.
func fault(path, code string) *byline.FieldError {
	f := &byline.FieldError{Path: path, Code: code}
	for _, row := range codes() {
		if row.code == code {
			f.Message = row.meaning
		}
	}
	return f
}
