package shopify

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/bylinehq/byline/attribution"
)

// What Shopify's header names begin with. Header names do not tell case apart, and
// Shopify's own pages spell one of them both Sha256 and SHA256.
const (
	// Webhooks send X-Shopify-Topic and so on.
	// https://shopify.dev/docs/apps/build/webhooks/delivery-structure, read 2026-11-22.
	prefixWebhook = "x-shopify-"
	// The Events preview sends Shopify-Topic and so on, signed the same way.
	// https://shopify.dev/docs/apps/build/events/verify-deliveries, read 2026-11-22.
	prefixEvent = "shopify-"
)

// Header names without their prefix. Only the signature is proof: it covers the body
// and none of the other headers.
const (
	// Base64 of the HMAC-SHA256 of the raw body, keyed with the app's client secret as
	// text. For up to an hour after a rotation the old secret still signs.
	// https://shopify.dev/docs/apps/build/webhooks/verify-deliveries, read 2026-11-22.
	headerSignature = "hmac-sha256"
	// What the delivery is about, "orders/create".
	// https://shopify.dev/docs/apps/build/webhooks/delivery-structure, read 2026-11-22.
	headerTopic = "topic"
	// The shop's *.myshopify.com domain, whatever domain its customers see.
	// https://shopify.dev/docs/apps/build/webhooks/delivery-structure, read 2026-11-22.
	headerShop = "shop-domain"
	// Names the delivery and stays the same over its retries: the key against repeats.
	// https://shopify.dev/docs/apps/build/webhooks/ignore-duplicates, read 2026-11-22.
	headerDelivery = "webhook-id"
	// Names what the merchant did. Several topics share it, so it is no key.
	// https://shopify.dev/docs/apps/build/webhooks/delivery-structure, read 2026-11-22.
	headerEvent = "event-id"
	// When it happened. A retry keeps it, and the body too, so a late retry is stale.
	// https://shopify.dev/docs/apps/build/webhooks/delivery-structure, read 2026-11-22.
	headerTriggered = "triggered-at"
	// The API version that shaped the body, "2026-07".
	// https://shopify.dev/docs/apps/build/webhooks/delivery-structure, read 2026-11-22.
	headerVersion = "api-version"
)

// headers are a delivery's Shopify headers, by their names without prefix.
type headers map[string][]string

// readHeaders goes through the map instead of calling Get, so that both prefixes, and
// a map whose keys were never brought to canonical form, read the same.
func readHeaders(h http.Header) headers {
	found := make(headers, len(h))
	for key, values := range h {
		if name, ok := shopifyName(key); ok {
			found[name] = append(found[name], values...)
		}
	}
	return found
}

func shopifyName(key string) (string, bool) {
	for _, prefix := range [...]string{prefixWebhook, prefixEvent} {
		if len(key) > len(prefix) && strings.EqualFold(key[:len(prefix)], prefix) {
			return strings.ToLower(key[len(prefix):]), true
		}
	}
	return "", false
}

// one returns the value of a header, and whether all its occurrences agree.
func (h headers) one(name string) (value string, agreed bool) {
	for i, v := range h[name] {
		if i > 0 && v != value {
			return "", false
		}
		value = v
	}
	return value, true
}

// claim returns the value of a header that decides something. One that stands twice
// with two values was tampered with on its way, and no choice between them is right.
func (h headers) claim(name string) (string, error) {
	value, agreed := h.one(name)
	if !agreed {
		return "", fmt.Errorf("shopify: the %s header stands twice with different values: %w", name, attribution.ErrBadSignature)
	}
	return value, nil
}

// keep returns what Parse and a person looking into the inbox need. The shop is the
// one that Verify settled on.
func (h headers) keep(topic, shop string) map[string]string {
	kept := map[string]string{headerTopic: topic}
	if shop != "" {
		kept[headerShop] = shop
	}
	for _, name := range [...]string{headerVersion, headerTriggered, headerEvent} {
		if value, agreed := h.one(name); agreed && value != "" {
			kept[name] = value
		}
	}
	return kept
}
