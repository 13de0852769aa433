package shopify_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
)

func TestVerifyFillsTheDelivery(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	want := attribution.Delivery{
		ID:    "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
		Topic: "orders/create",
		Header: map[string]string{
			"topic": "orders/create", "shop-domain": shop, "api-version": "2026-07",
			"event-id": "98880550-7158-44d4-b7cd-2c97c8a091b5", "triggered-at": "2026-10-04T09:00:08.123456789Z",
		},
		Body: body,
	}
	h := signed("orders/create", body)
	h.Set("X-Shopify-Name", "orders-from-admin")
	h.Set("X-Forwarded-For", "203.0.113.7")
	got, err := decoder().Verify(h, body)
	require.NoError(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Delivery mismatch (-want +got):\n%s", diff)
	}
}

func TestVerifyReadsEverySpelling(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	canonical := signed("orders/create", body)
	want, err := decoder().Verify(canonical, body)
	require.NoError(t, err)
	tests := []struct {
		name   string
		header http.Header
	}{
		{"lower case", rename(canonical, strings.ToLower)},
		{"upper case", rename(canonical, strings.ToUpper)},
		{"SHA256", rename(canonical, func(n string) string { return strings.Replace(n, "Sha256", "SHA256", 1) })},
		{"Events prefix", rename(canonical, func(n string) string { return strings.TrimPrefix(n, "X-") })},
		{"Events prefix in lower case", rename(canonical, func(n string) string { return strings.ToLower(strings.TrimPrefix(n, "X-")) })},
		{"both prefixes that agree", both(canonical, rename(canonical, func(n string) string { return strings.TrimPrefix(n, "X-") }))},
		{"topic in capitals", with(canonical, "X-Shopify-Topic", "Orders/Create")},
		{"shop in capitals and space", with(canonical, "X-Shopify-Shop-Domain", " North-Pier.MyShopify.com ")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := decoder().Verify(tt.header, body)
			require.NoError(t, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Delivery mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func both(a, b http.Header) http.Header {
	joined := a.Clone()
	for name, values := range b {
		joined[name] = append(joined[name], values...)
	}
	return joined
}

func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	good := signed("orders/create", body)
	signature := good.Get("X-Shopify-Hmac-Sha256")
	const signatureHeader = "X-Shopify-Hmac-Sha256"
	tests := []struct {
		name   string
		header http.Header
		body   []byte
		want   error
	}{
		{"no signature header", with(good, signatureHeader), body, attribution.ErrNotSigned},
		{"no header at all", nil, body, attribution.ErrNotSigned},
		{"an empty signature", with(good, signatureHeader, ""), body, attribution.ErrNotSigned},
		{"another body", good, append([]byte(" "), body...), attribution.ErrBadSignature},
		{"an empty body", good, nil, attribution.ErrBadSignature},
		{"an empty body with its signature", signed("orders/create", nil), nil, attribution.ErrBadSignature},
		{"another secret", with(good, signatureHeader, shopify.Sign(body, "other")), body, attribution.ErrBadSignature},
		{"not base64", with(good, signatureHeader, strings.Repeat("!", 44)), body, attribution.ErrBadSignature},
		{"hex", with(good, signatureHeader, strings.Repeat("0a", 32)), body, attribution.ErrBadSignature},
		{"a megabyte", with(good, signatureHeader, strings.Repeat("A", 1<<20)), body, attribution.ErrBadSignature},
		{"lower case", with(good, signatureHeader, strings.ToLower(signature)), body, attribution.ErrBadSignature},
		{"two signatures, the good one first", with(good, signatureHeader, signature, "x"), body, attribution.ErrBadSignature},
		{"two signatures, the good one last", with(good, signatureHeader, "x", signature), body, attribution.ErrBadSignature},
		{"a good and an empty signature", with(good, signatureHeader, signature, ""), body, attribution.ErrBadSignature},
		{"prefixes with two signatures", with(good, "Shopify-Hmac-Sha256", "x"), body, attribution.ErrBadSignature},
		{"another shop", with(good, "X-Shopify-Shop-Domain", "south-pier.myshopify.com"), body, attribution.ErrBadSignature},
		{"two shops", with(good, "X-Shopify-Shop-Domain", shop, "south-pier.myshopify.com"), body, attribution.ErrBadSignature},
		{"two topics", with(good, "Shopify-Topic", "refunds/create"), body, attribution.ErrBadSignature},
		{"two ids", with(good, "X-Shopify-Webhook-Id", "1", "2"), body, attribution.ErrBadSignature},
		{"an unknown topic", with(good, "X-Shopify-Topic", "products/update"), body, attribution.ErrIgnored},
		{"no topic", with(good, "X-Shopify-Topic"), body, attribution.ErrIgnored},
		{"an unknown topic with a bad signature", with(with(good, "X-Shopify-Topic", "x"), signatureHeader, "x"), body, attribution.ErrBadSignature},
		{"an unknown topic of another shop", with(with(good, "X-Shopify-Topic", "x"), "X-Shopify-Shop-Domain", "x"), body, attribution.ErrBadSignature},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := decoder().Verify(tt.header, tt.body)
			if !errors.Is(err, tt.want) {
				t.Errorf("Verify = %v, want %v", err, tt.want)
			}
			if diff := cmp.Diff(attribution.Delivery{}, got); diff != "" {
				t.Errorf("a refused Delivery is not empty (-want +got):\n%s", diff)
			}
			if !errors.Is(tt.want, attribution.ErrIgnored) {
				require.ErrorIs(t, err, byline.ErrUnauthorized)
			}
		})
	}
}

// Informational headers that contradict each other are no reason to lose an order.
func TestVerifyDropsWhatContradictsItself(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	h := with(signed("orders/create", body), "Shopify-Triggered-At", "2030-01-01T00:00:00Z")
	d, err := decoder().Verify(h, body)
	require.NoError(t, err)
	if at, kept := d.Header["triggered-at"]; kept {
		t.Errorf("triggered-at = %q, want none", at)
	}
}

func TestVerifyWithRotatedSecrets(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	h := signed("orders/create", body)
	tests := []struct {
		name    string
		secrets []attribution.Secret
		want    error
	}{
		{"current", []attribution.Secret{secret, "old"}, nil},
		{"previous", []attribution.Secret{"new", secret}, nil},
		{"forgotten", []attribution.Secret{"new", "newer"}, attribution.ErrBadSignature},
		{"empty ones", []attribution.Secret{"", ""}, attribution.ErrBadSignature},
		{"none", nil, attribution.ErrBadSignature},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := shopify.Webhook{Secrets: tt.secrets, Shop: shop}.Verify(h, body)
			if !errors.Is(err, tt.want) {
				t.Errorf("Verify = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestVerifySettlesTheShop(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	tests := []struct {
		name, own, named, want string
		refused                bool
	}{
		{name: "its own", own: shop, named: shop, want: shop},
		{name: "none is the endpoint's", own: "North-Pier.myshopify.com", named: "", want: shop},
		{name: "an endpoint for any", own: "", named: "South-Pier.myshopify.com", want: "south-pier.myshopify.com"},
		{name: "nobody knows", own: "", named: "", want: ""},
		{name: "another", own: shop, named: "south-pier.myshopify.com", refused: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := with(signed("orders/create", body), "X-Shopify-Shop-Domain", tt.named)
			d, err := shopify.Webhook{Secrets: []attribution.Secret{secret}, Shop: tt.own}.Verify(h, body)
			if (err != nil) != tt.refused {
				t.Fatalf("Verify = %v", err)
			}
			if got := d.Header["shop-domain"]; got != tt.want {
				t.Errorf("shop = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDeliveryWithoutAnID(t *testing.T) {
	t.Parallel()
	verify := func(topic, text string) attribution.Delivery {
		body := []byte(text)
		d, err := decoder().Verify(with(signed(topic, body), "X-Shopify-Webhook-Id"), body)
		require.NoError(t, err)
		return d
	}
	first := verify("orders/create", plainOrder)
	if !strings.HasPrefix(first.ID, "body:") || len(first.ID) != len("body:")+64 {
		t.Errorf("ID = %q", first.ID)
	}
	if again := verify("orders/create", plainOrder); again.ID != first.ID {
		t.Errorf("a repeat has another id: %q, %q", first.ID, again.ID)
	}
	for _, other := range []attribution.Delivery{verify("orders/paid", plainOrder), verify("orders/create", plainOrder+" ")} {
		if other.ID == first.ID {
			t.Error("another delivery has the same id")
		}
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, topic, body string
		events            int
		want              error
	}{
		{"an order", "orders/create", plainOrder, 1, nil},
		{"a topic that means nothing here", "products/update", `{"id":1}`, 0, nil},
		{"a body that cannot be read", "orders/create", `{`, 0, byline.ErrInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			events, err := decode(t, tt.topic, []byte(tt.body))
			if !errors.Is(err, tt.want) || len(events) != tt.events {
				t.Errorf("Decode = %d events, %v; want %d, %v", len(events), err, tt.events, tt.want)
			}
		})
	}
	_, err := decoder().Decode(nil, []byte(plainOrder))
	require.ErrorIs(t, err, attribution.ErrNotSigned)
}

func TestParseOfATopicThatMeansNothing(t *testing.T) {
	t.Parallel()
	events, err := decoder().Parse(attribution.Delivery{Topic: "products/update", Body: []byte("not JSON")})
	require.NoError(t, err)
	require.Empty(t, events)
}

func TestParseNeedsAShop(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		_, err := decoder().Parse(attribution.Delivery{Topic: s.topic, Body: load(t, s.file)})
		if diff := cmp.Diff([]string{"shopify.shop"}, codesOf(err)); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", s.file, diff)
		}
	}
}

func TestEventTime(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, triggered, want string
	}{
		{"the header's", "2026-10-05T01:02:03+02:00", "2026-10-04T23:02:03Z"},
		{"none", "", "2026-10-04T09:00:07Z"},
		{"no time", "yesterday", "2026-10-04T09:00:07Z"},
		{"the zero time", "0001-01-01T00:00:00Z", "2026-10-04T09:00:07Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body := []byte(plainOrder)
			events, err := decoder().Decode(with(signed("orders/create", body), "X-Shopify-Triggered-At", tt.triggered), body)
			require.NoError(t, err)
			if got := events[0].At.Format(time.RFC3339Nano); got != tt.want {
				t.Errorf("At = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestOrderID(t *testing.T) {
	t.Parallel()
	if got := shopify.OrderID(450789469); got != "shopify:450789469" {
		t.Errorf("OrderID = %s", got)
	}
}

func TestWebhookHidesItsSecrets(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(format, decoder()); strings.Contains(text, string(secret)) {
			t.Errorf("%s prints the secret", format)
		}
	}
}
