package dossiercsv

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// cell returns what stands in a column of the row without space around it, "" where the
// file has no such column. It is still a part of its row.
func (t *table) cell(column string) string {
	i, there := t.columns[column]
	if !there {
		return ""
	}
	return strings.TrimSpace(t.cells[i])
}

// text returns a cell on one line that can be kept.
func (t *table) text(column string) string { return t.readable(column, t.cell(column), "") }

// prose returns a cell of several lines.
func (t *table) prose(column string) string { return t.readable(column, t.cell(column), "\n\t") }

func (t *table) readable(column, text, allowed string) string {
	control := func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune(allowed, r) }
	if !utf8.ValidString(text) || strings.ContainsFunc(text, control) {
		t.fault(column, "dossiercsv.text", "not UTF-8, or with a control character in it")
		return ""
	}
	return strings.Clone(text)
}

// list returns the entries of a cell, without empty ones.
func (t *table) list(column string) []string {
	text := t.text(column)
	if text == "" {
		return nil
	}
	var entries []string
	for entry := range strings.SplitSeq(text, t.o.ListSeparator) {
		if entry = strings.TrimSpace(entry); entry != "" {
			entries = append(entries, entry)
		}
	}
	return entries
}

// word returns a cell in lower case.
func (t *table) word(column string) string { return strings.ToLower(t.text(column)) }

// flag reads yes or no; an empty cell is no.
func (t *table) flag(column string) bool {
	switch strings.ToLower(t.cell(column)) {
	case "", "no", "false", "0":
		return false
	case "yes", "true", "1":
		return true
	}
	t.fault(column, "dossiercsv.flag", "neither yes nor no")
	return false
}

// platform reads one that byline or the options know.
func (t *table) platform() byline.Platform {
	text := t.cell("platform")
	for _, p := range t.o.Platforms {
		if strings.EqualFold(string(p), text) {
			return p
		}
	}
	p, err := byline.ParsePlatform(text)
	t.must("platform", err)
	return p
}

// markets reads countries in any case.
func (t *table) markets(column string) []byline.Market {
	var all []byline.Market
	for _, code := range t.list(column) {
		m, err := byline.ParseMarket(code)
		t.must(column, err)
		all = append(all, m)
	}
	return all
}

// must adds the fault that err is.
func (t *table) must(column string, err error) {
	if f, found := errors.AsType[*byline.FieldError](err); found {
		t.fault(column, f.Code, f.Message)
	}
}

// money reads an amount. What cannot be read gives one that is, for the rest of the row.
func (t *table) money(column, currency string) byline.Money {
	c, err := byline.ParseCurrency(t.cell(currency))
	if err != nil {
		t.must(currency, err)
		c = "EUR" // any that is known
		return byline.Minor(0, c)
	}
	number, ok := t.o.number(t.cell(column))
	if !ok {
		t.fault(column, "dossiercsv.number", "not a number as the options declare it")
	}
	m, err := byline.ParseMoney(number, c)
	if ok {
		t.must(column, err)
	}
	return m
}

// time reads a time that may be missing.
func (t *table) time(column string) time.Time {
	at, _ := t.moment(column)
	return at
}

// until reads the end of a window: a day ends with itself.
func (t *table) until(column string) time.Time {
	at, day := t.moment(column)
	if !day {
		return at
	}
	y, m, d := at.In(t.o.Location).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, t.o.Location).UTC()
}

// moment reads a time in UTC, and tells whether it is only a day.
func (t *table) moment(column string) (at time.Time, day bool) {
	text := t.cell(column)
	if text == "" {
		return time.Time{}, false
	}
	var err error
	if day = len(text) == len(time.DateOnly); day {
		at, err = time.ParseInLocation(time.DateOnly, text, t.o.Location)
	} else {
		at, err = time.Parse(time.RFC3339, text)
	}
	// Times that JSON cannot carry on, and the zero time, which means "not known".
	if at = at.UTC(); err != nil || at.Year() < 1970 || at.Year() > 9998 {
		t.fault(column, "dossiercsv.time", "neither a day as 2026-11-22 nor a time as in RFC 3339, between 1970 and 9998")
		return time.Time{}, false
	}
	return at, day
}

