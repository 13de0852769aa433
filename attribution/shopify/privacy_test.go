package shopify_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func TestPrivacyEvents(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file, topic string
		kind        attribution.EventKind
		want        *attribution.Redaction
	}{
		{"customers_redact.json", "customers/redact", attribution.PersonRedact, &attribution.Redaction{
			Shop: shop, Orders: []byline.OrderID{"shopify:5900000000001", "shopify:820982911946154509"},
		}},
		{"customers_redact_email_only.json", "customers/redact", attribution.PersonRedact, &attribution.Redaction{Shop: shop}},
		{"customers_data_request.json", "customers/data_request", attribution.DataRequested, nil},
		{"shop_redact.json", "shop/redact", attribution.ShopRedact, &attribution.Redaction{Shop: shop, All: true}},
		{"app_uninstalled.json", "app/uninstalled", attribution.AppRemoved, nil},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			events, err := decode(t, tt.topic, load(t, tt.file))
			require.NoError(t, err)
			require.Len(t, events, 1)
			e := events[0]
			if diff := cmp.Diff(tt.want, e.Redaction); diff != "" {
				t.Errorf("Redaction mismatch (-want +got):\n%s", diff)
			}
			if e.Kind != tt.kind || e.Shop != shop || e.Order != nil || e.At.IsZero() {
				t.Errorf("event %+v, want kind %q of %q", e, tt.kind, shop)
			}
		})
	}
}

// Nobody signs the topic. A body of one topic, replayed under another, must not become
// a wider erasure than was asked for.
func TestPrivacyBodiesFitOneTopic(t *testing.T) {
	t.Parallel()
	topics := []string{"customers/data_request", "customers/redact", "shop/redact", "app/uninstalled"}
	for _, s := range samples {
		for _, topic := range topics {
			if s.topic == topic {
				continue
			}
			events, err := decode(t, topic, load(t, s.file))
			if err == nil || len(events) > 0 {
				t.Errorf("%s passes as %s: %v", s.file, topic, events)
			}
		}
	}
}

func TestPrivacyKeys(t *testing.T) {
	t.Parallel()
	key := func(file, topic, delivery string) string {
		body := load(t, file)
		events, err := decoder().Decode(with(signed(topic, body), "X-Shopify-Webhook-Id", delivery), body)
		require.NoError(t, err)
		return events[0].Key
	}
	first := key("shop_redact.json", "shop/redact", "1")
	if retry := key("shop_redact.json", "shop/redact", "1"); retry != first {
		t.Error("a retry of a request is another request")
	}
	if later := key("shop_redact.json", "shop/redact", "2"); later == first {
		t.Error("a shop that leaves again is not erased again")
	}
	if key("app_uninstalled.json", "app/uninstalled", "1") != key("app_uninstalled.json", "app/uninstalled", "2") {
		t.Error("a removal that is replayed stops the app again")
	}
}

func TestPrivacyWithoutATime(t *testing.T) {
	t.Parallel()
	body := load(t, "shop_redact.json")
	received := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	d, err := decoder().Verify(with(signed("shop/redact", body), "X-Shopify-Triggered-At"), body)
	require.NoError(t, err)
	d.ReceivedAt = received
	events, err := decoder().Parse(d)
	require.NoError(t, err)
	if !events[0].At.Equal(received) {
		t.Errorf("At = %s, want the arrival", events[0].At)
	}
}

// Shopify's own sample of a removal has no domain in it.
func TestRemovalWithoutADomain(t *testing.T) {
	t.Parallel()
	events, err := decode(t, "app/uninstalled", []byte(`{"id":60001,"domain":null,"myshopify_domain":null}`))
	require.NoError(t, err)
	require.Len(t, events, 1)
}
