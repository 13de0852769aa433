package shopify

import (
	"github.com/bylinehq/byline/attribution"
)

// parseDeletion reads orders/delete, whose body is the order's id and nothing else.
// Nobody signs the topic, so a body that says more is not taken for one: an order's own
// document, replayed under this topic, would delete the order.
// https://shopify.dev/docs/api/webhooks/latest, read in a copy on 2026-11-22.
func (r *reader) parseDeletion(d attribution.Delivery, shop string) []attribution.Event {
	var fields map[string]scalar
	if !r.Decode(d.Body, &fields) {
		return nil
	}
	id, named := fields["id"]
	if !named || len(fields) > 1 {
		r.Add("", codeShape, "the body is no deletion: a deletion has an id and nothing else")
		return nil
	}
	order := attribution.Order{ID: OrderID(r.Number("id", id)), Shop: shop}
	// The body has no time in it. The arrival is never before the deletion, but for clocks
	// that differ.
	if order.DeletedAt = d.ReceivedAt.UTC(); d.ReceivedAt.IsZero() {
		order.DeletedAt = eventTime(d, d.ReceivedAt)
	}
	if order.DeletedAt.IsZero() {
		r.Add("", codeTime, "the delivery says neither when it arrived nor when it was sent")
	}
	events := r.orderEvent(d, attribution.OrderDeleted, order, order.DeletedAt)
	for i := range events {
		// An order is deleted once, whenever the news of it arrive.
		events[i].Key = string(order.ID) + "#deleted"
	}
	return events
}
