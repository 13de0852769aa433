package contracts

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Change is one difference between two versions of terms.
type Change struct {
	// Path is where, in JSON names. An entry of a list goes by its id, or by what tells it
	// apart: "pay.percentages[sales].rate", "parties[brand].address".
	Path string `json:"path"`
	// Before and After are the values as text: "12%", "10.50 EUR", an instant in UTC by
	// RFC 3339, JSON where a whole entry comes or goes. Empty: it is not there.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	// Sentence says it to a person: "The commission 'sales' rises from 12% to 15%." Days
	// are those of the later agreement's zone.
	Sentence string `json:"sentence"`
}

// Diff says what the terms of after say otherwise than those of before, in the order of
// the terms; it is empty where they say the same. A nil agreement says nothing. The
// version, SignedAt and the signatures are no part of what is agreed.
//
// The order of a list is no difference, except where it decides what is paid: the first
// percentage, fixed commission and hold that fit a line are the ones that count.
func Diff(before, after *Agreement) []Change {
	var old, next *Terms
	zone := time.UTC
	if before != nil {
		old = &before.terms
	}
	if after != nil {
		next, zone = &after.terms, after.Location()
	}
	return diffTerms(old, next, zone)
}

func diffTerms(before, after *Terms, zone *time.Location) []Change {
	d := &differ{zone: zone}
	d.members(diffPlace{}, sayings(before), sayings(after))
	return d.changes
}

// sayings are what terms say but for their version; nil terms say nothing.
func sayings(t *Terms) map[string]any {
	if t == nil {
		return nil
	}
	tree, err := t.tree()
	if err != nil { // which Draft and the hash of an offer rule out
		return nil
	}
	delete(tree, "version")
	return tree
}

type differ struct {
	zone    *time.Location
	changes []Change
}

// diffPlace is where a value stands.
type diffPlace struct {
	path    string // with the keys of entries: "grants[ads].term.days"
	pattern string // without: "grants[].term.days"
	entry   string // pattern of the innermost entry: "grants[]"
	name    string // its key: "ads"
	within  string // the entry around that one, in words
}

func (p diffPlace) member(name string) diffPlace {
	if p.path == "" {
		p.path, p.pattern = name, name
		return p
	}
	p.path += "." + name
	p.pattern += "." + name
	return p
}

func (p diffPlace) item(key string) diffPlace {
	p.within = p.entryPhrase()
	p.path += "[" + plain(key) + "]"
	p.pattern += "[]"
	p.entry, p.name = p.pattern, key
	return p
}

// plain quotes what would not read as one word.
func plain(key string) string {
	for _, r := range key {
		if r <= ' ' || r == '[' || r == ']' || r == '"' || !strconv.IsPrint(r) {
			return strconv.Quote(key)
		}
	}
	return key
}

func (d *differ) walk(at diffPlace, before, after any) {
	if textOf(before) == textOf(after) {
		return
	}
	listA, isListA := before.([]any)
	listB, isListB := after.([]any)
	objectA, isObjectA := object(before)
	objectB, isObjectB := object(after)
	switch {
	case isListA || isListB:
		d.list(at, listA, listB)
	case isObjectA && isObjectB, (isObjectA || isObjectB) && onlyHolds(at.pattern):
		d.members(at, objectA, objectB)
	default:
		d.tell(at, before, after)
	}
}

// object tells objects with fields from amounts of money, which are one value.
func object(v any) (map[string]any, bool) {
	fields, ok := v.(map[string]any)
	if _, amount := fields["amount"].(string); amount && len(fields) == 2 && fields["currency"] != nil {
		return nil, false
	}
	return fields, ok
}

// onlyHolds reports whether an object says nothing by being there: its fields are told
// one by one, where another object, as a clause, comes or goes as a whole.
func onlyHolds(pattern string) bool {
	section, field, nested := strings.Cut(pattern, ".")
	return slices.Contains([]string{"clauses", "effective", "pay"}, section) && !nested || section == "pay" && field == "hold" ||
		strings.HasSuffix(pattern, "].scope") || strings.HasSuffix(pattern, "].window")
}

func (d *differ) members(at diffPlace, before, after map[string]any) {
	keys := map[string]bool{}
	for _, fields := range []map[string]any{before, after} {
		for key := range fields {
			keys[key] = true
		}
	}
	order := []string{"id", "creator", "campaign", "effective", "zone", "pay", "parties", "categories", "deliverables", "grants", "exclusivity", "clauses"}
	rank := func(key string) int {
		if i := slices.Index(order, key); at.path == "" && i >= 0 {
			return i
		}
		return len(order)
	}
	inOrder := func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b)) }
	for _, key := range slices.SortedFunc(maps.Keys(keys), inOrder) {
		d.walk(at.member(key), before[key], after[key])
	}
}

