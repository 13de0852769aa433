package wire

import (
	"strconv"
	"time"

	"github.com/bylinehq/byline"
)

// Number reads an id that must be there.
func (r *Reader) Number(path string, s Scalar) int64 {
	n, ok := s.Whole()
	switch {
	case s.Missing():
		r.wrong(path, codeRequired)
	case !ok || n == 0:
		r.wrong(path, codeID)
	default:
		return n
	}
	return 0
}

// ID is Number for the ids that other types of this module hold as text.
func (r *Reader) ID(path string, s Scalar) string {
	n := r.Number(path, s)
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// Count reads a quantity that must be there.
func (r *Reader) Count(path string, s Scalar) int64 {
	n, ok := s.Whole()
	switch {
	case s.Missing():
		r.wrong(path, codeRequired)
	case !ok:
		r.wrong(path, codeQuantity)
	}
	return n
}

// Flag reads a flag; a missing one is false, and what is neither is not guessed at.
func (r *Reader) Flag(path string, s Scalar) bool {
	if s.Missing() {
		return false
	}
	value, ok := s.flag()
	if !ok {
		r.wrong(path, codeFlag)
	}
	return value
}

// Format reads a time as a platform writes it.
type Format func(text string) (time.Time, error)

// RFC3339 is the Format of "2026-10-04T09:00:05.123Z".
func RFC3339(text string) (time.Time, error) { return time.Parse(time.RFC3339, text) }

// ParseTime returns UTC. Times that JSON cannot carry on, and the zero time, which means
// "unknown", are refused.
func ParseTime(text string, format Format) (at time.Time, ok bool) {
	at, err := format(text)
	at = at.UTC()
	if err != nil || at.Year() < 1970 || at.Year() > 9999 {
		return time.Time{}, false
	}
	return at, true
}

// Time reads a time that may be missing; it is the zero time then.
func (r *Reader) Time(path string, s Scalar, format Format) time.Time {
	if s.Missing() {
		return time.Time{}
	}
	at, ok := ParseTime(s.Words(), format)
	if !ok {
		r.wrong(path, codeTime)
	}
	return at
}

// MustTime is Time for one that must be there.
func (r *Reader) MustTime(path string, s Scalar, format Format) time.Time {
	if s.Missing() {
		r.wrong(path, codeRequired)
	}
	return r.Time(path, s, format)
}

// CurrencyOf reads a currency code that must be there, "" where it is none.
func (r *Reader) CurrencyOf(path string, s Scalar) byline.Currency {
	if s.Missing() {
		r.wrong(path, codeRequired)
		return ""
	}
	c, err := byline.ParseCurrency(s.Words())
	if err != nil {
		r.Add(path, r.Prefix+codeCurrency, "not an ISO 4217 currency code")
	}
	return c
}
