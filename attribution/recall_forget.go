package attribution

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// RecordStore keeps records as [ForgetOrder] needs them. Tx is the store's unit of work.
type RecordStore[Tx any] interface {
	// Order returns what is kept of an order; an error that answers to
	// byline.ErrNotFound says nothing is.
	Order(ctx context.Context, tx Tx, id byline.OrderID) (Record, error)
	// PutOrder keeps r, and its Trace, in place of what was kept of the order.
	PutOrder(ctx context.Context, tx Tx, r Record) error
	// Marked returns the orders whose Trace bears a mark, by their places.
	Marked(ctx context.Context, tx Tx, mark string, span Span) ([]Past, error)
}

// MaxKin is of how many orders one mark tells that they are of one customer. What more
// orders share is no person's: a till, a marketplace, an address that staff fill in. It
// also bounds what one change can carry forward, and how long a redaction takes, which
// grows faster than the square. Beyond it forgetting a person may move money.
const MaxKin = 100

// ForgetOrder forgets whose an order is and keeps its money, its decision and its
// credits as they are. It is for stores, as a part of their Redact. The keys it returns
// are those under which the store recorded touches of the person; they go with it.
//
// Orders that were of the same customer still bear on each other afterwards, by their
// ids in Record.Kin: else a later order would lose the creator to whom an earlier one
// bound it. Of an order that is not known yet a tombstone is kept, so that what arrives
// later is forgotten on arrival. To forget twice changes nothing.
//
// The order of another shop is refused with code "order.other_shop".
func ForgetOrder[Tx any](ctx context.Context, tx Tx, store RecordStore[Tx], shop string, id byline.OrderID) (keys []string, err error) {
	tombstone := Order{ID: id, Shop: shop, Forgotten: true}
	known, err := store.Order(ctx, tx, id)
	switch {
	case errors.Is(err, byline.ErrNotFound):
		nothingYet := Decision{Order: id, Standing: StandingNoDocument, Credits: []Credit{}}
		return nil, store.PutOrder(ctx, tx, Record{Order: tombstone, Decision: nothingYet})
	case err != nil:
		return nil, err
	case known.Order.Shop != shop:
		_, err := known.Order.Merge(tombstone)
		return nil, err
	}
	if known.Kin, err = keepKin(ctx, tx, store, known); err != nil {
		return nil, fmt.Errorf("orders beside %s: %w", id, err)
	}
	keys = touchKeys(known.Order.Touches, known.Order.Customer, known.Order.Shop)
	if known.History != nil {
		keys = append(keys, touchKeys(known.History.Touches, Customer{}, "")...)
	}
	return keys, store.PutOrder(ctx, tx, known.Forget())
}

// keepKin tells the later orders of the same customer of this one, and returns the
// earlier ones.
func keepKin[Tx any](ctx context.Context, tx Tx, store RecordStore[Tx], r Record) ([]byline.OrderID, error) {
	kin, place := r.Kin, r.Order.Place()
	for _, mark := range r.Order.CustomerMarks() {
		earlier, err := store.Marked(ctx, tx, mark, Span{Before: place, Latest: true, Most: MaxKin + 1})
		if err != nil {
			return nil, err
		}
		if len(earlier) > MaxKin {
			continue
		}
		for _, p := range earlier {
			kin = WithKin(kin, p.Place.ID)
		}
		// The first of them know too many already, when len(earlier) is at the limit.
		later, err := store.Marked(ctx, tx, mark, Span{After: place, Most: MaxKin - len(earlier) + 1})
		if err != nil {
			return nil, err
		}
		for _, p := range later[:min(len(later), MaxKin-len(earlier))] {
			if err := tell(ctx, tx, store, p.Place.ID, r.Order.ID); err != nil {
				return nil, err
			}
		}
	}
	return kin, nil
}

func tell[Tx any](ctx context.Context, tx Tx, store RecordStore[Tx], later, earlier byline.OrderID) error {
	r, err := store.Order(ctx, tx, later)
	if err != nil || slices.Contains(r.Kin, earlier) {
		return err
	}
	r.Kin = WithKin(r.Kin, earlier)
	return store.PutOrder(ctx, tx, r)
}

// WithKin adds an order to a list of Record.Kin, which stays sorted and has each once.
func WithKin(kin []byline.OrderID, id byline.OrderID) []byline.OrderID {
	if at, known := slices.BinarySearch(kin, id); !known {
		return slices.Insert(slices.Clone(kin), at, id)
	}
	return kin
}

// Forget returns the record without the person: no key, no browser and no click id of
// theirs, and no words about them. Its decision can be made again and is the same but for
// clicks of which there was no record, which are no longer listed.
func (r Record) Forget() Record {
	if r.History != nil {
		h := *r.History
		h.Touches = forgetRecorded(h.Touches, r.Order)
		r.Order.Touches = unanswered(r.Order.Touches, r.History.Touches)
		r.History = &h
	}
	r.Order.Forgotten = true
	r.Order = r.Order.forgetPerson()
	r.Order.Touches = withoutIDs(r.Order.Touches)
	r.Decision.Candidates = slices.DeleteFunc(slices.Clone(r.Decision.Candidates), func(c Candidate) bool {
		return c.Reason == ReasonClickUnknown // its evidence is the click's id
	})
	for i := range r.Decision.Candidates {
		if c := &r.Decision.Candidates[i]; c.Note != "" {
			c.Note = forgottenWords
		}
	}
	return r
}

// forgetRecorded keeps the time at which a click counts for an order that carries its id,
// which is the order's own where the clock of the record is ahead.
func forgetRecorded(recorded []Touch, o Order) []Touch {
	counted := slices.Clone(recorded)
	for i := range counted {
		t := &counted[i]
		carried := t.ID != "" && slices.ContainsFunc(o.Touches, func(on Touch) bool { return on.ID == t.ID })
		if carried && t.At.After(o.PlacedAt) {
			t.At = o.PlacedAt
		}
	}
	return withoutIDs(counted)
}

// unanswered leaves out what a record answers for: without its id nothing would say so.
func unanswered(touches, recorded []Touch) []Touch {
	return slices.DeleteFunc(slices.Clone(touches), func(t Touch) bool {
		return t.ID != "" && slices.ContainsFunc(recorded, func(r Touch) bool { return r.ID == t.ID && r.Kind != ByView })
	})
}

// withoutIDs leaves out what is known by its id alone: the record of that click is in the
// History.
func withoutIDs(touches []Touch) []Touch {
	kept := slices.DeleteFunc(slices.Clone(touches), func(t Touch) bool {
		return t.ID != "" && t.Link == "" && t.Page == "" && t.UTM == (UTM{})
	})
	for i := range kept {
		kept[i].ID = ""
	}
	return mergeTouches(kept)
}
