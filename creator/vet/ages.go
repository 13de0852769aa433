package vet

import (
	"strconv"
	"strings"
)

// parseAge reads a range of ages as platforms write it: "18-24", "65+". to is 0 where the
// range has no end.
func parseAge(key string) (from, to int, ok bool) {
	key = strings.ReplaceAll(strings.TrimSpace(key), " ", "")
	if open, found := strings.CutSuffix(key, "+"); found {
		from, ok = parseYears(open)
		return from, 0, ok
	}
	first, last, found := strings.Cut(key, "-")
	if !found {
		return 0, 0, false
	}
	from, okFrom := parseYears(first)
	to, okTo := parseYears(last)
	if !okFrom || !okTo || to < from || to == 0 {
		return 0, 0, false
	}
	return from, to, true
}

func parseYears(text string) (int, bool) {
	if len(text) == 0 || len(text) > 3 || text[0] < '0' || text[0] > '9' {
		return 0, false
	}
	years, err := strconv.Atoi(text)
	return years, err == nil && years <= 150
}

// span is a range of ages in whole years, both ends in it.
type span struct{ from, to int }

const noAge = 1000 // the end of a range that has none

func parseSpan(key string) (span, bool) {
	from, to, ok := parseAge(key)
	if ok && to == 0 {
		to = noAge
	}
	return span{from, to}, ok
}

func (s span) overlaps(o span) bool { return s.from <= o.to && o.from <= s.to }

func (s span) inside(o span) bool { return s.from >= o.from && s.to <= o.to }
