package attribution_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// applied collects what a worker passed on.
type applied struct {
	keys []string
	fail func(n int) error // by the number of the call, from 1; nil never fails
	n    int
}

func (a *applied) apply(_ context.Context, _ attribution.NoTx, e attribution.Event) error {
	a.n++
	if a.fail != nil {
		if err := a.fail(a.n); err != nil {
			return err
		}
	}
	a.keys = append(a.keys, e.Order.Number)
	return nil
}

func newWorker(inbox *attribution.Memory, a *applied) *attribution.Worker[attribution.NoTx] {
	return attribution.NewWorker(attribution.Worker[attribution.NoTx]{
		Queue: inbox, Sources: map[string]attribution.Decoder{"demo": tokenDecoder{}}, Apply: a.apply, Batch: 2, Poll: time.Second,
	})
}

func deliver(t *testing.T, inbox *attribution.Memory, source string, bodies ...string) {
	t.Helper()
	for _, body := range bodies {
		_, err := inbox.Put(t.Context(), attribution.Delivery{Source: source, ID: body, Topic: "orders", Body: []byte(body), ReceivedAt: placed})
		require.NoError(t, err)
	}
}

func statuses(t *testing.T, inbox *attribution.Memory) []attribution.Status {
	t.Helper()
	var list []attribution.Status
	for seq := int64(1); ; seq++ {
		_, status, err := inbox.Delivery(t.Context(), seq)
		if errors.Is(err, byline.ErrNotFound) {
			return list
		}
		require.NoError(t, err)
		list = append(list, status)
	}
}

