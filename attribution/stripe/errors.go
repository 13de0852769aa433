package stripe

import "github.com/bylinehq/byline/internal/wire"

const prefix = "stripe."

// Codes of what can be wrong with a body or a Webhook. They are a public contract: one may retire,
// none is ever reused.
const (
	codeJSON         = prefix + "json"
	codeSize         = prefix + "size"
	codeShape        = prefix + "shape"
	codeThin         = prefix + "thin_event"
	codeRequired     = prefix + "required"
	codeID           = prefix + "id"
	codeFlag         = prefix + "flag"
	codeTime         = prefix + "time"
	codeMoney        = prefix + "money"
	codeCurrency     = prefix + "currency"
	codeStatus       = prefix + "status"
	codeTotal        = prefix + "total"
	codeAccount      = prefix + "account"
	codeOtherAccount = prefix + "other_account"
	codeSecrets      = prefix + "secrets"
	codeClock        = prefix + "clock"
	codeTolerance    = prefix + "tolerance"
)

func codes() []wire.Code {
	return []wire.Code{
		{Code: codeJSON, Meaning: "the body is not one JSON document"},
		{Code: codeSize, Meaning: "the body holds more values than any event"},
		{Code: codeShape, Meaning: "not of the JSON type that Stripe documents"},
		{Code: codeThin, Meaning: "the event is thin: it carries no object; subscribe the endpoint to snapshot events"},
		{Code: codeRequired, Meaning: "missing"},
		{Code: codeID, Meaning: "not an id of Stripe's"},
		{Code: codeFlag, Meaning: "neither true nor false"},
		{Code: codeTime, Meaning: "not a whole number of seconds between 1970 and 9999"},
		{Code: codeMoney, Meaning: "not an exact amount"},
		{Code: codeCurrency, Meaning: "not an ISO 4217 currency code"},
		{Code: codeStatus, Meaning: "not a value that Stripe documents"},
		{Code: codeTotal, Meaning: "not what the subtotal, the discount, the tax and the shipping come to, with the tax added or with it included"},
		{Code: codeAccount, Meaning: "the event names no account, and neither does the endpoint"},
		{Code: codeOtherAccount, Meaning: "the event is of another account than the endpoint"},
		{Code: codeSecrets, Meaning: "an endpoint needs a secret; an empty one, or one of zero bytes, is none"},
		{Code: codeClock, Meaning: "an endpoint needs a clock"},
		{Code: codeTolerance, Meaning: "a tolerance below zero accepts nothing"},
	}
}
