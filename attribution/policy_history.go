package attribution

import "slices"

// UsesHistory reports whether a decision by the policy can depend on the customer's
// earlier orders: it binds customers, cools down after an order, or tells new customers
// from returning ones. What such an order is credited for can change when an earlier one
// does. Touches, and offers of a limited number of uses, are another matter; see
// [Book.Limits].
func (p Policy) UsesHistory() bool {
	return p.CoolDownDays > 0 ||
		slices.ContainsFunc(p.Rules, func(r Rule) bool { return r.names(ByBinding) || r.Customers != CustomerUnknown })
}
