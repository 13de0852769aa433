package woocommerce

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/webhook"
)

// Topics that mean something here.
// https://github.com/woocommerce/woocommerce, includes/class-wc-webhook.php,
// get_default_topic_hooks, read 2026-11-22.
const (
	topicCreated  = "order.created" // when it is made, which is not yet paid
	topicUpdated  = "order.updated"
	topicDeleted  = "order.deleted" // put into the trash; the body is {"id":n}
	topicRestored = "order.restored"
)

// Webhook reads the webhooks of one shop. It is a value, safe for concurrent use. One that
// Check finds fault with, but for an empty Shop, accepts nothing it should not, and maybe
// nothing at all.
type Webhook struct {
	// Secrets are those of the webhooks that come to this endpoint, in the shop's admin
	// under Advanced, Webhooks. They are tried as they are and with their HTML entities
	// decoded.
	Secrets []attribution.Secret
	// Shop is the home URL of the shop that this endpoint belongs to, or its name; see
	// [OrderID] for what of it counts. A delivery that names another is refused: nobody
	// signs the header, so where two shops share a secret, a delivery of the one would
	// else be believed under the name of the other. "" believes the header, and
	// Check finds fault with it; leave it empty only where each secret belongs to a single
	// shop.
	Shop string
	// Identity makes the keys that tell customers apart. Default: none are made, and a
	// guest cannot be told from any other.
	Identity attribution.Identity
	// Market is where a telephone number without a country belongs to, when the billing
	// address names none.
	Market byline.Market
	// AttributionPrefix is what the names of the shop's own record of a visit begin with;
	// a shop may change it by the filter wc_order_attribution_tracking_field_prefix.
	// Default: "_wc_order_attribution_".
	AttributionPrefix string
}

var _ attribution.Decoder = Webhook{}

// Verify checks the signature over the raw body and reads the headers, as
// [attribution.Decoder] describes. The Delivery's Body is the slice it was given.
//
// A delivery for another shop than Webhook.Shop, and one whose headers contradict each
// other, answer to [attribution.ErrBadSignature]. WooCommerce's ids of deliveries are
// not unique, so a delivery is known by its shop, topic and body. The body of a deletion
// is the same each time, so a deletion is known by its id besides.
//
// The ping that WooCommerce sends when a webhook is saved is not signed; it answers to
// [attribution.ErrIgnored], for which a Receiver answers 200.
func (w Webhook) Verify(h http.Header, body []byte) (attribution.Delivery, error) {
	head := readHeaders(h)
	if isPing(h, head, body) {
		return attribution.Delivery{}, attribution.ErrIgnored
	}
	signature, err := head.claim(headerSignature)
	if err != nil {
		return attribution.Delivery{}, err
	}
	if err := webhook.VerifyHMAC(body, signature, webhook.Base64, w.keys()...); err != nil {
		return attribution.Delivery{}, fmt.Errorf("woocommerce: %w", err)
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
	d := attribution.Delivery{Topic: topic, Header: map[string]string{headerTopic: topic}, Body: body}
	if shop != "" {
		d.Header[headerSource] = shop
	}
	if id != "" {
		d.Header[headerDelivery] = id
	}
	d.ID = deliveryID(d)
	return d, nil
}

// shop settles which shop a delivery is of. One that names none belongs to the shop of
// the endpoint it came to.
func (w Webhook) shop(head headers) (string, error) {
	source, err := head.claim(headerSource)
	if err != nil {
		return "", err
	}
	named, own := normalShop(source), normalShop(w.Shop)
	switch {
	case w.Shop == "" || named == own:
		return named, nil
	case source == "":
		return own, nil
	}
	return "", fmt.Errorf("woocommerce: the delivery names another shop: %w", attribution.ErrBadSignature)
}

func known(topic string) bool {
	switch topic {
	case topicCreated, topicUpdated, topicDeleted, topicRestored:
		return true
	}
	return false
}

// deliveryID is a sum over what makes a delivery: an order's body has its date_modified
// in it, so that equal bodies say the same. No header holds a line end, so the parts
// cannot run into each other.
func deliveryID(d attribution.Delivery) string {
	sum := sha256.New()
	parts := []string{d.Header[headerSource], d.Topic}
	if d.Topic == topicDeleted {
		parts = append(parts, d.Header[headerDelivery])
	}
	for _, part := range parts {
		sum.Write([]byte(part + "\n"))
	}
	sum.Write(d.Body)
	return "body:" + hex.EncodeToString(sum.Sum(nil))
}

// Parse reads a verified Delivery. An order document is one event with its refunds in
// it; a checkout that was only begun, and a topic that means nothing here, are none.
//
// A deletion happened when its Delivery was received, at the latest: its body names no
// time.
//
// The error is a [*byline.ValidationError] of codes "woocommerce.…" with all faults it
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
	shop := d.Header[headerSource]
	if shop == "" {
		r.Add("", codeShop, "")
		return nil
	}
	if d.Topic == topicDeleted {
		return r.parseDeletion(d, shop)
	}
	return w.parseOrder(r, d, shop)
}

// Decode is Verify followed by Parse. receivedAt is when the delivery arrived, which is
// all that is known of the time of a deletion. A topic that means nothing here gives no
// events and no error, and neither does the ping.
func (w Webhook) Decode(h http.Header, body []byte, receivedAt time.Time) ([]attribution.Event, error) {
	d, err := w.Verify(h, body)
	switch {
	case errors.Is(err, attribution.ErrIgnored):
		return nil, nil
	case err != nil:
		return nil, err
	}
	d.ReceivedAt = receivedAt
	return w.Parse(d)
}

// event makes the event of what a delivery says of an order.
func (r *reader) event(kind attribution.EventKind, fragment attribution.Order, at time.Time) []attribution.Event {
	if r.Failed() {
		return nil
	}
	e, err := attribution.OrderEvent(kind, fragment, at)
	if err != nil {
		// Times are the only thing in an Order that may not encode, and theirs are checked,
		// but for the one that came with the delivery.
		r.Add("", codeTime, "")
		return nil
	}
	return []attribution.Event{e}
}
