package signedjson_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/signedjson"
)

// documented returns the indented JSON documents of the package comment.
func documented(t testing.TB) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	require.NoError(t, err)
	var found []string
	for line := range strings.Lines(file.Doc.Text()) {
		code, indented := strings.CutPrefix(line, "\t")
		switch {
		case indented && strings.HasPrefix(code, "{"):
			found = append(found, code)
		case indented && len(found) > 0:
			found[len(found)-1] += code
		}
	}
	return found
}

// checker judges by a JSON Schema: by the words of it that ours uses, and it panics at
// any other.
type checker struct {
	defs     map[string]any
	patterns map[string]*regexp.Regexp
}

var words = []string{
	"$schema", "$defs", "title", "description", "format", "$ref", "anyOf", "oneOf", "const", "enum", "type",
	"minLength", "maxLength", "pattern", "minimum", "maximum", "items", "properties", "required", "additionalProperties",
}

func newChecker(t testing.TB) (checker, map[string]any) {
	t.Helper()
	whole := decodeAny(t, []byte(signedjson.Schema())).(map[string]any)
	return checker{defs: whole["$defs"].(map[string]any), patterns: map[string]*regexp.Regexp{}}, whole
}

func decodeAny(t testing.TB, data []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v))
	return v
}

func (c checker) resolve(schema map[string]any) map[string]any {
	ref, ok := schema["$ref"].(string)
	if !ok {
		return schema
	}
	return c.defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
}

func (c checker) valid(schema map[string]any, v any) bool {
	for word, rule := range schema {
		if !slices.Contains(words, word) {
			panic("the checker does not know " + word)
		}
		if !c.obeys(schema, word, rule, v) {
			return false
		}
	}
	return true
}

func (c checker) obeys(schema map[string]any, word string, rule, v any) bool {
	switch word {
	case "$schema", "$defs", "title", "description", "format":
		return true
	case "$ref":
		return c.valid(c.resolve(schema), v)
	case "anyOf":
		return slices.ContainsFunc(rule.([]any), func(s any) bool { return c.valid(s.(map[string]any), v) })
	case "oneOf":
		n := 0
		for _, s := range rule.([]any) {
			if c.valid(s.(map[string]any), v) {
				n++
			}
		}
		return n == 1
	case "const":
		return v == rule
	case "enum":
		// The words are texts and null, which compare; what does not, is none of them.
		_, isText := v.(string)
		return (isText || v == nil) && slices.Contains(rule.([]any), v)
	case "type":
		types, several := rule.([]any)
		if !several {
			types = []any{rule}
		}
		return slices.ContainsFunc(types, func(t any) bool { return isType(t.(string), v) })
	}
	switch v := v.(type) {
	case string:
		return c.obeysText(word, rule, v)
	case json.Number:
		return obeysNumber(word, rule, v)
	case map[string]any:
		return c.obeysObject(schema, word, rule, v)
	case []any:
		return word != "items" || !slices.ContainsFunc(v, func(item any) bool { return !c.valid(rule.(map[string]any), item) })
	}
	return true
}

func isType(name string, v any) bool {
	switch v := v.(type) {
	case nil:
		return name == "null"
	case bool:
		return name == "boolean"
	case string:
		return name == "string"
	case json.Number:
		return name == "number" || name == "integer" && !strings.ContainsAny(v.String(), ".eE")
	case []any:
		return name == "array"
	}
	return name == "object"
}

func (c checker) obeysText(word string, rule any, v string) bool {
	switch word {
	case "minLength", "maxLength":
		var limit int
		_, _ = fmt.Sscan(string(rule.(json.Number)), &limit)
		n := utf8.RuneCountInString(v)
		return word == "minLength" && n >= limit || word == "maxLength" && n <= limit
	case "pattern":
		pattern := rule.(string)
		if c.patterns[pattern] == nil {
			c.patterns[pattern] = regexp.MustCompile(pattern)
		}
		return c.patterns[pattern].MatchString(v)
	}
	return true
}

func obeysNumber(word string, rule any, v json.Number) bool {
	if word != "minimum" && word != "maximum" {
		return true
	}
	limit, _ := new(big.Float).SetString(string(rule.(json.Number)))
	n, ok := new(big.Float).SetString(v.String())
	return ok && (word == "minimum" && n.Cmp(limit) >= 0 || word == "maximum" && n.Cmp(limit) <= 0)
}

func (c checker) obeysObject(schema map[string]any, word string, rule any, v map[string]any) bool {
	properties, _ := schema["properties"].(map[string]any)
	switch word {
	case "properties":
		for name, inner := range v {
			if s, ok := properties[name]; ok && !c.valid(s.(map[string]any), inner) {
				return false
			}
		}
	case "required":
		for _, name := range rule.([]any) {
			if _, ok := v[name.(string)]; !ok {
				return false
			}
		}
	case "additionalProperties":
		if rule != false {
			panic("the checker knows additionalProperties: false alone")
		}
		for name := range v {
			if _, ok := properties[name]; !ok {
				return false
			}
		}
	}
	return true
}

