// Package attribution says which creator an order belongs to, and why.
//
// A [Book] knows whose code or link was active when. [Decide] takes the latest known
// state of an [Order], the clicks a caller has stored, a Book and a [Policy], and
// returns a [Decision]: who is credited with which share, what of the order counts,
// what was considered and rejected, and by which rule. It is pure: the same input
// gives the same Decision, whatever the order of codes, clicks or offers.
//
// An order's state is built by [Order.Merge] from whatever a shop sends, in any order
// and any number of times. A [Decoder] (attribution/shopify) turns a shop's webhooks
// into such fragments; a [Receiver] takes the webhooks in over HTTP and makes them
// durable before it answers; a [Worker] applies them afterwards.
//
// Nothing here holds personal data: an Order has ids, codes, amounts and times only.
package attribution
