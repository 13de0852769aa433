package stripe

import (
	"cmp"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// links makes an event for each payment of an invoice: refunds and disputes know their
// order by the id of the payment alone, its intent or, where it has none, the charge.
// Until version 2025-03-31.basil the invoice itself says it, then invoice_payment.paid
// does, and of a post-payment invoice its session. Callers have checked the ids.
func (e *event) links(invoice ref, payments ...ref) []attribution.Event {
	var events []attribution.Event
	for _, payment := range payments {
		if !invoice.missing() && !payment.missing() {
			events = append(events, e.link(OrderID(invoice.id.Text()), OrderID(payment.id.Text())))
		}
	}
	return events
}

func (e *event) link(order, also byline.OrderID) attribution.Event {
	return attribution.Event{
		Key:  strings.Join([]string{string(order), string(also), e.shop}, "#"),
		Kind: attribution.OrderLinked, Shop: e.shop, At: e.at, Alias: &attribution.Alias{Order: order, Also: also},
	}
}

// payment is under which id a refund or a dispute speaks of its order.
func (r *reader) payment(of wirePayment) string {
	return cmp.Or(r.pointed("payment_intent", of.PaymentIntent), r.pointed("charge", of.Charge))
}
