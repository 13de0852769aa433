package brief

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Template is what many briefs share. A [Variant] says what is different for one creator,
// or one market.
type Template struct {
	ID    string `json:"id" validate:"required"`
	Brief Brief  `json:"brief"`
}

// Variant overrides fields of a template, each by its JSON path: "message",
// "timeline.drafts_due", "deliverables". What it does not name is inherited.
//
// A path goes through objects and ends at a field. It never goes into a list: a list is
// replaced as a whole, or appended to, so that a change of the template's list cannot move
// what a variant meant.
type Variant struct {
	ID string `json:"id" validate:"required"`
	// Replace sets a field to a value; null clears it.
	Replace map[string]json.RawMessage `json:"replace,omitempty"`
	// Append adds entries to the end of a list, after what Replace made of it: a JSON list
	// of them.
	Append map[string]json.RawMessage `json:"append,omitempty"`
}

// For returns the template's brief with variants laid over it in their order: a market's,
// then a creator's. The result shares nothing with the template. [Brief.Validate] is not
// called, since a variant may be what makes it whole.
//
// All faults are reported, under "variants[1].replace[timeline.drafts_du]":
// "variant.field" for a field that is not there, "variant.list" for a path into a list and
// for an Append to what is none, "variant.value" for a value that does not fit the field,
// with a field of its own that does not exist for one, and "variant.overlap" for two paths
// of one variant of which one lies in the other.
func (t Template) For(variants ...Variant) (Brief, error) {
	b := t.Brief.clone()
	var faults faultList
	for i, v := range variants {
		v.apply(&b, entry("variants", i), &faults)
	}
	if len(faults) > 0 {
		return Brief{}, byline.Faults(faults)
	}
	return b, nil
}

func (v Variant) apply(b *Brief, at string, faults *faultList) {
	v.overlaps(at, faults)
	for _, path := range sortedKeys(v.Replace) {
		v.lay(b, path, layer{at: at + ".replace[" + path + "]", value: v.Replace[path]}, faults)
	}
	for _, path := range sortedKeys(v.Append) {
		v.lay(b, path, layer{at: at + ".append[" + path + "]", value: v.Append[path], append: true}, faults)
	}
}

// overlaps finds paths of which one lies in the other: which of them wins would depend on
// their order, and a map has none.
func (v Variant) overlaps(at string, faults *faultList) {
	for kind, m := range map[string]map[string]json.RawMessage{"replace": v.Replace, "append": v.Append} {
		for path := range m {
			for other := range v.Replace {
				if strings.HasPrefix(path, other+".") {
					faults.add(fmt.Sprintf("%s.%s[%s]", at, kind, path), "variant.overlap", "another path of this variant replaces all of what this is in")
				}
			}
		}
	}
	slices.SortFunc(*faults, func(a, b *byline.FieldError) int { return strings.Compare(a.Path, b.Path) })
}

// layer is one override.
type layer struct {
	at     string
	value  json.RawMessage
	append bool
}

func (v Variant) lay(b *Brief, path string, l layer, faults *faultList) {
	field, code := fieldAt(reflect.ValueOf(b).Elem(), strings.Split(path, "."))
	switch {
	case code == "variant.list":
		faults.add(l.at, code, "a list is replaced as a whole, or appended to")
		return
	case code != "":
		faults.add(l.at, code, "a brief has no such field")
		return
	case l.append && field.Kind() != reflect.Slice:
		faults.add(l.at, "variant.list", "only a list can be appended to")
		return
	}
	read := reflect.New(field.Type())
	if !strictly(l.value, read.Interface()) {
		faults.add(l.at, "variant.value", "the value does not fit the field")
		return
	}
	if l.append {
		read.Elem().Set(reflect.AppendSlice(field, read.Elem()))
	}
	field.Set(read.Elem())
}

// strictly reads one JSON value with no field too many and nothing behind it.
func strictly(data []byte, into any) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(into) == nil && !d.More() && json.Valid(data)
}

// fieldAt walks JSON names, or returns the code of why it cannot.
func fieldAt(v reflect.Value, path []string) (reflect.Value, string) {
	for _, name := range path {
		switch {
		case v.Kind() == reflect.Slice, strings.ContainsAny(name, "[]"):
			return v, "variant.list"
		case v.Kind() != reflect.Struct || whole(v):
			return v, "variant.field"
		}
		var found bool
		if v, found = member(v, name); !found {
			return v, "variant.field"
		}
	}
	return v, ""
}

// whole reports whether JSON reads a value at once, so that it has no fields of its own.
func whole(v reflect.Value) bool {
	switch v.Addr().Interface().(type) {
	case json.Unmarshaler, encoding.TextUnmarshaler, *time.Time:
		return true
	}
	return false
}

// member finds a field by its JSON name, exactly as it is written.
func member(v reflect.Value, name string) (reflect.Value, bool) {
	for i := range v.NumField() {
		tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if tag == name && tag != "" && tag != "-" {
			return v.Field(i), true
		}
	}
	return v, false
}
