package validate

import (
	"reflect"
	"strings"

	"github.com/go-playground/validator/v10"
)

// message says in plain English what a tag asks for. It shows the tag's parameter
// only where that is a limit or a list of words, never where it names a Go field.
func message(fe validator.FieldError) string {
	switch tag := fe.Tag(); tag {
	case "required":
		return "a value is required"
	case "min", "gte", "max", "lte", "gt", "lt", "len", "eq":
		return limit(fe)
	case "oneof", "oneofci":
		return "must be one of " + words(fe.Param())
	case "ne":
		return "must not be this value"
	case "unique":
		return "must not hold the same entry twice"
	case "currency":
		return "not an ISO 4217 currency code"
	case "market":
		return "not an ISO 3166-1 country code"
	case "platform":
		return "not a platform this version knows"
	case "url", "http_url", "https_url", "uri":
		return "not a web address"
	case "email":
		return "not an e-mail address"
	case "timezone":
		return "not an IANA time zone"
	case "bcp47_language_tag", "bcp47_strict_language_tag":
		return "not a BCP 47 language tag"
	default:
		return dependence(tag)
	}
}

// dependence tells the tags that look at another field from the rest. The other
// field's name would be a Go name, so it is left out.
func dependence(tag string) string {
	switch {
	case strings.HasPrefix(tag, "required_"):
		return "a value is required because of another field"
	case strings.HasPrefix(tag, "excluded_"):
		return "must be left out because of another field"
	case strings.HasSuffix(tag, "field"):
		return "does not fit another field"
	default:
		return "not a valid value"
	}
}

func limit(fe validator.FieldError) string {
	bound := map[string]string{
		"min": "at least", "gte": "at least", "max": "at most", "lte": "at most",
		"gt": "more than", "lt": "less than", "len": "exactly", "eq": "exactly",
	}[fe.Tag()]
	switch {
	case fe.Kind() == reflect.String && fe.Tag() == "eq":
		return "must be " + bound + " " + quote(fe.Param())
	case fe.Kind() == reflect.String:
		return "must have " + bound + " " + count(fe.Param(), "character", "characters")
	case fe.Kind() == reflect.Slice, fe.Kind() == reflect.Map, fe.Kind() == reflect.Array:
		return "must have " + bound + " " + count(fe.Param(), "entry", "entries")
	default:
		return "must be " + bound + " " + fe.Param()
	}
}

func count(n, one, many string) string {
	if n == "1" {
		return n + " " + one
	}
	return n + " " + many
}

func quote(s string) string { return `"` + s + `"` }

// words writes the parameter of oneof, in which a word with a space stands between
// single quotes, as a list.
func words(param string) string {
	var list []string
	for param = strings.TrimSpace(param); param != ""; param = strings.TrimSpace(param) {
		end := " "
		if param[0] == '\'' {
			param, end = param[1:], "'"
		}
		word, rest, _ := strings.Cut(param, end)
		list, param = append(list, quote(word)), rest
	}
	return strings.Join(list, ", ")
}
