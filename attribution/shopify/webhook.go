package shopify

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/webhook"
	"github.com/bylinehq/byline/internal/wire"
)

// Topics that mean something here.
// https://shopify.dev/docs/api/webhooks/latest, read 2026-11-22.
const (
	topicOrderCreated   = "orders/create"
	topicOrderPaid      = "orders/paid"
	topicOrderUpdated   = "orders/updated"
	topicOrderCancelled = "orders/cancelled"
	topicOrderEdited    = "orders/edited"
	topicOrderDeleted   = "orders/delete"
	topicRefundCreated  = "refunds/create"
	topicDisputeCreated = "disputes/create"
	topicDisputeUpdated = "disputes/update"
	topicDataRequest    = "customers/data_request"
	topicPersonRedact   = "customers/redact"
	topicShopRedact     = "shop/redact"
	topicAppRemoved     = "app/uninstalled"
)

// Webhook reads the webhooks of one shop. It is a value, safe for concurrent use. One that
// Check finds fault with accepts nothing it should not, and maybe nothing at all.
type Webhook struct {
	// Secrets are the app's client secrets, the current one first, then earlier ones
	// that Shopify may still sign with. A webhook made by hand in the shop's admin is
	// signed with the key shown there instead.
	Secrets []attribution.Secret
	// Shop is the *.myshopify.com domain this endpoint belongs to. A delivery that names
	// another is refused: all shops of one app share its secret and nobody signs the
	// headers, so a delivery for one shop, replayed under the name of another, would
	// else be believed. "" believes the header; leave it empty only where the secret
	// belongs to a single shop.
	Shop string
	// Identity makes the keys by which orders of one person are recognised. Default: none;
	// a customer is then known by the account's id alone, and a guest not at all.
	Identity attribution.Identity
	// Tags are those by which the shop marks staff, wholesale and renewals. Default: none.
	Tags Tags
}

var _ attribution.Decoder = Webhook{}

// Verify checks the signature over the raw body and reads the headers, as
// [attribution.Decoder] describes. The Delivery's Body is the slice it was given.
//
// A delivery for another shop than Webhook.Shop, and one whose headers contradict each
// other, answer to [attribution.ErrBadSignature]. A delivery without an id is known by
// its topic and body, so that its repeats are found all the same.
func (w Webhook) Verify(h http.Header, body []byte) (attribution.Delivery, error) {
	head := readHeaders(h)
	signature, err := head.claim(headerSignature)
	if err != nil {
		return attribution.Delivery{}, err
	}
	if err := webhook.VerifyHMAC(body, signature, webhook.Base64, w.secrets()...); err != nil {
		return attribution.Delivery{}, fmt.Errorf("shopify: %w", err)
	}
	shop, shopErr := w.shop(head)
	topic, topicErr := head.claim(headerTopic)
	id, idErr := head.claim(headerDelivery)
	if err := errors.Join(shopErr, topicErr, idErr); err != nil {
		return attribution.Delivery{}, err
	}
	topic = strings.ToLower(topic)
	if !known(topic) {
		return attribution.Delivery{}, attribution.ErrIgnored
	}
	if id == "" {
		id = bodyID(topic, body)
	}
	return attribution.Delivery{ID: id, Topic: topic, Header: head.keep(topic, shop), Body: body}, nil
}

func (w Webhook) secrets() []string {
	keys := make([]string, len(w.Secrets))
	for i, secret := range w.Secrets {
		keys[i] = string(secret)
	}
	return keys
}

// shop settles which shop a delivery is of. One that names none belongs to the shop of
// the endpoint it came to.
func (w Webhook) shop(head headers) (string, error) {
	named, err := head.claim(headerShop)
	if err != nil {
		return "", err
	}
	named, own := normalShop(named), normalShop(w.Shop)
	switch {
	case w.Shop == "" || named == own:
		return named, nil
	case named == "":
		return own, nil
	}
	return "", fmt.Errorf("shopify: the delivery names another shop: %w", attribution.ErrBadSignature)
}

func normalShop(domain string) string { return strings.ToLower(strings.TrimSpace(domain)) }

func known(topic string) bool {
	switch topic {
	case topicOrderCreated, topicOrderPaid, topicOrderUpdated, topicOrderCancelled, topicOrderEdited, topicOrderDeleted,
		topicRefundCreated, topicDisputeCreated, topicDisputeUpdated,
		topicDataRequest, topicPersonRedact, topicShopRedact, topicAppRemoved:
		return true
	}
	return false
}

func bodyID(topic string, body []byte) string {
	sum := sha256.New()
	sum.Write([]byte(topic))
	sum.Write(body)
	return "body:" + hex.EncodeToString(sum.Sum(nil))
}

// Parse reads a verified Delivery. An order document is one event with its refunds in
// it; an order edit, a dispute of no order and a topic that means nothing here are none.
// A deletion is dated by Delivery.ReceivedAt, because its body has no time in it.
//
// The error is a [*byline.ValidationError] of codes "shopify.…" with all faults it
// could find, each at its place in the body, and no word of what stands there.
func (w Webhook) Parse(d attribution.Delivery) ([]attribution.Event, error) {
	if !known(d.Topic) {
		return nil, nil
	}
	r := newReader()
	events := w.parse(&r, d)
	if err := r.Err(d.Topic); err != nil {
		return nil, err
	}
	return events, nil
}

func (w Webhook) parse(r *reader, d attribution.Delivery) []attribution.Event {
	shop := normalShop(d.Header[headerShop])
	if shop == "" {
		r.Add("", codeShop, "")
		return nil
	}
	switch d.Topic {
	case topicRefundCreated:
		return r.parseRefund(d, shop)
	case topicDisputeCreated, topicDisputeUpdated:
		return r.parseDispute(d, shop)
	case topicOrderDeleted:
		return r.parseDeletion(d, shop)
	case topicDataRequest, topicPersonRedact, topicShopRedact:
		return r.parsePrivacy(d, shop)
	case topicAppRemoved:
		return r.parseRemoval(d, shop)
	}
	return w.parseOrder(r, d, shop)
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

// Sign returns what Shopify would put into X-Shopify-Hmac-Sha256 for body. It is for
// tests, demonstrations and whoever replays deliveries of their own.
func Sign(body []byte, secret attribution.Secret) string {
	return webhook.Sign(body, webhook.Base64, string(secret))
}

// OrderID names a Shopify order across all shops, as in "shopify:450789469".
func OrderID(id int64) byline.OrderID {
	return byline.OrderID("shopify:" + strconv.FormatInt(id, 10))
}

// orderEvent makes the event of what a delivery says of an order. At is the header's
// time where it has one; nobody signed it, so nothing is decided by it.
func (r *reader) orderEvent(d attribution.Delivery, kind attribution.EventKind, fragment attribution.Order, fallback time.Time) []attribution.Event {
	if r.Failed() {
		return nil
	}
	event, err := attribution.OrderEvent(kind, fragment, eventTime(d, fallback))
	if err != nil {
		// Times are the only thing in an Order that may not encode, and theirs are checked.
		r.Add("", codeTime, "")
		return nil
	}
	return []attribution.Event{event}
}

func eventTime(d attribution.Delivery, fallback time.Time) time.Time {
	if at, ok := wire.ParseTime(d.Header[headerTriggered], wire.RFC3339); ok {
		return at
	}
	return fallback
}
