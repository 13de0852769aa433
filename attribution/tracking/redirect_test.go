package tracking_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

// table is a table of short links, by normal key. An error stands for all of it.
type table struct {
	links map[string]tracking.Link
	err   error
}

func (l table) Link(_ context.Context, key string) (tracking.Link, error) {
	link, ok := l.links[key]
	if l.err == nil && !ok {
		return tracking.Link{}, fmt.Errorf("no such link: %w", byline.ErrNotFound)
	}
	return link, l.err
}

// recorder keeps what it is given and fails with err.
type recorder struct {
	mu      sync.Mutex
	touches []attribution.Touch
	err     error
}

func (r *recorder) Record(ctx context.Context, t attribution.Touch) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, limited := ctx.Deadline(); !limited {
		return errors.New("a customer would wait for ever")
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r.touches = append(r.touches, t)
	return r.err
}

func shortLinks() table {
	return table{links: map[string]tracking.Link{
		"ADA":      {Target: "https://demo.example/ada?x=1#top", Key: "ada-autumn", Click: "stale", UTM: attribution.UTM{Source: "tiktok"}},
		"BRUNO":    {Target: "https://demo.example/"},
		"BROKEN":   {Target: "javascript:alert(1)"},
		"CLEO LOU": {Target: "https://demo.example/cleo"},
		"LONG":     {Target: "https://demo.example/", Key: strings.Repeat("a", 200)},
	}}
}

// redirect returns a handler with its recorder and its log.
func redirect() (*tracking.Redirect, *recorder, *strings.Builder) {
	kept, log := &recorder{}, &strings.Builder{}
	return &tracking.Redirect{
		Links: shortLinks(), Clicks: clicks(key), Recorder: kept,
		Nonce: func() ([12]byte, error) { return click().Nonce, nil },
		Now:   at,
		Log:   slog.New(slog.NewTextHandler(log, nil)),
	}, kept, log
}

// answer is what a visitor gets.
type answer struct {
	status int
	header http.Header
}

func get(t *testing.T, h http.Handler, path string, header ...string) answer {
	t.Helper()
	return do(t, h, http.MethodGet, path, header...)
}

func do(t *testing.T, h http.Handler, method, path string, header ...string) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if got := w.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
	return answer{w.Code, w.Header()}
}

const adasTarget = "https://demo.example/ada?x=1&bl=ada-autumn&blc=" + signed + "&utm_source=tiktok#top"

func TestRedirect(t *testing.T) {
	t.Parallel()
	rd, kept, log := redirect()
	res := get(t, rd, "/ada")
	diff(t, http.StatusFound, res.status)
	diff(t, adasTarget, res.header.Get("Location"))
	diff(t, "strict-origin", res.header.Get("Referrer-Policy"))
	want := []attribution.Touch{{ID: signed, Link: "ada-autumn", At: at(), Source: "redirect", Verified: true}}
	diff(t, want, kept.touches)
	diff(t, want, rd.Clicks.Touches([]string{signed}))
	diff(t, "", log.String())
}

func TestRedirectOnAServer(t *testing.T) {
	t.Parallel()
	rd, kept, _ := redirect()
	mux := http.NewServeMux()
	mux.Handle("GET /go/{link}", rd)
	server := httptest.NewServer(mux)
	defer server.Close()
	client := *server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for path, want := range map[string]int{"/go/ADA": 302, "/go/cleo%20lou": 302, "/go/nobody": 404, "/go/ada/x": 404, "/go/": 404} {
		res, err := client.Get(server.URL + path)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		if res.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, res.StatusCode, want)
		}
	}
	if len(kept.touches) != 2 {
		t.Errorf("%d clicks, want 2", len(kept.touches))
	}
}

