package brief

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Change is one difference between two briefs.
type Change struct {
	// Path is where, in JSON names. An entry of a list goes by what tells it apart:
	// "tracking.codes[ADA15].expires", "disclosures[DE de].label"; deliverables by their
	// place, since elements name them by it: "deliverables[0].count".
	Path string `json:"path"`
	// Before and After are the values as text; empty: it is not there. A whole entry is JSON.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	// Sentence says it to a person: "The due day of the drafts moves from … to …."
	Sentence string `json:"sentence"`
}

// Compare says what b says otherwise than a, in the order of the fields; it is empty where
// they say the same. The version is no part of what a brief says. Nor is the order of a list, but for that of
// the deliverables. Times are told in UTC.
func Compare(a, b Brief) []Change {
	a.Version, b.Version = 0, 0
	c := &comparer{}
	c.walk(spot{}, treeOf(a), treeOf(b))
	return c.changes
}

// treeOf is what JSON makes of a brief, with its fields in order.
func treeOf(b Brief) any {
	data, err := json.Marshal(b)
	if err != nil { // a time beyond the year 9999
		return fmt.Sprint(b)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v, err := readTree(d)
	if err != nil { // which json.Marshal rules out
		return string(data)
	}
	return v
}

// branch is an object whose fields keep their order.
type branch []leaf

type leaf struct {
	name  string
	value any
}

func (b branch) get(name string) any {
	for _, l := range b {
		if l.name == name {
			return l.value
		}
	}
	return nil
}

func readTree(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		b := branch{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			value, err := readTree(d)
			if err != nil {
				return nil, err
			}
			b = append(b, leaf{textOf(name), value})
		}
		_, err = d.Token()
		return b, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := readTree(d)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err = d.Token()
		return list, err
	}
	return token, nil
}

// spot is where a value stands.
type spot struct {
	path    string // with the keys of entries
	pattern string // without them: "tracking.codes[].expires"
	key     string // of the innermost entry
}

func (s spot) member(name string) spot {
	if s.path == "" {
		return spot{path: name, pattern: name}
	}
	return spot{s.path + "." + name, s.pattern + "." + name, s.key}
}

func (s spot) entry(key string) spot {
	return spot{s.path + "[" + key + "]", s.pattern + "[]", key}
}

type comparer struct{ changes []Change }

func (c *comparer) walk(at spot, before, after any) {
	a, isBranchA := before.(branch)
	b, isBranchB := after.(branch)
	listA, isListA := before.([]any)
	listB, isListB := after.([]any)
	entered := strings.HasSuffix(at.pattern, "[]") && (before == nil || after == nil)
	switch {
	case (isBranchA || isBranchB) && !entered && at.pattern != "audience.minors":
		for _, name := range names(a, b) {
			c.walk(at.member(name), a.get(name), b.get(name))
		}
	case isListA || isListB:
		c.list(at, listA, listB)
	case textOf(before) != textOf(after):
		c.changes = append(c.changes, Change{at.path, textOf(before), textOf(after), sentence(at, present(before), present(after))})
	}
}

// present has a text without a word as nothing.
func present(v any) any {
	if v == "" {
		return nil
	}
	return v
}

// names are the fields of both in the order of the first, each of the second's own behind
// what it follows there.
func names(a, b branch) []string {
	var all []string
	for _, l := range a {
		all = append(all, l.name)
	}
	place := 0
	for _, l := range b {
		if i := slices.Index(all, l.name); i >= 0 {
			place = i + 1
			continue
		}
		all = slices.Insert(all, place, l.name)
		place++
	}
	return all
}

// list compares entries by their keys.
func (c *comparer) list(at spot, a, b []any) {
	keysA, keysB := keysOf(at.pattern, a), keysOf(at.pattern, b)
	for i, key := range keysA {
		var after any
		if j := slices.Index(keysB, key); j >= 0 {
			after = b[j]
		}
		c.walk(at.entry(key), a[i], after)
	}
	for j, key := range keysB {
		if !slices.Contains(keysA, key) {
			c.walk(at.entry(key), nil, b[j])
		}
	}
}

// keyFields are what tells the entries of a list apart.
func keyFields(pattern string) []string {
	switch pattern {
	case "elements":
		return []string{"kind", "text"}
	case "disclosures":
		return []string{"market", "language", "platform"}
	case "claims", "forbidden":
		return []string{"text"}
	case "angles", "claims[].proof":
		return []string{"title"}
	case "references":
		return []string{"url"}
	case "tracking.codes":
		return []string{"code"}
	case "tracking.links":
		return []string{"key"}
	}
	return nil
}

// keysOf names entries; of the same name the second is "name #2".
func keysOf(pattern string, list []any) []string {
	keys := make([]string, len(list))
	for i, v := range list {
		key := textOf(v)
		if b, ok := v.(branch); ok {
			key = strconv.Itoa(i)
			if fields := keyFields(pattern); fields != nil {
				var parts []string
				for _, name := range fields {
					if part := textOf(b.get(name)); part != "" {
						parts = append(parts, part)
					}
				}
				key = strings.Join(parts, " ")
			}
		}
		for n, unique := 2, key; ; n++ {
			if !slices.Contains(keys[:i], unique) {
				keys[i] = unique
				break
			}
			unique = fmt.Sprintf("%s #%d", key, n)
		}
	}
	return keys
}

// textOf is a value as text: what it says, or JSON where it is more than one value.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return v.String()
	}
	var b bytes.Buffer
	writeTree(&b, v)
	return b.String()
}

func writeTree(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case branch:
		b.WriteByte('{')
		for i, l := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Quote(l.name) + ":")
			writeTree(b, l.value)
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			writeTree(b, item)
		}
		b.WriteByte(']')
	case string:
		data, err := json.Marshal(v)
		if err == nil {
			b.Write(data)
		}
	default:
		b.WriteString(textOf(v))
	}
}

// inWords is a value as a sentence has it.
func inWords(pattern string, v any) string {
	text := textOf(v)
	if isDuration(pattern) {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return durationWords(time.Duration(n))
		}
	}
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t.UTC().Format("Mon 2 Jan 2006 15:04 MST")
	}
	if _, isText := v.(string); isText {
		return "“" + excerpt(text) + "”"
	}
	switch v := v.(type) {
	case branch:
		return v.inWords(pattern)
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = inWords(pattern, item)
		}
		return joinWords(parts)
	}
	return text
}

// durationWords leaves out the parts that are nothing: "1h", not "1h0m0s".
func durationWords(d time.Duration) string {
	words := d.String()
	for _, end := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(words, end) {
			words = words[:len(words)-2]
		}
	}
	return words
}

// inWords tells an entry: "kind “tag”, text “@demo”".
func (b branch) inWords(pattern string) string {
	var parts []string
	for _, l := range b {
		parts = append(parts, fieldWords(l.name)+" "+inWords(pattern+"."+l.name, l.value))
	}
	return strings.Join(parts, ", ")
}

func isDuration(pattern string) bool {
	for _, end := range []string{"length.min", "length.max", "minimum_live", "attribution_window", "monitoring.within", "takedown", "again_every"} {
		if strings.HasSuffix(pattern, end) {
			return true
		}
	}
	return false
}
