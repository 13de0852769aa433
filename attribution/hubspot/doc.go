// Package hubspot reads HubSpot's webhooks about deals and contacts, which carry ids
// alone, and fetches the records that they speak of. [Webhook] is the
// [attribution.Fetcher] of one portal: Verify proves that a delivery was signed for this
// address, Parse says which records changed, Fetch reads them as they now stand.
//
// [Webhook.Check] tells at start what is wrong with a configuration, which would else be
// known by deliveries that are answered with 401.
//
// A deal is an order of one line, its amount: paid when its stage is won, voided when it
// is lost, and waiting before and when it is opened again. A contact is a lead, an order
// without money. Both are known by HubSpot's own clock of the record, so an old webhook
// that comes late does no harm.
//
// It keeps ids, codes, amounts and times, of the visit the links, click ids, UTM values
// and the page, and of who bought the keys that an [attribution.Identity] makes. A name,
// the name of a deal, an e-mail address or a telephone number never reaches an event, an
// error or a log.
//
// What is read is described where it is read: change.go for webhooks, fetch.go for the
// calls, order.go for deals and contacts, property.go and touch.go for evidence. Choices
// worth knowing beforehand:
//
//   - Only signatures of version 3 count. Those of versions 1 and 2, which HubSpot sends
//     beside it, have no time in them and are plain sums over the secret.
//   - A deal counts as placed when it was made, and not when it closes.
//   - A deal has no shipping and no delivery: both stay unknown.
//   - A code in a property is [attribution.Offline]: somebody gave it as a reference.
//   - A contact that is deleted for its privacy is forgotten in its own lead. HubSpot
//     does not say in which deals that contact was, so who keeps keys of the customers of
//     deals finds those by Customer.ID and forgets them too.
//   - A deal or contact that is deleted no longer counts. One that was restored does
//     again.
//
// Subscribe to deal.creation, deal.propertyChange of dealstage and of amount,
// deal.deletion and deal.restore, and for leads to contact.creation, contact.deletion and
// contact.privacyDeletion, or to the generic object.* of both; what means nothing here is
// passed over. HubSpot gives up on a delivery after ten tries in a day, so ask for what
// changed in a while, too.
package hubspot
