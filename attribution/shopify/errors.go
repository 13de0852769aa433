package shopify

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

const prefix = "shopify."

// Codes of what can be wrong with a body or a Webhook. They are a public contract: one may retire,
// none is ever reused.
const (
	codeJSON       = prefix + "json"
	codeSize       = prefix + "size"
	codeShape      = prefix + "shape"
	codeEnvelope   = prefix + "rest_envelope"
	codeRequired   = prefix + "required"
	codeID         = prefix + "id"
	codeQuantity   = prefix + "quantity"
	codeFlag       = prefix + "flag"
	codeTime       = prefix + "time"
	codeMoney      = prefix + "money"
	codeCurrency   = prefix + "currency"
	codeDiscount   = prefix + "discount_index"
	codeDispute    = prefix + "dispute"
	codeShop       = prefix + "shop"
	codeOtherShop  = prefix + "other_shop"
	codeSecrets    = prefix + "secrets"
	codeShopDomain = prefix + "shop_domain"
)

func codes() []wire.Code {
	return []wire.Code{
		{Code: codeJSON, Meaning: "the body is not one JSON document"},
		{Code: codeSize, Meaning: "the body holds more values than any order"},
		{Code: codeShape, Meaning: "not of the JSON type that Shopify documents"},
		{Code: codeEnvelope, Meaning: "the body is an answer of the REST API; a webhook sends the bare document"},
		{Code: codeRequired, Meaning: "missing"},
		{Code: codeID, Meaning: "not a positive whole number"},
		{Code: codeQuantity, Meaning: "not a whole number of at least zero"},
		{Code: codeFlag, Meaning: "neither true nor false"},
		{Code: codeTime, Meaning: "not an RFC 3339 time between 1970 and 9999"},
		{Code: codeMoney, Meaning: "not an exact amount"},
		{Code: codeCurrency, Meaning: "not the currency of the shop, or none at all"},
		{Code: codeDiscount, Meaning: "points to no entry of discount_applications"},
		{Code: codeDispute, Meaning: "not a type or a state of a dispute that is known"},
		{Code: codeShop, Meaning: "the delivery names no shop"},
		{Code: codeOtherShop, Meaning: "the body is of another shop than the delivery names"},
		{Code: codeSecrets, Meaning: "an endpoint needs a secret; an empty one, or one of zero bytes, is none"},
		{Code: codeShopDomain, Meaning: "an endpoint belongs to a *.myshopify.com domain, with nothing before or behind it"},
	}
}

// fault makes a fault. A message of "" is the code's meaning; none ever quotes the
// body.
func fault(code, message string) *byline.FieldError {
	return wire.Fault(codes(), "", code, message)
}
