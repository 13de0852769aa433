package stripe

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/webhook"
	"github.com/bylinehq/byline/internal/wire"
)

// headerSignature holds the proof. It covers the body and the time it was sent, and there
// is nothing else in the headers to be believed.
// https://docs.stripe.com/webhooks, read 2026-11-22.
const headerSignature = "Stripe-Signature"

// Webhook reads the webhooks of one account. It is a value, safe for concurrent use. One
// that Check finds fault with accepts nothing it should not, and maybe nothing at all.
type Webhook struct {
	// Secrets are the signing secrets of the endpoint, whole as Stripe shows them,
	// "whsec_" included; list two while one is rolled. The command line tool has another.
	Secrets []attribution.Secret
	// Account is the account this endpoint belongs to, "acct_…", and the Shop of its
	// orders. An event of another account is refused: one Connect endpoint serves them all.
	// "" takes the account that each event names; leave it empty only where one endpoint
	// may speak for all sellers. Where no event names one, because nobody but the account
	// itself is connected, any name of the shop will do.
	Account string
	// LiveOnly ignores what is not live. Otherwise it becomes test orders, which earn
	// nothing. A Connect endpoint in production is sent both.
	// https://docs.stripe.com/connect/webhooks, read 2026-11-22.
	LiveOnly bool
	// Now is the time by which a signature is judged.
	Now func() time.Time
	// Tolerance is how far from Now a signature may have been made. Default: 5 minutes. A
	// retry is signed anew.
	Tolerance time.Duration
	// Identity makes the keys by which orders of one person are recognised. Its zero
	// value makes none, and a customer is then known by the id of the account alone.
	Identity attribution.Identity
	// Codes returns the text of a promotion code ("promo_…") or, where a discount has none,
	// of a coupon or a discount ("di_…"), "" where it knows none. It must not change its
	// mind: orders are read again. Default: it knows none.
	Codes func(id string) string
}

var _ attribution.Decoder = Webhook{}

// Verify checks the signature over the raw body, as [attribution.Decoder] describes. The
// Delivery's Body is the slice it was given, its ID the event's. Stripe says all else in
// the body too, so a few of its outermost fields are read once it is proven.
//
// An event of another account than Webhook.Account answers to
// [attribution.ErrBadSignature]. A body that cannot be read is a Delivery, known by its
// bytes, that Parse will refuse: it is signed, and somebody should look at it.
func (w Webhook) Verify(h http.Header, body []byte) (attribution.Delivery, error) {
	signature, err := signatureOf(h)
	if err != nil {
		return attribution.Delivery{}, err
	}
	if err := webhook.VerifyStripe(body, signature, w.moment(), w.secrets()...); err != nil {
		return attribution.Delivery{}, fmt.Errorf("stripe: %w", err)
	}
	var head wireHead
	if json.Unmarshal(body, &head) != nil {
		head = wireHead{}
	}
	switch topic := head.Type.Text(); {
	case !w.owns(head.Account.Text()):
		return attribution.Delivery{}, fmt.Errorf("stripe: the event is of another account: %w", attribution.ErrBadSignature)
	case topic != "" && !head.isThin() && parserOf(topic) == nil, w.LiveOnly && head.isTest():
		return attribution.Delivery{}, attribution.ErrIgnored
	}
	return attribution.Delivery{ID: head.deliveryID(body), Topic: head.Type.Text(), Header: head.keep(), Body: body}, nil
}

func (w Webhook) moment() webhook.Moment {
	m := webhook.Moment{Tolerance: w.Tolerance}
	if w.Now != nil {
		m.Now = w.Now()
	}
	return m
}

func (w Webhook) secrets() []string {
	keys := make([]string, len(w.Secrets))
	for i, secret := range w.Secrets {
		keys[i] = string(secret)
	}
	return keys
}

// signatureOf goes through the map instead of calling Get, so that one whose keys were
// never brought to canonical form reads the same. A header that stands twice with two
// values was tampered with on its way, and no choice between them is right.
func signatureOf(h http.Header) (string, error) {
	var found []string
	for key, values := range h {
		if strings.EqualFold(key, headerSignature) {
			found = append(found, values...)
		}
	}
	for _, value := range found {
		if value != found[0] {
			return "", fmt.Errorf("stripe: the signature stands twice with different values: %w", attribution.ErrBadSignature)
		}
	}
	return strings.Join(found[:min(len(found), 1)], ""), nil
}

// isTest is false where the flag cannot be read; Parse says so.
func (h *wireHead) isTest() bool { return h.Livemode.Kind == wire.Boolean && !h.Livemode.IsTrue() }

func (h *wireHead) deliveryID(body []byte) string {
	if id := h.ID.Text(); validID(id) {
		return id
	}
	sum := sha256.Sum256(body)
	return "body:" + hex.EncodeToString(sum[:])
}

// keep returns what a person looking into the inbox needs. Parse reads the body alone.
func (h *wireHead) keep() map[string]string {
	kept := map[string]string{}
	if version := h.APIVersion.Text(); version != "" {
		kept["api_version"] = version
	}
	if account := h.Account.Text(); account != "" {
		kept["account"] = account
	}
	return kept
}

// Parse reads a verified Delivery, of which it needs the Body only. A topic that means
// nothing here is no events, and so is one of test mode where LiveOnly is set.
//
// The error is a [*byline.ValidationError] of codes "stripe.…" with all faults it could
// find, each at its place in the body, and no word of what stands there.
func (w Webhook) Parse(d attribution.Delivery) ([]attribution.Event, error) {
	r := reader{wire.Reader{Prefix: prefix, Table: codes}}
	e := w.readEvent(&r, d.Body)
	if err := r.Err(""); e == nil || err != nil {
		return nil, err
	}
	object := reader{r.In("data.object")}
	events := parserOf(e.topic)(w, &object, e)
	if err := r.Err(e.topic); err != nil {
		return nil, err
	}
	return events, nil
}

// Decode is Verify followed by Parse. A topic that means nothing here gives no events
// and no error.
func (w Webhook) Decode(h http.Header, body []byte) ([]attribution.Event, error) {
	d, err := w.Verify(h, body)
	switch {
	case errors.Is(err, attribution.ErrIgnored):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return w.Parse(d)
}

// Sign returns what Stripe would put into Stripe-Signature for body at a time. It is for
// tests, demonstrations and whoever replays deliveries of their own.
func Sign(body []byte, at time.Time, secret attribution.Secret) string {
	return webhook.SignStripe(body, at, string(secret))
}

// OrderID names an order by the id of the Stripe object it is known by, across all
// accounts, as in "stripe:in_1Qb7": of an invoice, a payment intent or, where nothing was
// to pay, a Checkout Session.
func OrderID(id string) byline.OrderID { return byline.OrderID("stripe:" + id) }
