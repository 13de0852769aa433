package trust

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// sharedRule is the rule by what two customers have in common. Accounts and e-mail
// addresses have none: who shares those is one customer.
func (k traceKind) sharedRule() Reason {
	return [...]Reason{payment: SharedPayment, phone: SharedPhone, visitor: SharedVisitor, address: SharedAddress}[k]
}

// Duplicates looks among earlier orders for customers who are known by another e-mail
// address, or another account of the same shop, and yet share payment means, phone,
// browser or address with this order's. It returns one Suspicion for every creator whose
// customers they were, in the order of their ids.
//
// The caller chooses how far back past goes; later orders in it, and the order itself,
// are passed over. Time is linear. Families share all of these, so two customers are a
// hint, and only many are more.
func (b Rulebook) Duplicates(o attribution.Order, past []Past) []Suspicion {
	b = b.withDefaults()
	if o.Forgotten || o.PlacedAt.IsZero() {
		return nil
	}
	found := map[byline.CreatorID]ties{}
	for _, p := range past {
		if !p.before(o) {
			continue
		}
		other, ok := otherIdentity(o, p)
		if !ok {
			continue
		}
		if found[p.Creator] == nil {
			found[p.Creator] = ties{}
		}
		found[p.Creator].add(other, shared(o.Customer, p.Customer))
	}
	saw := map[byline.CreatorID]seen{}
	for creator, t := range found {
		saw[creator] = t.seen(b.Crowd)
	}
	return b.suspectAll(SignalDuplicateIdentity, saw)
}

// otherIdentity returns who the earlier customer was, if it is certainly not the same
// one: both have an e-mail address, or both an account of one shop, and no such trace is
// the same.
func otherIdentity(o attribution.Order, p Past) (trace, bool) {
	a, b := o.Customer, p.Customer
	emails := a.Email != "" && b.Email != ""
	accounts := a.ID != "" && b.ID != "" && o.Shop == p.Shop
	switch {
	case emails && a.Email == b.Email, accounts && a.ID == b.ID:
		return trace{}, false
	case emails:
		return trace{email, "", b.Email}, true
	case accounts:
		return trace{account, p.Shop, b.ID}, true
	}
	return trace{}, false
}

// shared lists what two customers have in common.
func shared(a, b attribution.Customer) []traceKind {
	var kinds []traceKind
	for _, t := range [...]struct {
		kind traceKind
		a, b string
	}{{payment, a.Payment, b.Payment}, {phone, a.Phone, b.Phone}, {visitor, a.Visitor, b.Visitor}, {address, a.Address, b.Address}} {
		if t.a != "" && t.a == t.b {
			kinds = append(kinds, t.kind)
		}
	}
	return kinds
}

// ties are the other identities by what they share with the customer.
type ties map[traceKind]map[trace]bool

func (t ties) add(other trace, kinds []traceKind) {
	for _, k := range kinds {
		if t[k] == nil {
			t[k] = map[trace]bool{}
		}
		t[k][other] = true
	}
}

func (t ties) seen(crowd int) seen {
	saw := seen{}
	all := map[trace]bool{}
	for kind, others := range t {
		if (trace{kind: kind}).crowds() && len(others) > crowd {
			continue
		}
		saw[kind.sharedRule()] = fmt.Sprintf("%d such", len(others))
		for other := range others {
			all[other] = true
		}
	}
	if len(all) >= many {
		saw[ManyIdentities] = fmt.Sprintf("%d in all", len(all))
	}
	return saw
}
