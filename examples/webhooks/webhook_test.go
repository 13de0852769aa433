package main

import (
	"bytes"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
)

// state is everything that a webhook could have changed. Fees fall due without one.
func state(t *testing.T, s *server) string {
	t.Helper()
	var all []string
	for _, table := range []string{"attribution_inbox", "attribution_order", "contracts_entry WHERE kind <> 'flat_fee'"} {
		var n int
		require.NoError(t, s.database.reader.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
		all = append(all, fmt.Sprintf("%s %d", table, n))
	}
	return strings.Join(all, ", ")
}

// What comes to the door besides good orders: each gets its answer, and only what is
// signed leaves a trace.
func TestWebhookAnswers(t *testing.T) {
	t.Parallel()
	order := prepare(t, "order.json")
	other := bytes.Replace(bytes.Clone(order), []byte("Demoville"), []byte("Elsewhere"), 1)
	large := bytes.Repeat([]byte(" "), attribution.DefaultMaxBody+1)
	tests := []struct {
		name, topic, id string
		body            []byte
		secret          attribution.Secret
		status          int
		want            string
		leaves          int // deliveries in the inbox
	}{
		{"a forged order", "orders/paid", "1", order, "another-secret", 401, "unauthorized", 0},
		{"no secret at all", "orders/paid", "1", order, "", 401, "unauthorized", 0},
		{"an unknown topic", "products/update", "1", []byte(`{"id":1}`), testSecret, 200, "ignored", 0},
		{"too much", "orders/paid", "1", large, testSecret, 413, "too_large", 0},
		{"signed with the secret before", "orders/paid", "1", order, oldSecret, 200, "accepted", 1},
		{"an order", "orders/paid", "2", order, testSecret, 200, "accepted", 1},
		{"the same again", "orders/paid", "first", order, testSecret, 200, "duplicate", 1},
		{"the same id with another body", "orders/paid", "first", other, testSecret, 200, "quarantined", 2},
		{"broken JSON, well signed", "orders/paid", "3", []byte(`{"id":`), testSecret, 200, "accepted", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := launch(t, shopConfig(), example(t), quiet())
			if tt.id == "first" {
				status, body := webhook(t, s.url, tt.topic, tt.id, order, testSecret)
				answered(t, status, body, http.StatusOK, "accepted")
			}
			before := state(t, s)
			status, body := webhook(t, s.url, tt.topic, tt.id, tt.body, tt.secret)
			answered(t, status, body, tt.status, tt.want)
			d := wait(t, s.url)
			if len(d.Deliveries) != tt.leaves {
				t.Errorf("%d deliveries in the inbox, want %d", len(d.Deliveries), tt.leaves)
			}
			if tt.leaves == 0 && state(t, s) != before {
				t.Errorf("state changed from %s to %s", before, state(t, s))
			}
		})
	}
}

// All shops of an app share its secret, so another shop's delivery can be well signed.
func TestAnotherShop(t *testing.T) {
	t.Parallel()
	s := launch(t, shopConfig(), example(t), quiet())
	before := state(t, s)
	status, body := webhookOf(t, "another.myshopify.com", s.url, "orders/paid", "1", prepare(t, "order.json"), testSecret)
	answered(t, status, body, http.StatusUnauthorized, "unauthorized")
	if after := state(t, s); after != before {
		t.Errorf("state changed from %s to %s", before, after)
	}
}

// A delivery that cannot be read is kept, shown, and can be replayed; so can one that
// was quarantined.
func TestReplay(t *testing.T) {
	t.Parallel()
	s := launch(t, shopConfig(), example(t), quiet())
	status, body := webhook(t, s.url, "orders/paid", "broken", []byte(`{"id":`), testSecret)
	answered(t, status, body, http.StatusOK, "accepted")
	failed := wait(t, s.url).ToLookAt
	if len(failed) != 1 || failed[0].Status != attribution.StatusFailed || failed[0].Attempts != 1 {
		t.Fatalf("to look at: %+v", failed)
	}
	_, page := get(t, s.url+"/deliveries")
	for _, text := range []string{"not one JSON document", fmt.Sprintf(`action="/deliveries/%d/replay"`, failed[0].Seq), "Failed"} {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not show %s", text)
		}
	}
	replay := fmt.Sprintf("%s/deliveries/%d/replay", s.url, failed[0].Seq)
	if status, _ := post(t, replay, map[string]string{"Sec-Fetch-Site": "cross-site"}); status != http.StatusForbidden {
		t.Errorf("a form on a foreign page was answered with %d", status)
	}
	if status, _ := post(t, replay, map[string]string{"Origin": "https://evil.example"}); status != http.StatusForbidden {
		t.Errorf("a foreign origin was answered with %d", status)
	}
	if d := wait(t, s.url); d.ToLookAt[0].Attempts != 1 {
		t.Errorf("a foreign page made the server work: %+v", d.ToLookAt)
	}
	if status, _ := post(t, replay, map[string]string{"Sec-Fetch-Site": "same-origin"}); status != http.StatusSeeOther {
		t.Errorf("replay was answered with %d", status)
	}
	if d := wait(t, s.url); d.ToLookAt[0].Attempts != 2 {
		t.Errorf("the replay was not tried: %+v", d.ToLookAt)
	}
	for path, want := range map[string]int{"/deliveries/99/replay": 404, "/deliveries/x/replay": 400} {
		if status, _ := post(t, s.url+path, nil); status != want {
			t.Errorf("%s was answered with %d, want %d", path, status, want)
		}
	}
}

func post(t *testing.T, address string, header map[string]string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, nil)
	require.NoError(t, err)
	for name, value := range header {
		req.Header.Set(name, value)
	}
	return do(t, req)
}

// What was not settled when the process died is settled by the next one, and nothing
// is posted twice.
func TestRestart(t *testing.T) {
	t.Parallel()
	c := shopConfig()
	c.db = filepath.Join(t.TempDir(), defaultDB)
	first, err := newServer(t.Context(), c, example(t), quiet())
	require.NoError(t, err)
	// A server that took the order in and died before its worker ran.
	d, err := shopify.Webhook{Secrets: c.secrets, Shop: demoShop}.Verify(http.Header{
		"X-Shopify-Topic": {"orders/paid"}, "X-Shopify-Webhook-Id": {"1"}, "X-Shopify-Shop-Domain": {demoShop},
		"X-Shopify-Hmac-Sha256": {shopify.Sign(prepare(t, "order.json"), testSecret)},
	}, prepare(t, "order.json"))
	require.NoError(t, err)
	d.Source, d.ReceivedAt = source, time.Now()
	_, err = first.orders.Put(t.Context(), d)
	require.NoError(t, err)
	require.NoError(t, first.close())

	for range 2 { //nolint:paralleltest // one server after the other
		t.Run("start", func(t *testing.T) {
			s := launch(t, c, example(t), quiet())
			wait(t, s.url)
			if got := getJSON[orderJSON](t, s.url+"/api/orders/shopify:7700000009001"); len(got.Entries) != 1 {
				t.Errorf("%d entries, want 1", len(got.Entries))
			}
			if got := getJSON[statementJSON](t, s.url+"/api/creators/example-ada").Balances[0].Owed; got != byline.Minor(415_05, byline.EUR) {
				t.Errorf("owed %v, want the fee once and the commission once", got)
			}
		})
	}
}
