package main

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orderstore "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/contracts"
)

// TestRun is the whole program from its arguments to its end: an order comes in and is
// credited, a part of it comes back, and the money follows to the cent.
func TestRun(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	out, done := &output{}, make(chan error, 1)
	db := filepath.Join(t.TempDir(), "odd name?#%.db")
	args := []string{"-addr", "127.0.0.1:0", "-db", db, "-programme", exampleFile}
	go func() {
		done <- run(ctx, args, env(map[string]string{envSecret: string(testSecret), envShop: demoShop}), out)
	}()
	url := urlFrom(t, out, done)
	if !strings.Contains(out.String(), "committed and fsynced (WAL, synchronous=FULL)") {
		t.Errorf("the durability contract is not printed:\n%s", out)
	}

	order := deliver(t, url, "orders/paid", "order.json")
	// 177.00 with tax less 15% is 150.45; without the 20% tax in it 125.38; 12% is 15.05.
	wantCredits := []attribution.Credit{{
		Creator: "example-ada", Campaign: "autumn-2026", By: attribution.ByCode, Evidence: []string{"ADA15"}, Corroborated: true,
		Share: attribution.Share{Num: 1, Den: 1}, Sold: byline.Minor(125_38, byline.EUR), Earning: byline.Minor(125_38, byline.EUR),
	}}
	if diff := cmp.Diff(wantCredits, order.Decision.Credits); diff != "" {
		t.Errorf("credits (-want +got):\n%s", diff)
	}
	first := entryJSON{Entry: posted(1, 15_05, 125_38, byline.Minor(125_38, byline.EUR), contracts.ReasonEarned), OwedAfter: byline.Minor(15_05, byline.EUR)}
	owes(t, order, 15_05, first)

	order = deliver(t, url, "refunds/create", "refund.json")
	// Two of four bowls: 41.65 with tax, 34.71 without. 12% of the 90.67 left is 10.88.
	owes(t, order, 10_88, first, entryJSON{Entry: posted(2, -4_17, -34_71, byline.Money{}, contracts.ReasonPartlyReturned), OwedAfter: byline.Minor(10_88, byline.EUR)})
	if !strings.Contains(order.Explanation, "€34.71 taken back") {
		t.Errorf("explanation: %s", order.Explanation)
	}
	// The flat fee of 400.00 is due since September.
	balance := getJSON[statementJSON](t, url+"/api/creators/example-ada").Balances[0]
	if diff := cmp.Diff(byline.Minor(410_88, byline.EUR), balance.Owed); diff != "" {
		t.Errorf("balance (-want +got):\n%s", diff)
	}
	_, page := get(t, url+"/orders/shopify:7700000009001")
	for _, text := range []string{"€125.38 × 12%", "−€4.17", "€10.88", "Accepted", "Example Ada"} {
		if !strings.Contains(page, text) {
			t.Errorf("the order's page does not say %s", text)
		}
	}
	stop()
	require.NoError(t, <-done)
}

// deliver posts a prepared body and returns the order once it is settled.
func deliver(t *testing.T, url, topic, file string) orderJSON {
	t.Helper()
	status, body := webhook(t, url, topic, file, prepare(t, file), testSecret)
	answered(t, status, body, http.StatusOK, "accepted")
	wait(t, url)
	return getJSON[orderJSON](t, url+"/api/orders/shopify:7700000009001")
}

// owes compares what is owed for the order and how it came to that, to the cent.
func owes(t *testing.T, order orderJSON, amount int64, entries ...entryJSON) {
	t.Helper()
	if diff := cmp.Diff([]due{{"example-ada", "ag-ada", 1, byline.Minor(amount, byline.EUR), byline.Minor(0, byline.EUR)}}, order.Owed); diff != "" {
		t.Errorf("owed (-want +got):\n%s", diff)
	}
	for i := range order.Entries {
		order.Entries[i].PostedAt = time.Time{}
	}
	if diff := cmp.Diff(entries, order.Entries); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}

func posted(revision int, amount, base int64, sold byline.Money, why contracts.Reason) contracts.Entry {
	return contracts.Entry{Subject: "order:shopify:7700000009001", Revision: revision, Line: contracts.Line{
		Creator: "example-ada", Campaign: "autumn-2026", Agreement: "ag-ada", Version: 1, Policy: "autumn/2", Kind: contracts.Commission,
		Rule: "sales", EarnedAt: time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC),
		Amount: byline.Minor(amount, byline.EUR), Base: byline.Minor(base, byline.EUR), Sold: sold, Rate: 12 * contracts.Percent, Reason: why,
	}}
}

// urlFrom reads the address off what the program prints.
func urlFrom(t *testing.T, out *output, done <-chan error) string {
	t.Helper()
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	for start := time.Now(); time.Since(start) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		if url := address.FindString(out.String()); url != "" {
			return url
		}
		select {
		case err := <-done:
			t.Fatalf("it ended: %v\n%s", err, out)
		default:
		}
	}
	t.Fatalf("no address printed:\n%s", out)
	return ""
}

