// Package bigcommerce reads BigCommerce's order webhooks, which carry ids alone, and
// fetches the orders that they speak of. [Webhook] is the [attribution.Fetcher] of one
// store: Verify proves who sent a delivery, Parse says which order changed, Fetch reads
// that order as it now stands.
//
// [Webhook.Check] tells at start what is wrong with a configuration, which would else be
// known by deliveries that are answered with 401.
//
// It keeps ids, codes, amounts and times, the links and click ids in the order's notes,
// and of who ordered the keys that an [attribution.Identity] makes. A name, an e-mail
// address, an IP address or a street never reaches an event, an error or a log. What the
// shop itself wrote into a coupon's code is kept as it is.
//
// What is read is described where it is read: notice.go for webhooks, fetch.go for the
// calls, order.go and payment.go for orders, refund.go for refunds. Choices worth knowing
// beforehand:
//
//   - Money is in the currency that the customer pays in and the store is paid in
//     (default_currency_code). The currency that prices were shown in is not read, and no
//     exchange rate is ever applied.
//   - A line is worth its total before discounts, of the kind that the store enters its
//     prices in (is_tax_inclusive_pricing), less applied_discounts. BigCommerce calls the
//     other kind an estimate. What is finer than the currency is rounded once per amount.
//   - An order earns when the payment provider has captured it, or when it goes its way
//     without a provider that says otherwise. Cash on delivery earns when the order is
//     completed. A dispute makes it wait.
//   - Shipping is shipping_cost_ex_tax, without handling and wrapping. A delivery is
//     not told: "Shipped" and "Completed" are none.
//   - An archived order keeps what it has earned: to archive is to file, and an order
//     that shall not count is cancelled or refunded.
//   - Two states of one second are told apart by how far the payment is; BigCommerce's
//     clock has no finer hand.
//
// BigCommerce keeps no UTM parameters with an order, and metadata of a cart do not come
// along with it. Without a code the evidence is a link or click id in the order's notes,
// or a click that you recorded yourself.
//
// Subscribe to store/order/created, store/order/updated, store/order/statusUpdated and
// store/order/refund/created, or to store/order/*: what means nothing here is passed over.
// BigCommerce gives up on a webhook after 48 hours and delivers it more than once, so ask
// for what changed in a while, too.
package bigcommerce
