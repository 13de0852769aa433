package attribution_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// pointingDecoder reads bodies of words: each is an order's number, "*number" for a
// pointer to an order, or "order=also" for an alias.
type pointingDecoder struct{}

func (pointingDecoder) Verify(http.Header, []byte) (attribution.Delivery, error) {
	return attribution.Delivery{}, attribution.ErrNotSigned
}

func (pointingDecoder) Parse(d attribution.Delivery) ([]attribution.Event, error) {
	var events []attribution.Event
	for word := range strings.FieldsSeq(string(d.Body)) {
		if id, points := strings.CutPrefix(word, "*"); points {
			events = append(events, attribution.Event{
				Key: "pointer to " + id, Kind: attribution.OrderPointed, Pointer: &attribution.Pointer{Type: "order", ID: id},
			})
			continue
		}
		if order, also, links := strings.Cut(word, "="); links {
			events = append(events, attribution.Event{
				Key: word, Kind: attribution.OrderLinked, Alias: &attribution.Alias{Order: byline.OrderID(order), Also: byline.OrderID(also)},
			})
			continue
		}
		events = append(events, numbered(word))
	}
	return events, nil
}

func numbered(number string) attribution.Event {
	o := paidOrder()
	o.Number = number
	e, err := attribution.OrderEvent(attribution.OrderChanged, o, placed)
	if err != nil {
		panic(err)
	}
	return e
}

// fetchingDecoder is a pointingDecoder that can fetch.
type fetchingDecoder struct {
	pointingDecoder
	fetch func(ctx context.Context, id string) ([]attribution.Event, error)
}

func (f fetchingDecoder) Fetch(ctx context.Context, e attribution.Event) ([]attribution.Event, error) {
	return f.fetch(ctx, e.Pointer.ID)
}

// likeIt is an API that has every order.
func likeIt(_ context.Context, id string) ([]attribution.Event, error) {
	return []attribution.Event{numbered("fetched " + id)}, nil
}

func fetchingWorker(inbox attribution.Queue[attribution.NoTx], a *applied, fetch func(context.Context, string) ([]attribution.Event, error)) *attribution.Worker[attribution.NoTx] {
	return attribution.NewWorker(attribution.Worker[attribution.NoTx]{
		Queue: inbox, Apply: a.apply, Batch: 2, Poll: time.Second,
		Sources: map[string]attribution.Decoder{"api": fetchingDecoder{fetch: fetch}, "demo": pointingDecoder{}},
	})
}

func TestWorkerFetches(t *testing.T) {
	t.Parallel()
	passing, permanent := errors.New("the shop is away"), fmt.Errorf("no such order: %w", byline.ErrInvalid)
	failing := func(err error) func(context.Context, string) ([]attribution.Event, error) {
		return func(context.Context, string) ([]attribution.Event, error) { return nil, err }
	}
	tests := map[string]struct {
		source, body string
		fetch        func(context.Context, string) ([]attribution.Event, error)
		status       attribution.Status
		applied      []string
		code         string // of the failure
	}{
		"a pointer":              {"api", "*1", likeIt, attribution.StatusProcessed, []string{"fetched 1"}, ""},
		"a pointer among others": {"api", "0 *1 2 *3", likeIt, attribution.StatusProcessed, []string{"0", "fetched 1", "2", "fetched 3"}, ""},
		"no pointer":             {"api", "1 2", nil, attribution.StatusProcessed, []string{"1", "2"}, ""},
		"nothing follows":        {"api", "*1", failing(nil), attribution.StatusProcessed, nil, ""},
		"a failure that passes":  {"api", "1 *2", failing(passing), attribution.StatusPending, nil, ""},
		"a failure that stays":   {"api", "1 *2", failing(permanent), attribution.StatusFailed, nil, ""},
		"nobody to fetch":        {"demo", "1 *2", nil, attribution.StatusFailed, nil, "delivery.no_fetcher"},
		"a panic":                {"api", "*1", func(context.Context, string) ([]attribution.Event, error) { panic("a fault of the adapter") }, attribution.StatusFailed, nil, "delivery.panic"},
		"what was fetched points again": {"api", "*1", func(context.Context, string) ([]attribution.Event, error) {
			return []attribution.Event{{Key: "k", Pointer: &attribution.Pointer{}}}, nil
		}, attribution.StatusFailed, nil, "delivery.pointer_loop"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var inbox attribution.Memory
			var got applied
			queue := &failures{Memory: &inbox}
			deliver(t, &inbox, tt.source, tt.body)
			_, err := fetchingWorker(queue, &got, tt.fetch).Drain(t.Context())
			if tt.status == attribution.StatusPending {
				require.ErrorIs(t, err, passing)
			} else {
				require.NoError(t, err)
			}
			if diff := cmp.Diff([]attribution.Status{tt.status}, statuses(t, &inbox)); diff != "" {
				t.Errorf("status (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.applied, got.keys); diff != "" {
				t.Errorf("applied (-want +got):\n%s", diff)
			}
			if faults := byline.Nest("", queue.err); tt.code != "" && (len(faults) != 1 || faults[0].Code != tt.code) {
				t.Errorf("failed with %v, want code %q", queue.err, tt.code)
			}
		})
	}
}