func TestPagesAnswer(t *testing.T) {
	t.Parallel()
	s := launch(t, shopConfig(), example(t), quiet())
	tests := []struct {
		path   string
		status int
		says   string
	}{
		{"/", 200, "Autumn table"}, {"/orders", 200, "openssl dgst"}, {"/orders?creator=example-bo", 200, "nothing more"},
		{"/creators/example-bo", 200, "the platform counts no followers"}, {"/deliveries", 200, "Nothing needs a look"},
		{"/healthz", 200, `"ok"`}, {"/favicon.ico", 200, "<svg"}, {s.assets.addresses["style.css"], 200, "--accent"},
		{"/orders/none", 404, "Not found"}, {"/creators/none", 404, "Not found"}, {"/nowhere", 404, "Not found"},
		{"/static/style.css", 404, ""}, {"/static/../main.go", 307, ""}, {"/orders?before=x", 400, "not a place"}, {"/deliveries?before=x", 400, "Not the number"},
		{"/api/creators", 200, `"example-ada"`}, {"/api/creators/example-ada", 200, `"12%"`}, {"/api/deliveries", 200, `"counts"`},
		{"/api/orders/none", 404, `"code": "not_found"`}, {"/api/creators/none", 404, `"code": "not_found"`}, {"/api/nowhere", 404, `"code": "not_found"`},
		{"/webhooks/shopify", 404, ""}, {"/login", 404, ""},
	}
	for _, tt := range tests {
		status, body := get(t, s.url+tt.path)
		if status != tt.status || !strings.Contains(body, tt.says) {
			t.Errorf("%s: %d, want %d and %q in\n%.300s", tt.path, status, tt.status, tt.says, body)
		}
	}
	if status, body := post(t, s.url+"/webhooks/other", nil); status != http.StatusUnauthorized || !strings.Contains(body, "unauthorized") {
		t.Errorf("an unknown source: %d %s", status, body)
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	s := launch(t, shopConfig(), example(t), quiet())
	for _, path := range []string{"/", "/healthz", "/api/creators", "/nowhere", s.assets.addresses["style.css"]} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+path, nil)
		require.NoError(t, err)
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		got := map[string]string{}
		for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"} {
			got[name] = resp.Header.Get(name)
		}
		want := map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
			"X-Content-Type-Options":  "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
		}
		if strings.HasPrefix(path, "/static/") {
			want["Cache-Control"] = "public, max-age=31536000, immutable"
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

// healthz says 503 when the store does not answer.
func TestUnhealthy(t *testing.T) {
	t.Parallel()
	s, log := bare(t), &output{}
	s.log = slog.New(slog.NewTextHandler(log, nil))
	require.NoError(t, s.database.reader.Close())
	w := newRecorder()
	s.routes().ServeHTTP(w, localRequest(t, http.MethodGet, "/healthz"))
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `"unavailable"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	w = newRecorder()
	s.routes().ServeHTTP(w, localRequest(t, http.MethodGet, "/orders?creator=somebody@example.com"))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "sql:") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if text := log.String(); !strings.Contains(text, "path=/orders ") || strings.Contains(text, "somebody") {
		t.Errorf("the log does not say what failed, or says too much:\n%s", text)
	}
}

// Settings that may lose orders are refused, or accepted loudly.
func TestDurability(t *testing.T) {
	t.Parallel()
	db, err := openDatabase(t.Context(), filepath.Join(t.TempDir(), defaultDB), true)
	require.NoError(t, err)
	t.Cleanup(db.close)
	if _, err := orderstore.Open(t.Context(), db.writer, &orderstore.Options{Now: time.Now}); err == nil {
		t.Error("the store took a database that may lose orders")
	}
	c := shopConfig()
	c.acceptLoss = true
	s := launch(t, c, example(t), quiet())
	out := &output{}
	require.NoError(t, s.announce(out))
	if !strings.Contains(out.String(), "A POWER CUT CAN LOSE ORDERS") {
		t.Errorf("it does not say so:\n%s", out)
	}
	if _, page := get(t, s.url); !strings.Contains(page, "A power cut can lose orders") {
		t.Error("the page does not say so")
	}
}

// The reader's connections cannot write, whatever is asked of them.
func TestReaderCannotWrite(t *testing.T) {
	t.Parallel()
	s := bare(t)
	for _, statement := range []string{"DELETE FROM attribution_inbox", "CREATE TABLE x (y)", "UPDATE contracts_entry SET amount = 0"} {
		if _, err := s.database.reader.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s went through", statement)
		}
	}
}

// The log names no body, no secret, no address of a person and no query.
func TestLogIsDiscreet(t *testing.T) {
	t.Parallel()
	log := &output{}
	s := launch(t, shopConfig(), example(t), slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	webhook(t, s.url, "orders/paid", "1", prepare(t, "order.json"), testSecret)
	webhook(t, s.url, "orders/paid", "2", prepare(t, "order.json"), "forged")
	webhook(t, s.url, "orders/paid", "3", bytes.ReplaceAll(prepare(t, "order.json"), []byte(`"EUR"`), []byte(`"XXX"`)), testSecret)
	get(t, s.url+"/orders?before=casey9001@example.com")
	wait(t, s.url)
	for _, word := range []string{string(testSecret), string(oldSecret), "example.com", "Casey", "before="} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log holds %q:\n%s", word, log)
		}
	}
	if !strings.Contains(log.String(), "webhook refused") {
		t.Errorf("the log does not even name the refusal:\n%s", log)
	}
}