func TestRedirectKeys(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		path   string
		status int
		link   string
	}{
		"a key":                    {"/ada", 302, "ada-autumn"},
		"any case":                 {"/AdA", 302, "ada-autumn"},
		"a slash at the end":       {"/ada/", 302, "ada-autumn"},
		"a key the link leaves":    {"/bruno", 302, "BRUNO"},
		"space":                    {"/cleo%20lou", 302, "CLEO LOU"},
		"a visitor's own query":    {"/ada?bl=bruno&utm_source=x&url=https://other.example", 302, "ada-autumn"},
		"unknown":                  {"/nobody", 404, ""},
		"nothing":                  {"/", 404, ""},
		"two":                      {"/ada/bruno", 404, ""},
		"an encoded slash":         {"/ada%2Fbruno", 404, ""},
		"an address":               {"/https://other.example", 404, ""},
		"an address without":       {"//other.example", 404, ""},
		"control characters":       {"/ada%0d%0aSet-Cookie:x", 404, ""},
		"too long":                 {"/" + strings.Repeat("a", 300), 404, ""},
		"an e-mail address":        {"/mira@example.com", 404, ""},
		"a target that is none":    {"/broken", 503, ""},
		"a key that is not signed": {"/long", 302, strings.Repeat("a", 200)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rd, kept, log := redirect()
			res := get(t, rd, tt.path)
			diff(t, tt.status, res.status)
			var links []string
			for _, touch := range kept.touches {
				links = append(links, touch.Link)
			}
			diff(t, tt.link, strings.Join(links, " "))
			if location := res.header.Get("Location"); (tt.status == 302) != strings.HasPrefix(location, "https://demo.example/") || strings.Contains(location, "other") {
				t.Errorf("sent to %q", location)
			}
			if tt.status == 404 && log.Len() > 0 {
				t.Errorf("what visitors type is logged: %s", log)
			}
			if tt.status == 503 && (res.header.Get("Retry-After") == "" || !strings.Contains(log.String(), "link=BROKEN")) {
				t.Errorf("not told: %s", log)
			}
		})
	}
}

func TestRedirectMethods(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, "BREW"} {
		rd, kept, _ := redirect()
		res := do(t, rd, method, "/ada")
		diff(t, http.StatusMethodNotAllowed, res.status)
		diff(t, "GET, HEAD", res.header.Get("Allow"))
		diff(t, "", res.header.Get("Location"))
		diff(t, 0, len(kept.touches))
	}
}

// What only looks is sent on without a click.
func TestRedirectOfLooks(t *testing.T) {
	t.Parallel()
	const want = "https://demo.example/ada?x=1&bl=ada-autumn&utm_source=tiktok#top"
	looks := map[string][]string{
		"prefetch":             {"Sec-Purpose", "prefetch"},
		"prerender":            {"Sec-Purpose", "prefetch;prerender"},
		"anonymous prefetch":   {"Sec-Purpose", "Prefetch;anonymous-client-ip"},
		"older Chrome":         {"Purpose", "prefetch"},
		"Safari":               {"X-Purpose", "preview"},
		"Firefox":              {"X-Moz", "prefetch"},
		"Messages":             {"User-Agent", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0"},
		"WhatsApp":             {"User-Agent", "WhatsApp/2.23.20.0"},
		"Telegram":             {"User-Agent", "TelegramBot (like TwitterBot)"},
		"Slack":                {"User-Agent", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"},
		"a search engine's":    {"User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
		"one in capitals only": {"User-Agent", "LINKEDINBOT/1.0"},
	}
	for _, word := range tracking.Previewers() {
		looks["the word "+word] = []string{"User-Agent", "Mozilla/5.0 (compatible; " + word + ")"}
	}
	for name, header := range looks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rd, kept, _ := redirect()
			res := get(t, rd, "/ada", header...)
			diff(t, http.StatusFound, res.status)
			diff(t, want, res.header.Get("Location"))
			diff(t, 0, len(kept.touches))
		})
	}
	t.Run("HEAD", func(t *testing.T) {
		t.Parallel()
		rd, kept, _ := redirect()
		diff(t, want, do(t, rd, http.MethodHead, "/ada").header.Get("Location"))
		diff(t, 0, len(kept.touches))
	})
}

