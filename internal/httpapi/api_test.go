package httpapi_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/httpapi"
)

const token = "fictional-token"

// serve starts a server and returns an API at it.
func serve(t *testing.T, handler http.HandlerFunc) httpapi.API {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return httpapi.API{
		Platform: "demo", Doer: server.Client(), Base: server.URL + "/", Header: http.Header{"X-Token": {token}},
		WaitHeader: "X-Wait-Ms", TraceHeader: "X-Trace",
	}
}

func TestGet(t *testing.T) {
	t.Parallel()
	var asked *http.Request
	api := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r
		_, _ = io.WriteString(w, `{"id":1}`)
	})
	body, err := api.Get(t.Context(), url.Values{"page": {"2"}, "q": {"a b&c"}}, "orders", "a/b?c#d ", "é")
	require.NoError(t, err)
	want := []string{"GET", "/orders/a%2Fb%3Fc%23d%20/%C3%A9?page=2&q=a+b%26c", token, "application/json", `{"id":1}`}
	got := []string{asked.Method, asked.URL.RequestURI(), asked.Header.Get("X-Token"), asked.Header.Get("Accept"), string(body)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("request and answer mismatch (-want +got):\n%s", diff)
	}
}

func TestGetOfPathsThatPointElsewhere(t *testing.T) {
	t.Parallel()
	api := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the request was made") })
	for _, segment := range []string{"", ".", ".."} {
		_, err := api.Get(t.Context(), nil, "orders", segment)
		require.ErrorIs(t, err, byline.ErrInvalid, segment)
	}
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status int
		header http.Header
		want   error
		is     error // nil where no sentinel fits
	}{
		{http.StatusMovedPermanently, nil, &byline.RemoteError{Platform: "demo", Status: 301}, nil},
		{http.StatusBadRequest, nil, &byline.RemoteError{Platform: "demo", Status: 400}, nil},
		{http.StatusUnauthorized, nil, &byline.RemoteError{Platform: "demo", Status: 401}, byline.ErrUnauthorized},
		{http.StatusForbidden, nil, &byline.RemoteError{Platform: "demo", Status: 403}, byline.ErrUnauthorized},
		{http.StatusNotFound, http.Header{"X-Trace": {"4f-1.a:b_c"}}, &byline.RemoteError{Platform: "demo", Status: 404, RequestID: "4f-1.a:b_c"}, byline.ErrNotFound},
		{http.StatusNotFound, http.Header{"X-Trace": {"no id"}}, &byline.RemoteError{Platform: "demo", Status: 404}, byline.ErrNotFound},
		{http.StatusNotFound, http.Header{"X-Trace": {strings.Repeat("a", 65)}}, &byline.RemoteError{Platform: "demo", Status: 404}, byline.ErrNotFound},
		{http.StatusInternalServerError, nil, &byline.RemoteError{Platform: "demo", Status: 500}, byline.ErrUnavailable},
		{http.StatusServiceUnavailable, nil, &byline.RemoteError{Platform: "demo", Status: 503}, byline.ErrUnavailable},
		{http.StatusTooManyRequests, nil, &byline.RateLimitError{Platform: "demo"}, byline.ErrRateLimited},
		{http.StatusTooManyRequests, http.Header{"Retry-After": {"7"}, "X-Wait-Ms": {"1"}}, &byline.RateLimitError{Platform: "demo", RetryAfter: 7 * time.Second}, byline.ErrRateLimited},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.status), func(t *testing.T) {
			t.Parallel()
			api := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				maps.Copy(w.Header(), tt.header)
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, `{"secret":"of the body"}`)
			})
			body, err := api.Get(t.Context(), nil, "orders")
			if diff := cmp.Diff(tt.want, err); diff != "" || body != nil {
				t.Errorf("body %q, error mismatch (-want +got):\n%s", body, diff)
			}
			if tt.is != nil {
				require.ErrorIs(t, err, tt.is)
			}
			if errors.Is(err, byline.ErrInvalid) {
				t.Error("the error says that trying again is no use")
			}
		})
	}
}

func TestNoContent(t *testing.T) {
	t.Parallel()
	api := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	body, err := api.Get(t.Context(), nil, "orders")
	if err != nil || body != nil {
		t.Errorf("Get = %q, %v, want nothing", body, err)
	}
}

func TestSizeOfAnswers(t *testing.T) {
	t.Parallel()
	for size, fits := range map[int]bool{99: true, 100: true, 101: false, 1 << 20: false} {
		api := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("a", size)) })
		tooLarge := errors.New("too large")
		api.MaxBody, api.TooLarge = 100, tooLarge
		body, err := api.Get(t.Context(), nil, "orders")
		if fits != (err == nil) || fits != (len(body) == size) {
			t.Errorf("%d bytes: %d came, %v", size, len(body), err)
		}
		if !fits {
			require.ErrorIs(t, err, tooLarge)
		}
	}
}

// doer answers by a function.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

// A client of the caller's may put anything into its errors.
func TestErrorsShowNothing(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	tests := map[string]doer{
		"quotes the request": func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("%v %v: %w", r.URL, r.Header, cause)
		},
		"breaks off": func(r *http.Request) (*http.Response, error) {
			body := io.MultiReader(strings.NewReader(`{"id":`), iotest.ErrReader(fmt.Errorf("%v: %w", r.Header, cause)))
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(body)}, nil
		},
	}
	for name, do := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := httpapi.API{Platform: "demo", Doer: do, Base: "https://api.example.com", Header: http.Header{"X-Token": {token}}}
			_, err := api.Get(t.Context(), nil, "orders", "250")
			require.ErrorIs(t, err, byline.ErrUnavailable)
			require.ErrorIs(t, err, cause)
			if err.Error() != "demo did not answer" {
				t.Errorf("the error says %q", err)
			}
		})
	}
}

func TestAddressThatIsNone(t *testing.T) {
	t.Parallel()
	api := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the request was made") })
	api.Base = "://" + token
	_, err := api.Get(t.Context(), nil, "orders")
	if err == nil || strings.Contains(err.Error(), token) {
		t.Errorf("Get = %v", err)
	}
}

func TestNoClient(t *testing.T) {
	t.Parallel()
	_, err := httpapi.API{Platform: "demo"}.Get(t.Context(), nil, "orders")
	if err == nil || errors.Is(err, byline.ErrInvalid) {
		t.Errorf("Get = %v, want an error that passes once a client is configured", err)
	}
}

// stalls answers when the request is given up.
func stalls(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	api := serve(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		stalls(w, r)
	})
	_, err := api.Get(ctx, nil, "orders")
	require.ErrorIs(t, err, context.Canceled)
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	api := serve(t, stalls)
	api.Timeout = time.Millisecond
	_, err := api.Get(t.Context(), nil, "orders")
	require.ErrorIs(t, err, byline.ErrUnavailable)
}
