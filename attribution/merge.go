package attribution

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/bylinehq/byline"
)

// Merge joins two pieces of knowledge about one order. It is commutative, associative
// and idempotent, so any arrival order and any number of repeats end in the same
// state: the document with the latest UpdatedAt stays (a later payment state, then a
// fixed order of content, decides a tie), each refund stays in its latest version, and
// an order once known as a test remains one.
//
// Pieces of different orders, or of one order id in two shops, do not belong together:
// the error is a [*byline.FieldError] of code "order.other_order" or
// "order.other_shop".
func (o Order) Merge(other Order) (Order, error) {
	if o.ID != other.ID {
		return Order{}, &byline.FieldError{Path: "id", Code: "order.other_order", Message: "the pieces are of different orders"}
	}
	if o.Shop != other.Shop {
		return Order{}, &byline.FieldError{Path: "shop", Code: "order.other_shop", Message: "the order id is bound to another shop"}
	}
	merged := o
	if compareDocuments(other, o) > 0 {
		merged = other
	}
	merged.Test = o.Test || other.Test
	merged.Refunds = mergeRefunds(o.Refunds, other.Refunds)
	return merged, nil
}

// compareDocuments is a total order over documents. What Merge decides by another
// rule is left out of the last comparison.
func compareDocuments(a, b Order) int {
	if c := cmp.Or(
		a.UpdatedAt.Compare(b.UpdatedAt),
		cmp.Compare(boolRank(!a.CancelledAt.IsZero()), boolRank(!b.CancelledAt.IsZero())),
		cmp.Compare(a.Payment.rank(), b.Payment.rank()),
	); c != 0 {
		return c
	}
	a.Test, a.Refunds, b.Test, b.Refunds = false, nil, false, nil
	return compareContent(a, b)
}

func mergeRefunds(lists ...[]Refund) []Refund {
	byID := map[string]Refund{}
	for _, list := range lists {
		for _, r := range list {
			if known, ok := byID[r.ID]; !ok || compareRefunds(r, known) > 0 {
				byID[r.ID] = r
			}
		}
	}
	if len(byID) == 0 {
		return nil
	}
	return slices.SortedFunc(maps.Values(byID), func(a, b Refund) int { return cmp.Compare(a.ID, b.ID) })
}

func compareRefunds(a, b Refund) int {
	if c := cmp.Or(a.AsOf.Compare(b.AsOf), cmp.Compare(a.State.rank(), b.State.rank())); c != 0 {
		return c
	}
	return compareContent(a, b)
}

// compareContent orders by canonical encoding, or by how Go prints what cannot be
// encoded, which is an amount in no known currency. It is reached only on a tie of
// clocks.
func compareContent(a, b any) int {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	if errX != nil || errY != nil {
		return cmp.Compare(fmt.Sprintf("%+v", a), fmt.Sprintf("%+v", b))
	}
	return bytes.Compare(x, y)
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}
