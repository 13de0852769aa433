package shopify

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// parsePrivacy reads the topics that every public app must answer. The customer's
// address and number that stand in the body are not read.
// https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance, read 2026-11-22.
func parsePrivacy(d attribution.Delivery, shop string) ([]attribution.Event, faults) {
	var w wirePrivacy
	found, ok := decode(d.Body, &w)
	if !ok || len(found) > 0 {
		return nil, found
	}
	if !w.fits(d.Topic) {
		return nil, faults{fault("", codeShape, "the body is not of this topic")}
	}
	if !sameShop(w.ShopDomain, shop) {
		return nil, faults{fault("shop_domain", codeOtherShop, "")}
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
		event.Redaction = &attribution.Redaction{Shop: shop, Orders: redactedOrders(w.OrdersToRedact, &found)}
	}
	if len(found) > 0 {
		return nil, found
	}
	return []attribution.Event{event}, nil
}

// fits keeps the three topics apart by their bodies, because nobody signs the topic: a
// request about one person, replayed as shop/redact, would erase everybody.
func (w *wirePrivacy) fits(topic string) bool {
	asks := w.OrdersRequested.kind != kindAbsent || w.DataRequest.kind != kindAbsent
	redacts := w.OrdersToRedact != nil
	person := w.Customer.kind != kindAbsent || asks || redacts
	switch {
	case w.ShopDomain.missing():
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
	return normalShop(inBody.words()) == shop
}

// redactedOrders reads ids that Shopify sends as numbers and as text.
func redactedOrders(ids []scalar, found *faults) []byline.OrderID {
	var orders []byline.OrderID
	for i, s := range ids {
		id, ok := parseID(s)
		if !ok {
			found.nest("orders_to_redact", i, faults{fault("", codeID, "")})
			continue
		}
		orders = append(orders, OrderID(id))
	}
	return orders
}

// parseRemoval reads app/uninstalled, whose body is the shop. Its domain may be null.
func parseRemoval(d attribution.Delivery, shop string) ([]attribution.Event, faults) {
	var w wireShop
	found, ok := decode(d.Body, &w)
	if !ok || len(found) > 0 {
		return nil, found
	}
	if w.ID.missing() || w.MyshopifyDomain.kind == kindAbsent {
		return nil, faults{fault("", codeShape, "the body is no shop: a shop has an id and a myshopify_domain")}
	}
	if !w.MyshopifyDomain.missing() && !sameShop(w.MyshopifyDomain, shop) {
		return nil, faults{fault("myshopify_domain", codeOtherShop, "")}
	}
	return []attribution.Event{{
		Kind: attribution.AppRemoved, Shop: shop, At: eventTime(d, d.ReceivedAt), Key: factKey(d.Topic, shop, "", d.Body),
	}}, nil
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
