package woocommerce

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

const prefix = "woocommerce."

// Codes of what can be wrong with a body or a Webhook. They are a public contract: one may retire,
// none is ever reused.
const (
	codeJSON     = prefix + "json"
	codeSize     = prefix + "size"
	codeShape    = prefix + "shape"
	codeLegacy   = prefix + "legacy_api"
	codeRefused  = prefix + "rest_error"
	codeRequired = prefix + "required"
	codeID       = prefix + "id"
	codeQuantity = prefix + "quantity"
	codeTime     = prefix + "time"
	codeZone     = prefix + "time_zone"
	codeReceived = prefix + "received_at"
	codeMoney    = prefix + "money"
	codeCurrency = prefix + "currency"
	codeShop     = prefix + "shop"
	codeSecrets  = prefix + "secrets"
	codeShopURL  = prefix + "shop_url"
)

func codes() []wire.Code {
	return []wire.Code{
		{Code: codeJSON, Meaning: "the body is not one JSON document"},
		{Code: codeSize, Meaning: "the body holds more values than any order"},
		{Code: codeShape, Meaning: "not of the JSON type, or not of the kind, that WooCommerce documents"},
		{Code: codeLegacy, Meaning: "the body is of the Legacy REST API; set the webhook's API version to WP REST API v3"},
		{Code: codeRefused, Meaning: "the body is an error of the shop's own API: the order is gone, or the user who made the webhook may not read orders"},
		{Code: codeRequired, Meaning: "missing"},
		{Code: codeID, Meaning: "not a positive whole number"},
		{Code: codeQuantity, Meaning: "not a number of at least zero"},
		{Code: codeTime, Meaning: "not a time between 1970 and 9999"},
		{Code: codeZone, Meaning: "only the shop's local time is given, without its zone; set the webhook's API version to WP REST API v3"},
		{Code: codeReceived, Meaning: "when the delivery arrived is not known, and its body names no time"},
		{Code: codeMoney, Meaning: "not an exact amount"},
		{Code: codeCurrency, Meaning: "not an ISO 4217 currency code"},
		{Code: codeShop, Meaning: "the delivery names no shop"},
		{Code: codeSecrets, Meaning: "an endpoint needs a secret; an empty one, or one of zero bytes, is none"},
		{Code: codeShopURL, Meaning: "an endpoint belongs to one shop, by its home URL or the name in it"},
	}
}

// fault makes a fault. A message of "" is the code's meaning; none ever quotes the
// body.
func fault(code, message string) *byline.FieldError {
	return wire.Fault(codes(), "", code, message)
}
