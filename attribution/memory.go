package attribution

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/bylinehq/byline"
)

// NoTx is the unit of work of the in-memory stores: they have none. That is safe,
// because every step of processing may be done twice.
type NoTx struct{}

// Memory is an Inbox, a Queue and a store of orders, aliases and touches that forgets all
// at exit: for tests, and for a look around. The zero Memory is empty and ready; it is
// safe for concurrent use and must not be copied.
//
// It undoes what a delivery, or a function passed to InTx, that failed has claimed, put,
// linked and redacted. What is done to it from elsewhere meanwhile counts as done by the
// same.
type Memory struct {
	settling sync.Mutex // held for a whole Settle or InTx

	mu       sync.Mutex // held for single steps
	filed    []filed    // a delivery's Seq is its index + 1
	byID     map[deliveryID]int64
	claimed  map[string]bool
	orders   map[byline.OrderID]Record
	traces   map[byline.OrderID]Trace // of orders
	aliases  map[aliasID]byline.OrderID
	touches  map[string]RecordedTouch // by Digest
	cursors  map[string]time.Time
	redacted map[byline.OrderID]bool
	emptied  map[string]int64 // source to the Seq up to which its bodies go
	unit     *unit            // nil outside of Settle and InTx
}

type deliveryID struct{ source, id string }

// filed is a delivery with where it stands.
type filed struct {
	Stored
	fingerprint string
	status      Status
	orders      []byline.OrderID
	erased      bool
}

// unit is the work on one delivery, or on none.
type unit struct {
	seq    int64 // 0: of no delivery
	source string
	erase  bool     // the delivery itself holds what it asks to forget
	undo   []func() // newest last
}

var (
	_ Inbox             = (*Memory)(nil)
	_ Queue[NoTx]       = (*Memory)(nil)
	_ RecordStore[NoTx] = (*Memory)(nil)
)

// Put files a delivery. One without a source or an id answers to byline.ErrInvalid.
func (m *Memory) Put(ctx context.Context, d Delivery) (Receipt, error) {
	if err := ctx.Err(); err != nil {
		return "", fmt.Errorf("inbox: %w", err)
	}
	if d.Source == "" || d.ID == "" {
		return "", &byline.FieldError{Path: "id", Code: "required", Message: "a delivery needs a source and an id"}
	}
	sum := sha256.Sum256(append([]byte(d.Topic+"\x00"), d.Body...))
	fingerprint := hex.EncodeToString(sum[:])
	m.mu.Lock()
	defer m.mu.Unlock()
	seq, known := m.byID[deliveryID{d.Source, d.ID}]
	switch {
	case !known:
		m.file(d, fingerprint, StatusPending)
		return Accepted, nil
	case m.filed[seq-1].fingerprint == fingerprint:
		return Duplicate, nil
	}
	d.ID += "~" + fingerprint[:16]
	if _, known := m.byID[deliveryID{d.Source, d.ID}]; !known {
		m.file(d, fingerprint, StatusQuarantined)
	}
	return Quarantined, nil
}

func (m *Memory) file(d Delivery, fingerprint string, status Status) {
	if m.byID == nil {
		m.byID = map[deliveryID]int64{}
	}
	d.Header, d.Body = maps.Clone(d.Header), slices.Clone(d.Body)
	seq := int64(len(m.filed)) + 1
	m.filed = append(m.filed, filed{Stored: Stored{Delivery: d, Seq: seq}, fingerprint: fingerprint, status: status})
	m.byID[deliveryID{d.Source, d.ID}] = seq
}

// Pending returns deliveries that wait, those tried least often first.
func (m *Memory) Pending(_ context.Context, limit int) ([]Stored, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var waiting []Stored
	for _, f := range m.filed {
		if f.status == StatusPending {
			f.Header, f.Body = maps.Clone(f.Header), slices.Clone(f.Body)
			waiting = append(waiting, f.Stored)
		}
	}
	slices.SortStableFunc(waiting, func(a, b Stored) int { return cmp.Compare(a.Attempts, b.Attempts) })
	return waiting[:min(max(limit, 0), len(waiting))], nil
}

