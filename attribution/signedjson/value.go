package signedjson

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

// value is a field, or an element of a list in it, while it is read. What it cannot be
// read as is a fault at its place, and read as nothing.
type value struct {
	node
	of    *object
	name  string
	index int // 1 is the first element; 0 is the field itself
}

func (v value) fault(code, message string) {
	path := v.name
	if v.index > 0 {
		path += "[" + strconv.Itoa(v.index-1) + "]"
	}
	v.of.fault(path, code, message)
}

// list returns the elements of a list.
func (v value) list() []value {
	if v.kind != kindList {
		v.misshapen()
		return nil
	}
	elements := make([]value, len(v.items))
	for i, item := range v.items {
		elements[i] = value{node: item, of: v.of, name: v.name, index: i + 1}
	}
	return elements
}

// misshapen is a fault of what is there and not of the right type. An element of a list
// is always there.
func (v value) misshapen() {
	if !v.missing() || v.index > 0 {
		v.fault(codeShape, "")
	}
}

// each reads the objects of a list.
func (v value) each(read func(*object)) {
	for _, element := range v.list() {
		element.object(read)
	}
}

// object reads an object and closes it.
func (v value) object(read func(*object)) {
	if v.kind != kindObject {
		v.misshapen()
		return
	}
	inner := &object{in: v.of.in, up: v.of, name: v.name, index: v.index - 1, fields: v.fields}
	read(inner)
	inner.close()
}

// Limits of text, in bytes. What is compared or shown is short; the reason of a person
// may be longer.
const (
	maxShort = 255
	maxLong  = 8192
)

// text reads text without control characters; long text may have several lines.
func (v value) text(limit int) string {
	if v.kind != kindText {
		v.misshapen()
		return ""
	}
	text := string(unquote(v.raw))
	control := func(c rune) bool {
		return unicode.IsControl(c) && (limit < maxLong || !strings.ContainsRune("\t\r\n", c))
	}
	if len(text) > limit || strings.ContainsFunc(text, control) {
		v.fault(codeText, "")
		return ""
	}
	return text
}

// loose reads text of any length, with anything in it.
func (v value) loose() string {
	if v.kind != kindText {
		v.misshapen()
	}
	return unquoted(v.node)
}

// id reads text, or a whole number, whose digits it keeps.
func (v value) id() string {
	id, ok := "", v.missing() && v.index == 0
	switch v.kind {
	case kindText:
		id = string(unquote(v.raw))
		ok = id != "" && len(id) <= maxShort && strings.TrimSpace(id) == id && !strings.ContainsFunc(id, unicode.IsControl)
	case kindNumber:
		id = string(v.raw)
		ok = len(id) <= maxShort && strings.Trim(id, "0123456789") == ""
	}
	if !ok {
		v.fault(codeID, "")
		return ""
	}
	return id
}

// word reads one of a list of words.
func (v value) word(allowed ...string) string {
	if v.missing() {
		return ""
	}
	if v.kind == kindText {
		if i := slices.Index(allowed, string(unquote(v.raw))); i >= 0 {
			return allowed[i]
		}
	}
	v.fault(codeWord, "not one of "+strings.Join(allowed, ", "))
	return ""
}

// flag reads true or false; a missing one is false.
func (v value) flag() bool {
	if v.kind != kindBoolean {
		v.misshapen()
	}
	return string(v.raw) == "true"
}

// count reads a whole number.
func (v value) count() int64 {
	if v.missing() {
		return 0
	}
	n, err := strconv.ParseUint(string(v.raw), 10, 64)
	if v.kind != kindNumber || err != nil || n > uint64(maxMinor) {
		v.fault(codeCount, "")
		return 0
	}
	return int64(n)
}

func (v value) time() time.Time {
	if v.missing() {
		return time.Time{}
	}
	at, ok := time.Time{}, false
	if v.kind == kindText {
		at, ok = wire.ParseTime(string(unquote(v.raw)), wire.RFC3339)
	}
	if !ok {
		v.fault(codeTime, "")
	}
	return at
}

func (v value) country() byline.Market {
	if v.missing() {
		return ""
	}
	text := unquoted(v.node)
	market, err := byline.ParseMarket(text)
	if err != nil || len(text) != len(market) {
		v.fault(codeCountry, "")
	}
	return market
}
