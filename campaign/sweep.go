package campaign

import (
	"context"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// step is one change to an order.
type step struct {
	before   *attribution.Record // nil: it was not known
	after    attribution.Record
	fragment *attribution.Order  // what came in, if anything
	gone     *attribution.Record // what stood under alias and is part of after now
	alias    attribution.Alias
}

// settle settles the order of a step, and then the later ones that see what it changed.
func (s *Settler[Tx]) settle(ctx context.Context, tx Tx, p step) (Settlement, error) {
	limits, err := s.turns(ctx, tx, p)
	if err != nil {
		return Settlement{}, err
	}
	if p.gone != nil {
		if err := s.Aliases.Link(ctx, tx, p.gone.Order.Shop, p.alias); err != nil {
			return Settlement{}, err
		}
	}
	if len(limits) > 0 && p.moves() {
		// Where it stood before, it would use up its own code.
		unsettled := p.after
		unsettled.Decision = attribution.Decision{Policy: p.after.Decision.Policy, Pins: p.after.Decision.Pins}
		if err := s.Orders.PutOrder(ctx, tx, unsettled); err != nil {
			return Settlement{}, fmt.Errorf("store order %s: %w", p.after.Order.ID, err)
		}
	}
	made, err := s.decide(ctx, tx, p.after, p.fragment)
	if err != nil {
		return Settlement{}, err
	}
	if made.Later, err = s.carry(ctx, tx, p, limits, made.Record); err != nil {
		return Settlement{}, err
	}
	if o := made.Record.Order; o.Forgotten && len(o.TouchKeys()) > 0 {
		err = s.Orders.Redact(ctx, tx, attribution.Redaction{Shop: o.Shop, Orders: []byline.OrderID{o.ID}})
		made.Record = made.Record.Forget()
	}
	return made, err
}

// moves reports whether the order takes another place among those that count.
func (p step) moves() bool {
	return p.before != nil && p.before.Order.Place().Compare(p.after.Order.Place()) != 0
}

// movesBack reports whether the order stands later than it, or what was joined to it, did.
func (p step) movesBack(after attribution.Record) bool {
	for _, r := range [...]*attribution.Record{p.before, p.gone} {
		if r != nil && r.Order.Place().Compare(after.Order.Place()) < 0 {
			return true
		}
	}
	return false
}

// limitTurn is a limit and where it was used up before the step.
type limitTurn struct {
	attribution.Limit
	turn *attribution.Place
}

// turns looks up the limits that a step may shift.
func (s *Settler[Tx]) turns(ctx context.Context, tx Tx, p step) ([]limitTurn, error) {
	if !s.desk.limited {
		return nil, nil
	}
	all := s.Book.Limits(p.after.Order)
	for _, r := range [...]*attribution.Record{p.before, p.gone} {
		if r != nil {
			all = append(all, s.Book.Limits(r.Order)...)
		}
	}
	var turns []limitTurn
	for i, l := range all {
		if slices.Contains(all[:i], l) {
			continue
		}
		at, err := s.turn(ctx, tx, l)
		if err != nil {
			return nil, err
		}
		turns = append(turns, limitTurn{l, at})
	}
	return turns, nil
}

// carry settles later orders again, the earliest first. Each is settled once, because
// none changes what an earlier one sees.
func (s *Settler[Tx]) carry(ctx context.Context, tx Tx, p step, limits []limitTurn, after attribution.Record) ([]Settlement, error) {
	if !s.desk.recalls && len(limits) == 0 {
		return nil, nil
	}
	q := queue{seen: map[byline.OrderID]bool{}}
	if p.movesBack(after) {
		// Others stand before it now that did not when it was settled; its turn comes again.
		q.add(after.Order.Place())
	}
	q.seen[after.Order.ID] = true
	if err := s.addTurned(ctx, tx, &q, limits); err != nil {
		return nil, err
	}
	if err := s.addSeeing(ctx, tx, &q, p.before, &after); err != nil {
		return nil, err
	}
	if p.gone != nil {
		if err := s.addSeeing(ctx, tx, &q, p.gone, &after); err != nil {
			return nil, err
		}
	}
	var settled []Settlement
	for place, more := q.next(); more; place, more = q.next() {
		was, err := s.known(ctx, tx, place.ID)
		if err != nil {
			return nil, err
		}
		if err := s.configured(was); err != nil {
			// It stays as it was, and must not hold up what came in.
			settled = append(settled, Settlement{Record: was, Findings: []byline.Finding{leftAsItWas(was, err)}})
			continue
		}
		made, err := s.decide(ctx, tx, was, nil)
		if err != nil {
			return nil, err
		}
		settled = append(settled, made)
		if err := s.addSeeing(ctx, tx, &q, &was, &made.Record); err != nil {
			return nil, err
		}
	}
	return settled, nil
}

// configured reports whether the policy and the agreements that an order is under are
// still there. It asks no store, so its error is not a passing one.
func (s *Settler[Tx]) configured(r attribution.Record) error {
	if _, err := s.desk.rule(r.Decision.Policy); err != nil {
		return err
	}
	return s.Agreements.Registered(r.Decision, r.Decision.Pins)
}

func leftAsItWas(r attribution.Record, err error) byline.Finding {
	return byline.Finding{
		Code: "settler.left", Severity: byline.Warning, Path: string(r.Order.ID),
		Message: fmt.Sprintf("order %s sees what changed and could not be settled again: %v", r.Order.ID, err),
		Fix:     "configure the policy or the agreement version again, and settle the order again",
	}
}

// addTurned adds the orders for which a code is used up now and was not, or was and is
// not any more: those from one turn, outside, to the other.
func (s *Settler[Tx]) addTurned(ctx context.Context, tx Tx, q *queue, limits []limitTurn) error {
	for _, l := range limits {
		now, err := s.turn(ctx, tx, l.Limit)
		if err != nil {
			return err
		}
		first, last := l.turn, now
		if first == nil || now != nil && now.Compare(*first) < 0 {
			first, last = last, first
		}
		if first == nil || last != nil && first.Compare(*last) == 0 {
			continue
		}
		span := l.Span()
		span.Standing, span.After = false, *first
		if last != nil {
			q.add(*last)
			span.Before = *last
		}
		between, err := s.History.Marked(ctx, tx, l.Mark, span)
		if err != nil {
			return err
		}
		q.addAll(between)
	}
	return nil
}

// addSeeing adds the later orders of the same customer, if what they see has changed
// since a state of an order. There was none when was is nil.
func (s *Settler[Tx]) addSeeing(ctx context.Context, tx Tx, q *queue, was, now *attribution.Record) error {
	if !s.desk.recalls {
		return nil
	}
	for mark, from := range changedMarks(was, now) {
		// What stands further behind knows too many orders of this mark already.
		later, err := s.History.Marked(ctx, tx, mark, attribution.Span{After: from, Most: attribution.MaxKin + 2})
		if err != nil {
			return err
		}
		q.addAll(later)
	}
	return nil
}

// changedMarks returns under which marks something has changed, each with the place from
// which on it can be seen.
func changedMarks(was, now *attribution.Record) map[string]attribution.Place {
	after := now.Trace().Past
	from := map[string]attribution.Place{}
	for _, mark := range now.Order.CustomerMarks() {
		from[mark] = after.Place
	}
	if was == nil { // nobody knows a new order as kin
		return from
	}
	before := was.Trace().Past
	same := before.Equal(after)
	for _, mark := range was.Order.CustomerMarks() {
		place, both := from[mark]
		switch {
		case both && same:
			delete(from, mark)
		case !both || before.Place.Compare(place) < 0:
			from[mark] = before.Place
		}
	}
	if !same {
		from[attribution.KinMark(was.Order.ID)] = earlierOf(before.Place, after.Place)
		from[attribution.KinMark(now.Order.ID)] = earlierOf(before.Place, after.Place)
	}
	return from
}

func earlierOf(p, q attribution.Place) attribution.Place {
	if q.Compare(p) < 0 {
		return q
	}
	return p
}

// queue holds the places of orders to settle, each once, in their order.
type queue struct {
	places []attribution.Place
	seen   map[byline.OrderID]bool
}

func (q *queue) add(p attribution.Place) {
	if q.seen[p.ID] {
		return
	}
	q.seen[p.ID] = true
	at, _ := slices.BinarySearchFunc(q.places, p, attribution.Place.Compare)
	q.places = slices.Insert(q.places, at, p)
}

func (q *queue) addAll(past []attribution.Past) {
	for _, p := range past {
		q.add(p.Place)
	}
}

func (q *queue) next() (attribution.Place, bool) {
	if len(q.places) == 0 {
		return attribution.Place{}, false
	}
	first := q.places[0]
	q.places = q.places[1:]
	return first, true
}
