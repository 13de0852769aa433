package attribution

import (
	"context"
	"slices"
	"sync"
	"time"
)

// lane is one of the ways through a [Worker]: deliveries that say all themselves, or
// those that have to be fetched.
type lane[Tx any] struct {
	*Worker[Tx]
	fetches bool
	wake    chan struct{}
}

func newLane[Tx any](w *Worker[Tx], fetches bool) *lane[Tx] {
	return &lane[Tx]{Worker: w, fetches: fetches, wake: make(chan struct{}, 1)}
}

func (l *lane[Tx]) run(ctx context.Context) {
	pause := l.Poll
	for {
		_, passing, broken := l.round(ctx)
		if ctx.Err() != nil {
			return
		}
		if passing == nil && broken == nil {
			pause = l.Poll
		}
		if broken != nil {
			l.Log.ErrorContext(ctx, "webhooks are waiting: the store failed", "error", broken, "pause", pause)
		}
		if !l.rest(ctx, pause, broken == nil) {
			return
		}
		if passing != nil || broken != nil {
			pause = min(2*pause, maxPause)
		}
	}
}

// rest waits for a wake-up or for the pause to pass. While the store is broken nothing
// wakes it early. It returns false when ctx has ended.
func (l *lane[Tx]) rest(ctx context.Context, pause time.Duration, wakeable bool) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	wake := l.wake
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

// roundup is what came of a round so far. Fetched deliveries are settled side by side.
type roundup struct {
	mu      sync.Mutex
	settled int
	passing error          // why a delivery waits on
	left    map[int64]bool // seen in this round and still there: tried, or of the other lane
}

func (u *roundup) leave(d Stored, why error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.passing, u.left[d.Seq] = why, true
}

func (u *roundup) add(settled int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.settled += settled
}

// round tells a delivery that must wait (passing) from a store that fails (broken).
func (l *lane[Tx]) round(ctx context.Context) (settled int, passing, broken error) {
	u := roundup{left: map[int64]bool{}}
	for {
		// What is left may stand before others that were not seen yet. To ask for twice as
		// many reads each of them twice at most, however many there are.
		waiting, err := l.Queue.Pending(ctx, l.Batch+2*len(u.left))
		waiting = slices.DeleteFunc(waiting, func(d Stored) bool { return u.left[d.Seq] })
		if err != nil || len(waiting) == 0 {
			return u.settled, u.passing, err
		}
		if err := l.settle(ctx, l.mine(ctx, waiting, &u), &u); err != nil {
			return u.settled, u.passing, err
		}
	}
}

// mine reads deliveries until it has a batch of this lane.
func (l *lane[Tx]) mine(ctx context.Context, waiting []Stored, u *roundup) []reading {
	var batch []reading
	for _, d := range waiting {
		if len(batch) == l.Batch {
			break
		}
		if r := l.read(ctx, d); (r.fetcher != nil) == l.fetches {
			batch = append(batch, r)
		} else {
			u.left[d.Seq] = true
		}
	}
	return batch
}

func (l *lane[Tx]) settle(ctx context.Context, batch []reading, u *roundup) error {
	if !l.fetches {
		return l.commit(ctx, batch, u)
	}
	slots := make(chan struct{}, l.Fetches)
	broken := make([]error, len(batch))
	var fetching sync.WaitGroup
	for i := range batch {
		slots <- struct{}{}
		fetching.Go(func() {
			defer func() { <-slots }()
			if l.fetch(ctx, &batch[i]); ctx.Err() == nil {
				broken[i] = l.commit(ctx, batch[i:i+1], u)
			}
		})
	}
	fetching.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	return firstOf(broken)
}

func firstOf(failures []error) error {
	for _, err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}

// commit settles deliveries that were read in one unit of work.
func (l *lane[Tx]) commit(ctx context.Context, batch []reading, u *roundup) error {
	if len(batch) == 0 {
		return nil
	}
	stored, bySeq := make([]Stored, len(batch)), make(map[int64]*reading, len(batch))
	for i := range batch {
		stored[i], bySeq[batch[i].Seq] = batch[i].Stored, &batch[i]
	}
	done := 0
	err := l.Queue.Settle(ctx, stored, func(ctx context.Context, tx Tx, d Stored) (Outcome, error) {
		outcome, err := l.apply(ctx, tx, bySeq[d.Seq])
		if err == nil || Permanent(err) {
			done++
		} else {
			u.leave(d, err)
		}
		if err != nil {
			l.Log.WarnContext(ctx, "webhook not processed", "source", d.Source, "delivery", d.ID, "topic", d.Topic, "reason", err)
		}
		return outcome, err
	})
	if err == nil {
		u.add(done)
	}
	return err
}
