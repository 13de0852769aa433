package attribution

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
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
// A delivery from a source without a decoder fails with code "delivery.source", one that
// makes the program panic with "delivery.panic". NewWorker makes it; Drain on one made
// otherwise returns a [*byline.FieldError] of code "worker.not_made".
type Worker[Tx any] struct {
	Queue   Queue[Tx]
	Sources map[string]Decoder // the same as the Receiver's
	// Apply is the effect of one event, written with tx.
	Apply func(ctx context.Context, tx Tx, e Event) error
	Batch int           // deliveries per commit. Default: 64
	Poll  time.Duration // how long to wait unasked, and first pause after a failure. Default: 1s
	Log   *slog.Logger  // Default: no log

	wake chan struct{}
}

const (
	defaultBatch = 64
	maxPause     = time.Minute
)

// NewWorker fills in the defaults of w and makes it ready to be woken.
func NewWorker[Tx any](w Worker[Tx]) *Worker[Tx] {
	if w.Batch <= 0 {
		w.Batch = defaultBatch
	}
	if w.Poll <= 0 {
		w.Poll = time.Second
	}
	if w.Log == nil {
		w.Log = slog.New(slog.DiscardHandler)
	}
	w.wake = make(chan struct{}, 1)
	return &w
}

// Wake tells the worker that there is something to do. It never blocks.
func (w *Worker[Tx]) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Run works until ctx ends and then returns nil. A store that fails is tried again
// with growing pauses; so is a delivery that could not be settled for a passing
// reason, while others go on.
func (w *Worker[Tx]) Run(ctx context.Context) error {
	pause := w.Poll
	for {
		_, passing, broken := w.round(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if passing == nil && broken == nil {
			pause = w.Poll
		}
		if broken != nil {
			w.Log.ErrorContext(ctx, "webhooks are waiting: the store failed", "error", broken, "pause", pause)
		}
		if !w.rest(ctx, pause, broken == nil) {
			return nil
		}
		if passing != nil || broken != nil {
			pause = min(2*pause, maxPause)
		}
	}
}

// rest waits for a wake-up or for the pause to pass. While the store is broken nothing
// wakes it early. It returns false when ctx has ended.
func (w *Worker[Tx]) rest(ctx context.Context, pause time.Duration, wakeable bool) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	wake := w.wake
	if !wakeable {
		wake = nil
	}
	select {
	case <-ctx.Done():
		return false
	case <-wake:
	case <-timer.C:
	}
	return true
}

// Drain tries each delivery that waits once and returns how many it settled. The error
// is why others wait on.
func (w *Worker[Tx]) Drain(ctx context.Context) (int, error) {
	settled, passing, broken := w.round(ctx)
	return settled, errors.Join(passing, broken)
}

// round tells a delivery that must wait (passing) from a store that fails (broken).
func (w *Worker[Tx]) round(ctx context.Context) (settled int, passing, broken error) {
	if w.wake == nil {
		return 0, nil, &byline.FieldError{Code: "worker.not_made", Message: "a worker is made by NewWorker"}
	}
	waiting := map[int64]bool{} // tried in this round, and still there
	for {
		// Those may stand before others that were not tried yet.
		batch, err := w.Queue.Pending(ctx, w.Batch+len(waiting))
		batch = slices.DeleteFunc(batch, func(d Stored) bool { return waiting[d.Seq] })
		batch = batch[:min(len(batch), w.Batch)]
		if err != nil || len(batch) == 0 {
			return settled, passing, err
		}
		done := 0
		err = w.Queue.Settle(ctx, batch, func(ctx context.Context, tx Tx, d Stored) (Outcome, error) {
			outcome, err := w.apply(ctx, tx, d)
			if err == nil || Permanent(err) {
				done++
			} else {
				passing, waiting[d.Seq] = err, true
			}
			if err != nil {
				w.Log.WarnContext(ctx, "webhook not processed", "source", d.Source, "delivery", d.ID, "topic", d.Topic, "reason", err)
			}
			return outcome, err
		})
		if err != nil {
			return settled, passing, err
		}
		settled += done
	}
}

// apply turns a panic into a permanent failure, because a delivery that stops the
// server would stop it again after every restart.
func (w *Worker[Tx]) apply(ctx context.Context, tx Tx, d Stored) (outcome Outcome, err error) {
	defer func() {
		if p := recover(); p != nil {
			w.Log.ErrorContext(ctx, "panic while a webhook was processed", "source", d.Source, "delivery", d.ID, "stack", string(debug.Stack()))
			err = &byline.FieldError{Code: "delivery.panic", Message: "the program could not cope with this delivery"}
		}
	}()
	events, err := w.parse(d.Delivery)
	if err != nil {
		return Outcome{}, err
	}
	outcome = Outcome{Status: StatusDuplicate}
	if len(events) == 0 {
		outcome.Status = StatusProcessed
	}
	for _, e := range events {
		outcome.Orders = append(outcome.Orders, e.orders()...)
		outcome.Erase = outcome.Erase || e.Redaction != nil
	}
	for _, e := range events {
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

func (w *Worker[Tx]) parse(d Delivery) ([]Event, error) {
	decoder, ok := w.Sources[d.Source]
	if !ok {
		return nil, &byline.FieldError{Code: "delivery.source", Message: "no decoder is configured for this source"}
	}
	return decoder.Parse(d)
}

func (e Event) orders() []byline.OrderID {
	switch {
	case e.Order != nil:
		return []byline.OrderID{e.Order.ID}
	case e.Redaction != nil:
		return e.Redaction.Orders
	}
	return nil
}
