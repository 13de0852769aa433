package woocommerce

import (
	"github.com/bylinehq/byline/attribution"
)

// What created_via says of how an order was made.
// https://github.com/woocommerce/woocommerce, read 2026-11-22.
const (
	viaAdmin     = "admin"           // by staff
	viaREST      = "rest-api"        // by a program, WooCommerce's own app for staff too
	viaRenewal   = "subscription"    // by WooCommerce Subscriptions, for a renewal
	viaPOS       = "pos-rest-api"    // at WooCommerce's own till: src/Internal/Orders/PointOfSaleOrderUtil.php
	viaPOSPlugin = "woocommerce-pos" // at the till of github.com/wcpos/woocommerce-pos
)

// renewal asks for the note whatever its value is, because that is text or a number.
func (o *wireOrder) renewal() bool {
	for _, m := range o.MetaData.Value {
		if m.Key.Words() == metaRenewal && !m.Value.Empty() {
			return true
		}
	}
	return o.CreatedVia.Words() == viaRenewal
}

// channel says where an order was made. "checkout" and "store-api" are the two kinds of
// WooCommerce's own checkout, and whatever nobody knows is taken for one of a plugin.
func channel(via string) attribution.Channel {
	switch via {
	case viaAdmin:
		return attribution.Draft
	case viaREST:
		return attribution.API
	case viaPOS, viaPOSPlugin:
		return attribution.InStore
	}
	return attribution.Online
}
