package campaign_test

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
)

// lossyShop is a shop whose webhooks may get lost, and whose API may go away in the middle
// of a list.
type lossyShop struct {
	rng    *rand.Rand
	clock  time.Time
	orders map[byline.OrderID]attribution.Order // as they stand
	at     map[byline.OrderID]time.Time         // when they changed last
	calm   bool                                 // the API stays up
}

// happen lets a piece of an order come true and returns the webhook about it.
func (s *lossyShop) happen(t *testing.T, p attribution.Order) attribution.Event {
	t.Helper()
	s.clock = s.clock.Add(time.Duration(s.rng.IntN(30)) * time.Minute)
	known, ok := s.orders[p.ID]
	if !ok {
		known = p
	}
	merged, err := known.Merge(p)
	require.NoError(t, err)
	s.orders[p.ID], s.at[p.ID] = merged, s.clock
	e, err := attribution.OrderEvent(attribution.OrderChanged, p, s.clock)
	require.NoError(t, err)
	return e
}

func (s *lossyShop) Changed(_ context.Context, since time.Time) iter.Seq2[attribution.Event, error] {
	return func(yield func(attribution.Event, error) bool) {
		for id, o := range s.orders {
			if s.at[id].Before(since) {
				continue
			}
			if !s.calm && s.rng.IntN(8) == 0 {
				yield(attribution.Event{}, byline.ErrUnavailable)
				return
			}
			e, err := attribution.OrderEvent(attribution.OrderChanged, o, s.at[id])
			if !yield(e, err) {
				return
			}
		}
	}
}

// TestBackfillMakesUpForLostWebhooks loses half of what a shop says, lets runs of a
// backfill come in between, some of which break off, and expects what a shop that loses
// nothing ends in: the same decisions, and nobody paid twice.
func TestBackfillMakesUpForLostWebhooks(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(51, 52))
	policy := lookingBack()["all at once"]
	broken, made := 0, 0
	for i := range 30 {
		pieces := inSequence(customerLives(rng, 6))
		want, d := historyDesk(t, policy), historyDesk(t, policy)
		want.settle(t, pieces...)
		shop := &lossyShop{rng: rng, clock: attributiontest.LifeStart(), orders: map[byline.OrderID]attribution.Order{}, at: map[byline.OrderID]time.Time{}}
		fill := attribution.Backfill[attribution.NoTx]{
			Source: shop, Store: d.orders, Apply: d.Apply, Batch: 3, Overlap: time.Minute, Now: func() time.Time { return shop.clock },
		}
		var cursor time.Time
		run := func() {
			until, err := fill.Run(t.Context(), cursor)
			if err != nil {
				broken++
				require.ErrorIs(t, err, byline.ErrUnavailable)
				require.False(t, until.After(cursor), "the cursor passed an error")
			}
			cursor = until
		}
		for _, p := range pieces {
			e := shop.happen(t, p)
			if rng.IntN(2) == 0 {
				d.hear(t, e)
			}
			if rng.IntN(4) == 0 {
				run()
			}
		}
		shop.calm = true
		run()
		sameDecisions(t, i, want.decisions(t, pieces), d.decisions(t, pieces))
		if diff := gocmp.Diff(want.balances(t), d.balances(t)); diff != "" {
			t.Fatalf("lives %d: balances (-nothing lost +made up):\n%s", i, diff)
		}
		made += len(want.balances(t))
	}
	if broken < 8 || made < 15 {
		t.Errorf("%d runs broke off, %d creators earned: the test shows too little", broken, made)
	}
}

// hear takes a webhook in as a worker does: its key and its effect together.
func (d desk) hear(t *testing.T, e attribution.Event) {
	t.Helper()
	err := d.orders.InTx(t.Context(), func(ctx context.Context, tx attribution.NoTx) error {
		first, err := d.orders.Claim(ctx, tx, e.Key)
		if err != nil || !first {
			return err
		}
		return errors.Join(d.Apply(ctx, tx, e), d.Apply(ctx, tx, e))
	})
	require.NoError(t, err)
}
