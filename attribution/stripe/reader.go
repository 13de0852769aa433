package stripe

import (
	"strconv"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

// reader is what reads one object of a body.
type reader struct{ wire.Reader }

func (r *reader) item(list string, index int) reader { return reader{r.Item(list, index)} }

// maxID is how long an id may become.
// https://docs.stripe.com/upgrades#what-changes-does-stripe-consider-to-be-backward-compatible,
// read 2026-11-22.
const maxID = 255

// validID keeps ids to the characters that Stripe makes them of.
func validID(text string) bool {
	if text == "" || len(text) > maxID {
		return false
	}
	for _, c := range []byte(text) {
		isWord := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
		if !isWord {
			return false
		}
	}
	return true
}

// id reads an id that must be there.
func (r *reader) id(path string, s scalar) string {
	switch text := s.Text(); {
	case s.Missing():
		r.Add(path, codeRequired, "")
	case !validID(text):
		r.Add(path, codeID, "")
	default:
		return text
	}
	return ""
}

// pointed is id for a reference that may be missing.
func (r *reader) pointed(path string, to ref) string {
	if to.id.Missing() {
		return ""
	}
	return r.id(path, to.id)
}

// flag reads a flag that decides about money and must be there.
func (r *reader) flag(path string, s scalar) bool {
	switch {
	case s.Missing():
		r.Add(path, codeRequired, "")
	case s.Kind != wire.Boolean:
		r.Add(path, codeFlag, "")
	}
	return s.IsTrue()
}

// status reads one of the values that Stripe documents; another could mean anything, and
// money hangs on it.
func status[T any](r *reader, path string, s scalar, read func(string) (T, bool)) T {
	value, ok := read(s.Text())
	switch {
	case s.Missing():
		r.Add(path, codeRequired, "")
	case !ok:
		r.Add(path, codeStatus, "")
	}
	return value
}

// created reads when an object was made, in seconds since 1970.
func (r *reader) created(s scalar) time.Time {
	if s.Missing() {
		r.Add("created", codeRequired, "")
		return time.Time{}
	}
	seconds, ok := whole(s)
	at := time.Unix(seconds, 0).UTC()
	if !ok || seconds <= 0 || at.Year() > 9999 {
		r.Add("created", codeTime, "")
		return time.Time{}
	}
	return at
}

// whole reads a JSON number without a fraction or an exponent.
func whole(s scalar) (int64, bool) {
	if s.Kind != wire.Number {
		return 0, false
	}
	n, err := strconv.ParseInt(s.Words(), 10, 64)
	return n, err == nil
}

// readCurrency sets the currency of the amounts to come. ok is false where there is none:
// no amount can be read then, and their faults would only hide the one that matters.
func (r *reader) readCurrency(s scalar) (ok bool) {
	r.Currency = r.CurrencyOf("currency", s)
	return r.Currency != ""
}

// units reads an amount in Stripe's units; one that is missing is 0.
func (r *reader) units(path string, s scalar) int64 {
	if s.Missing() {
		return 0
	}
	n, ok := whole(s)
	if !ok || n > maxUnits || n < -maxUnits {
		r.Add(path, codeMoney, "")
		return 0
	}
	return n
}

// mustUnits is units for an amount that must be there: one that is missing is not 0.
func (r *reader) mustUnits(path string, s scalar) int64 {
	if s.Missing() {
		r.Add(path, codeRequired, "")
	}
	return r.units(path, s)
}

// moved is mustUnits for money that moved, of which Stripe charges whole units only.
func (r *reader) moved(path string, s scalar) int64 {
	units := r.mustUnits(path, s)
	if _, exact := toMinor(units, r.Currency); !exact {
		r.Add(path, codeMoney, "")
	}
	return units
}

// money converts an amount. One that was worked out, such as a tax, may have to be
// rounded.
func (r *reader) money(units int64) byline.Money {
	minor, _ := toMinor(units, r.Currency)
	return byline.Minor(minor, r.Currency)
}

// within checks a sum, so that a few sums together stay in range too.
func (r *reader) within(path string, units int64) int64 {
	if units > maxUnits || units < -maxUnits {
		r.Add(path, codeMoney, "amount out of range")
		return 0
	}
	return units
}
