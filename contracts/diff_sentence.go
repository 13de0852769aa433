package contracts

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// tell appends the change of one value.
func (d *differ) tell(at diffPlace, before, after any) {
	d.changes = append(d.changes, Change{Path: at.path, Before: textOf(before), After: textOf(after), Sentence: d.sentence(at, before, after)})
}

func (d *differ) sentence(at diffPlace, before, after any) string {
	subject, known := at.subject()
	from, to := d.say(at, before), d.say(at, after)
	_, isObject := object(cmp.Or[any](before, after))
	isFlag := isBool(before) || isBool(after)
	switch {
	case isFlag && after == true:
		return subject + " is now agreed."
	case isFlag:
		return subject + " is no longer agreed."
	case isObject && before == nil:
		return fmt.Sprintf("%s is added: %s.", subject, to)
	case isObject && after == nil:
		return fmt.Sprintf("%s is removed: %s.", subject, from)
	case before == nil:
		return fmt.Sprintf("%s is new: %s.", subject, to)
	case after == nil:
		return fmt.Sprintf("%s is dropped; it was %s.", subject, from)
	case !known:
		return fmt.Sprintf("%s changed from %s to %s.", subject, from, to)
	}
	return fmt.Sprintf("%s %s.", subject, at.moved(before, after, from, to))
}

func isBool(v any) bool {
	_, ok := v.(bool)
	return ok
}

func (p diffPlace) lastName() string { return p.pattern[strings.LastIndexByte(p.pattern, '.')+1:] }

// moved says how a value went from one to another.
func (p diffPlace) moved(before, after any, from, to string) string {
	direction, ordered := compareValues(before, after)
	rises, falls := "rises", "falls"
	if strings.Contains(p.pattern, ".term.") {
		rises, falls = "is extended", "is shortened"
	}
	_, isTime := timeOf(p, before)
	switch {
	case isTime && strings.Contains(p.pattern, ".term.end"), ordered && !isTime:
		if direction > 0 {
			return fmt.Sprintf("%s from %s to %s", rises, from, to)
		}
		return fmt.Sprintf("%s from %s to %s", falls, from, to)
	case isTime && direction > 0:
		return fmt.Sprintf("moves from %s to %s, which is later", from, to)
	case isTime:
		return fmt.Sprintf("moves from %s to %s, which is earlier", from, to)
	}
	return fmt.Sprintf("changes from %s to %s", from, to)
}

// compareValues is positive where after is more or later than before.
func compareValues(before, after any) (direction int, ordered bool) {
	if a, ok := moneyOf(before); ok {
		b, _ := moneyOf(after)
		direction, err := b.Cmp(a)
		return direction, err == nil
	}
	switch a := before.(type) {
	case json.Number:
		b, _ := after.(json.Number)
		m, errA := a.Int64()
		n, errB := b.Int64()
		return cmp.Compare(n, m), errA == nil && errB == nil
	case string:
		b, _ := after.(string)
		var m, n Rate
		if m.UnmarshalText([]byte(a)) == nil && n.UnmarshalText([]byte(b)) == nil {
			return cmp.Compare(n, m), true
		}
		s, errA := time.Parse(time.RFC3339, a)
		t, errB := time.Parse(time.RFC3339, b)
		return t.Compare(s), errA == nil && errB == nil
	}
	return 0, false
}

// say writes a value for a person.
func (d *differ) say(at diffPlace, v any) string {
	if t, ok := timeOf(at, v); ok {
		return d.day(at, t)
	}
	switch v := v.(type) {
	case json.Number:
		return v.String() + unitOf(at.lastName(), v.String())
	case string:
		return quoteText(v)
	case []any:
		words := make([]string, len(v))
		for i, entry := range v {
			words[i] = d.say(at, entry)
		}
		return strings.Join(words, ", ")
	}
	if fields, ok := object(v); ok {
		return d.sayObject(at, fields)
	}
	return textOf(v)
}

// sayObject names the fields of an entry one after the other, without its id.
func (d *differ) sayObject(at diffPlace, fields map[string]any) string {
	var words []string
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		inner, isObject := object(fields[key])
		text := d.say(at.member(key), fields[key])
		switch {
		case key == "id", text == "", text == "false", isObject && len(inner) == 0:
			continue
		case text == "true":
			text = strings.ReplaceAll(key, "_", " ")
		case unitOf(key, "") == " "+key: // "12 months"
		case isObject:
			text = fmt.Sprintf("%s (%s)", strings.ReplaceAll(key, "_", " "), text)
		default:
			text = strings.ReplaceAll(strings.TrimSuffix(strings.TrimSuffix(key, "_days"), "_hours"), "_", " ") + " " + text
		}
		words = append(words, text)
	}
	if len(words) == 0 {
		return "nothing else is said of it"
	}
	return strings.Join(words, ", ")
}

// quoteText sets off what is more than one word, so that a value cannot pass for a part
// of the sentence.
func quoteText(text string) string {
	odd := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == '"' }
	if text == "" || strings.ContainsFunc(text, odd) {
		return strconv.Quote(text)
	}
	return text
}

func quoteTexts(list []string) string {
	words := make([]string, len(list))
	for i, text := range list {
		words[i] = quoteText(text)
	}
	return strings.Join(words, ", ")
}

// quoteName sets off a name so that it cannot end its own quotes.
func quoteName(name string) string {
	quoted := strconv.Quote(name)
	if strings.Contains(name, "'") {
		return quoted
	}
	return "'" + quoted[1:len(quoted)-1] + "'"
}

func unitOf(field, count string) string {
	for _, unit := range []string{"days", "months", "hours", "rounds"} {
		if field == unit || strings.HasSuffix(field, "_"+unit) {
			if count == "1" {
				unit = strings.TrimSuffix(unit, "s")
			}
			return " " + unit
		}
	}
	return ""
}

// timeOf reads the fields that hold instants, so that a name that looks like one stays
// a name.
func timeOf(at diffPlace, v any) (time.Time, bool) {
	text, ok := v.(string)
	if !ok || !slices.Contains([]string{"start", "end", "until", "born_on"}, at.lastName()) {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, text)
	return t, err == nil
}

// day leaves out of an instant what says nothing.
func (d *differ) day(at diffPlace, t time.Time) string {
	if at.lastName() != "born_on" {
		t = t.In(d.zone)
	}
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
	switch {
	case t.Equal(midnight):
		return t.Format("2 Jan 2006")
	case t.Equal(t.Truncate(time.Minute)):
		return timeWords(t)
	}
	return t.Format(time.RFC3339Nano)
}
