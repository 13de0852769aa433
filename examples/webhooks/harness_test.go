package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
)

// ciVariable turns a test that cannot run here into one that fails: on the build
// machine everything has to run.
const ciVariable = "BYLINE_CI"

func skipUnlessCI(t *testing.T, why string) {
	t.Helper()
	if os.Getenv(ciVariable) == "1" {
		t.Fatal(why)
	}
	t.Skip(why)
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// launch serves until the test ends.
func launch(t *testing.T, c config, p *programme, log *slog.Logger) *server {
	t.Helper()
	if c.db == "" {
		c.db = filepath.Join(t.TempDir(), defaultDB)
	}
	if c.addr == "" {
		c.addr = "127.0.0.1:0"
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ready, done := make(chan *server, 1), make(chan error, 1)
	go func() {
		done <- start(ctx, c, p, log, func(ctx context.Context, s *server) error {
			ready <- s
			<-ctx.Done()
			return nil
		})
	}()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-done)
	})
	select {
	case s := <-ready:
		return s
	case err := <-done:
		done <- nil
		require.NoError(t, err)
		return nil
	}
}

// launchDemo serves the demo's campaign with all its orders in it.
func launchDemo(t *testing.T) (*server, *story) {
	t.Helper()
	base := time.Now().UTC().Truncate(day).Add(-storyDays * day)
	c, err := config{addr: "127.0.0.1:0", demo: true}.complete(nil)
	require.NoError(t, err)
	p, err := newProgramme(demoProgramme(base), newOutside(c, demoEnvironment))
	require.NoError(t, err)
	s := launch(t, c, p, quiet())
	told := newStory(base)
	require.NoError(t, playDemo(t.Context(), s, told, t.TempDir(), io.Discard))
	return s, told
}

// testOutside is a world with the demo's environment and no keys.
func testOutside() outside { return newOutside(config{}, demoEnvironment) }

func newRecorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }

// localRequest is one that comes to the loopback address, as a browser on the same
// machine sends it.
func localRequest(t *testing.T, method, path string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
	r.Host = "127.0.0.1:8080"
	return r
}

const (
	testSecret = attribution.Secret("a-secret-of-this-test")
	oldSecret  = attribution.Secret("the-secret-before-it")
)

// output is a writer that a running program and a test share.
type output struct {
	mu   sync.Mutex
	text strings.Builder
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// get returns the status and the body of a page.
func get(t *testing.T, address string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	return do(t, req)
}

func do(t *testing.T, req *http.Request) (int, string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(body)
}

func getJSON[T any](t *testing.T, address string) T {
	t.Helper()
	status, body := get(t, address)
	if status != http.StatusOK {
		t.Fatalf("%s: %d %s", address, status, body)
	}
	var v T
	require.NoError(t, json.Unmarshal([]byte(body), &v))
	return v
}

// webhook posts a body as the shop does and returns the answer.
func webhook(t *testing.T, url, topic, id string, body []byte, secret attribution.Secret) (int, string) {
	t.Helper()
	return webhookOf(t, demoShop, url, topic, id, body, secret)
}

func webhookOf(t *testing.T, shop, url, topic, id string, body []byte, secret attribution.Secret) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/webhooks/shopify", bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("X-Shopify-Topic", topic)
	req.Header.Set("X-Shopify-Webhook-Id", id)
	req.Header.Set("X-Shopify-Shop-Domain", shop)
	req.Header.Set("X-Shopify-Hmac-Sha256", shopify.Sign(body, secret))
	return do(t, req)
}

// answered fails unless the server said exactly this.
func answered(t *testing.T, status int, body string, wantStatus int, want string) {
	t.Helper()
	if got := fmt.Sprintf("%d %s", status, strings.TrimSpace(body)); got != fmt.Sprintf(`%d {"status":%q}`, wantStatus, want) {
		t.Fatalf("answer %s, want %d %s", got, wantStatus, want)
	}
}

// wait asks until the deliveries are settled.
func wait(t *testing.T, url string) deliveriesJSON {
	t.Helper()
	for start := time.Now(); time.Since(start) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		if d := getJSON[deliveriesJSON](t, url+"/api/deliveries"); d.Counts[attribution.StatusPending] == 0 {
			return d
		}
	}
	t.Fatal("the inbox was not drained")
	return deliveriesJSON{}
}

func prepare(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return body
}

func shopConfig() config {
	return config{shop: demoShop, secrets: []attribution.Secret{testSecret, oldSecret}}
}
