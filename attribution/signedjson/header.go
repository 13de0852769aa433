package signedjson

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/webhook"
)

// The headers of Standard Webhooks 1.0.0. Header names do not tell case apart.
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md,
// read 2026-11-22.
const (
	headerID        = "webhook-id"
	headerTimestamp = "webhook-timestamp"
	headerSignature = "webhook-signature"
)

// readHeader goes through the map instead of calling Get, so that one whose keys were
// never brought to canonical form reads the same. A header that stands twice with two
// values was tampered with on its way, and no choice between them is right.
func readHeader(h http.Header) (webhook.StandardHeader, error) {
	var head webhook.StandardHeader
	for _, wanted := range []struct {
		name string
		into *string
	}{{headerID, &head.ID}, {headerTimestamp, &head.Timestamp}, {headerSignature, &head.Signature}} {
		seen := false
		for key, values := range h {
			if !strings.EqualFold(key, wanted.name) {
				continue
			}
			for _, v := range values {
				if seen && v != *wanted.into {
					return head, fmt.Errorf("signedjson: the %s header stands twice with different values: %w", wanted.name, attribution.ErrBadSignature)
				}
				seen, *wanted.into = true, v
			}
		}
	}
	return head, nil
}

// Sign returns the headers that make body a delivery: for a backend written in Go, for
// tests and demonstrations. id is the same over all attempts of one delivery, at is the
// time of this attempt. Give the current secret and, while it is rotated, the previous
// one; "whsec_" and "whsk_" texts can sign.
//
// The error is a [*byline.ValidationError] of codes "signedjson.not_signable",
// "webhook.key_base64", "webhook.key_length", "webhook.key_zero" and "webhook.key_pair",
// and shows no secret.
func Sign(id string, at time.Time, body []byte, secrets ...attribution.Secret) (http.Header, error) {
	var found faults
	keys := make([]webhook.StandardKey, len(secrets))
	for i, secret := range secrets {
		key, err := webhook.ParseStandardKey(string(secret))
		keys[i] = key
		found = append(found, byline.Nest(fmt.Sprintf("secrets[%d]", i), err)...)
	}
	if len(found) > 0 {
		return nil, byline.Faults(found)
	}
	head := webhook.SignStandard(id, at, body, keys...)
	if head == (webhook.StandardHeader{}) {
		return nil, byline.Faults(faults{fault("", codeNotSignable, "")})
	}
	h := http.Header{}
	h.Set(headerID, head.ID)
	h.Set(headerTimestamp, head.Timestamp)
	h.Set(headerSignature, head.Signature)
	return h, nil
}
