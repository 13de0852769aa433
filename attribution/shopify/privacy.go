package shopify

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

// parsePrivacy reads the topics that every public app must answer. The customer's
// address and number that stand in the body are not read.
// https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance, read 2026-11-22.
func (r *reader) parsePrivacy(d attribution.Delivery, shop string) []attribution.Event {
	var w wirePrivacy
	if !r.Decode(d.Body, &w) || r.Failed() {
		return nil
	}
	if !w.fits(d.Topic) {
		r.Add("", codeShape, "the body is not of this topic")
		return nil
	}
	if !sameShop(w.ShopDomain, shop) {
		r.Add("shop_domain", codeOtherShop, "")
		return nil
	}
	event := attribution.Event{Shop: shop, At: eventTime(d, d.ReceivedAt), Key: requestKey(d, shop)}
	switch d.Topic {
	case topicDataRequest:
		event.Kind = attribution.DataRequested
	case topicShopRedact:
		event.Kind = attribution.ShopRedact
		event.Redaction = &attribution.Redaction{Shop: shop, All: true}
	default:
		event.Kind = attribution.PersonRedact
		event.Redaction = &attribution.Redaction{Shop: shop, Orders: r.redactedOrders(w.OrdersToRedact)}
	}
	return []attribution.Event{event}
}

// fits keeps the three topics apart by their bodies, because nobody signs the topic: a
// request about one person, replayed as shop/redact, would erase everybody.
func (w *wirePrivacy) fits(topic string) bool {
	asks := w.OrdersRequested.Kind != wire.Absent || w.DataRequest.Kind != wire.Absent
	redacts := w.OrdersToRedact != nil
	person := w.Customer.Kind != wire.Absent || asks || redacts
	switch {
	case w.ShopDomain.Missing():
		return false
	case topic == topicDataRequest:
		return person && !redacts
	case topic == topicPersonRedact:
		return person && !asks
	}
	return !person
}

// sameShop compares the shop of the body, which is signed, with that of the headers,
// which is not.
func sameShop(inBody scalar, shop string) bool {
	return normalShop(inBody.Words()) == shop
}

// redactedOrders reads ids that Shopify sends as numbers and as text.
func (r *reader) redactedOrders(ids []scalar) []byline.OrderID {
	var orders []byline.OrderID
	for i, s := range ids {
		id, ok := parseID(s)
		if !ok {
			inner := r.item("orders_to_redact", i)
			inner.Add("", codeID, "")
			continue
		}
		orders = append(orders, OrderID(id))
	}
	return orders
}

// parseRemoval reads app/uninstalled, whose body is the shop. Its domain may be null.
func (r *reader) parseRemoval(d attribution.Delivery, shop string) []attribution.Event {
	var w wireShop
	if !r.Decode(d.Body, &w) || r.Failed() {
		return nil
	}
	if w.ID.Missing() || w.MyshopifyDomain.Kind == wire.Absent {
		r.Add("", codeShape, "the body is no shop: a shop has an id and a myshopify_domain")
		return nil
	}
	if !w.MyshopifyDomain.Missing() && !sameShop(w.MyshopifyDomain, shop) {
		r.Add("myshopify_domain", codeOtherShop, "")
		return nil
	}
	return []attribution.Event{{
		Kind: attribution.AppRemoved, Shop: shop, At: eventTime(d, d.ReceivedAt), Key: factKey(d.Topic, shop, "", d.Body),
	}}
}

// requestKey tells two requests apart by their deliveries. Their bodies can be the
// same: a shop that leaves a second time sends the same shop/redact again, and must
// be erased again. To do it twice harms nobody.
func requestKey(d attribution.Delivery, shop string) string {
	return factKey(d.Topic, shop, d.ID, d.Body)
}

// factKey names a fact that is not about an order. The shop of app/uninstalled has its
// updated_at in the body, so the body alone tells two removals apart, and a replay does
// not stop an app that was installed again.
func factKey(topic, shop, delivery string, body []byte) string {
	sum := sha256.New()
	sum.Write([]byte(delivery + "\n"))
	sum.Write(body)
	return strings.Join([]string{topic, shop, hex.EncodeToString(sum.Sum(nil)[:16])}, "#")
}