// at is when the numbers of the row were true.
func (t *table) at() time.Time {
	if at := t.time("at"); !at.IsZero() {
		return at
	}
	return t.o.At
}

// measure reads a number that may be missing; there is false for an empty cell.
func (t *table) measure(column, definition string, at time.Time) (m byline.Measure, there bool) {
	return t.number(column, definition, at, false)
}

// share reads a share, as 0.125 or 12.5%.
func (t *table) share(column, definition string, at time.Time) (m byline.Measure, there bool) {
	return t.number(column, definition, at, true)
}

func (t *table) number(column, definition string, at time.Time, share bool) (m byline.Measure, there bool) {
	text := t.cell(column)
	if text == "" {
		return byline.Measure{}, false
	}
	definition = t.definition(definition)
	if why, missing := t.o.Missing[strings.ToLower(text)]; missing {
		return byline.Missing(why, definition, at), true
	}
	exponent := ""
	if before, percent := strings.CutSuffix(text, "%"); percent && share {
		text, exponent = strings.TrimSpace(before), "e-2" // reads 12.5% as the nearest float to 0.125
	}
	plain, ok := t.o.number(text)
	value, err := strconv.ParseFloat(plain+exponent, 64)
	switch {
	case ok && err == nil && isNumber(plain):
		return byline.Known(value, definition, at), true
	case share:
		t.fault(column, "dossiercsv.share", "neither a share as 0.125 nor as 12.5%, nor a word that says why it is missing")
	default:
		t.fault(column, "dossiercsv.number", "neither a number as the options declare it nor a word that says why it is missing")
	}
	return byline.Measure{}, true
}

// definition is one text for all numbers that have it.
func (t *table) definition(of string) string {
	whole, there := t.definitions[of]
	if !there {
		whole = t.o.Definition + "." + of
		t.definitions[of] = whole
	}
	return whole
}

// isNumber reports whether a text is digits with a point at most and a minus before them:
// ParseFloat reads more than people write.
func isNumber(text string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return len(text) <= 40 && digits(whole) && (!point || digits(fraction))
}

// count reads how many, or what an empty cell stands for.
func (t *table) count(column string, otherwise int) int {
	text := t.cell(column)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		t.fault(column, "dossiercsv.count", "not a whole number of at least zero")
		return 0
	}
	return int(n)
}

// number brings a number to the form with a point and no groups. ok is false for signs
// that do not belong there; other faults are left to who reads it.
func (o *Options) number(text string) (plain string, ok bool) {
	if o.Thousands == "" && !o.DecimalComma {
		return text, true
	}
	whole, fraction, point := strings.Cut(text, o.decimal())
	if o.Thousands != "" && strings.Contains(whole, o.Thousands) {
		if whole, ok = ungroup(strings.Split(whole, o.Thousands)); !ok {
			return "", false
		}
	}
	if strings.Contains(whole, ".") {
		return "", false
	}
	if point {
		return whole + "." + fraction, true
	}
	return whole, true
}

// ungroup joins groups of digits: the last has three of them, those between all three or,
// as in India, all two, and the first at most as many. A separator in another place is a
// slip, and the number may be another.
func ungroup(groups []string) (digits string, ok bool) {
	last := len(groups) - 1
	size := 3
	if last > 1 {
		size = len(groups[1])
	}
	first := strings.TrimPrefix(groups[0], "-")
	ok = first != "" && len(first) <= size && (size == 2 || size == 3) && len(groups[last]) == 3
	for _, between := range groups[1:last] {
		ok = ok && len(between) == size
	}
	return strings.Join(groups, ""), ok
}
