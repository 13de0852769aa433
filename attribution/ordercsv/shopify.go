package ordercsv

import "github.com/bylinehq/byline/attribution"

// What an orders export of Shopify's admin looks like. Shopify names the columns in
// https://help.shopify.com/en/manual/fulfillment/managing-orders/exporting-orders, which
// could not be read; this is from copies of the header and of rows in public importers,
// read 2026-11-22.
const (
	// "2025-10-02 17:09:33 -0300", with the shop's offset.
	shopifyTime = "2006-01-02 15:04:05 -0700"
	// Whether several codes are ever listed, and how, is not known.
	shopifyCodes = ","
	// A code may hold any sign that people type, and stands without an amount.
	noAmounts = "\x00"
)

// ShopifyExport is the mapping of an orders export of Shopify's admin. shop is the
// *.myshopify.com domain, so that an order has the id that its webhooks have.
// taxIncluded says whether the shop's prices contain the tax, which the file does not.
//
// The file has less than the webhooks: one subtotal instead of lines, which has gift
// cards in it; taxes with those of shipping; one sum of all refunds, by cash; of clicks
// only what a theme put among the cart's attributes; no time of the last change. What stands there for
// shipping is not read: a discount and a tax on it stand with those of the goods. So the
// file is for orders that no webhook spoke of. An order that webhooks know too keeps their
// document, but counts the file's sum of refunds beside theirs.
//
// A code counts as used by the customer when the order came from the online shop;
// elsewhere it may be a title that staff typed.
func ShopifyExport(shop string, taxIncluded bool) Mapping {
	included := "false"
	if taxIncluded {
		included = "true"
	}
	return Mapping{
		Shop: shop, IDPrefix: "shopify:", Grouped: true, TimeLayout: shopifyTime,
		CodeSeparator: shopifyCodes, CodeAmount: noAmounts,
		Columns: map[Column][]string{
			ID: {"Id"}, Number: {"Name"}, PlacedAt: {"Created at"}, CancelledAt: {"Cancelled at", "Canceled at"},
			Payment: {"Financial Status"}, Currency: {"Currency"}, Net: {"Subtotal"}, Tax: {"Taxes"}, Discount: {"Discount Amount"},
			Refunded: {"Refunded Amount"}, Codes: {"Discount Code"}, CodeKind: {"Source"}, Channel: {"Source"},
			Attributes: {"Note Attributes", ""}, Email: {"Email", ""},
		},
		Fixed: map[Column]string{TaxIncluded: included},
		Words: map[Column]map[string]string{
			Channel:  {"web": wordOnline, "pos": string(attribution.InStore), "shopify_draft_order": string(attribution.Draft), "*": string(attribution.API)},
			CodeKind: {"web": string(attribution.Genuine), "": string(attribution.Manual), "*": string(attribution.Manual)},
			Payment:  {"expired": string(attribution.Voided)},
		},
	}
}
