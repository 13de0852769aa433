package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Doer sends a request. An *http.Client is one. Give it one that follows no redirects:
// Go's takes a token along to wherever a redirect points, unless its header is
// Authorization.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

const (
	defaultMaxBody = 4 << 20
	defaultTimeout = 30 * time.Second
)

// errNoDoer is no fault of what is asked for, and mended by configuration.
var errNoDoer = errors.New("there is no client to ask with")

// API is a platform's API as one account may use it.
type API struct {
	Platform byline.Platform // what errors call it
	Doer     Doer
	Base     string        // scheme, host and what all paths begin with: "https://api.example.com"
	Header   http.Header   // of each request; it holds the token
	MaxBody  int64         // bytes of one answer, inflated. Default: 4 MiB
	TooLarge error         // what Get returns for a larger one
	Timeout  time.Duration // of one request with its answer. Default: 30s
	// WaitHeader names the header that says for how many milliseconds to wait after too
	// many requests. Retry-After goes before it. Default: none.
	WaitHeader string
	// TraceHeader names the header with the platform's own id of a request. Default: none.
	TraceHeader string
}

// Get asks for one document. The path is escaped by segment. The body is nil when the
// platform says that there is none (204).
//
// The error is a [*byline.RateLimitError] for status 429, a [*byline.RemoteError] for any
// other status but 200 and for no answer, API.TooLarge, the error of ctx when it has
// ended, or a [*byline.FieldError] of code "httpapi.path" for a segment that is empty or
// points elsewhere ("..").
func (a API) Get(ctx context.Context, query url.Values, path ...string) ([]byte, error) {
	if a.Doer == nil {
		return nil, fmt.Errorf("%s: %w", a.Platform, errNoDoer)
	}
	address, err := a.address(query, path)
	if err != nil {
		return nil, err
	}
	timeout := a.Timeout
	if timeout <= 0 {
		timeout = defaultTimeout
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	body, err := a.do(limited, address)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("%s: %w", a.Platform, ctx.Err())
	}
	return body, err
}

func (a API) address(query url.Values, path []string) (string, error) {
	var text strings.Builder
	text.WriteString(strings.TrimRight(a.Base, "/"))
	for _, segment := range path {
		if segment == "" || segment == "." || segment == ".." {
			return "", &byline.FieldError{Path: "path", Code: "httpapi.path", Message: "not a segment of a path"}
		}
		text.WriteString("/" + url.PathEscape(segment))
	}
	if len(query) > 0 {
		text.WriteString("?" + query.Encode())
	}
	return text.String(), nil
}

func (a API) do(ctx context.Context, address string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, a.noAnswer(err)
	}
	maps.Copy(request.Header, a.Header)
	request.Header.Set("Accept", "application/json")
	response, err := a.Doer.Do(request)
	if err != nil {
		return nil, a.noAnswer(err)
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
		return a.read(response.Body)
	case http.StatusNoContent:
		return nil, nil
	case http.StatusTooManyRequests:
		return nil, &byline.RateLimitError{Platform: a.Platform, RetryAfter: waitFor(response.Header, a.WaitHeader)}
	}
	return nil, &byline.RemoteError{Platform: a.Platform, Status: response.StatusCode, RequestID: traceID(response.Header, a.TraceHeader)}
}

func (a API) read(body io.Reader) ([]byte, error) {
	limit := a.MaxBody
	if limit <= 0 {
		limit = defaultMaxBody
	}
	data, err := io.ReadAll(io.LimitReader(body, limit+1))
	switch {
	case err != nil:
		return nil, a.noAnswer(err)
	case int64(len(data)) > limit:
		return nil, a.TooLarge
	}
	return data, nil
}

func (a API) noAnswer(cause error) error {
	return &unanswered{remote: &byline.RemoteError{Platform: a.Platform}, cause: cause}
}

// unanswered keeps the cause for errors.Is and out of the text: an error of the
// caller's own client may quote the request with its token.
type unanswered struct {
	remote *byline.RemoteError
	cause  error
}

func (u *unanswered) Error() string { return u.remote.Error() }

func (u *unanswered) Unwrap() []error { return []error{u.remote, u.cause} }