func TestWorkerDrain(t *testing.T) {
	t.Parallel()
	var inbox attribution.Memory
	var got applied
	deliver(t, &inbox, "demo", "1", "panic", "2")
	deliver(t, &inbox, "forgotten", "3")
	deliver(t, &inbox, "demo", "4")
	settled, err := newWorker(&inbox, &got).Drain(t.Context())
	require.NoError(t, err)
	if settled != 5 {
		t.Errorf("settled %d, want 5", settled)
	}
	if diff := cmp.Diff([]string{"1", "2", "4"}, got.keys); diff != "" {
		t.Errorf("applied (-want +got):\n%s", diff)
	}
	want := []attribution.Status{attribution.StatusProcessed, attribution.StatusFailed, attribution.StatusProcessed, attribution.StatusFailed, attribution.StatusProcessed}
	if diff := cmp.Diff(want, statuses(t, &inbox)); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

// TestWorkerTriesAllThatWaits: deliveries that failed less often do not hide one that
// failed more often and could be settled now.
func TestWorkerTriesAllThatWaits(t *testing.T) {
	t.Parallel()
	var inbox attribution.Memory
	recovered := false
	got := applied{}
	worker := newWorker(&inbox, &got)
	worker.Apply = func(_ context.Context, _ attribution.NoTx, e attribution.Event) error {
		if e.Order.Number == "old" && recovered {
			got.keys = append(got.keys, e.Order.Number)
			return nil
		}
		return errors.New("the policy is not configured yet")
	}
	deliver(t, &inbox, "demo", "old")
	for range 3 {
		_, err := worker.Drain(t.Context())
		require.Error(t, err)
	}
	recovered = true
	deliver(t, &inbox, "demo", "1", "2", "3", "4", "5")
	settled, err := worker.Drain(t.Context())
	require.Error(t, err)
	if diff := cmp.Diff([]string{"old"}, got.keys); diff != "" || settled != 1 {
		t.Errorf("settled %d, applied (-want +got):\n%s", settled, diff)
	}
}

func TestWorkerMustBeMade(t *testing.T) {
	t.Parallel()
	_, err := (&attribution.Worker[attribution.NoTx]{Queue: &attribution.Memory{}}).Drain(t.Context())
	require.ErrorIs(t, err, byline.ErrInvalid)
}

// TestWorkerAppliesAFactOnce: two deliveries of one fact, and the second says so.
func TestWorkerAppliesAFactOnce(t *testing.T) {
	t.Parallel()
	var inbox attribution.Memory
	var got applied
	for _, id := range []string{"a", "b"} {
		_, err := inbox.Put(t.Context(), attribution.Delivery{Source: "demo", ID: id, Body: []byte("one fact"), ReceivedAt: placed})
		require.NoError(t, err)
	}
	_, err := newWorker(&inbox, &got).Drain(t.Context())
	require.NoError(t, err)
	if diff := cmp.Diff([]string{"one fact"}, got.keys); diff != "" {
		t.Errorf("applied (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]attribution.Status{attribution.StatusProcessed, attribution.StatusDuplicate}, statuses(t, &inbox)); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

// TestWorkerSurvivesItsEffect: a panic in what the program does with an event fails that
// delivery alone.
func TestWorkerSurvivesItsEffect(t *testing.T) {
	t.Parallel()
	var inbox attribution.Memory
	got := applied{fail: func(n int) error {
		if n == 1 {
			panic("a fault of the program")
		}
		return nil
	}}
	deliver(t, &inbox, "demo", "1", "2")
	settled, err := newWorker(&inbox, &got).Drain(t.Context())
	require.NoError(t, err)
	want := []attribution.Status{attribution.StatusFailed, attribution.StatusProcessed}
	if diff := cmp.Diff(want, statuses(t, &inbox)); diff != "" || settled != 2 {
		t.Errorf("settled %d, statuses (-want +got):\n%s", settled, diff)
	}
}

// TestWorkerClaimsAfterFailure: an event whose effect failed is not taken for done.
func TestWorkerClaimsAfterFailure(t *testing.T) {
	t.Parallel()
	passing := errors.New("the disk is busy")
	for name, failure := range map[string]error{"passing": passing, "permanent": byline.ErrInvalid} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var inbox attribution.Memory
			got := applied{fail: func(n int) error {
				if n == 1 {
					return failure
				}
				return nil
			}}
			deliver(t, &inbox, "demo", "1")
			worker := newWorker(&inbox, &got)
			_, err := worker.Drain(t.Context())
			if permanent := errors.Is(failure, byline.ErrInvalid); permanent {
				require.NoError(t, err)
				require.NoError(t, inbox.Replay(t.Context(), 1))
			} else {
				require.ErrorIs(t, err, passing)
			}
			_, err = worker.Drain(t.Context())
			require.NoError(t, err)
			if diff := cmp.Diff([]string{"1"}, got.keys); diff != "" {
				t.Errorf("applied (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWorkerGoesOnBesideAFailure: a delivery that fails for a passing reason, and fills
// whole batches with others like it, holds nobody up.
func TestWorkerGoesOnBesideAFailure(t *testing.T) {
	t.Parallel()
	var inbox attribution.Memory
	busy := errors.New("the policy is not configured yet")
	got := applied{fail: func(n int) error {
		if n <= 5 {
			return busy
		}
		return nil
	}}
	deliver(t, &inbox, "demo", "1", "2", "3", "4", "5", "6", "7")
	worker := newWorker(&inbox, &got)
	settled, err := worker.Drain(t.Context())
	require.ErrorIs(t, err, busy)
	if diff := cmp.Diff([]string{"6", "7"}, got.keys); diff != "" || settled != 2 {
		t.Errorf("settled %d, applied (-want +got):\n%s", settled, diff)
	}
	settled, err = worker.Drain(t.Context())
	require.NoError(t, err)
	if settled != 5 {
		t.Errorf("settled %d of those that waited, want 5", settled)
	}
}

// TestWorkerRunBacksOff: what fails is tried again after 1, 2, 4 and 8 seconds.
func TestWorkerRunBacksOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var inbox attribution.Memory
		began := time.Now()
		var tries []time.Duration
		got := applied{fail: func(n int) error {
			tries = append(tries, time.Since(began))
			if n <= 4 {
				return errors.New("the disk is busy")
			}
			return nil
		}}
		deliver(t, &inbox, "demo", "1")
		worker := newWorker(&inbox, &got)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- worker.Run(ctx) }()
		time.Sleep(time.Minute)
		stop()
		require.NoError(t, <-done)
		want := []time.Duration{0, 1 * time.Second, 3 * time.Second, 7 * time.Second, 15 * time.Second}
		if diff := cmp.Diff(want, tries); diff != "" {
			t.Errorf("tries (-want +got):\n%s", diff)
		}
	})
}
