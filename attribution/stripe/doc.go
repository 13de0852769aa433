// Package stripe reads Stripe's webhooks. [Webhook] is the [attribution.Decoder] of one
// account: Verify proves that a delivery was signed for this endpoint, Parse turns it
// into events. It calls no API and keeps nothing.
//
// [Webhook.Check] tells at start what is wrong with a configuration, which would else be
// known by deliveries that are answered with 401.
//
// It keeps ids, codes, amounts and times, and of the click only what package tracking
// keeps. A name, an e-mail address or a street that stands in a body leaves it as a key
// of [attribution.Identity] or not at all.
//
// # What is an order
//
// A payment leaves many objects behind, and only two of them are read as documents: an
// invoice, and a Checkout Session that has none. A payment intent or a charge is no
// document, because most belong to one of these and would count the sale twice; a shop
// that takes payments without either tells of its orders in another way.
//
//   - A session of mode "payment" is the order [OrderID] of its payment intent, or of
//     itself when nothing was to pay.
//   - An invoice is the order OrderID of itself. A Checkout Session that made it adds the
//     touches it carries and, where it names discounts, stands for the invoice; see
//     session.go.
//   - Refunds and disputes name the payment. [attribution.Alias] events say which
//     invoice a payment was for.
//
// # What to subscribe to
//
// checkout.session.completed, checkout.session.async_payment_succeeded,
// checkout.session.async_payment_failed, invoice.paid, invoice.voided,
// invoice.marked_uncollectible, invoice.payment_failed, invoice_payment.paid,
// refund.created, refund.updated, refund.failed and all of charge.dispute.
//
// Without invoice_payment.paid the refunds of invoices are not found since version
// 2025-03-31.basil. Without refund.created refunds are not heard of at all since version
// 2022-11-15: charge.refunded says from then on how much went back in all and not by which
// refunds, so nothing follows from it. Stripe sends refund.created for every refund since
// version 2024-10-28.acacia; an endpoint of a version between the two has to be upgraded
// unless its events show that it is sent there too.
//
// The order of arrival makes no difference, and neither does a topic more.
//
// Bodies of all versions from 2020-08-27 on are read, the new shapes and the old ones. The
// touches of a session of mode "subscription" need its invoice, which the oldest of them
// do not name. Thin events are refused: they carry no object. Stripe has no topic for a
// person who asks to be forgotten; customer.deleted is not one.
//
// # Choices worth knowing
//
//   - What is not live is a test, and earns nothing.
//   - All money is in the currency of the charge; what presentment_details say that the
//     customer saw is not read. Stripe counts some currencies in other units than ISO
//     4217; see money.go.
//   - A discount is known by its promotion code's id, not by its text. [Webhook.Codes]
//     knows the text; without it the id itself stands as the code, and an offer may be
//     keyed by it.
//   - Shipping is without its tax, which only shipping_cost states. Stripe does not know
//     of a delivery.
//   - An invoice of a subscription is a renewal when the clock made it; the first money
//     after a free trial is one too.
//
// What encoding/json refuses is refused: text after the document, and more than 10,000
// levels of nesting. So is a body of more than 100,000 values. Invalid UTF-8 is read as
// U+FFFD. Of a key that stands twice the last value counts; keys are matched in any
// case. Stripe writes none of this.
package stripe
