package woocommerce

import (
	"strings"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/webhook"
)

// keys are what a delivery may be signed with. WooCommerce takes the HTML entities out
// of the secret before it signs, and WordPress may put them in when it stores what was
// typed: a secret copied from the database or the REST API signs in its decoded form,
// one noted as it was typed signs as it is.
func (w Webhook) keys() []string {
	keys := make([]string, 0, len(w.Secrets))
	for _, secret := range w.Secrets {
		stored := string(secret)
		keys = append(keys, stored)
		if decoded := decodeEntities(stored); decoded != stored {
			keys = append(keys, decoded)
		}
	}
	return keys
}

// Sign returns what WooCommerce would put into X-WC-Webhook-Signature for body, for a
// webhook stored with this secret. It is for tests, demonstrations and whoever replays
// deliveries of their own.
func Sign(body []byte, secret attribution.Secret) string {
	return webhook.Sign(body, webhook.Base64, decodeEntities(string(secret)))
}

// decodeEntities does what WordPress's wp_specialchars_decode does with ENT_QUOTES: five
// characters, in one pass, so that "&amp;lt;" becomes "&lt;" and no further.
// https://developer.wordpress.org/reference/functions/wp_specialchars_decode/,
// read 2026-11-22.
func decodeEntities(text string) string {
	before, rest, found := strings.Cut(text, "&")
	if !found {
		return text
	}
	var decoded strings.Builder
	for found {
		decoded.WriteString(before)
		name, after, ended := strings.Cut(rest, ";")
		if char, known := entity(name); ended && known {
			decoded.WriteByte(char)
			rest = after
		} else {
			decoded.WriteByte('&')
		}
		before, rest, found = strings.Cut(rest, "&")
	}
	decoded.WriteString(before)
	return decoded.String()
}

// entity knows what WordPress knows: the names in lower case, the numbers with any
// zeros before them, and of the hexadecimal ones only those of quotes and ampersand.
func entity(name string) (char byte, known bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	}
	number, numeric := strings.CutPrefix(name, "#")
	if !numeric {
		return 0, false
	}
	if hex, isHex := strings.CutPrefix(strings.ToLower(number), "x"); isHex {
		return hexEntity(strings.TrimLeft(hex, "0"))
	}
	switch strings.TrimLeft(number, "0") {
	case "39":
		return '\'', true
	case "34":
		return '"', true
	case "60":
		return '<', true
	case "62":
		return '>', true
	case "38":
		return '&', true
	}
	return 0, false
}

func hexEntity(number string) (char byte, known bool) {
	switch number {
	case "27":
		return '\'', true
	case "22":
		return '"', true
	case "26":
		return '&', true
	}
	return 0, false
}
