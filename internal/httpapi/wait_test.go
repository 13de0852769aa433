package httpapi_test

import (
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/httpapi"
)

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	const now = "Sun, 04 Oct 2026 09:00:00 GMT"
	tests := map[string]struct {
		header http.Header
		want   time.Duration
	}{
		"nobody says":                    {nil, 0},
		"seconds":                        {http.Header{"Retry-After": {"5"}}, 5 * time.Second},
		"milliseconds of the platform's": {http.Header{"X-Wait-Ms": {"15000"}}, 15 * time.Second},
		"seconds before milliseconds":    {http.Header{"Retry-After": {"5"}, "X-Wait-Ms": {"15000"}}, 5 * time.Second},
		"none at all is no wait":         {http.Header{"Retry-After": {"0"}, "X-Wait-Ms": {"0"}}, 0},
		"negative":                       {http.Header{"Retry-After": {"-5"}, "X-Wait-Ms": {"-5"}}, 0},
		"no number":                      {http.Header{"Retry-After": {"soon"}, "X-Wait-Ms": {"1e3"}}, 0},
		"a year":                         {http.Header{"Retry-After": {"31536000"}}, 24 * time.Hour},
		"more than a number holds":       {http.Header{"Retry-After": {"9223372036854775807"}}, 24 * time.Hour},
		"a date":                         {http.Header{"Retry-After": {"Sun, 04 Oct 2026 09:01:30 GMT"}, "Date": {now}}, 90 * time.Second},
		"a date far away":                {http.Header{"Retry-After": {"Sun, 04 Oct 2076 09:01:30 GMT"}, "Date": {now}}, 24 * time.Hour},
		"a date that has passed":         {http.Header{"Retry-After": {"Sun, 04 Oct 2026 08:00:00 GMT"}, "Date": {now}}, 0},
		"a date of no known clock":       {http.Header{"Retry-After": {"Sun, 04 Oct 2076 09:01:30 GMT"}, "Date": {"?"}}, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				maps.Copy(w.Header(), tt.header)
				w.WriteHeader(http.StatusTooManyRequests)
			})
			_, err := api.Get(t.Context(), nil, "orders")
			var limited *byline.RateLimitError
			require.ErrorAs(t, err, &limited)
			if limited.RetryAfter != tt.want {
				t.Errorf("RetryAfter = %s, want %s", limited.RetryAfter, tt.want)
			}
		})
	}
}

func TestSettled(t *testing.T) {
	t.Parallel()
	said := time.Date(2026, 10, 4, 9, 0, 0, 0, time.UTC)
	clock := func(after time.Duration) func() time.Time { return func() time.Time { return said.Add(after) } }
	tests := map[string]struct {
		now  func() time.Time
		want bool
	}{
		"at once":               {clock(0), false},
		"exactly then":          {clock(2 * time.Minute), false},
		"later":                 {clock(2*time.Minute + 1), true},
		"before it was said":    {clock(-time.Hour), false},
		"nobody knows how late": {nil, false},
	}
	for name, tt := range tests {
		if got := httpapi.Settled(tt.now, said); got != tt.want {
			t.Errorf("%s: Settled = %t, want %t", name, got, tt.want)
		}
	}
}