// People click in the browsers inside of apps, which name the app.
func TestRedirectOfPeople(t *testing.T) {
	t.Parallel()
	for _, agent := range []string{
		"", "curl/8.5.0",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 340.0.0.0 (iPhone16,1; iOS 18_0; de_DE)",
		"Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/480.0.0.0;]",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 musical_ly_36.0.0 BytedanceWebview/d8a21c6",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Snapchat/13.0 (like Safari/8618, panda)",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [Pinterest/iOS]",
		"Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
	} {
		rd, kept, _ := redirect()
		diff(t, adasTarget, get(t, rd, "/ada", "User-Agent", agent, "Sec-Purpose", "", "Sec-Fetch-Dest", "document").header.Get("Location"))
		diff(t, 1, len(kept.touches))
	}
}

func TestRedirectInTrouble(t *testing.T) {
	t.Parallel()
	broken := errors.New("out of order")
	const without = "https://demo.example/ada?x=1&bl=ada-autumn&utm_source=tiktok#top"
	tests := map[string]struct {
		change   func(*tracking.Redirect, *recorder)
		status   int
		location string
		clicks   int
		logged   string
	}{
		"the recorder fails": {func(_ *tracking.Redirect, r *recorder) { r.err = broken }, 302, adasTarget, 1, "click not recorded"},
		"no nonce": {
			func(rd *tracking.Redirect, _ *recorder) {
				rd.Nonce = func() ([12]byte, error) { return [12]byte{}, broken }
			},
			302, without, 1, "no nonce",
		},
		"no keys":          {func(rd *tracking.Redirect, _ *recorder) { rd.Clicks = clicks() }, 302, without, 1, "click id not signed"},
		"no good time":     {func(rd *tracking.Redirect, _ *recorder) { rd.Now = func() time.Time { return time.Time{} } }, 302, without, 1, "click id not signed"},
		"the table fails":  {func(rd *tracking.Redirect, _ *recorder) { rd.Links = table{err: broken} }, 503, "", 0, "could not be looked up"},
		"an empty table":   {func(rd *tracking.Redirect, _ *recorder) { rd.Links = table{} }, 404, "", 0, ""},
		"no log":           {func(rd *tracking.Redirect, r *recorder) { rd.Log, r.err = nil, broken }, 302, adasTarget, 1, ""},
		"unknown, home":    {func(rd *tracking.Redirect, _ *recorder) { rd.Links, rd.Home = table{}, "https://demo.example/" }, 302, "https://demo.example/", 0, ""},
		"failing, home":    {func(rd *tracking.Redirect, _ *recorder) { rd.Links, rd.Home = table{err: broken}, "/" }, 302, "/", 0, "could not be looked up"},
		"a target is none": {func(rd *tracking.Redirect, _ *recorder) { rd.Links.(table).links["ADA"] = tracking.Link{Target: "ada"} }, 503, "", 0, "leads nowhere"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rd, kept, log := redirect()
			tt.change(rd, kept)
			res := get(t, rd, "/ada")
			diff(t, tt.status, res.status)
			diff(t, tt.location, res.header.Get("Location"))
			diff(t, tt.clicks, len(kept.touches))
			if (tt.logged == "") != (log.Len() == 0) || !strings.Contains(log.String(), tt.logged) {
				t.Errorf("logged %q, want %q", log, tt.logged)
			}
			for _, touch := range kept.touches {
				if touch.Link != "ada-autumn" || !touch.Verified || (touch.ID != "") != (tt.location == adasTarget) {
					t.Errorf("recorded %+v", touch)
				}
			}
		})
	}
}

// A customer who closes the page at once has clicked.
func TestRedirectOfOneWhoLeaves(t *testing.T) {
	t.Parallel()
	rd, kept, log := redirect()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rd.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/ada", nil))
	if len(kept.touches) != 1 || log.Len() > 0 {
		t.Errorf("%d clicks, logged %q", len(kept.touches), log)
	}
}

func TestRedirectOfMany(t *testing.T) {
	t.Parallel()
	rd, kept, _ := redirect()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { get(t, rd, "/ada") })
	}
	all.Wait()
	diff(t, 50, len(kept.touches))
}
