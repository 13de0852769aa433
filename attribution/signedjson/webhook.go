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

// Webhook reads the webhooks of one backend about one shop. It is a value, safe for
// concurrent use. One that Check finds fault with accepts nothing it should not, and
// maybe nothing at all.
type Webhook struct {
	// Secrets are what deliveries are signed with, as Standard Webhooks writes them:
	// "whsec_" and the base64 of a shared key of 24 to 64 bytes, or "whpk_" and that of
	// the sender's Ed25519 public key. List the current one and, while it is rotated,
	// the previous one. Give each endpoint keys of its own.
	Secrets []attribution.Secret
	// Shop is the only shop that deliveries may speak of, in the caller's own words,
	// "demo.example". It has no colon and no space, and becomes part of every order id.
	Shop string
	// Now is the time by which deliveries are too old.
	Now func() time.Time
	// Tolerance is how far from now a delivery may have been signed. Default: 5 minutes.
	Tolerance time.Duration
	// Identity turns what identifies a customer into keys. The zero Identity makes none,
	// and then nothing of it is kept.
	Identity attribution.Identity
}

var _ attribution.Decoder = Webhook{}

// Check reports all that is wrong with w: no secret or one that cannot be read, no shop
// or one with a colon or space in it, no clock. The error is a
// [*byline.ValidationError] with codes of the table of this package, and of
// "webhook.key_base64", "webhook.key_length" and "webhook.key_zero" for a secret.
func (w Webhook) Check() error {
	var found faults
	if len(w.Secrets) == 0 {
		found.add("secrets", codeSecrets, "")
	}
	for i, secret := range w.Secrets {
		_, err := webhook.ParseStandardKey(string(secret))
		found = append(found, byline.Nest(fmt.Sprintf("secrets[%d]", i), err)...)
	}
	if normalShop(w.Shop) == "" {
		found.add("shop", codeShop, "")
	}
	if w.Now == nil {
		found.add("now", codeClock, "")
	}
	return byline.Faults(found)
}

// Verify checks the signature and its time, as [attribution.Decoder] describes. The
// Delivery's Body is the slice it was given, its ID the sender's webhook-id. Its Topic is
// empty: the type of an event stands in the body, which Verify does not read.
//
// Headers that contradict each other answer to [attribution.ErrBadSignature].
func (w Webhook) Verify(h http.Header, body []byte) (attribution.Delivery, error) {
	head, err := readHeader(h)
	if err != nil {
		return attribution.Delivery{}, err
	}
	if err := head.Verify(body, w.moment(), w.keys()...); err != nil {
		return attribution.Delivery{}, fmt.Errorf("signedjson: %w", err)
	}
	shop := normalShop(w.Shop)
	if shop == "" {
		return attribution.Delivery{}, fmt.Errorf("signedjson: the endpoint belongs to no shop: %w", attribution.ErrBadSignature)
	}
	return attribution.Delivery{ID: head.ID, Header: map[string]string{keptShop: shop}, Body: body}, nil
}

// keptShop is the only header that Parse needs. It is not the sender's.
const keptShop = "shop"

func (w Webhook) moment() webhook.Moment {
	m := webhook.Moment{Tolerance: w.Tolerance}
	if w.Now != nil {
		m.Now = w.Now()
	}
	return m
}

// keys leaves out what cannot be read; Check tells of it.
func (w Webhook) keys() []webhook.StandardKey {
	keys := make([]webhook.StandardKey, 0, len(w.Secrets))
	for _, secret := range w.Secrets {
		if key, err := webhook.ParseStandardKey(string(secret)); err == nil {
			keys = append(keys, key)
		}
	}
	return keys
}

// normalShop returns "" for what is no name of a shop. A colon in it would let one shop
// write the order ids of another.
func normalShop(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if strings.ContainsAny(name, ": \t\r\n") {
		return ""
	}
	return name
}

// Parse reads a verified Delivery. Each is one event; a type that the schema does not
// have gives none.
//
// The error is a [*byline.ValidationError] with codes of the table of this package and of
// [attribution.Order.Sales]. It has all faults it could find, each at its place in the
// body, and no word of what stands there but the names of fields.
func (w Webhook) Parse(d attribution.Delivery) ([]attribution.Event, error) {
	shop := normalShop(d.Header[keptShop])
	if shop == "" {
		return nil, fmt.Errorf("signedjson: %w", fault("", codeShop, "the delivery names no shop"))
	}
	r := reading{shop: shop, delivery: d, identity: w.Identity}
	event, known := r.event()
	if err := byline.Faults(r.faults); err != nil {
		return nil, fmt.Errorf("signedjson: %w", err)
	}
	if !known {
		return nil, nil
	}
	return []attribution.Event{event}, nil
}

// Decode is Verify followed by Parse.
func (w Webhook) Decode(h http.Header, body []byte) ([]attribution.Event, error) {
	d, err := w.Verify(h, body)
	if err != nil {
		return nil, err
	}
	return w.Parse(d)
}

// OrderID names an order of a shop across all shops, as in "demo.example:1001".
func OrderID(shop, id string) byline.OrderID { return byline.OrderID(normalShop(shop) + ":" + id) }
