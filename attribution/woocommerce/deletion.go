package woocommerce

import (
	"github.com/bylinehq/byline/attribution"
)

// parseDeletion reads a body that is {"id":n} and nothing more. The topic is not signed:
// anything else is the body of another topic, and must not delete.
func (r *reader) parseDeletion(d attribution.Delivery, shop string) []attribution.Event {
	var fields map[string]scalar
	if !r.Decode(d.Body, &fields) {
		return nil
	}
	named, isNamed := fields["id"]
	if !isNamed || len(fields) != 1 {
		r.Add("", codeShape, "the body is no deletion: one names an id and nothing else")
		return nil
	}
	id, at := r.Number("id", named.Given()), d.ReceivedAt.UTC()
	if d.ReceivedAt.IsZero() {
		r.Add("", codeReceived, "")
	}
	return r.event(attribution.OrderDeleted, attribution.Order{ID: OrderID(shop, id), Shop: shop, DeletedAt: at}, at)
}