// A delivery speaks of every order that its events name, by each of its ids.
func TestWorkerNotesWhatADeliverySpeaksOf(t *testing.T) {
	t.Parallel()
	var inbox attribution.Memory
	queue := &failures{Memory: &inbox}
	deliver(t, &inbox, "api", "1 in=pi *2")
	worker := fetchingWorker(queue, &applied{}, likeIt)
	worker.Apply = func(context.Context, attribution.NoTx, attribution.Event) error { return nil }
	_, err := worker.Drain(t.Context())
	require.NoError(t, err)
	if diff := cmp.Diff([]byline.OrderID{"shop:1001", "in", "pi", "shop:1001"}, queue.orders); diff != "" {
		t.Errorf("orders (-want +got):\n%s", diff)
	}
}

// failures remembers why a delivery failed, and of which orders it spoke.
type failures struct {
	*attribution.Memory
	err    error
	orders []byline.OrderID
}

func (f *failures) Settle(ctx context.Context, batch []attribution.Stored, apply attribution.ApplyFunc[attribution.NoTx]) error {
	return f.Memory.Settle(ctx, batch, func(ctx context.Context, tx attribution.NoTx, d attribution.Stored) (attribution.Outcome, error) {
		outcome, err := apply(ctx, tx, d)
		f.err, f.orders = errors.Join(f.err, err), append(f.orders, outcome.Orders...)
		return outcome, err
	})
}

// TestWorkerFetchesAgain: a pointer that comes again is fetched again. What is still the
// same has no effect, what has changed has its own, and an effect that failed is made up
// for.
func TestWorkerFetchesAgain(t *testing.T) {
	t.Parallel()
	var inbox attribution.Memory
	state, broken, calls := "first", true, 0
	got := applied{fail: func(int) error {
		if broken {
			return errors.New("the disk is busy")
		}
		return nil
	}}
	worker := fetchingWorker(&inbox, &got, func(context.Context, string) ([]attribution.Event, error) {
		calls++
		return []attribution.Event{numbered(state)}, nil
	})
	put := func(id string) {
		_, err := inbox.Put(t.Context(), attribution.Delivery{Source: "api", ID: id, Body: []byte("*1"), ReceivedAt: placed})
		require.NoError(t, err)
	}
	put("a")
	_, err := worker.Drain(t.Context())
	require.Error(t, err)
	broken = false
	for _, step := range []struct{ id, state string }{{"b", "first"}, {"c", "first"}, {"d", "second"}, {"e", "second"}} {
		state = step.state
		put(step.id)
		_, err := worker.Drain(t.Context())
		require.NoError(t, err)
	}
	if diff := cmp.Diff([]string{"first", "second"}, got.keys); diff != "" || calls != 6 {
		t.Errorf("fetched %d times, applied (-want +got):\n%s", calls, diff)
	}
	const done, known = attribution.StatusProcessed, attribution.StatusDuplicate
	want := map[attribution.Status]int{done: 2, known: 3}
	counts := map[attribution.Status]int{}
	for _, s := range statuses(t, &inbox) {
		counts[s]++
	}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

// TestASlowFetchHoldsNobodyUp: while an API does not answer, other deliveries are settled,
// those of the same batch and those that come later, and those that are fetched too.
func TestASlowFetchHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var inbox attribution.Memory
		var mu sync.Mutex
		var got []string
		answer := make(chan struct{})
		var asked atomic.Int32
		worker := fetchingWorker(&inbox, &applied{}, func(ctx context.Context, id string) ([]attribution.Event, error) {
			if asked.Add(1); id == "slow" {
				select {
				case <-answer:
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			}
			return []attribution.Event{numbered("fetched " + id)}, nil
		})
		worker.Apply = func(_ context.Context, _ attribution.NoTx, e attribution.Event) error {
			mu.Lock()
			defer mu.Unlock()
			got = append(got, e.Order.Number)
			return nil
		}
		expect := func(when string, want ...string) {
			t.Helper()
			synctest.Wait()
			mu.Lock()
			defer mu.Unlock()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("applied %s (-want +got):\n%s", when, diff)
			}
			got = nil
		}
		deliver(t, &inbox, "api", "*slow", "1")
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- worker.Run(ctx) }()
		expect("beside the slow one", "1")
		deliver(t, &inbox, "api", "2")
		worker.Wake()
		expect("after it", "2")
		close(answer)
		expect("when it answers", "fetched slow")

		answer = make(chan struct{})
		deliver(t, &inbox, "api", "*slow again *slow", "*quick")
		worker.Wake()
		expect("beside the next slow one", "fetched quick")
		before := asked.Load()
		stop()
		require.NoError(t, <-done)
		stored, _, err := inbox.Delivery(t.Context(), 4)
		require.NoError(t, err)
		if stored.Attempts != 0 || asked.Load() != before {
			t.Errorf("what was cut short counts as %d attempts, and %d more were asked for", stored.Attempts, asked.Load()-before)
		}
	})
}

