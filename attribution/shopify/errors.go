package shopify

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
	codeJSON      = "shopify.json"
	codeSize      = "shopify.size"
	codeShape     = "shopify.shape"
	codeEnvelope  = "shopify.rest_envelope"
	codeRequired  = "shopify.required"
	codeID        = "shopify.id"
	codeQuantity  = "shopify.quantity"
	codeFlag      = "shopify.flag"
	codeTime      = "shopify.time"
	codeMoney     = "shopify.money"
	codeCurrency  = "shopify.currency"
	codeDiscount  = "shopify.discount_index"
	codeDispute   = "shopify.dispute"
	codeShop      = "shopify.shop"
	codeOtherShop = "shopify.other_shop"
)

// codeMeaning is one row of the table of codes.
type codeMeaning struct{ code, meaning string }

func codes() []codeMeaning {
	return []codeMeaning{
		{codeJSON, "the body is not one JSON document"},
		{codeSize, "the body holds more values than any order"},
		{codeShape, "not of the JSON type that Shopify documents"},
		{codeEnvelope, "the body is an answer of the REST API; a webhook sends the bare document"},
		{codeRequired, "missing"},
		{codeID, "not a positive whole number"},
		{codeQuantity, "not a whole number of at least zero"},
		{codeFlag, "neither true nor false"},
		{codeTime, "not an RFC 3339 time between 1970 and 9999"},
		{codeMoney, "not an exact amount"},
		{codeCurrency, "not the currency of the shop, or none at all"},
		{codeDiscount, "points to no entry of discount_applications"},
		{codeDispute, "not a type or a state of a dispute that is known"},
		{codeShop, "the delivery names no shop"},
		{codeOtherShop, "the body is of another shop than the delivery names"},
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

// or tells that a body is of another kind, where no fault of its own says why it only
// looks so.
func (f faults) or(misfit *byline.FieldError) faults {
	if len(f) == 0 {
		return faults{misfit}
	}
	return f
}

// nest adds the faults of one element of a list.
func (f *faults) nest(list string, index int, inner faults) {
	for _, moved := range byline.Nest(fmt.Sprintf("%s[%d]", list, index), byline.Faults(inner)) {
		if len(*f) < maxFaults {
			*f = append(*f, moved)
		}
	}
}

// maxValues bounds what a body can make us allocate: two bytes of JSON are enough for
// an element that takes hundreds of bytes here. An order of five hundred lines has
// some 40,000 commas.
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
