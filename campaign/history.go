package campaign

import (
	"cmp"
	"context"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// HistoryStore tells a [Settler] what is known beside an order. Tx is the store's unit of
// work; both methods see what was written with it before.
//
// Two orders that share a mark may not be settled at once by two units of work, or each
// misses what the other changes. SQLite with immediate transactions sees to it; elsewhere
// transactions have to be serializable, or lock the marks.
type HistoryStore[Tx any] interface {
	// Touches returns what was recorded under the order's TouchKeys.
	Touches(ctx context.Context, tx Tx, o attribution.Order) ([]attribution.Touch, error)
	// Marked returns the orders whose attribution.Trace bears a mark, by their places.
	Marked(ctx context.Context, tx Tx, mark string, span attribution.Span) ([]attribution.Past, error)
}

// ClickReader knows clicks by their ids alone, as those that the caller signed; see
// tracking.Clicks.
type ClickReader interface {
	Touches(ids []string) []attribution.Touch
}

// recall gathers what a decision is made with beside the order. What it once had of
// touches it keeps: a record of them may be gone by now, and a document that is no longer
// the latest may have named them.
func (s *Settler[Tx]) recall(ctx context.Context, tx Tx, r attribution.Record, fragment *attribution.Order, earlier bool) (*attribution.History, error) {
	if s.History == nil && s.Clicks == nil && s.Signals == nil {
		return r.History, nil
	}
	var h attribution.History
	if r.History != nil {
		h = *r.History
	}
	if err := s.recallTouches(ctx, tx, &h, r.Order, fragment); err != nil {
		return nil, err
	}
	if err := s.recallOrders(ctx, tx, &h, r, earlier); err != nil {
		return nil, err
	}
	if s.Signals != nil && !r.Order.Forgotten { // what they were found by is forgotten too
		var err error
		if h.Signals, err = s.Signals(ctx, tx, r.Order, h); err != nil {
			return nil, err
		}
	}
	if len(h.Touches)+len(h.Credits)+len(h.Uses)+len(h.Signals) == 0 && h.Customer == attribution.CustomerUnknown {
		return nil, nil
	}
	return &h, nil
}

func (s *Settler[Tx]) recallTouches(ctx context.Context, tx Tx, h *attribution.History, o attribution.Order, fragment *attribution.Order) error {
	var found []attribution.Touch
	if s.History != nil {
		var err error
		if found, err = s.History.Touches(ctx, tx, o); err != nil {
			return err
		}
		if fragment != nil && !o.Forgotten && fragment.Customer != o.Customer {
			stale, err := s.History.Touches(ctx, tx, *fragment)
			if err != nil {
				return err
			}
			found = append(found, stale...)
		}
	}
	if s.Clicks != nil {
		found = append(found, s.Clicks.Touches(unansweredClicks(o, append(h.Touches, found...)))...)
	}
	if len(found) > 0 {
		h.Touches = attribution.UnionTouches(h.Touches, found)
	}
	return nil
}

// unansweredClicks lists the click ids on an order of which there is no record.
func unansweredClicks(o attribution.Order, answers []attribution.Touch) []string {
	var ids []string
	for _, t := range o.Touches {
		if t.ID != "" && !slices.ContainsFunc(answers, func(a attribution.Touch) bool { return a.ID == t.ID }) {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// recallOrders replaces what h says of earlier orders.
func (s *Settler[Tx]) recallOrders(ctx context.Context, tx Tx, h *attribution.History, r attribution.Record, earlier bool) error {
	if s.History == nil {
		return nil
	}
	was := h.Customer
	h.Customer, h.Credits, h.Uses = attribution.CustomerUnknown, nil, nil
	if r.Order.PlacedAt.IsZero() {
		return nil
	}
	if earlier {
		past, status, err := s.earlier(ctx, tx, r, was)
		if err != nil {
			return err
		}
		h.Customer, h.Credits = status, credits(past)
	}
	if !s.desk.limited {
		return nil
	}
	for _, l := range s.Book.Limits(r.Order) {
		turn, err := s.turn(ctx, tx, l)
		if err != nil {
			return err
		}
		if turn != nil && turn.Compare(r.Order.Place()) < 0 {
			if h.Uses == nil {
				h.Uses = map[string]int64{}
			}
			h.Uses[l.Key] = l.Uses
		}
	}
	return nil
}

// earlier returns the earlier orders of a customer, and whether the customer is new. was
// is what the status was last time: of a person who was forgotten nothing else tells that
// they were known.
func (s *Settler[Tx]) earlier(ctx context.Context, tx Tx, r attribution.Record, was attribution.CustomerStatus) (map[byline.OrderID]attribution.Past, attribution.CustomerStatus, error) {
	place := r.Order.Place()
	past, telling := map[byline.OrderID]attribution.Past{}, 0
	for _, mark := range r.Order.CustomerMarks() {
		found, err := s.History.Marked(ctx, tx, mark, attribution.Span{Before: place, Latest: true, Most: attribution.MaxKin + 1})
		if err != nil {
			return nil, "", err
		}
		if len(found) > attribution.MaxKin {
			continue
		}
		telling++
		for _, p := range found {
			past[p.Place.ID] = p
		}
	}
	for _, id := range r.Kin {
		kin, err := s.find(ctx, tx, id)
		if err != nil {
			return nil, "", err
		}
		if kin != nil && kin.Order.Place().Compare(place) < 0 {
			past[id] = kin.Trace().Past
		}
	}
	delete(past, r.Order.ID)
	status := attribution.CustomerUnknown
	switch {
	case telling > 0:
		status = attribution.StatusOf(r.Order, nil)
	case r.Order.Forgotten && was != attribution.CustomerUnknown:
		status = attribution.NewCustomer
	}
	for _, p := range past {
		if p.Returning && status == attribution.NewCustomer {
			status = attribution.ReturningCustomer
		}
	}
	return past, status, nil
}

// credits lists what earlier orders were credited for, in an order of its own.
func credits(past map[byline.OrderID]attribution.Past) []attribution.PastCredit {
	var all []attribution.PastCredit
	for _, p := range past {
		all = append(all, p.Credits...)
	}
	slices.SortFunc(all, func(a, b attribution.PastCredit) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Order, b.Order), cmp.Compare(a.Creator, b.Creator), cmp.Compare(a.Campaign, b.Campaign))
	})
	return all
}

// turn returns the place of the order that uses a limit up: a later one finds the code
// used up. It is nil while the limit is not reached.
func (s *Settler[Tx]) turn(ctx context.Context, tx Tx, l attribution.Limit) (*attribution.Place, error) {
	span := l.Span()
	span.Skip, span.Most = l.Uses-1, 1
	found, err := s.History.Marked(ctx, tx, l.Mark, span)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0].Place, nil
}
