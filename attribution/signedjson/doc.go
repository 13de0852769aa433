// Package signedjson reads the orders of any backend that signs its webhooks by Standard
// Webhooks 1.0.0 and writes the documents described here. [Webhook] is the
// [attribution.Decoder] of one shop: Verify proves that a delivery was signed, Parse
// turns it into an event. It is the way in for shops that no adapter knows.
//
// # A complete example
//
// An order, as it stands now:
//
//	{
//	  "type": "order.changed",
//	  "timestamp": "2026-11-20T18:30:09Z",
//	  "data": {
//	    "id": 1001,
//	    "placed_at": "2026-11-20T19:30:00+01:00",
//	    "payment": "paid",
//	    "currency": "EUR",
//	    "lines": [
//	      {"id": "a", "sku": "MUG-1", "quantity": 2, "unit_price": "25.00", "discount": "7.50"},
//	      {"id": "b", "sku": "CARD", "quantity": 1, "unit_price": "20.00", "gift_card": true}
//	    ],
//	    "codes": [{"code": "ADA15", "discount": "7.50"}],
//	    "landing_url": "https://demo.example/mugs?bl=ada-autumn",
//	    "customer": {"id": "c-7", "email": "shopper@demo.example"}
//	  }
//	}
//
// A refund of one of the mugs, later:
//
//	{
//	  "type": "order.refunded",
//	  "timestamp": "2026-11-25T09:00:00Z",
//	  "data": {
//	    "order": 1001, "id": "r1", "currency": "EUR",
//	    "lines": [{"line": "a", "quantity": 1, "subtotal": "21.25"}]
//	  }
//	}
//
// It becomes an order of two mugs for 42.50 EUR, known as "demo.example:1001" in the shop
// demo.example, of which 21.25 EUR came back. [Schema] returns the whole schema.
//
// # Types
//
//   - order.changed: the whole order as it stands. Send it again whenever it changes; the
//     one with the latest updated_at, or timestamp where it has none, counts
//   - order.refunded, order.disputed, order.claimed: one refund, one chargeback, or who
//     brought the order by a survey or a colleague's word. All may stand in order.changed
//     too; the latest version of one id counts
//   - order.deleted: the shop threw its record of the order away
//   - person.redact, shop.redact: forget the person of these orders, or everybody
//
// Any other type is ignored. Deliveries may come in any order and any number of times.
//
// # Rules
//
//   - Amounts are text with a point, "19.90", in the document's currency, or
//     {"amount": "19.90", "currency": "EUR"}. A JSON number is refused.
//   - Under data a field that the schema does not have is a fault, because a misspelt
//     discount would cost somebody money; so is one that stands twice. Names have one
//     case. In the envelope, and among the attributes, anything may stand.
//   - A purchase says its payment, and has lines or, for a backend that only knows
//     totals, gross, discount and tax. All discounts and taxes of goods belong on the
//     lines. Shipping without its tax, and that tax, stand in fields of their own.
//   - Links, addresses of pages, campaign parameters and attributes are what a stranger's
//     browser sent. Of the right type, they are never a fault: what cannot be evidence, or
//     is personal, is left out
//   - All faults of a body are told at once, at their places in it.
//   - An order id is the shop's name, a colon and the id of the body, so that two
//     backends cannot meet or speak of each other's orders. A body that names a shop names
//     the endpoint's; shop.redact must. Give each endpoint a secret of its own.
//   - E-mail address, phone, postal address and payment fingerprint become keys of
//     [attribution.Identity] when a body is read, and go no further. The body itself is
//     kept as it was signed for as long as the inbox keeps it.
package signedjson
