package wire

import (
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// What can be wrong with any document. A package puts its own prefix before them:
// "hubspot.time".
const (
	codeJSON     = "json"
	codeSize     = "size"
	codeShape    = "shape"
	codeRequired = "required"
	codeID       = "id"
	codeQuantity = "quantity"
	codeFlag     = "flag"
	codeTime     = "time"
	codeMoney    = "money"
	codeCurrency = "currency"
)

// Code is one row of a package's table of codes.
type Code struct{ Code, Meaning string }

// Codes is the table of the codes that a [Reader] finds by itself, with a package's prefix
// and without those that it has no use for. A package may as well have words of its own
// for them.
func Codes(prefix string, unused ...string) []Code {
	table := []Code{
		{prefix + codeJSON, "not one JSON document"},
		{prefix + codeSize, "holds more than any order could"},
		{prefix + codeShape, "not of the JSON type that is documented"},
		{prefix + codeRequired, "missing"},
		{prefix + codeID, "not a positive whole number"},
		{prefix + codeQuantity, "not a whole number of at least zero"},
		{prefix + codeFlag, "neither true nor false"},
		{prefix + codeTime, "not a time between 1970 and 9999"},
		{prefix + codeMoney, "not an exact amount"},
		{prefix + codeCurrency, "not an ISO 4217 currency code"},
	}
	return slices.DeleteFunc(table, func(row Code) bool { return slices.Contains(unused, strings.TrimPrefix(row.Code, prefix)) })
}

// Fault makes a fault. A message of "" is what the table says that the code means.
func Fault(table []Code, path, code, message string) *byline.FieldError {
	if message == "" {
		message = meaning(table, code)
	}
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

func meaning(table []Code, code string) string {
	for _, row := range table {
		if row.Code == code {
			return row.Meaning
		}
	}
	return ""
}
