package search

import (
	"math"

	"github.com/bylinehq/byline"
)

// span is a window in milliseconds; an open end is the extreme int64.
type span struct{ start, end int64 }

func newSpan(w byline.Window) span {
	s := span{math.MinInt64, math.MaxInt64}
	if !w.Start.IsZero() {
		s.start = w.Start.UnixMilli()
	}
	if !w.End.IsZero() {
		s.end = w.End.UnixMilli()
	}
	return s
}

func (s span) contains(at int64) bool { return s.start <= at && at < s.end }

// meets answers whether something whose open ends are not known went on within w.
func (s span) meets(w span) (certain, possible bool) {
	possible = s.start < w.end && w.start < s.end && s.start < s.end
	switch {
	case !possible:
		return false, false
	case w == span{math.MinInt64, math.MaxInt64}:
		return true, true
	case s.start != math.MinInt64 && s.end != math.MaxInt64:
		return true, true
	case s.start != math.MinInt64 && w.contains(s.start), s.end != math.MaxInt64 && w.contains(s.end-1):
		return true, true
	}
	return false, true
}

// deal is work for one brand.
type deal struct {
	row    uint32
	during span
}

// price is a quoted rate in minor units of the currency it is listed under.
type price struct {
	row              uint32
	minor            int64
	pieces           int64
	platform, format string
	valid            span
}