// Settle applies a batch, each delivery on its own. When ctx ends, what was applied
// before stays.
func (m *Memory) Settle(ctx context.Context, batch []Stored, apply ApplyFunc[NoTx]) error {
	m.settling.Lock()
	defer m.settling.Unlock()
	for _, d := range batch {
		if err := m.settle(ctx, d, apply); err != nil {
			return err
		}
	}
	return nil
}

func (m *Memory) settle(ctx context.Context, d Stored, apply ApplyFunc[NoTx]) error {
	if !m.begin(d) {
		return nil
	}
	outcome, erase, err := m.try(ctx, d, apply)
	if ctx.Err() != nil {
		return fmt.Errorf("settle: %w", ctx.Err())
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	f := &m.filed[d.Seq-1]
	f.Attempts++
	f.orders = outcome.Orders
	switch {
	case err == nil:
		f.status = cmp.Or(outcome.Status, StatusProcessed)
	case Permanent(err):
		f.status = StatusFailed
	default:
		return nil
	}
	if erase || (err == nil && outcome.Erase) || m.mustErase(f) {
		f.erase()
	}
	return nil
}

// try applies a delivery and takes its steps back when it fails, be it by a panic.
func (m *Memory) try(ctx context.Context, d Stored, apply ApplyFunc[NoTx]) (outcome Outcome, erase bool, err error) {
	kept := false
	defer func() { erase = m.end(kept) }()
	outcome, err = apply(ctx, NoTx{}, d)
	kept = err == nil && ctx.Err() == nil
	return outcome, false, err
}

// end closes the unit of work and reports whether what it was about must be erased.
func (m *Memory) end(kept bool) (erase bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !kept {
		m.unit.takeBack()
	}
	erase = kept && m.unit.erase
	m.unit = nil
	return erase
}

// InTx runs work in a unit of work of its own, which is about no delivery: it is kept
// when work returns nil, and undone else. Inside Settle it waits for itself.
func (m *Memory) InTx(ctx context.Context, work func(ctx context.Context, tx NoTx) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("unit of work: %w", err)
	}
	m.settling.Lock()
	defer m.settling.Unlock()
	m.mu.Lock()
	m.unit = &unit{}
	m.mu.Unlock()
	kept := false
	defer func() { m.end(kept) }()
	err := work(ctx, NoTx{})
	kept = err == nil
	return err
}

func (u *unit) takeBack() {
	for _, undo := range slices.Backward(u.undo) {
		undo()
	}
}

// begin reports whether the delivery still waits.
func (m *Memory) begin(d Stored) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if d.Seq < 1 || d.Seq > int64(len(m.filed)) || m.filed[d.Seq-1].status != StatusPending {
		return false
	}
	m.unit = &unit{seq: d.Seq, source: d.Source}
	return true
}

// onUndo remembers how to take a step back. Outside of Settle nothing ever is.
func (m *Memory) onUndo(undo func()) {
	if m.unit != nil {
		m.unit.undo = append(m.unit.undo, undo)
	}
}

// Claim notes an event's key.
func (m *Memory) Claim(_ context.Context, _ NoTx, key string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.claimed[key] {
		return false, nil
	}
	put(m, &m.claimed, key, true)
	return true, nil
}

// put sets an entry of one of m's maps and remembers what stood there.
func put[K comparable, V any](m *Memory, entries *map[K]V, key K, value V) {
	if *entries == nil {
		*entries = map[K]V{}
	}
	before, known := (*entries)[key]
	(*entries)[key] = value
	m.onUndo(func() {
		if known {
			(*entries)[key] = before
		} else {
			delete(*entries, key)
		}
	})
}

