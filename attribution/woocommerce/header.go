package woocommerce

import (
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/bylinehq/byline/attribution"
)

// prefixWebhook is what WooCommerce's header names begin with.
// https://github.com/woocommerce/woocommerce, includes/class-wc-webhook.php, read 2026-11-22.
const prefixWebhook = "x-wc-webhook-"

// Header names without their prefix. Only the signature is proof: it covers the body
// and none of the other headers. X-WC-Webhook-Resource and -Event are the two halves of
// the topic, and X-WC-Webhook-ID is the webhook's.
// https://github.com/woocommerce/woocommerce, includes/class-wc-webhook.php, read 2026-11-22.
const (
	// Base64 of the HMAC-SHA256 of the raw body.
	headerSignature = "signature"
	// What the delivery is about, "order.updated".
	headerTopic = "topic"
	// The shop's home URL, "https://demo.example/".
	headerSource = "source"
	// Made of the webhook's id and the second, so that two orders delivered in one second
	// share it. It is no key by itself.
	headerDelivery = "delivery-id"
)

// headers are a delivery's WooCommerce headers, by their names without prefix.
type headers map[string][]string

// readHeaders goes through the map instead of calling Get, so that a map whose keys
// were never brought to canonical form reads the same.
func readHeaders(h http.Header) headers {
	found := make(headers, len(h))
	for key, values := range h {
		if len(key) > len(prefixWebhook) && strings.EqualFold(key[:len(prefixWebhook)], prefixWebhook) {
			name := strings.ToLower(key[len(prefixWebhook):])
			found[name] = append(found[name], values...)
		}
	}
	return found
}

// claim returns the value of a header that decides something. One that stands twice
// with two values was tampered with on its way, and no choice between them is right.
func (h headers) claim(name string) (string, error) {
	value := ""
	for i, v := range h[name] {
		if i > 0 && v != value {
			return "", fmt.Errorf("woocommerce: the %s header stands twice with different values: %w", name, attribution.ErrBadSignature)
		}
		value = v
	}
	return value, nil
}

// What WooCommerce sends, unsigned, when a webhook is saved as active. It wants exactly
// 200 for it, or the webhook is not saved.
// https://github.com/woocommerce/woocommerce, includes/class-wc-webhook.php, deliver_ping,
// read 2026-11-22.
const (
	pingBody = "webhook_id="
	pingType = "application/x-www-form-urlencoded"
	maxPing  = len(pingBody) + 20 // as many digits as a 64-bit id has
)

// isPing is narrow, because a ping is believed without proof: a form of this one field
// and a number in it, and nothing that claims to be a signature. No body that Parse
// could read is of that form.
func isPing(h http.Header, head headers, body []byte) bool {
	if len(body) > maxPing || len(head[headerSignature]) > 0 {
		return false
	}
	digits, isForm := strings.CutPrefix(string(body), pingBody)
	if !isForm || digits == "" || strings.Trim(digits, "0123456789") != "" {
		return false
	}
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && media == pingType
}
