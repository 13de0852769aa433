package attribution_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// changes is a shop that lists what it is told to, whatever it is asked.
type changes struct {
	events []attribution.Event
	err    error // ends the list
	asked  []time.Time
}

func (c *changes) Changed(_ context.Context, since time.Time) iter.Seq2[attribution.Event, error] {
	c.asked = append(c.asked, since)
	return func(yield func(attribution.Event, error) bool) {
		for _, e := range c.events {
			if !yield(e, nil) {
				return
			}
		}
		if c.err != nil {
			yield(attribution.Event{}, c.err)
		}
	}
}

// minute is an instant of the test's day.
func minute(n int) time.Time { return placed.Add(time.Duration(n) * time.Minute) }

// changed lists orders by number, each changed in the minute of its place in the list.
func changed(numbers ...string) []attribution.Event {
	var events []attribution.Event
	for i, number := range numbers {
		e := numbered(number)
		e.At = minute(i + 1)
		events = append(events, e)
	}
	return events
}

func newBackfill(store attribution.UnitStore[attribution.NoTx], a *applied, source attribution.ChangeSource) attribution.Backfill[attribution.NoTx] {
	return attribution.Backfill[attribution.NoTx]{
		Source: source, Store: store, Apply: a.apply, Batch: 2, Now: func() time.Time { return minute(60) },
	}
}

func TestBackfill(t *testing.T) {
	t.Parallel()
	invalid, busy, away := fmt.Errorf("of another shop: %w", byline.ErrInvalid), errors.New("the policy is not configured"), errors.New("the shop is away")
	failing := func(numbers ...string) func(string) error {
		return func(number string) error {
			if !slices.Contains(numbers, number) {
				return nil
			}
			if strings.HasPrefix(number, "bad") {
				return invalid
			}
			return busy
		}
	}
	future := changed("1", "2")
	future[0].At = minute(10_000)
	pointer := changed("1", "2")
	pointer[0].Pointer = &attribution.Pointer{Type: "order", ID: "1"}
	tests := map[string]struct {
		source  changes
		fail    func(number string) error
		since   time.Time
		until   time.Time
		applied []string
		err     error
	}{
		"nothing":                       {changes{}, nil, minute(5), minute(5), nil, nil},
		"nothing, ever":                 {changes{}, nil, time.Time{}, time.Time{}, nil, nil},
		"all":                           {changes{events: changed("1", "2", "3")}, nil, time.Time{}, minute(3), []string{"1", "2", "3"}, nil},
		"the same twice":                {changes{events: changed("1", "1", "2")}, nil, time.Time{}, minute(3), []string{"1", "2"}, nil},
		"what changed before":           {changes{events: changed("1")}, nil, minute(30), minute(30), []string{"1"}, nil},
		"a clock that is ahead":         {changes{events: future}, nil, time.Time{}, minute(60), []string{"1", "2"}, nil},
		"a list that ends early":        {changes{events: changed("1", "2", "3"), err: away}, nil, minute(0), minute(0), []string{"1", "2", "3"}, away},
		"one that stays wrong":          {changes{events: changed("1", "bad", "3", "4")}, failing("bad"), time.Time{}, minute(2), []string{"1", "3", "4"}, byline.ErrInvalid},
		"wrong before the last run":     {changes{events: changed("bad", "2")}, failing("bad"), minute(30), minute(30), []string{"2"}, byline.ErrInvalid},
		"one that fails for a while":    {changes{events: changed("1", "2", "busy", "4", "5")}, failing("busy"), time.Time{}, minute(3), []string{"1", "2", "4", "5"}, busy},
		"a batch that fails as a whole": {changes{events: changed("busy", "busy 2", "3")}, failing("busy", "busy 2"), minute(0), minute(0), nil, busy},
		"a batch of wrong ones":         {changes{events: changed("bad", "bad 2", "3")}, failing("bad", "bad 2"), time.Time{}, minute(1), []string{"3"}, byline.ErrInvalid},
		"a pointer":                     {changes{events: pointer}, nil, time.Time{}, minute(1), []string{"2"}, byline.ErrInvalid},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got applied
			b := newBackfill(&attribution.Memory{}, &got, &tt.source)
			if tt.fail != nil {
				b.Apply = func(ctx context.Context, tx attribution.NoTx, e attribution.Event) error {
					return errors.Join(tt.fail(e.Order.Number), got.applyIf(ctx, tx, e, tt.fail(e.Order.Number) == nil))
				}
			}
			until, err := b.Run(t.Context(), tt.since)
			if !errors.Is(err, tt.err) {
				t.Errorf("error %v, want %v", err, tt.err)
			}
			if !until.Equal(tt.until) {
				t.Errorf("until %s, want %s", until, tt.until)
			}
			slices.Sort(got.keys)
			if diff := cmp.Diff(tt.applied, slices.Compact(got.keys)); diff != "" {
				t.Errorf("applied (-want +got):\n%s", diff)
			}
			from := tt.since
			if !from.IsZero() {
				from = from.Add(-time.Hour)
			}
			if diff := cmp.Diff([]time.Time{from}, tt.source.asked); diff != "" {
				t.Errorf("asked for what changed since (-want +got):\n%s", diff)
			}
		})
	}
}

