package shopify

import (
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

// maxTouches bounds what the buyer's browser can write into an order. A person comes
// through few links.
const maxTouches = 16

// touches looks where links leave their traces: the page the customer arrived on, the
// cart's attributes, where a theme puts keys so that they survive until the checkout,
// and the order's note, of which nothing else is kept. landing_site_ref only repeats a
// parameter of the landing page.
func (w *wireOrder) touches(placed time.Time) []attribution.Touch {
	var found []attribution.Touch
	for _, t := range tracking.Visit(w.LandingSite.Words(), placed, attribution.SourceLandingPage) {
		if !isPrivatePage(t) {
			found = append(found, t)
		}
	}
	for _, a := range w.NoteAttributes.Value {
		if t, ok := tracking.Attribute(a.Name.Words(), a.Value.Words(), placed, attribution.SourceCartAttribute); ok && len(found) < maxTouches {
			found = append(found, t)
		}
	}
	found = append(found, tracking.Note(w.Note.Words(), placed, attribution.SourceOrderNote)...)
	return found[:min(len(found), maxTouches)]
}

// isPrivatePage finds pages of the shop that are one customer's own, by their paths:
// /60001/checkouts/TOKEN, /60001/orders/TOKEN/authenticate, /cart/c/TOKEN, /account/…,
// /wallets/…. Orders begun there name them as their landing page, and the token opens it.
// https://community.shopify.com/c/shopify-apis-and-sdks/empty-cart-token-in-shopify-webhooks-checkout-payload/m-p/418123,
// read 2026-11-22.
func isPrivatePage(t attribution.Touch) bool {
	if t.Kind != attribution.ByPage {
		return false
	}
	for segment := range strings.SplitSeq(strings.ToLower(t.Page), "/") {
		switch segment {
		case "checkouts", "orders", "account", "wallets", "cart":
			return true
		}
	}
	return false
}
