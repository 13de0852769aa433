package shopify

import (
	"strings"

	"github.com/bylinehq/byline/attribution"
)

// What source_name says of where an order was placed. The first five are Shopify's own,
// which no app can write into its orders; any other text is an app's, by default its id.
// The Order resource, https://shopify.dev/docs/api/admin-rest/latest/resources/order,
// read in copies on 2026-11-22.
const (
	sourceWeb     = "web"
	sourceTill    = "pos"
	sourceDraft   = "shopify_draft_order"
	sourceIPhone  = "iphone" // staff, in the Shopify app
	sourceAndroid = "android"

	// What source_name begins with for what a subscription bills by itself; the order that
	// started it has the name of its checkout. It was "subscription_contract" until
	// October 2025, then, without notice, "subscription_contract_checkout_one".
	// https://community.shopify.dev/t/order-paid-webhook-sourcename-property-changed-for-subscription/23868,
	// read 2026-11-22.
	sourceSubscription = "subscription_contract"
)

func (w *wireOrder) source() string { return strings.ToLower(w.SourceName.Words()) }

func (w *wireOrder) isRenewal() bool { return strings.HasPrefix(w.source(), sourceSubscription) }

// channel tells an app through which customers buy, as Shop, buy buttons and headless
// shops are, from one that writes orders: only the former go through a checkout. In
// the sample orders of Shopify/shopify-api-ruby, test/rest/2026_07, those of an app have
// neither checkout_id nor checkout_token, read 2026-11-22; no page promises it.
func (w *wireOrder) channel() attribution.Channel {
	switch w.source() {
	case sourceTill:
		return attribution.InStore
	case sourceDraft, sourceIPhone, sourceAndroid:
		return attribution.Draft
	case sourceWeb, "":
		return attribution.Online
	}
	if w.isRenewal() || !w.CheckoutToken.Missing() || !w.CheckoutID.Missing() {
		return attribution.Online
	}
	return attribution.API
}