func (d *differ) list(at diffPlace, before, after []any) {
	keysA, keysB := entryKeys(at.pattern, before, after)
	inA, inB := positions(keysA), positions(keysB)
	for i, key := range keysA {
		if j, ok := inB[key]; ok {
			d.walk(at.item(key), before[i], after[j])
		} else {
			d.comeOrGo(at, key, before[i], nil)
		}
	}
	for j, key := range keysB {
		if _, ok := inA[key]; !ok {
			d.comeOrGo(at, key, nil, after[j])
		}
	}
	if orderDecides(at.pattern) {
		d.order(at, keysA, keysB)
	}
}

func positions(keys []string) map[string]int {
	at := make(map[string]int, len(keys))
	for i, key := range keys {
		at[key] = i
	}
	return at
}

// comeOrGo tells of an entry that is in one of both lists. Where nothing names the entry
// it is told at its list.
func (d *differ) comeOrGo(at diffPlace, key string, before, after any) {
	if fields, ok := object(cmp.Or[any](before, after)); ok && identity(at.pattern, fields) == key {
		d.tell(at.item(key), before, after)
		return
	}
	subject, _ := at.subject()
	sentence := fmt.Sprintf("%s now include %s.", subject, d.say(at, after))
	if after == nil {
		sentence = fmt.Sprintf("%s no longer include %s.", subject, d.say(at, before))
	}
	d.changes = append(d.changes, Change{Path: at.path, Before: textOf(before), After: textOf(after), Sentence: sentence})
}

func orderDecides(pattern string) bool {
	steps := strings.Split(pattern, ".")
	last := steps[len(steps)-1]
	return steps[0] == "pay" && (last == "percentages" || last == "per_conversions" || last == "items")
}

func (d *differ) order(at diffPlace, before, after []string) {
	old := slices.DeleteFunc(slices.Clone(before), func(key string) bool { return !slices.Contains(after, key) })
	next := slices.DeleteFunc(slices.Clone(after), func(key string) bool { return !slices.Contains(before, key) })
	if slices.Equal(old, next) {
		return
	}
	subject, _ := at.subject()
	d.changes = append(d.changes, Change{Path: at.path, Before: strings.Join(old, ", "), After: strings.Join(next, ", "),
		Sentence: fmt.Sprintf("%s are tried in another order: %s instead of %s.", subject, quoteTexts(next), quoteTexts(old))})
}

// entryKeys names the entries of both lists by their identity where that is unique in
// each of them, else by their whole text.
func entryKeys(pattern string, before, after []any) (keysA, keysB []string) {
	keysA, okA := identities(pattern, before)
	keysB, okB := identities(pattern, after)
	if okA && okB {
		return keysA, keysB
	}
	return textKeys(before), textKeys(after)
}

func identities(pattern string, list []any) ([]string, bool) {
	keys := make([]string, len(list))
	for i, entry := range list {
		fields, _ := object(entry)
		if keys[i] = identity(pattern, fields); keys[i] == "" {
			return nil, false
		}
	}
	return keys, len(positions(keys)) == len(keys)
}

// identity is what tells an entry from the others of its list; "" where nothing does.
func identity(pattern string, fields map[string]any) string {
	if id, ok := fields["id"].(string); ok {
		return id
	}
	switch pattern[strings.LastIndexByte(pattern, '.')+1:] {
	case "parties":
		return textOf(fields["role"])
	case "kill_fees":
		return textOf(fields["stage"])
	case "tiers":
		return textOf(fields["from"])
	case "services":
		return textOf(fields["description"])
	case "permits":
		return textOf(fields["market"]) + " " + textOf(fields["kind"])
	case "deliverables":
		return textOf(fields["platform"]) + " " + textOf(fields["format"])
	}
	return ""
}

// textKeys counts entries of the same text, so that a second one is a difference.
func textKeys(list []any) []string {
	met := map[string]int{}
	keys := make([]string, len(list))
	for i, entry := range list {
		text := textOf(entry)
		keys[i] = text
		if met[text] > 0 {
			keys[i] = fmt.Sprintf("%s #%d", text, met[text]+1)
		}
		met[text]++
	}
	return keys
}

// textOf writes a value as Change.Before and Change.After do.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	if m, ok := moneyOf(v); ok {
		return m.String()
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(v) != nil { // it came from JSON
		return ""
	}
	return strings.TrimSpace(text.String())
}

func moneyOf(v any) (byline.Money, bool) {
	fields, ok := v.(map[string]any)
	if _, more := object(v); !ok || more {
		return byline.Money{}, false
	}
	amount, _ := fields["amount"].(string)
	currency, _ := fields["currency"].(string)
	m, err := byline.ParseMoney(amount, byline.Currency(currency))
	return m, err == nil
}
