package attribution

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// aliasID is an id by which a shop's deliveries speak of an order.
type aliasID struct {
	shop string
	also byline.OrderID
}

// Resolve returns the order that an id of a shop stands for, which is the id itself
// unless Link said otherwise.
func (m *Memory) Resolve(_ context.Context, _ NoTx, shop string, id byline.OrderID) (byline.OrderID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.resolve(shop, id), nil
}

func (m *Memory) resolve(shop string, id byline.OrderID) byline.OrderID {
	return cmp.Or(m.aliases[aliasID{shop, id}], id)
}

// Aliases returns the ids that stand for an order, sorted.
func (m *Memory) Aliases(_ context.Context, _ NoTx, shop string, id byline.OrderID) ([]byline.OrderID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.aliasesOf(shop, id), nil
}

func (m *Memory) aliasesOf(shop string, id byline.OrderID) []byline.OrderID {
	var also []byline.OrderID
	for alias, order := range m.aliases {
		if alias.shop == shop && order == id {
			also = append(also, alias.also)
		}
	}
	slices.Sort(also)
	return also
}

// Link notes that a.Also stands for a.Order, and forgets what was kept under a.Also.
func (m *Memory) Link(_ context.Context, _ NoTx, shop string, a Alias) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	put(m, &m.aliases, aliasID{shop, a.Also}, a.Order)
	remove(m, m.orders, a.Also)
	remove(m, m.traces, a.Also)
	return nil
}

// remove takes an entry out of one of m's maps and remembers what stood there.
func remove[K comparable, V any](m *Memory, entries map[K]V, key K) {
	before, known := entries[key]
	if !known {
		return
	}
	delete(entries, key)
	m.onUndo(func() { entries[key] = before })
}

// Marked returns the orders that bear a mark, by their places. Time is linear in all
// orders.
func (m *Memory) Marked(_ context.Context, _ NoTx, mark string, span Span) ([]Past, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []Past
	for _, t := range m.traces {
		if slices.Contains(t.Marks, mark) && span.holds(t.Past) {
			found = append(found, t.Past)
		}
	}
	slices.SortFunc(found, func(a, b Past) int { return a.Place.Compare(b.Place) })
	if span.Latest {
		slices.Reverse(found)
	}
	found = found[min(max(span.Skip, 0), int64(len(found))):]
	if span.Most > 0 {
		found = found[:min(span.Most, len(found))]
	}
	return found, nil
}

func (s Span) holds(p Past) bool {
	return (!s.Standing || p.Stands) &&
		(s.After == Place{} || p.Place.Compare(s.After) > 0) &&
		(s.Before == Place{} || p.Place.Compare(s.Before) < 0)
}

// Record keeps a touch that is known by its click id. What it refuses is that of
// [NewRecordedTouch].
func (m *Memory) Record(ctx context.Context, t Touch) error {
	return m.RecordOf(ctx, "", Customer{}, t)
}

// RecordOf keeps a touch and who made it, as far as the caller knows: the browser, an
// account of the shop, keys of an [Identity]. Keeping a touch twice keeps it once.
func (m *Memory) RecordOf(_ context.Context, shop string, who Customer, t Touch) error {
	recorded, err := NewRecordedTouch(shop, who, t)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	recorded.Keys = append(recorded.Keys, m.touches[recorded.Digest].Keys...)
	put(m, &m.touches, recorded.Digest, recorded)
	return nil
}

// Touches returns what was recorded under an order's [Order.TouchKeys], until the order
// was placed: of each key the latest, MaxRecalled at most. Of click ids it returns later
// ones too.
func (m *Memory) Touches(_ context.Context, _ NoTx, o Order) ([]Touch, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []Touch
	for _, key := range o.TouchKeys() {
		var found []RecordedTouch
		for _, t := range m.touches {
			if slices.Contains(t.Keys, key) && (IsClickKey(key) || !t.At.After(o.PlacedAt)) {
				found = append(found, t)
			}
		}
		slices.SortFunc(found, func(a, b RecordedTouch) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Digest, b.Digest)) })
		for _, t := range found[:min(len(found), MaxRecalled)] {
			all = append(all, t.Touch)
		}
	}
	return UnionTouches(all), nil
}

func (m *Memory) eraseTouches(keys []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for digest, t := range m.touches {
		if slices.ContainsFunc(t.Keys, func(key string) bool { return slices.Contains(keys, key) }) {
			remove(m, m.touches, digest)
		}
	}
}

// ForgetTouches forgets what was recorded of touches before an instant, and returns how
// many there were. Decisions that were made with them stay: they keep their History.
func (m *Memory) ForgetTouches(_ context.Context, before time.Time) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	forgotten := 0
	for digest, t := range m.touches {
		if t.At.Before(before) {
			delete(m.touches, digest)
			forgotten++
		}
	}
	return forgotten, nil
}

// Cursor returns the instant that PutCursor kept under a name, or the zero time.
func (m *Memory) Cursor(_ context.Context, name string) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.cursors[name], nil
}

// PutCursor keeps an instant, such as how far a [Backfill] has come, to the microsecond.
func (m *Memory) PutCursor(_ context.Context, name string, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	put(m, &m.cursors, name, at.UTC().Truncate(time.Microsecond))
	return nil
}
