package attribution

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Merge joins two pieces of knowledge about one order. It is commutative, associative
// and idempotent, so any arrival order and any number of repeats end in the same
// state: the document with the latest UpdatedAt stays, with its lines, shipping and
// delivery (a later payment state, then a fixed order of content, decides a tie); each
// refund, dispute and claim stays in its latest version; the latest 1024 touches stay; an
// order once known as a test remains one.
//
// A refund whose latest version is older than RefundsAsOf was taken back by the shop
// and goes. A person once forgotten is not brought back by a later document: Customer,
// the ids of recorded clicks and the words of claims go with each merge, so merge a first
// piece with itself.
//
// What the caller adds to a document, such as Line.Collections, goes with the next one.
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
	merged.Forgotten = o.Forgotten || other.Forgotten
	merged.DeletedAt = later(o.DeletedAt, other.DeletedAt)
	merged.RefundsAsOf = later(o.RefundsAsOf, other.RefundsAsOf)
	merged.Refunds = mergeRefunds(merged.RefundsAsOf, o.Refunds, other.Refunds)
	merged.Disputes = mergeByID(Dispute.version, o.Disputes, other.Disputes)
	merged.Claims = mergeByID(Claim.version, o.Claims, other.Claims)
	merged.Touches = mergeTouches(o.Touches, other.Touches)
	if merged.Forgotten {
		merged = merged.forgetPerson()
	}
	return merged, nil
}

// forgetPerson drops what points to a person and leaves what the money stands on.
func (o Order) forgetPerson() Order {
	o.Customer = o.Customer.forgotten()
	o.Touches = forgetClickIDs(o.Touches)
	o.Codes = slices.Clone(o.Codes)
	for i := range o.Codes {
		// A title that staff typed is nobody's code, and may be a name.
		if o.Codes[i].Kind == Manual {
			o.Codes[i].Code = forgottenWords
		}
	}
	o.Claims = slices.Clone(o.Claims)
	for i := range o.Claims {
		if o.Claims[i].Reason != "" {
			o.Claims[i].Reason = forgottenWords
		}
	}
	return o
}

// forgottenWords stand for what was said about a person.
const forgottenWords = "forgotten"

// forgetClickIDs keeps an id that is all there is of a touch: without it the credit
// would go, and the record behind it is the caller's to erase.
func forgetClickIDs(touches []Touch) []Touch {
	forgotten := slices.Clone(touches)
	for i := range forgotten {
		if t := &forgotten[i]; t.Link != "" || t.Page != "" || t.UTM != (UTM{}) {
			forgotten[i].ID = ""
		}
	}
	return mergeTouches(forgotten)
}

// compareDocuments is a total order over documents. What Merge decides by another
// rule is left out of the comparison of content, and the customer comes last, because
// a piece may have forgotten theirs.
func compareDocuments(a, b Order) int {
	if c := cmp.Or(
		a.UpdatedAt.Compare(b.UpdatedAt),
		cmp.Compare(boolRank(!a.CancelledAt.IsZero()), boolRank(!b.CancelledAt.IsZero())),
		cmp.Compare(a.Payment.rank(), b.Payment.rank()),
	); c != 0 {
		return c
	}
	return cmp.Or(compareContent(a.documentAlone(), b.documentAlone()), compareContent(a.Customer, b.Customer))
}

// documentAlone is the part of an order that its latest document decides whole.
func (o Order) documentAlone() Order {
	o.Test, o.Forgotten, o.Customer = false, false, o.Customer.forgotten()
	o.DeletedAt, o.RefundsAsOf = time.Time{}, time.Time{}
	o.Refunds, o.Disputes, o.Claims, o.Touches = nil, nil, nil, nil
	if len(o.Codes) > 0 {
		codes := slices.Clone(o.Codes)
		for i := range codes {
			if codes[i].Kind == Manual {
				codes[i].Code = ""
			}
		}
		o.Codes = codes
	}
	return o
}

// version orders what is known of one refund, dispute or claim.
type version struct {
	id   string
	asOf time.Time
	rank int
}

// mergeByID keeps the latest version of each id, in the order of ids.
func mergeByID[T any](versionOf func(T) version, lists ...[]T) []T {
	latest := map[string]T{}
	for _, list := range lists {
		for _, item := range list {
			v := versionOf(item)
			if known, ok := latest[v.id]; !ok || compareVersions(v, versionOf(known), item, known) > 0 {
				latest[v.id] = item
			}
		}
	}
	if len(latest) == 0 {
		return nil
	}
	return slices.SortedFunc(maps.Values(latest), func(a, b T) int { return cmp.Compare(versionOf(a).id, versionOf(b).id) })
}

func compareVersions(a, b version, contentA, contentB any) int {
	if c := cmp.Or(a.asOf.Compare(b.asOf), cmp.Compare(a.rank, b.rank)); c != 0 {
		return c
	}
	return compareContent(contentA, contentB)
}

// mergeRefunds drops those that a later complete list no longer had.
func mergeRefunds(complete time.Time, lists ...[]Refund) []Refund {
	merged := mergeByID(Refund.version, lists...)
	merged = slices.DeleteFunc(merged, func(r Refund) bool { return r.AsOf.Before(complete) })
	if len(merged) == 0 {
		return nil
	}
	return merged
}

// maxTouches is how many an order keeps: more than people make, and less than what would
// make it too large to decide.
const maxTouches = 1024

// mergeTouches is the union of what was seen, cut to the latest.
func mergeTouches(lists ...[]Touch) []Touch {
	all := slices.Concat(lists...)
	if len(all) == 0 {
		return nil
	}
	for i := range all {
		all[i].At = all[i].At.UTC()
	}
	slices.SortFunc(all, compareTouches)
	all = slices.CompactFunc(all, func(a, b Touch) bool { return compareTouches(a, b) == 0 })
	return all[max(len(all)-maxTouches, 0):]
}

func compareTouches(a, b Touch) int {
	if c := cmp.Or(
		a.At.Compare(b.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Link, b.Link), cmp.Compare(a.Page, b.Page),
		cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID), cmp.Compare(boolRank(a.Verified), boolRank(b.Verified)),
	); c != 0 {
		return c
	}
	for i, v := range a.UTM.values() {
		if c := cmp.Compare(v, b.UTM.values()[i]); c != 0 {
			return c
		}
	}
	return 0
}

// compareContent orders by canonical encoding, or by how Go prints what cannot be
// encoded: an amount in no known currency, text that is not UTF-8. It is reached only on a
// tie of clocks.
func compareContent(a, b any) int {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	c := bytes.Compare(x, y)
	if errX == nil && errY == nil && (c != 0 || !bytes.Contains(x, []byte(`\ufffd`))) {
		return c
	}
	return cmp.Compare(fmt.Sprintf("%+q", a), fmt.Sprintf("%+q", b))
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		a = b
	}
	if a.IsZero() {
		return time.Time{}
	}
	return a.UTC()
}
