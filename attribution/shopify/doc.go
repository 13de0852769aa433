// Package shopify reads Shopify's order webhooks. [Webhook] is the
// [attribution.Decoder] of one shop: Verify proves that a delivery was signed for this
// app, Parse turns it into events. It calls no API and keeps nothing.
//
// [Webhook.Check] tells at start what is wrong with a configuration, which would else be
// known by deliveries that are answered with 401.
//
// Of an order it keeps ids, codes, SKUs, amounts and times; of a visit its link key, click
// id, UTM values and the path of the page; of the customer the account's id and the keys
// that [Webhook.Identity] makes. A name, an e-mail address, a telephone number, an IP
// address or a street that stands in a body, or the text of a note, never reaches an
// event, an error or a log. What the shop itself wrote into a code, or staff into the title
// of a discount, is kept; such titles go when the person is forgotten.
//
// What is read is described where it is read: order.go for orders, discount.go for
// codes, touch.go for links, customer.go for whose order it is, channel.go for where it was
// placed, refund.go, dispute.go and deletion.go for what comes after, privacy.go for the
// topics about people. Some choices are worth knowing beforehand:
//
//   - A code earns only when the shop says that a customer used it: an entry of
//     discount_applications of type "discount_code", online or at the till. Shopify
//     lists discounts that staff type by hand under discount_codes too; those become
//     [attribution.Manual].
//   - All money is the shop's own (shop_money). What the customer saw is ignored, and a
//     shop_money in another currency than the order's is an error. A dispute alone may be
//     in the customer's currency, and then counts for all of its order; see
//     [attribution.Dispute].
//   - An order edit (orders/edited) says which lines changed, not what the order now
//     is. It yields no event; orders/updated carries the order and is sent as well. An
//     exchange is such an edit with a refund beside it.
//   - A chargeback takes its amount while it is open and when it is lost, accepted or
//     prevented by paying; an inquiry takes nothing. Disputes are told of for Shopify
//     Payments alone.
//   - Shipping is without its tax, in a shop whose prices contain tax too. A line is
//     delivered once carriers have said so of every unit that is left of it, at the time
//     at which the last of these fulfilments changed. A shop without tracking never says
//     so, and a delivery is known with the next document of its order, not before.
//   - What a subscription bills by itself is a renewal. The order that starts it is none.
//
// What Shopify does not say in a webhook stays unknown: the collections of a product
// (Line.Collections), whether the customer had ordered before, and who of the staff
// bought something. Tags can mark the last; see [Tags].
//
// Subscribe to orders/create, orders/updated, orders/paid, orders/cancelled, orders/delete,
// refunds/create, disputes/create and disputes/update without include_fields: a body
// without its discounts or refunds is refused or read cautiously, because a missing list
// is not an empty one. A public app also needs customers/data_request,
// customers/redact, shop/redact and app/uninstalled.
//
// What encoding/json refuses is refused: text after the document, and more than 10,000
// levels of nesting (2 MiB of the deepest it takes cost some 80 ms and 40 MB). So is a
// body of more than 100,000 values. Invalid UTF-8 is read as U+FFFD. Of a key that
// stands twice the last value counts, and objects and lists are read over each other;
// keys are matched in any case. Shopify writes none of this.
package shopify
