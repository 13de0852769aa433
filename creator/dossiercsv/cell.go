package dossiercsv

import (
	"errors"
	"slices"
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
func (t *table) text(column string) string {
	text := t.cell(column)
	if text == "-" || text == "–" || text == "—" { // says that there is nothing
		return ""
	}
	return t.readable(column, text, "")
}

// said returns a cell of a column that is no number, "" where it says that there is nothing.
// NA is not among the words: it is Namibia.
func (t *table) said(column string) string {
	switch text := t.cell(column); strings.ToLower(text) {
	case "-", "--", "–", "—", "n/a", "#n/a", "null":
		return ""
	default:
		return text
	}
}

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

// choice returns a cell of a column that knows its words as text that can be kept.
func (t *table) choice(column string) string { return t.readable(column, t.said(column), "") }

// list returns the entries of a cell, without empty ones.
func (t *table) list(column string) []string {
	text := t.choice(column)
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
	number, ok := t.o.numbers().Plain(t.cell(column))
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
	text := t.said(column)
	if text == "" {
		return time.Time{}, false
	}
	at, day, err := t.o.parseTime(text)
	// Times that JSON cannot carry on, and the zero time, which means "not known".
	if at = at.UTC(); err != nil || at.Year() < 1970 || at.Year() > 9998 {
		t.fault(column, "dossiercsv.time", "no day as 2026-11-22 and no time as in RFC 3339, as 2026-11-22 14:03 or as the options declare it, between 1970 and 9998")
		return time.Time{}, false
	}
	return at, day
}

// parseTime reads a time, and tells whether it is only a day.
func (o *Options) parseTime(text string) (at time.Time, day bool, err error) {
	for _, layout := range o.TimeLayouts {
		if at, err = time.ParseInLocation(layout, text, o.Location); err == nil {
			return at, !strings.Contains(layout, "15") && !strings.Contains(layout, "3"), nil
		}
	}
	switch len(text) {
	case len(time.DateOnly):
		at, err = time.ParseInLocation(time.DateOnly, text, o.Location)
		return at, true, err
	case len("2006-01-02 15:04"):
		at, err = time.ParseInLocation("2006-01-02 15:04", text, o.Location)
	case len(time.DateTime):
		at, err = time.ParseInLocation(time.DateTime, text, o.Location)
	}
	if err != nil || at.IsZero() {
		at, err = time.Parse(time.RFC3339, text)
	}
	return at, false, err
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
	if !share && t.rounded() {
		definition += ".rounded"
	}
	definition = t.definition(definition)
	if why, missing := t.o.Missing[strings.ToLower(text)]; missing {
		return byline.Missing(why, definition, at), true
	}
	plain, scale := text, ""
	switch {
	case share:
		plain, scale = t.percentage(column, text)
	case t.rounded():
		plain, scale = short(text)
	}
	plain, ok := t.o.numbers().Plain(plain)
	value, err := strconv.ParseFloat(plain+scale, 64) // reads 12.5e-2 as the nearest float to 0.125
	switch {
	case ok && err == nil && isNumber(plain):
		return byline.Known(value, definition, at), true
	case share:
		t.fault(column, "dossiercsv.share", "neither a share as 0.125 nor as 12.5%, nor a word that says why it is missing")
	default:
		t.fault(column, "dossiercsv.number", t.numberFault(text))
	}
	return byline.Measure{}, true
}

// percentage takes the sign off, and returns the exponent that stands for it.
func (t *table) percentage(column, text string) (plain, exponent string) {
	before, signed := strings.CutSuffix(text, "%")
	if signed || t.percent[column] {
		return strings.TrimSpace(before), "e-2"
	}
	return text, ""
}

// rounded reports whether numbers of the file are.
func (t *table) rounded() bool { return slices.Contains(t.o.Rounded, t.file) }

// short takes the letter off a number as 12.3K, and returns the exponent that it stands for.
func short(text string) (plain, exponent string) {
	last := len(text) - 1
	exponent = map[byte]string{'k': "e3", 'K': "e3", 'm': "e6", 'M': "e6", 'b': "e9", 'B': "e9"}[text[last]]
	if exponent == "" {
		return text, ""
	}
	return strings.TrimSpace(text[:last]), exponent
}

// numberFault says what a number would need to be read.
func (t *table) numberFault(text string) string {
	plain, exponent := short(text)
	switch unsigned := strings.Trim(plain, "0123456789.,' "); {
	case unsigned == "" && exponent != "":
		return "a number is written short; Options.Rounded declares that"
	case unsigned == "":
		return "not a number with the signs that Options.DecimalComma and Options.Thousands declare"
	}
	return "neither a number as the options declare it nor a word that says why it is missing"
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