func (a *applied) applyIf(ctx context.Context, tx attribution.NoTx, e attribution.Event, do bool) error {
	if !do {
		return nil
	}
	return a.apply(ctx, tx, e)
}

// What a webhook told is not told again, and what a backfill told no webhook tells.
func TestBackfillAndWorkerClaimTheSame(t *testing.T) {
	t.Parallel()
	var inbox attribution.Memory
	var got applied
	worker := fetchingWorker(&inbox, &got, nil)
	deliver(t, &inbox, "demo", "1")
	_, err := worker.Drain(t.Context())
	require.NoError(t, err)
	_, err = newBackfill(&inbox, &got, &changes{events: changed("1", "2")}).Run(t.Context(), time.Time{})
	require.NoError(t, err)
	deliver(t, &inbox, "demo", "2")
	_, err = worker.Drain(t.Context())
	require.NoError(t, err)
	if diff := cmp.Diff([]string{"1", "2"}, got.keys); diff != "" {
		t.Errorf("applied (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]attribution.Status{attribution.StatusProcessed, attribution.StatusDuplicate}, statuses(t, &inbox)); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

// What failed is not taken for done: the next run makes up for it.
func TestBackfillTriesAgain(t *testing.T) {
	t.Parallel()
	var store attribution.Memory
	got := applied{fail: func(n int) error {
		if n <= 2 { // in the batch, and alone
			panic("a fault of the program")
		}
		return nil
	}}
	source := changes{events: changed("1", "2", "3")}
	b := newBackfill(&store, &got, &source)
	until, err := b.Run(t.Context(), time.Time{})
	require.ErrorIs(t, err, byline.ErrInvalid)
	require.ErrorContains(t, err, "1 changes could not be applied")
	if !until.Equal(minute(1)) {
		t.Errorf("until %s", until)
	}
	until, err = b.Run(t.Context(), until)
	require.NoError(t, err)
	if diff := cmp.Diff([]string{"2", "3", "1"}, got.keys); diff != "" || !until.Equal(minute(3)) {
		t.Errorf("until %s, applied (-want +got):\n%s", until, diff)
	}
}

func TestBackfillStopsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	got := applied{fail: func(int) error {
		cancel()
		return nil
	}}
	until, err := newBackfill(&attribution.Memory{}, &got, &changes{events: changed("1", "2", "3")}).Run(ctx, minute(0))
	require.ErrorIs(t, err, context.Canceled)
	if !until.Equal(minute(0)) {
		t.Errorf("until %s", until)
	}
}

// quietly ends a list without a word when its context ends.
type quietly struct{ changes }

func (q *quietly) Changed(ctx context.Context, since time.Time) iter.Seq2[attribution.Event, error] {
	return func(yield func(attribution.Event, error) bool) {
		for e, err := range q.changes.Changed(ctx, since) {
			if ctx.Err() != nil || !yield(e, err) {
				return
			}
		}
	}
}

// A list that its context cut short is no whole list, even if its source does not say so.
func TestBackfillNoticesThatItsContextEnded(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	got := applied{fail: func(n int) error {
		if n == 2 {
			cancel()
		}
		return nil
	}}
	b := newBackfill(contextFree{&attribution.Memory{}}, &got, &quietly{changes{events: changed("1", "2", "3")}})
	until, err := b.Run(ctx, minute(0))
	require.ErrorIs(t, err, context.Canceled)
	if !until.Equal(minute(0)) {
		t.Errorf("until %s", until)
	}
}

// contextFree finishes what it has begun.
type contextFree struct{ *attribution.Memory }

func (c contextFree) InTx(ctx context.Context, work func(ctx context.Context, tx attribution.NoTx) error) error {
	return c.Memory.InTx(context.WithoutCancel(ctx), work)
}

func TestBackfillNeedsItsParts(t *testing.T) {
	t.Parallel()
	_, err := attribution.Backfill[attribution.NoTx]{}.Run(t.Context(), time.Time{})
	var paths []string
	for _, f := range byline.Nest("", err) {
		paths = append(paths, f.Path+" "+f.Code)
	}
	if diff := cmp.Diff([]string{"source required", "store required", "now required", "apply required"}, paths); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// A long list of failures is told in short.
func TestBackfillTellsInShort(t *testing.T) {
	t.Parallel()
	got := applied{fail: func(int) error { return byline.ErrInvalid }}
	var numbers []string
	for i := range 500 {
		numbers = append(numbers, fmt.Sprint(i))
	}
	_, err := newBackfill(&attribution.Memory{}, &got, &changes{events: changed(numbers...)}).Run(t.Context(), time.Time{})
	require.ErrorContains(t, err, "500 changes could not be applied")
	if lines := strings.Count(err.Error(), "\n"); lines > 20 {
		t.Errorf("the error has %d lines", lines)
	}
}