// TestAFetchThatNeverAnswers is given up and tried again.
func TestAFetchThatNeverAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var inbox attribution.Memory
		var got applied
		worker := fetchingWorker(&inbox, &got, func(ctx context.Context, _ string) ([]attribution.Event, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})
		deliver(t, &inbox, "api", "*1", "2")
		began := time.Now()
		settled, err := worker.Drain(t.Context())
		require.ErrorIs(t, err, context.DeadlineExceeded)
		if waited := time.Since(began); settled != 1 || waited != 30*time.Second {
			t.Errorf("settled %d in %s", settled, waited)
		}
		waiting, err := inbox.Pending(t.Context(), 10)
		require.NoError(t, err)
		if len(waiting) != 1 || waiting[0].Attempts != 1 {
			t.Errorf("waiting: %+v", waiting)
		}
	})
}

// TestManyPointersAreFetchedSideBySide: no more at once than is allowed, and all of them.
func TestManyPointersAreFetchedSideBySide(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var inbox attribution.Memory
		var mu sync.Mutex
		var now, most, fetched int
		worker := attribution.NewWorker(attribution.Worker[attribution.NoTx]{
			Queue: &inbox, Apply: func(context.Context, attribution.NoTx, attribution.Event) error { return nil }, Fetches: 3,
			Sources: map[string]attribution.Decoder{"api": fetchingDecoder{fetch: func(_ context.Context, id string) ([]attribution.Event, error) {
				mu.Lock()
				now++
				most = max(most, now)
				mu.Unlock()
				time.Sleep(time.Second)
				mu.Lock()
				defer mu.Unlock()
				now--
				fetched++
				return []attribution.Event{numbered(id)}, nil
			}}},
		})
		for i := range 100 {
			deliver(t, &inbox, "api", fmt.Sprint("*", i), fmt.Sprint(i))
		}
		settled, err := worker.Drain(t.Context())
		require.NoError(t, err)
		if settled != 200 || fetched != 100 || most != 3 {
			t.Errorf("settled %d, fetched %d, %d at once", settled, fetched, most)
		}
	})
}

// A store that goes away in the middle loses nothing and counts nothing.
func TestWorkerCountsWhatIsCommitted(t *testing.T) {
	t.Parallel()
	var inbox attribution.Memory
	away := errors.New("the store is away")
	for _, body := range []string{"1", "*1"} {
		deliver(t, &inbox, "api", body)
		settled, err := fetchingWorker(brokenSettle{&inbox, away}, &applied{}, likeIt).Drain(t.Context())
		require.ErrorIs(t, err, away)
		if settled != 0 {
			t.Errorf("settled %d", settled)
		}
	}
}

// brokenSettle applies and then fails to commit.
type brokenSettle struct {
	*attribution.Memory
	err error
}

func (b brokenSettle) Settle(ctx context.Context, batch []attribution.Stored, apply attribution.ApplyFunc[attribution.NoTx]) error {
	for _, d := range batch {
		_, _ = apply(ctx, attribution.NoTx{}, d)
	}
	return b.err
}

func TestWorkerRunMustBeMade(t *testing.T) {
	t.Parallel()
	err := (&attribution.Worker[attribution.NoTx]{Queue: &attribution.Memory{}}).Run(t.Context())
	if faults := byline.Nest("", err); len(faults) != 1 || faults[0].Code != "worker.not_made" {
		t.Errorf("Run: %v", err)
	}
}
