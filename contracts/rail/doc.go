// Package rail writes what carries a posted batch of payouts to a bank or a payment
// service, and reads what they report back. It makes bytes and requests out of values
// and reads bytes into outcomes; it calls nobody.
//
//	SEPA             ISO 20022 pain.001.001.09, EUR     ReadStatusReport   pain.002
//	StripeTransfers  requests to Stripe Connect         CSV, ReadCSV       any other way
//	PayPalPayouts    requests to PayPal Payouts v1
//
// Whatever the rail, the reference of an item is its idempotency key. Only items that the
// ledger has under way are written, so that nothing leaves that is not booked: what is
// exported comes straight from contracts.PostBatch, which compares each item with the
// ledger, and not from a store. [Check] says before anybody approves what would be
// refused, and [Writable] leaves it out of the batch.
package rail
