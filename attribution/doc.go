// Package attribution says which creator an order belongs to, and why.
//
// A [Book] knows whose code, link, page or UTM value was active when. [Decide] takes the
// latest known state of an [Order], the [History] that the caller's own records tell, a
// Book and a [Policy], and returns a [Decision]: who is credited with which share, what
// of the order counts, what was considered and rejected, and by which rule. It is pure:
// the same input gives the same Decision, whatever the order of codes, clicks or offers.
// A [Decider] does it for many orders.
//
// A Policy is an ordered list of rules over evidence. [Policy.Lint] tells what in it is
// unwise, [Presets] are policies that other products document, and [Replay] says what
// another policy would have made of past orders.
//
// An order's state is built by [Order.Merge] from whatever a shop sends, in any order
// and any number of times. A [Decoder] turns a shop's webhooks into such fragments:
// shopify, woocommerce, stripe, bigcommerce, hubspot, and signedjson for any other backend;
// ordercsv reads files. A [Receiver] takes the webhooks in over HTTP and makes them
// durable before it answers; a [Worker] applies them afterwards, and a [Backfill] fetches
// what never arrived. Package tracking makes links, click ids and codes; package trust
// observes what casts doubt on a credit.
//
// Nothing here holds a name, an e-mail address, a number or a street. What tells two
// people apart are keys made by an [Identity], and they go when a person is forgotten.
package attribution
