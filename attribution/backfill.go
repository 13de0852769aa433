package attribution

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/bylinehq/byline"
)

// ChangeSource lists what changed in a shop.
type ChangeSource interface {
	// Changed yields the latest known state of everything that changed at or after an
	// instant of the shop's clock, of everything there is when it is zero: events as the
	// shop's Decoder makes them, none of them with a Pointer, in any order. An error ends
	// the list.
	Changed(ctx context.Context, since time.Time) iter.Seq2[Event, error]
}

// UnitStore is a store as a [Backfill] sees it. Tx is its unit of work.
type UnitStore[Tx any] interface {
	// InTx runs work in a unit of work that no delivery caused. It is kept when work
	// returns nil, and undone else.
	InTx(ctx context.Context, work func(ctx context.Context, tx Tx) error) error
	// Claim notes an event's key. It returns false when the key was noted before, be it
	// by a delivery.
	Claim(ctx context.Context, tx Tx, key string) (bool, error)
}

// Backfill asks a shop what changed and applies what no webhook told: shops do not
// guarantee delivery, and no webhook tells of the time before there were any. Run it now
// and then, beside the [Worker] or not; both claim the same keys, and an order is merged
// whoever brings it, so nothing counts twice.
type Backfill[Tx any] struct {
	Source ChangeSource     // required
	Store  UnitStore[Tx]    // required
	Now    func() time.Time // required; how far a run can have come
	// Apply is the effect of one event, written with tx, the same as the Worker's. Required.
	Apply func(ctx context.Context, tx Tx, e Event) error
	// Overlap is how long before the last run a run begins, for clocks that differ and
	// lists that lag behind. Default: 1h.
	Overlap time.Duration
	Batch   int          // events per commit. Default: 64
	Log     *slog.Logger // Default: no log
}

const (
	defaultOverlap = time.Hour
	maxToldChanges = 16 // failures that an error spells out
)

// Run applies what changed since an instant and returns the instant up to which all is
// known: what the next run passes as since, kept by the caller or with a store's
// PutCursor. A zero since asks for everything.
//
// That instant is the latest change that was seen, no later than the start of the run,
// and never past an error. Where the list ended early it is since again. A change that
// could not be applied holds up no other, and the instant stays before it, so that it is
// tried again with each run until it can be; an error that is [Permanent] says that a
// person must look. Where a whole batch fails for passing reasons, the run ends.
//
// Faults are "required" for a field that is missing, "backfill.pointer" for an event with
// a Pointer, and "backfill.panic" for one that makes the program panic.
func (b Backfill[Tx]) Run(ctx context.Context, since time.Time) (until time.Time, err error) {
	if err := b.faults(); err != nil {
		return since, err
	}
	if b.Batch <= 0 {
		b.Batch = defaultBatch
	}
	if b.Overlap <= 0 {
		b.Overlap = defaultOverlap
	}
	if b.Log == nil {
		b.Log = slog.New(slog.DiscardHandler)
	}
	r := backfillRun[Tx]{Backfill: b, bound: b.Now()}
	from := since
	if !since.IsZero() {
		from = since.Add(-b.Overlap)
	}
	if err := r.all(ctx, from); err != nil {
		return since, errors.Join(err, r.failures())
	}
	return later(since, r.until()), r.failures()
}

func (b Backfill[Tx]) faults() error {
	var faults []*byline.FieldError
	for _, f := range [...]struct {
		path    string
		missing bool
	}{{"source", b.Source == nil}, {"store", b.Store == nil}, {"now", b.Now == nil}, {"apply", b.Apply == nil}} {
		if f.missing {
			faults = append(faults, &byline.FieldError{Path: f.path, Code: "required", Message: "a backfill needs it"})
		}
	}
	return byline.Faults(faults)
}

// backfillRun is one run.
type backfillRun[Tx any] struct {
	Backfill[Tx]
	bound  time.Time // where the run ends at the latest
	latest time.Time // change that was seen
	failed int
	told   []error
}

func (r *backfillRun[Tx]) until() time.Time {
	if r.latest.Before(r.bound) {
		return r.latest
	}
	return r.bound
}

func (r *backfillRun[Tx]) failures() error {
	if r.failed == 0 {
		return nil
	}
	return fmt.Errorf("%d changes could not be applied: %w", r.failed, errors.Join(r.told...))
}

func (r *backfillRun[Tx]) all(ctx context.Context, from time.Time) error {
	batch := make([]Event, 0, r.Batch)
	for e, err := range r.Source.Changed(ctx, from) {
		if err != nil {
			// What came before it is good.
			return errors.Join(fmt.Errorf("list of changes: %w", err), r.commit(ctx, batch))
		}
		r.latest = later(r.latest, e.At)
		if batch = append(batch, e); len(batch) < r.Batch {
			continue
		}
		if err := r.commit(ctx, batch); err != nil {
			return err
		}
		batch = batch[:0]
	}
	return errors.Join(ctx.Err(), r.commit(ctx, batch))
}

// commit applies a batch in one unit of work or, when that fails, each event in its own.
// Its error ends the run.
func (r *backfillRun[Tx]) commit(ctx context.Context, batch []Event) error {
	err := r.apply(ctx, batch)
	if err == nil || len(batch) == 0 {
		return nil
	}
	kept := false
	for i, e := range batch {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err = r.apply(ctx, batch[i:i+1]); err != nil {
			r.fail(ctx, e, err)
		}
		kept = kept || err == nil || Permanent(err)
	}
	if !kept {
		return fmt.Errorf("nothing of a batch could be applied: %w", err)
	}
	return nil
}

func (r *backfillRun[Tx]) fail(ctx context.Context, e Event, err error) {
	r.Log.WarnContext(ctx, "change not applied", "event", e.Key, "reason", err)
	if e.At.Before(r.bound) {
		r.bound = e.At
	}
	if r.failed++; len(r.told) < maxToldChanges {
		r.told = append(r.told, fmt.Errorf("%s: %w", e.Key, err))
	}
}

func (r *backfillRun[Tx]) apply(ctx context.Context, batch []Event) error {
	if len(batch) == 0 {
		return nil
	}
	return r.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		for _, e := range batch {
			if err := r.one(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// one turns a panic into a failure, because a change that stops the program would stop it
// again with each run.
func (r *backfillRun[Tx]) one(ctx context.Context, tx Tx, e Event) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.Log.ErrorContext(ctx, "panic while a change was applied", "event", e.Key, "stack", string(debug.Stack()))
			err = &byline.FieldError{Code: "backfill.panic", Message: "the program could not cope with this change"}
		}
	}()
	if e.points() {
		return &byline.FieldError{Code: "backfill.pointer", Message: "a list of changes says them and does not point at them"}
	}
	first, err := r.Store.Claim(ctx, tx, e.Key)
	if err != nil || !first {
		return err
	}
	return r.Apply(ctx, tx, e)
}