func TestSchemaTakesSamplesAndDocumentation(t *testing.T) {
	t.Parallel()
	c, whole := newChecker(t)
	documents := documented(t)
	for _, file := range samples {
		if file != "unknown_type.json" {
			documents = append(documents, string(load(t, file)))
		}
	}
	for _, document := range documents {
		if !c.valid(whole, decodeAny(t, []byte(document))) {
			t.Errorf("the schema refuses %s", document)
		}
	}
	for name, wrong := range map[string]string{
		"a misspelt field":      order(t, `"discont":"1.00"`),
		"a number for money":    order(t, `"gross":1.5`),
		"a bad word":            order(t, `"channel":"shop"`),
		"no order id":           envelope("order.deleted", `{}`),
		"a negative quantity":   order(t, `"lines":[{"quantity":-1,"gross":"1"}]`),
		"a type it has not":     envelope("order.paid", plain),
		"an empty currency":     order(t, `"currency":""`),
		"text that is too long": order(t, `"claims":[{"id":"c","kind":"survey","creator":"ada","author":"`+strings.Repeat("x", 256)+`"}]`),
	} {
		if c.valid(whole, decodeAny(t, []byte(wrong))) {
			t.Errorf("the schema takes %s", name)
		}
	}
}

// Every field of the schema stands in a sample, and the decoder knows no other: the
// samples have no fault, and TestSchemaAndDecoderAgree adds one that neither knows.
func TestSamplesHaveEveryField(t *testing.T) {
	t.Parallel()
	c, whole := newChecker(t)
	met := map[string]bool{}
	for _, file := range samples {
		v := decodeAny(t, load(t, file))
		c.walk(whole, v, "", func(def, name string) { met[def+"."+name] = true })
	}
	var missing []string
	for def, s := range c.defs {
		properties, _ := s.(map[string]any)["properties"].(map[string]any)
		for name := range properties {
			if !met[def+"."+name] {
				missing = append(missing, def+"."+name)
			}
		}
	}
	slices.Sort(missing)
	if diff := cmp.Diff([]string(nil), missing); diff != "" {
		t.Errorf("fields that stand in no sample (-want +got):\n%s", diff)
	}
}

// walk tells of each field of v by the definition that it is a property of.
func (c checker) walk(schema map[string]any, v any, def string, visit func(def, name string)) {
	if ref, ok := schema["$ref"].(string); ok {
		c.walk(c.resolve(schema), v, strings.TrimPrefix(ref, "#/$defs/"), visit)
		return
	}
	for _, word := range []string{"anyOf", "oneOf"} {
		branches, _ := schema[word].([]any)
		for _, branch := range branches {
			if b := branch.(map[string]any); c.valid(b, v) {
				c.walk(b, v, def, visit)
			}
		}
	}
	switch v := v.(type) {
	case map[string]any:
		properties, _ := schema["properties"].(map[string]any)
		for name, inner := range v {
			if s, ok := properties[name]; ok {
				visit(def, name)
				c.walk(s.(map[string]any), inner, def, visit)
			}
		}
	case []any:
		if items, ok := schema["items"].(map[string]any); ok {
			for _, item := range v {
				c.walk(items, item, def, visit)
			}
		}
	}
}

// replacements are put in the place of every value of every sample.
var replacements = []string{
	`null`, `""`, `"x"`, `"\u0000"`, `true`, `0`, `7`, `-1`, `1.5`, `1e3`, `99999999999999999999`, `[]`, `[1]`, `[null]`, `{}`, `{"nowhere":1}`,
	`"1.00"`, `"-1"`, `{"amount":"1","currency":"EUR"}`, `{"amount":"1","currency":"USD"}`, `"EUR"`, `"2026-11-20T18:40:00Z"`, `"paid"`, `"survey"`, `"/x"`,
}

// byShape are the faults that the schema must find too.
var byShape = []string{"signedjson.shape", "signedjson.unknown_field", "signedjson.word", "signedjson.count"}

// One value is changed at a time, at every place. What the decoder takes, the schema
// takes; what the schema takes, the decoder does not refuse by its shape.
func TestSchemaAndDecoderAgree(t *testing.T) {
	t.Parallel()
	c, whole := newChecker(t)
	tried, values := 0, map[string]any{}
	for _, to := range replacements {
		values[to] = decodeAny(t, []byte(to))
	}
	for _, file := range samples {
		if file == "unknown_type.json" {
			continue
		}
		v := decodeAny(t, load(t, file))
		data := v.(map[string]any)["data"]
		eachChange(data, values, func(change string) {
			body, err := json.Marshal(v)
			require.NoError(t, err)
			tried++
			takes := c.valid(whole, v)
			_, err = parse(string(body))
			if err == nil && !takes {
				t.Errorf("%s: the decoder takes and the schema refuses %s", file, change)
			}
			for _, fault := range codesOf(err) {
				if code := fault[strings.LastIndex(fault, " ")+1:]; takes && slices.Contains(byShape, code) {
					t.Errorf("%s: the schema takes and the decoder refuses %s: %s", file, change, fault)
				}
			}
		})
	}
	if tried < 3000 {
		t.Errorf("%d changes were tried", tried)
	}
}

