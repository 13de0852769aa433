package ics_test

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// property is a line of a calendar as RFC 5545 has it: unfolded, its text unescaped.
type property struct{ name, params, value string }

// component is what stands between BEGIN and END.
type component struct {
	name       string
	properties []property
	components []*component
}

func (c *component) all(name string) []string {
	var values []string
	for _, p := range c.properties {
		if p.name == name {
			values = append(values, p.value)
		}
	}
	return values
}

func (c *component) get(name string) string { return strings.Join(c.all(name), "|") }

// readCalendar is a reading of RFC 5545 of its own: it accepts less than the library does,
// and takes nothing from it.
func readCalendar(file []byte) (*component, error) {
	lines, err := contentLines(string(file))
	if err != nil {
		return nil, err
	}
	top := &component{}
	open := []*component{top}
	for _, line := range lines {
		p, err := parseLine(line)
		if err != nil {
			return nil, err
		}
		now := open[len(open)-1]
		switch p.name {
		case "BEGIN":
			inner := &component{name: p.value}
			now.components, open = append(now.components, inner), append(open, inner)
		case "END":
			if now.name != p.value {
				return nil, fmt.Errorf("%s ends within %s", p.value, now.name)
			}
			open = open[:len(open)-1]
		default:
			now.properties = append(now.properties, p)
		}
	}
	if len(open) != 1 || len(top.components) != 1 || top.components[0].name != "VCALENDAR" {
		return nil, fmt.Errorf("not one calendar: %d open, %d inside", len(open), len(top.components))
	}
	return top.components[0], checkCalendar(top.components[0])
}

// contentLines holds every line against section 3.1 and unfolds them.
func contentLines(file string) ([]string, error) {
	if !utf8.ValidString(file) || !strings.HasSuffix(file, "\r\n") {
		return nil, fmt.Errorf("no UTF-8, or no end of the last line")
	}
	var lines []string
	for i, raw := range strings.Split(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		switch {
		case len(raw) > 75:
			return nil, fmt.Errorf("line %d has %d octets", i+1, len(raw))
		case strings.ContainsAny(raw, "\r\n"):
			return nil, fmt.Errorf("line %d holds a bare CR or LF", i+1)
		case strings.TrimSpace(raw) == "":
			return nil, fmt.Errorf("line %d is blank", i+1)
		case !utf8.ValidString(raw):
			return nil, fmt.Errorf("line %d breaks a character", i+1)
		case strings.ContainsFunc(raw, unicode.IsControl):
			return nil, fmt.Errorf("line %d holds a control character", i+1)
		}
		if raw[0] == ' ' {
			if len(lines) == 0 {
				return nil, fmt.Errorf("the first line is a folded one")
			}
			lines[len(lines)-1] += raw[1:]
			continue
		}
		lines = append(lines, raw)
	}
	return lines, nil
}

func parseLine(line string) (property, error) {
	end := strings.IndexAny(line, ":;")
	if end < 1 || strings.ContainsFunc(line[:end], func(r rune) bool { return r != '-' && !unicode.IsUpper(r) }) {
		return property{}, fmt.Errorf("no property: %.40q", line)
	}
	params, value, found := strings.Cut(line[end:], ":")
	if !found {
		return property{}, fmt.Errorf("no value: %.40q", line)
	}
	p := property{line[:end], strings.TrimPrefix(params, ";"), value}
	if slices.Contains([]string{"SUMMARY", "DESCRIPTION", "CATEGORIES", "X-WR-CALNAME", "UID"}, p.name) {
		var err error
		p.value, err = unescaped(value)
		return p, err
	}
	return p, nil
}

// unescaped undoes section 3.3.11 and refuses what should have been escaped.
func unescaped(value string) (string, error) {
	var out strings.Builder
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == ',' || c == ';':
			return "", fmt.Errorf("a bare %q", c)
		case c != '\\':
			out.WriteByte(c)
		case i+1 == len(value) || !strings.ContainsRune(`\;,nN`, rune(value[i+1])):
			return "", fmt.Errorf("a bare backslash")
		default:
			i++
			out.WriteByte(map[byte]byte{'n': '\n', 'N': '\n', '\\': '\\', ',': ',', ';': ';'}[value[i]])
		}
	}
	return out.String(), nil
}

// checkCalendar asks for what sections 3.6 and 3.6.1 require, each once.
func checkCalendar(calendar *component) error {
	for name, want := range map[string]string{"VERSION": "2.0", "CALSCALE": "GREGORIAN", "PRODID": "-//Byline//Brief//EN"} {
		if got := calendar.get(name); got != want {
			return fmt.Errorf("%s is %q", name, got)
		}
	}
	method := calendar.get("METHOD")
	if len(calendar.components) == 0 || (method != "PUBLISH" && method != "CANCEL") {
		return fmt.Errorf("%d events, method %q", len(calendar.components), method)
	}
	met := map[string]bool{}
	for _, e := range calendar.components {
		if err := checkEvent(e, method); err != nil {
			return fmt.Errorf("%s: %w", e.get("UID"), err)
		}
		if met[e.get("UID")] {
			return fmt.Errorf("the UID %s comes twice", e.get("UID"))
		}
		met[e.get("UID")] = true
	}
	return nil
}

func checkEvent(e *component, method string) error {
	for _, name := range []string{"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "TRANSP", "CATEGORIES"} {
		if len(e.all(name)) != 1 || e.get(name) == "" {
			return fmt.Errorf("%s is there %d times", name, len(e.all(name)))
		}
	}
	for _, name := range []string{"DESCRIPTION", "URL", "ORGANIZER"} {
		if len(e.all(name)) > 1 {
			return fmt.Errorf("%s comes more than once", name)
		}
	}
	if _, err := time.Parse("20060102T150405Z", e.get("DTSTAMP")); err != nil {
		return err
	}
	var bounds []time.Time
	for _, p := range e.properties {
		if p.name != "DTSTART" && p.name != "DTEND" {
			continue
		}
		layout := map[string]string{"": "20060102T150405Z", "VALUE=DATE": "20060102"}[p.params]
		t, err := time.Parse(layout, p.value)
		if err != nil || layout == "" {
			return fmt.Errorf("%s;%s:%s: %w", p.name, p.params, p.value, err)
		}
		bounds = append(bounds, t)
	}
	if !bounds[0].Before(bounds[1]) {
		return fmt.Errorf("it ends at %v and starts at %v", bounds[1], bounds[0])
	}
	if method == "CANCEL" && (e.get("STATUS") != "CANCELLED" || e.get("ORGANIZER") == "") {
		return fmt.Errorf("taken back as %q by %q", e.get("STATUS"), e.get("ORGANIZER"))
	}
	return checkAlarms(e)
}

func checkAlarms(e *component) error {
	for _, alarm := range e.components {
		if alarm.name != "VALARM" || alarm.get("ACTION") != "DISPLAY" || alarm.get("DESCRIPTION") == "" || !strings.HasPrefix(alarm.get("TRIGGER"), "-PT") {
			return fmt.Errorf("alarm %+v", alarm)
		}
	}
	return nil
}
