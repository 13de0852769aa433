package vet

import "github.com/bylinehq/byline/creator"

// span is a range of ages in whole years, both ends in it.
type span struct{ from, to int }

const noAge = 1000 // the end of a range that has none

func parseSpan(key string) (span, bool) {
	from, to, ok := creator.ParseAge(key)
	if ok && to == 0 {
		to = noAge
	}
	return span{from, to}, ok
}

func (s span) overlaps(o span) bool { return s.from <= o.to && o.from <= s.to }

func (s span) inside(o span) bool { return s.from >= o.from && s.to <= o.to }
