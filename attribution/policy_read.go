package attribution

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// ParsePolicy reads a policy from JSON as json.Marshal writes one, and validates it. It
// is strict, because a slip in a policy changes who is paid: names are exact, in lower
// case, and a field that no policy has is refused, as is one that stands twice, null, and
// anything after the document.
//
// All faults are reported at once, at most 50 of the reading: "policy.json" when it is
// not one JSON document, "policy.size" when it is longer than a megabyte,
// "policy.unknown_field", "policy.field_twice", "policy.type" when a value is not of the
// JSON type that its field has, and those of [Policy.Validate]. With an error the Policy
// is the zero one, which is valid; do not use it.
func ParsePolicy(data []byte) (Policy, error) {
	if fault := wellFormed(data); fault != nil {
		return Policy{}, byline.Faults([]*byline.FieldError{fault})
	}
	var p Policy
	r := policyReader{tokens: json.NewDecoder(bytes.NewReader(data))}
	r.tokens.UseNumber()
	r.value(r.next(), reflect.ValueOf(&p).Elem(), "")
	faults := r.faults
	for _, f := range byline.Nest("", p.Validate()) {
		// What could not be read is not also wrong.
		if !slices.ContainsFunc(r.faults, func(read *byline.FieldError) bool { return read.Path == f.Path }) {
			faults = append(faults, f)
		}
	}
	if err := byline.Faults(faults); err != nil {
		return Policy{}, err
	}
	return p, nil
}

const (
	maxPolicy       = 1 << 20 // bytes
	maxPolicyFaults = 50
	// maxPolicyRules bounds lists of rules and kinds of evidence, not those of products.
	maxPolicyRules = 1000
)

func wellFormed(data []byte) *byline.FieldError {
	if len(data) > maxPolicy {
		return &byline.FieldError{Code: "policy.size", Message: "longer than a megabyte"}
	}
	if !utf8.Valid(data) {
		return &byline.FieldError{Code: "policy.json", Message: "not UTF-8"}
	}
	var whole json.RawMessage
	err := json.Unmarshal(data, &whole)
	if err == nil {
		return nil
	}
	message := "not one JSON document"
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		message = fmt.Sprintf("not one JSON document: it breaks off or goes wrong at byte %d", syntax.Offset)
	}
	return &byline.FieldError{Code: "policy.json", Message: message}
}

// policyReader fills a policy from the tokens of a document that is known to be well
// formed. It knows the kinds of field that a policy has.
type policyReader struct {
	tokens *json.Decoder
	faults []*byline.FieldError
}

func (r *policyReader) add(path, code, message string) {
	if len(r.faults) < maxPolicyFaults {
		r.faults = append(r.faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
}

// next returns nil for null, and where the document ends before it should, which it
// can't.
func (r *policyReader) next() json.Token {
	token, err := r.tokens.Token()
	if err != nil {
		return nil
	}
	return token
}

// value reads the value that begins with a token.
func (r *policyReader) value(token json.Token, into reflect.Value, path string) {
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		r.value(token, into.Elem(), path)
		return
	case reflect.Struct:
		if token == json.Delim('{') {
			r.object(into, path)
			return
		}
	case reflect.Slice:
		if token == json.Delim('[') {
			r.list(into, path)
			return
		}
	default:
		if scalar(token, into) {
			return
		}
	}
	r.add(path, "policy.type", wanted(into))
	r.skip(token)
}

// scalar reports whether the token is what the field holds.
func scalar(token json.Token, into reflect.Value) bool {
	switch token := token.(type) {
	case string:
		if into.Kind() == reflect.String {
			into.SetString(token)
			return true
		}
	case bool:
		if into.Kind() == reflect.Bool {
			into.SetBool(token)
			return true
		}
	case json.Number:
		n, err := strconv.ParseInt(token.String(), 10, 64)
		if into.CanInt() && err == nil {
			into.SetInt(n)
			return true
		}
	}
	return false
}

func wanted(into reflect.Value) string {
	switch into.Kind() {
	case reflect.Struct:
		return "must be an object"
	case reflect.Slice:
		return "must be a list"
	case reflect.String:
		return "must be text"
	case reflect.Bool:
		return "must be true or false"
	default:
		return "must be a whole number, written without a fraction or an exponent"
	}
}

func (r *policyReader) list(into reflect.Value, path string) {
	short := into.Type().Elem() != reflect.TypeFor[string]()
	for i := 0; r.tokens.More(); i++ {
		if short && i == maxPolicyRules {
			r.add(path, "policy.size", "more than anyone could follow")
		}
		if short && i >= maxPolicyRules {
			r.skip(r.next())
			continue
		}
		element := reflect.New(into.Type().Elem()).Elem()
		r.value(r.next(), element, fmt.Sprintf("%s[%d]", path, i))
		into.Set(reflect.Append(into, element))
	}
	r.next()
}

func (r *policyReader) object(into reflect.Value, path string) {
	seen := map[string]bool{}
	for r.tokens.More() {
		name, _ := r.next().(string)
		at := fieldPath(path, name)
		field := fieldNamed(into, name)
		switch {
		case !field.IsValid():
			r.add(at, "policy.unknown_field", "a policy has no such field here; names are in lower case")
			r.skip(r.next())
		case seen[name]:
			r.add(at, "policy.field_twice", "the field stands twice")
			r.skip(r.next())
		default:
			r.value(r.next(), field, at)
		}
		seen[name] = true
	}
	r.next()
}

// fieldNamed returns the field of a JSON name, to the letter.
func fieldNamed(into reflect.Value, name string) reflect.Value {
	for i := range into.NumField() {
		tag, _, _ := strings.Cut(into.Type().Field(i).Tag.Get("json"), ",")
		if tag == name && tag != "" {
			return into.Field(i)
		}
	}
	return reflect.Value{}
}

// fieldPath leaves out a name that could be anything.
func fieldPath(path, name string) string {
	const longest = 40
	plain := func(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_' }
	if name == "" || len(name) > longest || strings.TrimFunc(name, plain) != "" {
		return path
	}
	if path == "" {
		return name
	}
	return path + "." + name
}

// skip passes over the rest of a value that begins with a token.
func (r *policyReader) skip(token json.Token) {
	depth := 0
	for {
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth <= 0 {
			return
		}
		token = r.next()
	}
}
