package woocommerce

import (
	"github.com/bylinehq/byline/attribution"
)

// parseDeletion reads a body that is {"id":n} and nothing more. The topic is not signed:
// anything else is the body of another topic, and must not delete.
func parseDeletion(d attribution.Delivery, shop string) ([]attribution.Event, faults) {
	var fields map[string]scalar
	if found, ok := decode(d.Body, &fields); !ok {
		return nil, found
	}
	named, isNamed := fields["id"]
	if !isNamed || len(fields) != 1 {
		return nil, faults{fault("", codeShape, "the body is no deletion: one names an id and nothing else")}
	}
	var r reader
	id, at := r.id("id", named), d.ReceivedAt.UTC()
	if d.ReceivedAt.IsZero() {
		r.faults.add("", codeReceived, "")
	}
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	return event(attribution.OrderDeleted, attribution.Order{ID: OrderID(shop, id), Shop: shop, DeletedAt: at}, at)
}
