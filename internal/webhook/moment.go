package webhook

import (
	"strconv"
	"time"
)

// defaultTolerance is what Stripe, HubSpot and the Standard Webhooks libraries allow.
// https://docs.stripe.com/webhooks, read 2026-11-22.
const defaultTolerance = 5 * time.Minute

// Moment is when a delivery is judged, and how far from then it may have been signed.
type Moment struct {
	// Now is the receiver's time. The zero time accepts nothing.
	Now time.Time
	// Tolerance is how old, and how far in the future, a signature may be; exactly so
	// far is accepted. 0 means five minutes, a negative one accepts nothing.
	Tolerance time.Duration
}

// judge returns ErrExpired unless sent lies in the closed interval of Tolerance around
// Now. It is asked last, so that only the holder of a secret hears of the time.
func (m Moment) judge(sent time.Time) error {
	tolerance := m.Tolerance
	if tolerance == 0 {
		tolerance = defaultTolerance
	}
	if m.Now.IsZero() || m.Now.Sub(sent).Abs() > tolerance {
		return ErrExpired
	}
	return nil
}

// maxStamp is the most digits of a stamp: an int64 holds them all, and so do the
// seconds of a time.Time.
const maxStamp = 18

// parseStamp reads a count of seconds or milliseconds since 1970. One number has one
// text: digits that do not begin with zero. Otherwise, where nothing parts the stamp
// from the body before it, a zero could move from the one to the other.
func parseStamp(text string) (n int64, ok bool) {
	if text == "" || len(text) > maxStamp || text[0] < '1' || text[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}
