package httpapi

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxWait bounds what a platform can make us wait.
const maxWait = 24 * time.Hour

// waitFor reads how long to wait after too many requests, 0 where nobody says.
func waitFor(h http.Header, millisecondsHeader string) time.Duration {
	if wait, ok := retryAfter(h); ok {
		return wait
	}
	return whole(h.Get(millisecondsHeader), time.Millisecond)
}

// retryAfter reads seconds, or a date, which it holds against the sender's own clock.
// RFC 9110, section 10.2.3.
func retryAfter(h http.Header) (time.Duration, bool) {
	text := h.Get("Retry-After")
	if seconds := whole(text, time.Second); seconds > 0 {
		return seconds, true
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil || !until.After(now) {
		return 0, false
	}
	return min(until.Sub(now), maxWait), true
}

func whole(text string, unit time.Duration) time.Duration {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return 0
	}
	return time.Duration(min(n, int64(maxWait/unit))) * unit
}

// maxTrace is the most characters of an id that is shown in errors and logs.
const maxTrace = 64

// traceID is the platform's id of a request, or "" for text that is none.
func traceID(h http.Header, name string) string {
	id := h.Get(name)
	if len(id) > maxTrace || strings.Trim(id, "-_.:0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return ""
	}
	return id
}
