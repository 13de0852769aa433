package shopify

import (
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

// shipping sums what the customer was charged for delivery, after discounts and without
// tax, and that tax. Where a price is missing neither is known. Prices contain the tax
// where taxes_included says so; discounted_price is not read, because until version
// 2024-07 it left discounts of the whole cart out. A line that was removed was not charged.
// https://shopify.dev/docs/api/admin-graphql/2024-07/objects/ShippingLine and
// https://shopify.dev/changelog/shippingline-discountedpriceset-now-includes-cart-level-discounts,
// read 2026-11-22.
func (r *reader) shipping(lines []wireShippingLine, taken shares, taxIncluded bool) (net, tax byline.Money) {
	net, tax = byline.Minor(0, r.Currency), byline.Minor(0, r.Currency)
	known := lines != nil
	for i := range lines {
		line := &lines[i]
		inner := r.item("shipping_lines", i)
		price, ok := inner.amount("price", line.PriceSet, line.Price)
		discount, taxes := inner.allocations(line.DiscountAllocations, taken), inner.taxes(line.TaxLines)
		if inner.flag("is_removed", line.IsRemoved) {
			continue
		}
		known = known && ok
		price = inner.Sum("price", price, discount.Neg())
		if taxIncluded {
			price = inner.Sum("price", price, taxes.Neg())
		}
		net = inner.Sum("price", net, floor(price))
		tax = inner.Sum("tax_lines", tax, taxes)
	}
	if !known {
		return byline.Money{}, byline.Money{}
	}
	return net, tax
}

// What a carrier last said of a fulfilment, and the status of one that was called off.
// https://shopify.dev/docs/api/admin-rest/2024-10/resources/fulfillment, recalled and held
// against copies of the resource on 2026-11-22: no body with a delivered shipment was at
// hand.
const (
	shipmentDelivered    = "delivered"
	fulfillmentCancelled = "cancelled"
)

// delivered is when a shipment reached the customer: when the fulfilment last changed,
// because Shopify does not say it more exactly. Whoever changes it later makes it later.
func (w *wireShipment) delivered() (at time.Time, ok bool) {
	if !strings.EqualFold(w.ShipmentStatus.Words(), shipmentDelivered) || strings.EqualFold(w.Status.Words(), fulfillmentCancelled) {
		return time.Time{}, false
	}
	return wire.ParseTime(w.UpdatedAt.Words(), wire.RFC3339)
}

// parcel is what was delivered of a line.
type parcel struct {
	units int64
	last  time.Time
}

// deliver notes of each line when the last of the units that are still on the order was
// delivered. What of it cannot be read is passed over: the line's delivery is then not
// known, which costs nobody the order.
func deliver(lines []attribution.Line, shipments []wireShipment) {
	parcels := map[string]parcel{}
	for i := range shipments {
		at, ok := shipments[i].delivered()
		if !ok {
			continue
		}
		for _, item := range shipments[i].LineItems.Value {
			p, id := parcels[item.ID.Words()], item.ID.Words()
			units, _ := item.Quantity.Whole()
			p.units = min(p.units, maxUnits) + min(units, maxUnits)
			if at.After(p.last) {
				p.last = at
			}
			parcels[id] = p
		}
	}
	for i := range lines {
		l := &lines[i]
		if p := parcels[l.ID]; p.units > 0 && p.units >= l.Quantity-l.Removed {
			l.DeliveredAt = p.last
		}
	}
}

// maxUnits is the bound of attribution on a quantity.
const maxUnits = int64(1) << 48
