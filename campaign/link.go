package campaign

import (
	"context"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// AliasStore keeps the further ids by which a shop's deliveries speak of an order. Tx is
// the store's unit of work.
type AliasStore[Tx any] interface {
	// Resolve returns the order that an id stands for, the id itself unless Link said
	// otherwise.
	Resolve(ctx context.Context, tx Tx, shop string, id byline.OrderID) (byline.OrderID, error)
	// Aliases returns the ids that stand for an order.
	Aliases(ctx context.Context, tx Tx, shop string, id byline.OrderID) ([]byline.OrderID, error)
	// Link notes that a.Also stands for a.Order, and forgets what was kept under a.Also.
	Link(ctx context.Context, tx Tx, shop string, a attribution.Alias) error
}

// Link takes two ids of a shop for one order: everything known under a.Also moves to
// a.Order, now and whenever more of it arrives, and what was owed under a.Also is owed
// under a.Order. To link twice changes nothing.
//
// Faults are "required" for an id that is missing, "alias.self" when both are one,
// "alias.other_order" when a.Also stands for another order already, "alias.chain" when
// a.Order is an alias itself or a.Also has aliases of its own, "alias.other_shop" for
// orders of another shop, and "settler.no_aliases" without Settler.Aliases. Other errors
// are those of [Settler.Settle].
func (s *Settler[Tx]) Link(ctx context.Context, tx Tx, shop string, a attribution.Alias) (Settlement, error) {
	if err := s.ready(); err != nil {
		return Settlement{}, err
	}
	if known, err := s.checkAlias(ctx, tx, shop, a); err != nil || known {
		return Settlement{}, err
	}
	if err := s.renameKin(ctx, tx, a); err != nil {
		return Settlement{}, err
	}
	order, err := s.findOf(ctx, tx, shop, a.Order)
	if err != nil {
		return Settlement{}, err
	}
	also, err := s.findOf(ctx, tx, shop, a.Also)
	if err != nil {
		return Settlement{}, err
	}
	if also == nil {
		return Settlement{}, s.note(ctx, tx, shop, a, order)
	}
	if order != nil && order.Order.Forgotten != also.Order.Forgotten {
		// Whose the other half is has to be forgotten first, while that is still known:
		// what the person's other orders see must stay as it is.
		return s.forgetAndLink(ctx, tx, shop, a, also.Order.Forgotten)
	}
	p := step{before: order, gone: also, alias: a}
	if p.after, err = joined(order, *also, a); err != nil {
		return Settlement{}, err
	}
	return s.move(ctx, tx, p)
}

// forgetAndLink forgets the half of an order that still names the person, and joins it
// with the other one.
func (s *Settler[Tx]) forgetAndLink(ctx context.Context, tx Tx, shop string, a attribution.Alias, alsoForgotten bool) (Settlement, error) {
	half := a.Also
	if alsoForgotten {
		half = a.Order
	}
	if err := s.Orders.Redact(ctx, tx, attribution.Redaction{Shop: shop, Orders: []byline.OrderID{half}}); err != nil {
		return Settlement{}, fmt.Errorf("forget order %s: %w", half, err)
	}
	return s.Link(ctx, tx, shop, a)
}

// checkAlias reports whether the alias is known already.
func (s *Settler[Tx]) checkAlias(ctx context.Context, tx Tx, shop string, a attribution.Alias) (known bool, err error) {
	switch {
	case s.Aliases == nil:
		return false, fault("", "settler.no_aliases", "nothing keeps the further ids of orders; see Settler.Aliases")
	case a.Order == "":
		return false, fault("order", "required", "an alias names an order")
	case a.Also == "":
		return false, fault("also", "required", "an alias names the further id")
	case a.Order == a.Also:
		return false, fault("also", "alias.self", "an order is no alias of itself")
	}
	target, err := s.Aliases.Resolve(ctx, tx, shop, a.Order)
	if err != nil {
		return false, err
	}
	stands, err := s.Aliases.Resolve(ctx, tx, shop, a.Also)
	if err != nil {
		return false, err
	}
	its, err := s.Aliases.Aliases(ctx, tx, shop, a.Also)
	switch {
	case err != nil:
		return false, err
	case target != a.Order:
		return false, fault("order", "alias.chain", "the order is an alias itself")
	case len(its) > 0:
		return false, fault("also", "alias.chain", "the id has aliases of its own")
	case stands != a.Also && stands != a.Order:
		return false, fault("also", "alias.other_order", "the id stands for another order already")
	}
	return stands == a.Order, nil
}

// findOf refuses an order of another shop.
func (s *Settler[Tx]) findOf(ctx context.Context, tx Tx, shop string, id byline.OrderID) (*attribution.Record, error) {
	r, err := s.find(ctx, tx, id)
	if err == nil && r != nil && r.Order.Shop != shop {
		return nil, fault("", "alias.other_shop", "an order of another shop")
	}
	return r, err
}

// note keeps an alias under which nothing is known yet.
func (s *Settler[Tx]) note(ctx context.Context, tx Tx, shop string, a attribution.Alias, order *attribution.Record) error {
	if err := s.Aliases.Link(ctx, tx, shop, a); err != nil {
		return err
	}
	if order == nil || !order.Order.Forgotten {
		return nil
	}
	return s.Orders.Redact(ctx, tx, attribution.Redaction{Shop: shop, Orders: []byline.OrderID{a.Order}})
}

// joined is the record of an order with what was known under its alias. A decision and
// pins of its own come first.
func joined(order *attribution.Record, also attribution.Record, a attribution.Alias) (attribution.Record, error) {
	also.Order.ID = a.Order
	r := also
	if order != nil {
		r = *order
		r.Decision.Pins = append(slices.Clone(also.Decision.Pins), order.Decision.Pins...)
		if r.Decision.Policy == "" {
			r.Decision.Policy = also.Decision.Policy
		}
		if h := also.History; h != nil {
			both := *h
			if order.History != nil {
				both = *order.History
				both.Touches = attribution.UnionTouches(both.Touches, h.Touches)
			}
			r.History = &both
		}
		for _, id := range also.Kin {
			r.Kin = attribution.WithKin(r.Kin, id)
		}
	}
	r.Kin = slices.DeleteFunc(slices.Clone(r.Kin), func(id byline.OrderID) bool { return id == a.Order })
	var err error
	r.Order, err = r.Order.Merge(also.Order)
	return r, err
}

// move brings what was owed under the alias to nothing and settles the order.
func (s *Settler[Tx]) move(ctx context.Context, tx Tx, p step) (Settlement, error) {
	taken, err := contracts.Post(ctx, tx, s.Ledger, contracts.ForOrder(p.alias.Also), nil, s.Now())
	if err != nil {
		return Settlement{}, err
	}
	made, err := s.settle(ctx, tx, p)
	if err != nil {
		return Settlement{}, err
	}
	made.Entries = append(taken, made.Entries...)
	if o := made.Record.Order; o.Forgotten {
		err = s.Orders.Redact(ctx, tx, attribution.Redaction{Shop: o.Shop, Orders: []byline.OrderID{o.ID}})
	}
	return made, err
}

// renameKin tells those who know the order by its alias its name.
func (s *Settler[Tx]) renameKin(ctx context.Context, tx Tx, a attribution.Alias) error {
	if s.History == nil {
		return nil
	}
	knowing, err := s.History.Marked(ctx, tx, attribution.KinMark(a.Also), attribution.Span{})
	if err != nil {
		return err
	}
	for _, k := range knowing {
		r, err := s.known(ctx, tx, k.Place.ID)
		if err != nil {
			return err
		}
		r.Kin = attribution.WithKin(slices.DeleteFunc(slices.Clone(r.Kin), func(id byline.OrderID) bool { return id == a.Also }), a.Order)
		if err := s.Orders.PutOrder(ctx, tx, r); err != nil {
			return fmt.Errorf("store order %s: %w", r.Order.ID, err)
		}
	}
	return nil
}

func (s *Settler[Tx]) resolve(ctx context.Context, tx Tx, shop string, id byline.OrderID) (byline.OrderID, error) {
	if err := s.ready(); err != nil || s.Aliases == nil {
		return id, err
	}
	return s.Aliases.Resolve(ctx, tx, shop, id)
}
