// Package shopify reads Shopify's order webhooks. [Webhook] is the
// [attribution.Decoder] of one shop: Verify proves that a delivery was signed for this
// app, Parse turns it into events. It calls no API and keeps nothing.
//
// It keeps ids, codes, amounts and times, and of the click only the link key. A name,
// an e-mail address, an IP address or a street that stands in a body never reaches an
// event, an error or a log.
//
// What is read is described where it is read: order.go for orders, discount.go for
// codes, refund.go for refunds, privacy.go for the topics about people. Three choices
// are worth knowing beforehand:
//
//   - A code earns only when the shop says that a customer used it: an entry of
//     discount_applications of type "discount_code". Shopify lists discounts that staff
//     type by hand under discount_codes too; those become [attribution.Manual].
//   - All money is the shop's own (shop_money). What the customer saw is ignored, and a
//     shop_money in another currency than the order's is an error.
//   - An order edit (orders/edited) says which lines changed, not what the order now
//     is. It yields no event; orders/updated carries the order and is sent as well.
//
// Subscribe to orders/create, orders/updated, orders/paid, orders/cancelled and
// refunds/create without include_fields: a body without its discounts or refunds is
// refused or read cautiously, because a missing list is not an empty one. A public app
// also needs customers/data_request, customers/redact, shop/redact and app/uninstalled.
//
// What encoding/json refuses is refused: text after the document, and more than 10,000
// levels of nesting (2 MiB of the deepest it takes cost some 80 ms and 40 MB). So is a
// body of more than 250,000 values. Invalid UTF-8 is read as U+FFFD. Of a key that
// stands twice the last value counts, and objects and lists are read over each other;
// keys are matched in any case. Shopify writes none of this.
package shopify