// Order returns what is kept of an order, or an error that answers to
// byline.ErrNotFound.
func (m *Memory) Order(_ context.Context, _ NoTx, id byline.OrderID) (Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.orders[id]
	if !ok {
		return Record{}, fmt.Errorf("order %s: %w", id, byline.ErrNotFound)
	}
	return r, nil
}

// PutOrder keeps r in place of what was kept of the order.
func (m *Memory) PutOrder(_ context.Context, _ NoTx, r Record) error {
	if r.Order.ID == "" {
		return &byline.FieldError{Path: "order.id", Code: "required", Message: "an order needs an id"}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	put(m, &m.orders, r.Order.ID, r)
	put(m, &m.traces, r.Order.ID, r.Trace())
	return nil
}

// Redact forgets the persons behind the orders, see [ForgetOrder], with the touches that
// were recorded of them, and erases the bodies and headers of all deliveries that spoke of
// the orders, by any alias, or that came from the shop. It remembers to do so with later
// ones. Bodies of deliveries that wait are erased once they are settled.
func (m *Memory) Redact(ctx context.Context, tx NoTx, r Redaction) error {
	orders, spoken := m.redactedOrders(r)
	for _, id := range orders {
		keys, err := ForgetOrder(ctx, tx, m, r.Shop, id)
		if err != nil {
			return fmt.Errorf("redaction: %w", err)
		}
		m.eraseTouches(keys)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, id := range spoken {
		put(m, &m.redacted, id, true)
	}
	if m.unit != nil {
		m.unit.erase = true
		if r.All {
			put(m, &m.emptied, m.unit.source, m.unit.seq)
		}
	}
	for i := range m.filed {
		if f := &m.filed[i]; f.status != StatusPending && m.mustErase(f) {
			before := *f
			f.erase()
			m.onUndo(func() { m.filed[i] = before }) // by index: the slice may have moved
		}
	}
	return nil
}

// redactedOrders returns the orders to forget, and all ids that they go by.
func (m *Memory) redactedOrders(r Redaction) (orders, spoken []byline.OrderID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	listed := slices.Clone(r.Orders)
	if r.All {
		for id, record := range m.orders {
			if record.Order.Shop == r.Shop {
				listed = append(listed, id)
			}
		}
	}
	slices.Sort(listed)
	for _, id := range slices.Compact(listed) {
		order := m.resolve(r.Shop, id)
		orders = append(orders, order)
		spoken = append(append(spoken, id, order), m.aliasesOf(r.Shop, order)...)
	}
	return orders, spoken
}

func (m *Memory) mustErase(f *filed) bool {
	return f.Seq <= m.emptied[f.Source] || slices.ContainsFunc(f.orders, func(id byline.OrderID) bool { return m.redacted[id] })
}

func (f *filed) erase() { f.Header, f.Body, f.erased = nil, nil, true }

// Delivery returns one delivery and where it stands. A body that was erased is nil.
func (m *Memory) Delivery(_ context.Context, seq int64) (Stored, Status, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if seq < 1 || seq > int64(len(m.filed)) {
		return Stored{}, "", fmt.Errorf("delivery %d: %w", seq, byline.ErrNotFound)
	}
	f := m.filed[seq-1]
	f.Header, f.Body = maps.Clone(f.Header), slices.Clone(f.Body)
	return f.Stored, f.status, nil
}

// Replay lets a failed or quarantined delivery wait again. The error answers to
// byline.ErrNotFound, or to byline.ErrConflict when the delivery stands elsewhere or
// its body was erased.
func (m *Memory) Replay(_ context.Context, seq int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if seq < 1 || seq > int64(len(m.filed)) {
		return fmt.Errorf("delivery %d: %w", seq, byline.ErrNotFound)
	}
	f := &m.filed[seq-1]
	if f.erased || f.status != StatusFailed && f.status != StatusQuarantined {
		return fmt.Errorf("delivery %d is %s: %w", seq, f.status, byline.ErrConflict)
	}
	f.status = StatusPending
	return nil
}
