package bigcommerce

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/webhook"
)

// The headers of a signed webhook, by the Standard Webhooks specification. The key is
// the app's client secret as text, not base64 that is decoded first.
// https://github.com/bigcommerce/docs, docs/integrations/webhooks/https-webhook-overview.mdx,
// read 2026-11-22.
const (
	headerID        = "webhook-id"
	headerTimestamp = "webhook-timestamp"
	headerSignature = "webhook-signature"
)

// Doer sends a request; an *http.Client is one. It has to be safe for concurrent use if
// the Webhook is used so. Give it one that follows no redirects: Go's takes the token
// along to wherever a redirect points.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Webhook reads the webhooks of one store and fetches the orders that they point at. It
// is a value, safe for concurrent use. One that Check finds fault with accepts nothing it
// should not, and maybe nothing at all.
type Webhook struct {
	// Secrets are the client secrets of the app whose hooks these are, the current one
	// first. A webhook that carries a signature is judged by it alone.
	Secrets []attribution.Secret
	// Headers are the custom headers, by name, that were given when the hooks were made.
	// All of them have to be there. They are for stores whose hooks are not signed: they
	// prove who sent a webhook, but neither what it says nor when it was said. Leave them
	// out as soon as signatures arrive.
	Headers map[string]attribution.Secret
	// StoreHash names the store: the part after "stores/" in its API addresses. A webhook
	// of another store fails.
	StoreHash string
	// Now is the receiver's clock. Signed webhooks need it.
	Now func() time.Time
	// Tolerance is how far from Now a webhook may have been signed. Default: five minutes.
	Tolerance time.Duration

	// Client and Token are for Fetch. The token needs to read orders: the OAuth scope
	// store_v2_orders_read_only.
	Client Doer
	Token  attribution.Secret
	// BaseURL is where the API is. Default: https://api.bigcommerce.com.
	BaseURL string
	// Identity makes the keys of who ordered. Default: none are made.
	Identity attribution.Identity
}

var _ attribution.Fetcher = Webhook{}

// Verify checks the signature over the raw body, or the custom headers, as
// [attribution.Decoder] describes. The Delivery's Body is the slice it was given. It has
// no Topic, which BigCommerce writes into the body.
//
// A signed delivery is known by its webhook-id, which is the same over its retries; one
// proven by headers alone by its body. The body's own "hash" is no id, because nobody says
// what goes into it: were it the same for two updates, the second would be lost.
func (w Webhook) Verify(h http.Header, body []byte) (attribution.Delivery, error) {
	if w.StoreHash == "" {
		return attribution.Delivery{}, fmt.Errorf("bigcommerce: no StoreHash is configured: %w", attribution.ErrBadSignature)
	}
	signed := webhook.StandardHeader{ID: h.Get(headerID), Timestamp: h.Get(headerTimestamp), Signature: h.Get(headerSignature)}
	if len(w.Headers) > 0 && (signed.Signature == "" || len(w.Secrets) == 0) {
		if err := w.verifyHeaders(h, body); err != nil {
			return attribution.Delivery{}, fmt.Errorf("bigcommerce: %w", err)
		}
		sum := sha256.Sum256(body)
		return attribution.Delivery{ID: "body:" + hex.EncodeToString(sum[:]), Body: body}, nil
	}
	if err := signed.Verify(body, w.moment(), w.keys()...); err != nil {
		return attribution.Delivery{}, fmt.Errorf("bigcommerce: %w", err)
	}
	return attribution.Delivery{ID: signed.ID, Body: body}, nil
}

func (w Webhook) moment() webhook.Moment {
	m := webhook.Moment{Tolerance: w.Tolerance}
	if w.Now != nil {
		m.Now = w.Now()
	}
	return m
}

func (w Webhook) keys() []webhook.StandardKey {
	keys := make([]webhook.StandardKey, len(w.Secrets))
	for i, secret := range w.Secrets {
		keys[i] = webhook.RawStandardKey(string(secret))
	}
	return keys
}

// verifyHeaders compares sums, so that neither a length nor a place of difference tells
// by its time.
func (w Webhook) verifyHeaders(h http.Header, body []byte) error {
	present, good := false, len(body) > 0
	for name, secret := range w.Headers {
		value := h.Get(name)
		got, want := sha256.Sum256([]byte(value)), sha256.Sum256([]byte(secret))
		present = present || value != ""
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 || secret == "" {
			good = false
		}
	}
	switch {
	case good:
		return nil
	case !present:
		return attribution.ErrNotSigned
	}
	return attribution.ErrBadSignature
}

// Parse reads a verified Delivery. A webhook about an order is one event that points at
// it, see [Webhook.Fetch]; any other is none.
//
// The error is a [*byline.ValidationError] of codes "bigcommerce.…" with all faults it
// could find, each at its place in the body, and no word of what stands there.
func (w Webhook) Parse(d attribution.Delivery) ([]attribution.Event, error) {
	r := newReader()
	events := w.parse(&r, d)
	if err := r.Err("webhook"); err != nil {
		return nil, err
	}
	return events, nil
}

// Sign returns the headers that BigCommerce would send with body. It is for tests,
// demonstrations and whoever replays deliveries of their own.
func Sign(id string, at time.Time, body []byte, secret attribution.Secret) http.Header {
	signed := webhook.SignStandard(id, at, body, webhook.RawStandardKey(string(secret)))
	h := http.Header{}
	h.Set(headerID, signed.ID)
	h.Set(headerTimestamp, signed.Timestamp)
	h.Set(headerSignature, signed.Signature)
	return h
}

// OrderID names a BigCommerce order across all stores, as in "bigcommerce:abcde:250".
// Each store counts its orders from its own beginning.
func OrderID(storeHash, id string) byline.OrderID {
	return byline.OrderID("bigcommerce:" + storeHash + ":" + id)
}