// eachChange changes v in place, calls try and puts it back. The cart's attributes are
// free.
func eachChange(v any, values map[string]any, try func(change string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			was := v[name]
			changeOne(func(to any) { v[name] = to }, name, values, try)
			v[name] = was
			if name != "attributes" {
				eachChange(was, values, try)
			}
			delete(v, name)
			try("without " + name)
			v[name] = was
		}
		v["nowhere"] = true
		try("with a field from nowhere")
		delete(v, "nowhere")
	case []any:
		for i, was := range v {
			changeOne(func(to any) { v[i] = to }, fmt.Sprint(i), values, try)
			v[i] = was
			eachChange(was, values, try)
		}
	}
}

func changeOne(set func(any), name string, values map[string]any, try func(string)) {
	for _, to := range replacements {
		set(values[to])
		try(name + " = " + to)
	}
}

// replaceEach puts text in the place of every value, as it is and inside a list and an
// object, and calls try with the whole.
func replaceEach(v any, text string, try func(body string)) {
	var walk func(part any)
	put := func(set func(any)) {
		for _, to := range []any{text, []any{text}, map[string]any{text: text}} {
			set(to)
			if body, err := json.Marshal(v); err == nil {
				try(string(body))
			}
		}
	}
	walk = func(part any) {
		switch part := part.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(part)) {
				was := part[name]
				put(func(to any) { part[name] = to })
				part[name] = was
				walk(was)
			}
		case []any:
			for i, was := range part {
				put(func(to any) { part[i] = to })
				part[i] = was
				walk(was)
			}
		}
	}
	walk(v)
}

// The words of the schema are those of package attribution, and the decoder takes each.
func TestWords(t *testing.T) {
	t.Parallel()
	c, whole := newChecker(t)
	tests := []struct {
		def, field string
		body       func(word string) string
		words      []string
	}{
		{"order_changed", "kind", func(w string) string { return order(t, `"kind":"`+w+`"`) }, []string{
			"purchase", string(attribution.Lead), string(attribution.SignUp), string(attribution.DemoRequest), string(attribution.Trial),
			string(attribution.Signature), string(attribution.Donation), string(attribution.Reservation), string(attribution.AppDownload),
		}},
		{"order_changed", "channel", func(w string) string { return order(t, `"channel":"`+w+`"`) }, []string{
			"online", string(attribution.InStore), string(attribution.Draft), string(attribution.API),
		}},
		{"order_changed", "payment", func(w string) string { return order(t, `"payment":"`+w+`"`) }, []string{
			string(attribution.Pending), string(attribution.Authorized), string(attribution.PartiallyPaid), string(attribution.Paid),
			string(attribution.PartiallyRefunded), string(attribution.Refunded), string(attribution.Voided),
		}},
		{"refund", "state", func(w string) string { return order(t, `"refunds":[{"id":"r","cash":"1","state":"`+w+`"}]`) }, []string{
			string(attribution.Settled), string(attribution.RefundPending), string(attribution.RefundFailed),
		}},
		{"dispute", "state", func(w string) string { return order(t, `"disputes":[{"id":"d","state":"`+w+`"}]`) }, []string{
			string(attribution.DisputeInquiry), string(attribution.DisputeOpen), string(attribution.DisputeWon), string(attribution.DisputeLost),
		}},
		{"claim", "kind", func(w string) string {
			return order(t, `"claims":[{"id":"c","creator":"ada","author":"dario","reason":"x","kind":"`+w+`"}]`)
		}, []string{string(attribution.BySurvey), string(attribution.ByManual)}},
	}
	for _, tt := range tests {
		properties := c.defs[tt.def].(map[string]any)["properties"].(map[string]any)
		var words []string
		for _, word := range properties[tt.field].(map[string]any)["enum"].([]any) {
			if text, ok := word.(string); ok {
				words = append(words, text)
			}
		}
		if diff := cmp.Diff(tt.words, words); diff != "" {
			t.Errorf("%s.%s mismatch (-want +got):\n%s", tt.def, tt.field, diff)
		}
		for _, word := range tt.words {
			if _, err := parse(tt.body(word)); err != nil || !c.valid(whole, decodeAny(t, []byte(tt.body(word)))) {
				t.Errorf("%s.%s %q: %v", tt.def, tt.field, word, err)
			}
		}
	}
}
