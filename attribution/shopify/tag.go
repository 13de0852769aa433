package shopify

import "strings"

// Tags are the words by which a shop marks what its documents do not say otherwise. A
// tag is looked for among those of the order, and of the customer in versions before
// 2025-01, and compared without regard to case. "" marks nothing.
type Tags struct {
	Staff     string // the customer works for the shop
	Wholesale string // the customer buys to sell again; orders of a company are known to
	Renewal   string // a later payment of a subscription that an app bills in its own way
}

func (w *wireOrder) tagged(tag string) bool {
	if tag = strings.TrimSpace(tag); tag == "" {
		return false
	}
	for _, list := range [...]string{w.Tags.Words(), w.Customer.Value.Tags.Words()} {
		for word := range strings.SplitSeq(list, ",") {
			if strings.EqualFold(strings.TrimSpace(word), tag) {
				return true
			}
		}
	}
	return false
}
