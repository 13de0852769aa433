package attribution

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/bylinehq/byline"
)

// Queue is the inbox as a [Worker] sees it. Tx is the store's unit of work: what is
// written with it commits together or not at all.
type Queue[Tx any] interface {
	// Pending returns deliveries that wait, at most limit of them: those tried least
	// often first, then the oldest, so that one that keeps failing holds nobody up.
	Pending(ctx context.Context, limit int) ([]Stored, error)
	// Settle calls apply for each delivery of the batch in turn, and commits all
	// effects at once, each with its delivery's new status and orders. An error from
	// apply undoes that delivery's effects alone: one that is Permanent makes it
	// StatusFailed with the error's text, any other leaves it pending with one attempt
	// more. The body of an Outcome to Erase goes when the delivery is settled.
	Settle(ctx context.Context, batch []Stored, apply ApplyFunc[Tx]) error
	// Claim notes an event's key. It returns false when the key was noted before.
	Claim(ctx context.Context, tx Tx, key string) (bool, error)
}

// ApplyFunc is the effect of one delivery inside a unit of work.
type ApplyFunc[Tx any] func(ctx context.Context, tx Tx, d Stored) (Outcome, error)

// Worker applies what a [Receiver] took in: it decodes each delivery and passes its
// events on, oldest first, one at a time. It may be killed at any instant; what was
// not committed is done again, and what was is not.
//
// Deliveries that only point at what changed are fetched through their source's
// [Fetcher], before and outside of the unit of work, in a lane of their own: a slow or
// dead API holds up nobody else. An event is claimed by its Key together with its effect,
// and one with a Pointer never is, but those that were fetched in its place are. So a
// pointer that is delivered again is fetched again, because what it points at may have
// changed, and what is still the same has no effect. A failure to fetch that is
// [Permanent] fails the delivery, with any other it waits for another try; one that ctx
// cut short counts as no try.
//
// A delivery fails with code "delivery.source" without a decoder for its source, with
// "delivery.no_fetcher" when it points at something and its decoder is no Fetcher, with
// "delivery.pointer_loop" when what was fetched points on, and with "delivery.panic" when
// it makes the program panic. NewWorker makes a Worker; Run and Drain of one made
// otherwise return a [*byline.FieldError] of code "worker.not_made".
type Worker[Tx any] struct {
	Queue   Queue[Tx]
	Sources map[string]Decoder // the same as the Receiver's
	// Apply is the effect of one event, written with tx.
	Apply func(ctx context.Context, tx Tx, e Event) error
	Batch int           // deliveries per commit. Default: 64
	Poll  time.Duration // how long to wait unasked, and first pause after a failure. Default: 1s
	// Fetches is how many deliveries are fetched at once. Default: 4.
	Fetches int
	// Patience is how long one call of Fetch may take. Default: 30s.
	Patience time.Duration
	Log      *slog.Logger // Default: no log

	lanes []*lane[Tx]
}

const (
	defaultBatch    = 64
	defaultFetches  = 4
	defaultPatience = 30 * time.Second
	maxPause        = time.Minute
)

// NewWorker fills in the defaults of w and makes it ready to be woken.
func NewWorker[Tx any](w Worker[Tx]) *Worker[Tx] {
	if w.Batch <= 0 {
		w.Batch = defaultBatch
	}
	if w.Poll <= 0 {
		w.Poll = time.Second
	}
	if w.Fetches <= 0 {
		w.Fetches = defaultFetches
	}
	if w.Patience <= 0 {
		w.Patience = defaultPatience
	}
	if w.Log == nil {
		w.Log = slog.New(slog.DiscardHandler)
	}
	made := &w
	w.lanes = []*lane[Tx]{newLane(made, false)}
	for _, decoder := range w.Sources {
		if _, fetches := decoder.(Fetcher); fetches {
			w.lanes = append(w.lanes, newLane(made, true))
			break
		}
	}
	return made
}

// Wake tells the worker that there is something to do. It never blocks.
func (w *Worker[Tx]) Wake() {
	for _, l := range w.lanes {
		select {
		case l.wake <- struct{}{}:
		default:
		}
	}
}

// Run works until ctx ends and then returns nil. A store that fails is tried again
// with growing pauses; so is a delivery that could not be settled for a passing
// reason, while others go on.
func (w *Worker[Tx]) Run(ctx context.Context) error {
	if err := w.ready(); err != nil {
		return err
	}
	var running sync.WaitGroup
	for _, l := range w.lanes {
		running.Go(func() { l.run(ctx) })
	}
	running.Wait()
	return nil
}

