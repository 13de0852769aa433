// Package validate checks the shape of a struct by its `validate` tags and reports
// every fault at its JSON path.
//
// Tags are for shape: required, lengths, counts, lists of allowed words. Rules about
// money, dates and how fields depend on each other are plain Go beside the type.
package validate

import (
	"errors"
	"reflect"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"

	"github.com/bylinehq/byline"
)

// The engine caches what it learns about each type and is safe for concurrent use,
// so that one serves the whole program.
var engine = sync.OnceValue(newEngine) //nolint:gochecknoglobals // never reassigned

func newEngine() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled(), validator.WithTagNameFuncBlankOmit())
	v.RegisterTagNameFunc(jsonName)
	for tag, known := range map[string]func(string) bool{
		"currency": func(s string) bool { return byline.Currency(s).Known() },
		"market":   func(s string) bool { return byline.Market(s).Known() },
		"platform": func(s string) bool { return byline.Platform(s).Known() },
	} {
		rule := func(fl validator.FieldLevel) bool {
			return fl.Field().Kind() == reflect.String && known(fl.Field().String())
		}
		if err := v.RegisterValidation(tag, rule); err != nil {
			panic(err) // only for an empty or reserved tag, which the list above has not
		}
	}
	return v
}

// jsonName names a field as encoding/json does. A field that JSON never shows and an
// embedded struct, whose fields JSON lifts into its parent, have no name of their own.
func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case name == "-", name == "" && f.Anonymous:
		return ""
	case name == "":
		return f.Name
	default:
		return name
	}
}

// Struct returns the faults of v, a struct or a pointer to one, in the order of its
// fields and of the keys of its maps; nil when there is none. Each fault has the JSON
// path and, as its code, the tag that failed. Its message never shows the value.
//
// Anything but a struct, nil included, is one fault of code "invalid". A tag that
// does not exist or does not fit its field's type panics, as validator does: every
// input type stands in a test.
func Struct(v any) []*byline.FieldError {
	err := engine().Struct(v)
	if err == nil {
		return nil
	}
	found, ok := errors.AsType[validator.ValidationErrors](err)
	if !ok {
		return []*byline.FieldError{{Code: "invalid", Message: "nothing to check: not a struct"}}
	}
	root := reflect.Indirect(reflect.ValueOf(v)).Type().Name()
	faults := make([]*byline.FieldError, len(found))
	for i, fe := range found {
		faults[i] = &byline.FieldError{Path: path(fe.Namespace(), root), Code: fe.Tag(), Message: message(fe)}
	}
	sortMapKeys(faults)
	return faults
}

// path cuts the type's name off. It is cut as a whole because the name of a generic
// type has dots in it, and an anonymous struct has no name to cut.
func path(namespace, root string) string {
	return strings.TrimPrefix(strings.TrimPrefix(namespace, root), ".")
}
