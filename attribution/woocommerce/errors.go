package woocommerce

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
	codeJSON     = "woocommerce.json"
	codeSize     = "woocommerce.size"
	codeShape    = "woocommerce.shape"
	codeLegacy   = "woocommerce.legacy_api"
	codeRefused  = "woocommerce.rest_error"
	codeRequired = "woocommerce.required"
	codeID       = "woocommerce.id"
	codeQuantity = "woocommerce.quantity"
	codeTime     = "woocommerce.time"
	codeZone     = "woocommerce.time_zone"
	codeReceived = "woocommerce.received_at"
	codeMoney    = "woocommerce.money"
	codeCurrency = "woocommerce.currency"
	codeShop     = "woocommerce.shop"
)

// codeMeaning is one row of the table of codes.
type codeMeaning struct{ code, meaning string }

func codes() []codeMeaning {
	return []codeMeaning{
		{codeJSON, "the body is not one JSON document"},
		{codeSize, "the body holds more values than any order"},
		{codeShape, "not of the JSON type, or not of the kind, that WooCommerce documents"},
		{codeLegacy, "the body is of the Legacy REST API; set the webhook's API version to WP REST API v3"},
		{codeRefused, "the body is an error of the shop's own API: the order is gone, or the user who made the webhook may not read orders"},
		{codeRequired, "missing"},
		{codeID, "not a positive whole number"},
		{codeQuantity, "not a number of at least zero"},
		{codeTime, "not a time between 1970 and 9999"},
		{codeZone, "only the shop's local time is given, without its zone; set the webhook's API version to WP REST API v3"},
		{codeReceived, "when the delivery arrived is not known, and its body names no time"},
		{codeMoney, "not an exact amount"},
		{codeCurrency, "not an ISO 4217 currency code"},
		{codeShop, "the delivery names no shop"},
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
// some 20,000 commas.
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
