package stripe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/bylinehq/byline"
)

// Codes of what can be wrong with a body. They are a public contract: one may retire,
// none is ever reused.
const (
	codeJSON         = "stripe.json"
	codeSize         = "stripe.size"
	codeShape        = "stripe.shape"
	codeThin         = "stripe.thin_event"
	codeRequired     = "stripe.required"
	codeID           = "stripe.id"
	codeFlag         = "stripe.flag"
	codeTime         = "stripe.time"
	codeMoney        = "stripe.money"
	codeCurrency     = "stripe.currency"
	codeStatus       = "stripe.status"
	codeTotal        = "stripe.total"
	codeAccount      = "stripe.account"
	codeOtherAccount = "stripe.other_account"
)

// codeMeaning is one row of the table of codes.
type codeMeaning struct{ code, meaning string }

func codes() []codeMeaning {
	return []codeMeaning{
		{codeJSON, "the body is not one JSON document"},
		{codeSize, "the body holds more values than any event"},
		{codeShape, "not of the JSON type that Stripe documents"},
		{codeThin, "the event is thin: it carries no object; subscribe the endpoint to snapshot events"},
		{codeRequired, "missing"},
		{codeID, "not an id of Stripe's"},
		{codeFlag, "neither true nor false"},
		{codeTime, "not a whole number of seconds between 1970 and 9999"},
		{codeMoney, "not an exact amount"},
		{codeCurrency, "not an ISO 4217 currency code"},
		{codeStatus, "not a value that Stripe documents"},
		{codeTotal, "not what the subtotal, the discount, the tax and the shipping come to, with the tax added or with it included"},
		{codeAccount, "the event names no account, and neither does the endpoint"},
		{codeOtherAccount, "the event is of another account than the endpoint"},
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

// under adds the faults of a part of the body.
func (f *faults) under(path string, inner faults) {
	for _, moved := range byline.Nest(path, byline.Faults(inner)) {
		if len(*f) < maxFaults {
			*f = append(*f, moved)
		}
	}
}

// nest adds the faults of one element of a list.
func (f *faults) nest(list string, index int, inner faults) {
	if len(inner) > 0 {
		f.under(fmt.Sprintf("%s[%d]", list, index), inner)
	}
}

// maxValues bounds what a body can make us allocate: two bytes of JSON are enough for
// an element that takes hundreds of bytes here. An event has some hundreds of commas.
const maxValues = 250_000

// decode fills a wire type. One value of a wrong type is a fault that leaves the rest
// readable, so more faults can be told; ok is false when nothing can be read.
func decode(body []byte, into any) (found faults, ok bool) {
	if bytes.Count(body, []byte(",")) > maxValues {
		found.add("", codeSize, "")
		return found, false
	}
	err := json.Unmarshal(body, into)
	if err == nil {
		return nil, true
	}
	if wrong, isType := errors.AsType[*json.UnmarshalTypeError](err); isType {
		found.add(wrong.Field, codeShape, "")
		return found, wrong.Field != ""
	}
	message := ""
	if syntax, isSyntax := errors.AsType[*json.SyntaxError](err); isSyntax {
		message = fmt.Sprintf("the body is not one JSON document: it breaks off or goes wrong at byte %d", syntax.Offset)
	}
	found.add("", codeJSON, message)
	return found, false
}
