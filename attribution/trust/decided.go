package trust

import "github.com/bylinehq/byline/attribution"

// UsesOf lists the uses of codes that an order's decision credits, for a [Monitor] or
// [Review]. Of a creator with several codes on the order, the first in the alphabet
// carries the amount.
//
// A use has a click when the decision says that one of the creator's agrees. Where
// clicks are not recorded at all, set Click to Unknown; Coupon, FirstSeen and Region are
// the caller's to fill in.
func UsesOf(d attribution.Decision) []Use {
	var uses []Use
	for _, c := range d.Credits {
		if c.By != attribution.ByCode {
			continue
		}
		for i, evidence := range c.Evidence {
			u := Use{Order: d.Order, Code: evidence, Creator: c.Creator, At: d.PlacedAt, Click: No, Customer: d.Customer}
			if c.Corroborated {
				u.Click = Yes
			}
			if i == 0 {
				u.Amount = c.Sold
			}
			uses = append(uses, u)
		}
	}
	return uses
}
