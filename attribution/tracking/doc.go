// Package tracking makes and reads what leads from a creator's post to an order: tracked
// links, signed click ids and codes.
//
// A [Link] is an address with the parameters of an offer; [Visit] reads them back from
// the page that a customer landed on, [Attribute] from a cart, [Reference] and [Note]
// from a payment's reference and an order's note. A click id that [Clicks] signed cannot
// be made by anybody else. A [Mint] makes codes that are unique without a store and
// cannot be guessed from each other. [Redirect] answers short links and records the
// click.
//
// Nothing personal is kept: of an address only the link, the click id, the UTM values
// and the path of the page, and of those none that looks like an e-mail address or a
// telephone number.
package tracking
