// Package woocommerce reads WooCommerce's order webhooks. [Webhook] is the
// [attribution.Decoder] of one shop: Verify proves that a delivery was signed with the
// webhook's secret, Parse turns it into events. It calls no API and keeps nothing.
//
// [Webhook.Check] tells at start what is wrong with a configuration, which would else be
// known by deliveries that are answered with 401.
//
// It keeps ids, codes, amounts and times, and of the visit only what tells whose work it
// was. A name, an e-mail address, an IP address, a note or the reason of a refund that
// stands in a body never reaches an event, an error or a log; what tells two customers
// apart becomes a keyed hash where [Webhook.Identity] has a key. What the shop itself wrote
// into a coupon's code is kept as it is, so do not name coupons after people.
//
// # Setting it up
//
// In the shop make webhooks for order.created, order.updated, order.deleted and
// order.restored, with API version "WP REST API Integration v3". Version 1 and the
// legacy API give times of the shop's own clock without its zone, and are refused. Give
// each webhook a secret of its own: a product, a coupon or a customer that is deleted is
// told with {"id":n} as an order is, nobody signs the topic, and under one secret the
// one may be replayed as the other.
//
// WooCommerce never repeats a delivery that failed, and switches a webhook off after a
// few failures in a row. Fetch the orders changed since the last look now and then.
//
// # What cannot be known
//
//   - An order can change while its date_modified stays: WooCommerce leaves it when a
//     refund is deleted, and when line items are edited in place. A deleted refund goes
//     with the first later document of its order, not before.
//   - A deletion is dated by its arrival. An order that was brought back before the news
//     of its deletion arrived stays deleted until a later document of it.
//   - A body names a refund by its total alone. What of it was goods, shipping or tax
//     is worked out pro rata of what the customer paid for the goods. [ParseRefunds]
//     reads the exact lines.
//   - Fees are no goods, and a negative fee, by which some plugins give a discount, is
//     not taken off the goods. A gift card is told from goods where one of three known
//     plugins marks its line; one that pays for an order is a means of payment.
//   - WooCommerce knows no delivery: an order is completed when it has left the shop, or
//     when nothing is to be sent. DeliveredAt stays unknown.
//   - The currency is the order's. Where a plugin sells in the customer's currency,
//     amounts are in that one.
//   - A plugin for marketplaces that splits an order into parts sends both.
//   - A cash-on-delivery order counts from "processing" on. One refused at the door
//     is cancelled, and counts no more.
//
// What encoding/json refuses is refused, and so is a body of more than 100,000 values.
// Invalid UTF-8 is read as U+FFFD, of a key that stands twice the last value counts, and
// keys are matched in any case. WooCommerce writes none of this.
package woocommerce
