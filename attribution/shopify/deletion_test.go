package shopify_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
)

func TestDeletion(t *testing.T) {
	t.Parallel()
	arrived := time.Date(2026, 11, 21, 9, 0, 0, 0, time.FixedZone("", 3600))
	tests := []struct {
		name, triggered string
		received        time.Time
		want            string
	}{
		{"as it arrived", "2030-01-01T00:00:00Z", arrived, "2026-11-21T08:00:00Z"},
		{"as it was sent, where nobody says when it arrived", "2026-11-21T07:59:00Z", time.Time{}, "2026-11-21T07:59:00Z"},
		{"as it arrived, where nobody says when it was sent", "", arrived, "2026-11-21T08:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body := load(t, "order_deleted.json")
			d, err := decoder().Verify(with(signed("orders/delete", body), "X-Shopify-Triggered-At", tt.triggered), body)
			require.NoError(t, err)
			d.ReceivedAt = tt.received
			events, err := decoder().Parse(d)
			require.NoError(t, err)
			require.Len(t, events, 1)
			want := attribution.Order{ID: "shopify:5900000000022", Shop: shop, DeletedAt: at(t, tt.want)}
			if diff := cmp.Diff(want, *events[0].Order); diff != "" {
				t.Errorf("fragment mismatch (-want +got):\n%s", diff)
			}
			if events[0].Kind != attribution.OrderDeleted || events[0].Key != "shopify:5900000000022#deleted" {
				t.Errorf("event %+v", events[0])
			}
		})
	}
}

func TestDeletionWithoutATime(t *testing.T) {
	t.Parallel()
	_, err := parse("orders/delete", `{"id":1}`)
	if diff := cmp.Diff([]string{"shopify.time"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	_, err = decoder().Parse(attribution.Delivery{
		Topic: "orders/delete", Header: map[string]string{"shop-domain": shop}, Body: []byte(`{"id":1}`),
		ReceivedAt: time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC),
	})
	if diff := cmp.Diff([]string{"shopify.time"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// Nobody signs the topic. A body of one kind, under the topic of another, must neither
// delete an order nor invent one.
func TestBodiesFitTheirTopic(t *testing.T) {
	t.Parallel()
	families := map[string]string{
		"orders/create": "order", "orders/paid": "order", "orders/updated": "order", "orders/cancelled": "order", "orders/edited": "order",
		"orders/delete": "deletion", "refunds/create": "refund", "disputes/create": "dispute", "disputes/update": "dispute",
		"customers/data_request": "request", "customers/redact": "redaction", "shop/redact": "shop", "app/uninstalled": "removal",
	}
	for _, s := range samples {
		for topic, family := range families {
			if family == families[s.topic] {
				continue
			}
			events, err := decode(t, topic, load(t, s.file))
			if s.file == "order_edit_envelope.json" && family == "order" {
				continue
			}
			if err == nil || len(events) > 0 {
				t.Errorf("%s passes as %s: %v", s.file, topic, events)
			}
		}
	}
}

func TestDeletionAndDocument(t *testing.T) {
	t.Parallel()
	order := decodeOrder(t, "orders/paid", []byte(edit(`"discount_applications":[]`, `"discount_applications":[{"type":"discount_code","code":"AVA10"}]`)))
	deleted := decodeOrder(t, "orders/delete", []byte(`{"id":1001}`))
	for _, pieces := range [][]attribution.Order{{order, deleted}, {deleted, order}, {deleted, order, deleted}} {
		d := decide(t, merge(t, pieces))
		if d.Standing != attribution.StandingDeleted || !d.Earning.IsZero() {
			t.Errorf("a deleted order stands as %q and earns %s", d.Standing, d.Earning)
		}
	}
}