// Drain tries each delivery that waits once and returns how many it settled. The error
// is why others wait on.
func (w *Worker[Tx]) Drain(ctx context.Context) (int, error) {
	if err := w.ready(); err != nil {
		return 0, err
	}
	all := 0
	var failures []error
	for _, l := range w.lanes {
		settled, passing, broken := l.round(ctx)
		all += settled
		failures = append(failures, passing, broken)
	}
	return all, errors.Join(failures...)
}

func (w *Worker[Tx]) ready() error {
	if len(w.lanes) == 0 {
		return &byline.FieldError{Code: "worker.not_made", Message: "a worker is made by NewWorker"}
	}
	return nil
}

// reading is a delivery as far as it was read outside of a unit of work.
type reading struct {
	Stored
	events  []Event
	fetcher Fetcher // not nil while it points at something
	err     error
}

// read turns a panic into a permanent failure, as apply does.
func (w *Worker[Tx]) read(ctx context.Context, d Stored) (r reading) {
	r.Stored = d
	defer w.recover(ctx, d, &r.err)
	decoder, ok := w.Sources[d.Source]
	if !ok {
		r.err = &byline.FieldError{Code: "delivery.source", Message: "no decoder is configured for this source"}
		return r
	}
	r.events, r.err = decoder.Parse(d.Delivery)
	if r.err != nil || !slices.ContainsFunc(r.events, Event.points) {
		return r
	}
	if r.fetcher, ok = decoder.(Fetcher); !ok {
		r.err = &byline.FieldError{Code: "delivery.no_fetcher", Message: "it points at something, and the decoder of this source cannot fetch"}
	}
	return r
}

func (e Event) points() bool { return e.Pointer != nil }

// fetch puts what an event points at in its place.
func (w *Worker[Tx]) fetch(ctx context.Context, r *reading) {
	defer w.recover(ctx, r.Stored, &r.err)
	var events []Event
	for _, e := range r.events {
		if !e.points() {
			events = append(events, e)
			continue
		}
		fetched, err := w.fetchOne(ctx, r.fetcher, e)
		if err != nil {
			r.err = fmt.Errorf("fetch: %w", err)
			return
		}
		events = append(events, fetched...)
	}
	r.events = events
}

func (w *Worker[Tx]) fetchOne(ctx context.Context, fetcher Fetcher, e Event) ([]Event, error) {
	ctx, cancel := context.WithTimeout(ctx, w.Patience)
	defer cancel()
	events, err := fetcher.Fetch(ctx, e)
	if err == nil && slices.ContainsFunc(events, Event.points) {
		err = &byline.FieldError{Code: "delivery.pointer_loop", Message: "what was fetched only points at something"}
	}
	return events, err
}

// recover turns a panic into a permanent failure, because a delivery that stops the
// server would stop it again after every restart. It must be deferred itself.
func (w *Worker[Tx]) recover(ctx context.Context, d Stored, err *error) {
	if p := recover(); p != nil {
		w.Log.ErrorContext(ctx, "panic while a webhook was processed", "source", d.Source, "delivery", d.ID, "stack", string(debug.Stack()))
		*err = &byline.FieldError{Code: "delivery.panic", Message: "the program could not cope with this delivery"}
	}
}

// apply does what was read, in a unit of work.
func (w *Worker[Tx]) apply(ctx context.Context, tx Tx, r *reading) (outcome Outcome, err error) {
	defer w.recover(ctx, r.Stored, &err)
	if r.err != nil {
		return Outcome{}, r.err
	}
	outcome = Outcome{Status: StatusDuplicate}
	if len(r.events) == 0 {
		outcome.Status = StatusProcessed
	}
	for _, e := range r.events {
		outcome.Orders = append(outcome.Orders, e.orders()...)
		outcome.Erase = outcome.Erase || e.Redaction != nil
	}
	for _, e := range r.events {
		first, err := w.Queue.Claim(ctx, tx, e.Key)
		if err != nil {
			return outcome, err
		}
		if !first {
			continue
		}
		outcome.Status = StatusProcessed
		if err := w.Apply(ctx, tx, e); err != nil {
			return outcome, fmt.Errorf("%s: %w", e.Kind, err)
		}
	}
	return outcome, nil
}

func (e Event) orders() []byline.OrderID {
	switch {
	case e.Order != nil:
		return []byline.OrderID{e.Order.ID}
	case e.Redaction != nil:
		return e.Redaction.Orders
	case e.Alias != nil:
		return []byline.OrderID{e.Alias.Order, e.Alias.Also}
	}
	return nil
}
