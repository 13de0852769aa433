package bigcommerce_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
)

// states are what one order is like over its life, each with a later clock but the last
// two, which share a second.
func states(t testing.TB) []parts {
	t.Helper()
	base := plain()
	state := func(second int, patch, products, refunds string) parts {
		p := base.with(t, patch, "", products, refunds)
		p.Order = change(t, p.Order, fmt.Sprintf(`{"date_modified":"Sun, 04 Oct 2026 09:00:%02d +0000"}`, second))
		return p
	}
	const refund = `[{"id":7,"created":"2026-10-05T00:00:00Z","items":[{"item_type":"PRODUCT","item_id":11,"quantity":1}],"payments":[{"amount":10}]}]`
	return []parts{
		state(8, `{"status_id":0,"payment_status":""}`, "", ""),
		state(9, `{"status_id":11,"payment_status":"authorized"}`, "", ""),
		state(10, `{"status_id":11,"payment_status":"captured"}`, "", ""),
		state(11, `{"status_id":11,"payment_status":"captured"}`, `[{"id":11,"quantity":3,"total_ex_tax":"30.0000"}]`, ""),
		state(12, `{"status_id":14,"payment_status":"captured"}`, `[{"id":11,"quantity":3,"total_ex_tax":"30.0000"}]`, refund),
		state(12, `{"status_id":4,"payment_status":"refunded"}`, `[{"id":11,"quantity":3,"total_ex_tax":"30.0000"}]`, refund),
	}
}

func merge(t testing.TB, pieces ...attribution.Order) attribution.Order {
	t.Helper()
	merged := pieces[0]
	for _, piece := range pieces {
		var err error
		merged, err = merged.Merge(piece)
		require.NoError(t, err)
	}
	return merged
}

// Whatever fetches saw, in whatever order they are applied and however often, the order
// ends as the last of its states.
func TestFetchesConverge(t *testing.T) {
	t.Parallel()
	var seen []attribution.Order
	for _, p := range states(t) {
		o, err := fetchParts(t, p)
		require.NoError(t, err)
		seen = append(seen, o)
	}
	last := merge(t, seen[len(seen)-1])
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 1))
		pieces := append([]attribution.Order{seen[len(seen)-1]}, seen...)
		rng.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
		if diff := cmp.Diff(last, merge(t, pieces...)); diff != "" {
			t.Fatalf("seed %d ends elsewhere (-last +got):\n%s", seed, diff)
		}
	}
}

// The store moves on between two calls of one Fetch, at each of them in turn. The
// webhook of the last change fetches last, and its state stays.
func TestFetchOfAnOrderThatMoves(t *testing.T) {
	t.Parallel()
	all := states(t)
	for _, moment := range []string{"/250", "/coupons", "/products", "/refunds"} {
		for from := range len(all) - 1 {
			s := &fakeStore{id: "250", parts: all[from]}
			s.before = func(s *fakeStore, path string) {
				if strings.HasSuffix(path, moment) {
					s.parts = all[len(all)-1]
				}
			}
			w := serve(t, s)
			torn := fetchOrder(t, w, "250")
			whole := fetchOrder(t, w, "250")
			if torn.UpdatedAt.After(whole.UpdatedAt) {
				t.Errorf("from state %d at %s: what was read in between is younger than what came after", from, moment)
			}
			for _, pieces := range [][]attribution.Order{{torn, whole}, {whole, torn}} {
				if diff := cmp.Diff(merge(t, whole), merge(t, pieces...)); diff != "" {
					t.Errorf("from state %d at %s: ends elsewhere (-whole +got):\n%s", from, moment, diff)
				}
			}
		}
	}
}

// A webhook that comes late, after the order has gone on, says nothing old.
func TestPitfallIDOnly(t *testing.T) {
	t.Parallel()
	all := states(t)
	s := &fakeStore{id: "250", parts: all[2]}
	w := serve(t, s)
	apply := func(body string) attribution.Event {
		events, err := w.Parse(attribution.Delivery{Body: []byte(body)})
		require.NoError(t, err)
		require.Len(t, events, 1)
		fetched, err := w.Fetch(t.Context(), events[0])
		require.NoError(t, err)
		require.Len(t, fetched, 1)
		return fetched[0]
	}
	paid := apply(edit("created\"", "updated\""))
	if again := apply(edit("created\"", "statusUpdated\"")); again.Key != paid.Key {
		t.Error("two webhooks of one state are two facts")
	}
	s.mu.Lock()
	s.parts = all[4]
	s.mu.Unlock()
	late := apply(notice)
	if late.Order.Payment != attribution.PartiallyRefunded || late.Key == paid.Key {
		t.Errorf("a late webhook brought %q", late.Order.Payment)
	}
}

func TestPitfallReplayedUnderAnotherID(t *testing.T) {
	t.Parallel()
	body := []byte(notice)
	h := with(signed("", body), "Webhook-Id", "msg_another")
	_, err := decoder().Verify(h, body)
	require.ErrorIs(t, err, attribution.ErrBadSignature)
}

func TestPitfallHostileDocuments(t *testing.T) {
	t.Parallel()
	want, err := fetchParts(t, plain())
	require.NoError(t, err)
	deep := strings.Repeat("[", 9000) + strings.Repeat("]", 9000)
	for name, patch := range map[string]string{
		"padding":                 `{"note":"` + strings.Repeat("a", 1<<20) + `"}`,
		"deep nesting":            `{"note":` + deep + `}`,
		"unknown fields":          `{"id2":{},"status":[1],"cart_id":7}`,
		"a status in words alone": `{"status":"Refunded"}`,
	} {
		got, err := fetchParts(t, plain().with(t, patch, "", "", ""))
		require.NoError(t, err, name)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: order mismatch (-want +got):\n%s", name, diff)
		}
	}
	p := plain()
	p.Products = json.RawMessage("[{\"id\":11,\"quantity\":2,\"total_ex_tax\":\"20.0000\",\"sku\":\"\xff\\ud800\"}]")
	got, err := fetchParts(t, p)
	require.NoError(t, err)
	if got.Lines[0].SKU != "\ufffd\ufffd" {
		t.Errorf("SKU = %q", got.Lines[0].SKU)
	}
}
